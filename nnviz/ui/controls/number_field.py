"""A number to read and to type, which may go on changing while the person is at it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.controls.text import tabular

_UNDOES = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class NumberField(QLineEdit):
    """A number to read, and to type: Return takes it, Escape takes it back.

    A number may change while it has the focus. As long as all of it is selected, what is typed
    takes its place; once the person has put the cursor somewhere, it stands still.
    """

    typed = Signal(str)
    """The person typed another text and confirmed it."""

    confirmed = Signal()
    """The person pressed Return; what was typed is told before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.commands = {Qt.Key.Key_Space}
        """The keys that are left to others as long as all of the number is selected."""
        self._shown = self._seen = ""
        self._is_entered = self._is_held = False
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(tabular(QApplication.font()))
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._on_editing_finished)

    def show_text(self, text: str) -> None:
        """Show a text, silently; what is being typed meanwhile is left alone."""
        self._shown = text
        is_busy = self.hasFocus() and (self.isModified() or self._is_held)
        if not is_busy and text != self.text():
            self._put(text)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_entered = event.reason() is Qt.FocusReason.MouseFocusReason

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The first click takes the whole number, the next puts the cursor."""
        super().mouseReleaseEvent(event)
        if self._is_entered and not self.hasSelectedText():
            self.selectAll()
        self._is_entered = False
        self._is_held = not self._is_all_selected

    @override
    def event(self, event: QEvent) -> bool:
        """Leave to the window what is a command as long as nothing was typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_undo = any(map(event.matches, _UNDOES)) and not self.isModified()
            if is_undo or self._is_command(event):
                event.ignore()
                return False
        return super().event(event)

    def _is_command(self, event: QKeyEvent) -> bool:
        """Whether a key is a command, where nothing was typed that it could belong to."""
        return self._is_all_selected and Qt.Key(event.key()) in self.commands

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._take_back()
            return
        if self._is_command(event):
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirmed.emit()
        elif event.key() in _MOVES:
            self._is_held = not self._is_all_selected

    @property
    def _is_all_selected(self) -> bool:
        return self.selectedText() == self.text()

    def _on_editing_finished(self) -> None:
        text, seen = self.text(), self._seen
        self._take_back()
        if text.strip() != seen:
            self.typed.emit(text)

    def _take_back(self) -> None:
        self._put(self._shown)
        self.setModified(False)
        self._is_held = False

    def _put(self, text: str) -> None:
        was_selected = bool(self.text()) and self._is_all_selected
        self._seen = text
        with QSignalBlocker(self):
            self.setText(text)
            if was_selected:
                self.selectAll()
