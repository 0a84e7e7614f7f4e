"""A form for a feature of a person's own: a formula, its picture at once, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nnviz.mistake import Mistake
from nnviz.ui.controls.layout import column, row

EXAMPLES = ("x1*x2", "sqrt(x1^2+x2^2)", "sin(3*x1)")
INVITATION = "A formula in x1 and x2."
PICTURE = 56


class FeatureForm(QWidget):
    """A line for a formula, examples to begin with, and buttons to take or remove it."""

    accepted = Signal(str)
    """The person wants this formula as a feature."""

    removed = Signal()
    """The person wants the feature gone."""

    def __init__(self, judge: Callable[[str], QPixmap], parent: QWidget | None = None) -> None:
        """Start empty; `judge` gives the picture of a formula or raises a Mistake."""
        super().__init__(parent)
        self._judge = judge
        self.line = QLineEdit()
        self.line.setPlaceholderText("x1^2 - x2")
        self.line.setAccessibleName("Formula")
        self.line.setToolTip("A formula in x1 and x2, such as sin(3*x1); Enter takes it.")
        self.picture = QLabel()
        self.picture.setFixedSize(QSize(PICTURE, PICTURE))
        self.picture.setAccessibleName("What the formula says over the plane")
        self.verdict = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.verdict.setProperty("tone", "muted")
        self.verdict.setMinimumHeight(52)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.take = QPushButton("Add")
        self.take.setToolTip("Feed it to the network.")
        self.remove = QPushButton("Remove")
        self.remove.setToolTip("Take the feature away.")
        self._lay_out()
        self.line.textChanged.connect(self._on_text_changed)
        self.line.returnPressed.connect(self._on_taken)
        self.take.clicked.connect(self._on_taken)
        self.remove.clicked.connect(self.removed)
        self.show_formula("")

    def show_formula(self, text: str, *, is_new: bool = True) -> None:
        """Begin with a formula, to be added or to be changed."""
        self.line.setText(text)
        self.take.setText("Add" if is_new else "Change")
        self.remove.setVisible(not is_new)
        self._on_text_changed(text)

    def begin(self) -> None:
        """Let the person type at once."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _lay_out(self) -> None:
        chips = QVBoxLayout()
        chips.setSpacing(4)
        for example in EXAMPLES:
            chip = QPushButton(example)
            chip.setProperty("flat", "true")
            chip.setFlat(True)
            chip.setToolTip(f"Take {example}.")
            chip.clicked.connect(partial(self._on_example_clicked, example))
            chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.picture)
        top.addLayout(column(self.line, 1), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(self.verdict)
        box.addLayout(chips)
        box.addLayout(row(1, self.remove, self.take))

    def _on_example_clicked(self, example: str) -> None:
        self.line.setText(example)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text_changed(self, text: str) -> None:
        self.take.setEnabled(self._show_verdict(text))

    def _show_verdict(self, text: str) -> bool:
        """Show what a formula looks like, or what is wrong with it; whether it is good."""
        if not text.strip():
            self.picture.clear()
            self.verdict.setText(INVITATION)
            return False
        try:
            self.picture.setPixmap(self._judge(text))
        except Mistake as mistake:
            self.picture.clear()
            self.verdict.setText(str(mistake))
            return False
        self.verdict.setText("")
        return True

    def _on_taken(self) -> None:
        if self.take.isEnabled():
            self.accepted.emit(self.line.text())
