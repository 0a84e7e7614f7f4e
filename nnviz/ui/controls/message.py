"""One line for the person, beside what it is about: a quiet text, and now and then a sentence."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

_READ_MS = 5000


class MessageLine(QLabel):
    """Says a sentence for some seconds, or until there is another; then the quiet text again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a text, hidden."""
        super().__init__(parent)
        self._quiet: tuple[str, ...] = ("",)
        self._sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_READ_MS)
        self._rest.timeout.connect(self._on_read)
        self._show()

    @property
    def sentence(self) -> str:
        """The sentence that is said at this moment, "" when there is none."""
        return self._sentence

    def show_quiet(self, *texts: str) -> None:
        """Take another quiet text; of several, the first that fits is shown, or the last."""
        self._quiet = texts
        self._show()

    def show_sentence(self, sentence: str, *, stays: bool = False) -> None:
        """Say a sentence; "" takes it away. One that stays does not go by itself."""
        self._rest.stop()
        if sentence and not stays:
            self._rest.start()
        if sentence != self._sentence:
            self._sentence = sentence
            self._show()

    def _on_read(self) -> None:
        self.show_sentence("")

    def _fitting(self) -> str:
        widths = map(self.fontMetrics().horizontalAdvance, self._quiet)
        fitting = (
            text for text, width in zip(self._quiet, widths, strict=True) if width <= self.width()
        )
        return next(fitting, self._quiet[-1])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        roles = QPalette.ColorRole
        self.setText(self._sentence or self._fitting())
        self.setForegroundRole(roles.WindowText if self._sentence else roles.PlaceholderText)
        self.setVisible(bool(self.text()))
