"""A line for a formula: what is typed counts at once if it can be read, and says where not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.mistake import Mistake


class _Line(QLineEdit):
    """A line that tells of Escape."""

    left = Signal()
    """The person pressed Escape."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class FormulaLine(QWidget):
    """A name, a line to type into, and below it what is wrong with what was typed."""

    turned = Signal(str)
    """The person typed another formula that can be read."""

    settled = Signal()
    """The person has done typing."""

    doubted = Signal(bool)
    """What stands there cannot be read, or can again."""

    def __init__(
        self, label: str, hint: str, judge: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """Start empty; `judge` raises a Mistake for what cannot be read."""
        super().__init__(parent)
        self._judge = judge
        self._shown = ""
        self.line = _Line()
        self.line.setAccessibleName(label)
        self.line.setToolTip(hint)
        self.verdict = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.verdict.setProperty("tone", "muted")
        self.verdict.hide()
        top = QHBoxLayout()
        top.addWidget(QLabel(label))
        top.addWidget(self.line, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(top)
        box.addWidget(self.verdict)
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_finished)
        self.line.left.connect(self._leave)

    def show_text(self, text: str) -> None:
        """Show a formula, silently; what is being typed meanwhile is left alone."""
        self._shown = text
        if not self.line.hasFocus():
            self._reset()

    def _on_edited(self, text: str) -> None:
        try:
            self._judge(text)
        except Mistake as mistake:
            self._say(str(mistake))
            return
        self._say("")
        if text != self._shown:
            self._shown = text
            self.turned.emit(text)

    def _on_finished(self) -> None:
        """Enter where something cannot be read leaves it there to be mended."""
        if not (self.line.hasFocus() and self.verdict.text()):
            self._leave()

    def _leave(self) -> None:
        """Go back to the formula in force, whatever was typed that cannot be read."""
        self._reset()
        self.settled.emit()

    def _reset(self) -> None:
        with QSignalBlocker(self.line):
            self.line.setText(self._shown)
        self._say("")

    def _say(self, sentence: str) -> None:
        self.verdict.setText(sentence)
        self.verdict.setVisible(bool(sentence))
        self.doubted.emit(bool(sentence))
