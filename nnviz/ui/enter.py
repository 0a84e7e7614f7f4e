"""Enter presses the focused button, because Space plays wherever the focus is.

Qt offers a key to shortcuts before buttons and sliders, but after text fields, so Space as the
shortcut of play is enough; what buttons lose by that, this gives back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


class EnterPress(QAction):
    """A shortcut of a window that is there only while a button has the focus."""

    def __init__(self, window: QWidget) -> None:
        """Listen to the keys of a window."""
        super().__init__(window, enabled=False)
        self.setShortcuts([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
        self.triggered.connect(self._on_triggered)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        window.addAction(self)

    def _on_triggered(self) -> None:
        button = QApplication.focusWidget()
        if isinstance(button, QAbstractButton):
            button.click()

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        self.setEnabled(isinstance(now, QAbstractButton))
