"""One line for the person, beside what it is about: a quiet text, and now and then a sentence."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_READ_MS = 5000


class MessageLine(QLabel):
    """Says a sentence for some seconds, or until there is another; then the quiet text again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a text, hidden."""
        super().__init__(parent)
        self._quiet_text = ""
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

    def show_quiet(self, text: str) -> None:
        """Take another quiet text."""
        self._quiet_text = text
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

    def _show(self) -> None:
        roles = QPalette.ColorRole
        self.setText(self._sentence or self._quiet_text)
        self.setForegroundRole(roles.WindowText if self._sentence else roles.PlaceholderText)
        self.setVisible(bool(self.text()))
