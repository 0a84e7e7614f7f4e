"""One sentence for the person, beside what it is about, that goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_READ_MS = 5000


class MessageLine(QLabel):
    """A line that says one sentence for some seconds, or until there is another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setWordWrap(True)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.hide()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_READ_MS)
        self._rest.timeout.connect(self.hide)

    def show_sentence(self, sentence: str, *, stays: bool = False) -> None:
        """Say a sentence; "" takes it away. One that stays does not go by itself."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self._rest.stop()
        if sentence and not stays:
            self._rest.start()
