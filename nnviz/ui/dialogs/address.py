"""Where the address of a Playground page is typed or pasted, and opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.address import is_address
from nnviz.experiment.page import from_address
from nnviz.mistake import Mistake

INVITATION = "The address of a page of playground.tensorflow.org:"
SAME = "It will train here exactly as it does there."
WIDTH = 560


class AddressDialog(QDialog):
    """A line for an address; below it stands what is wrong with it, or will be different."""

    picked = Signal(str)
    """The person wants this address opened."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Begin with a text, taken over if it is an address."""
        super().__init__(parent)
        self.setWindowTitle("Open Playground address")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = QLineEdit(text.strip() if is_address(text) else "")
        self.line.setPlaceholderText("https://playground.tensorflow.org/#…")
        self.line.setAccessibleName("Address")
        self.line.setMinimumWidth(WIDTH)
        self.line.textChanged.connect(self._on_text_changed)
        self._verdict = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._verdict.setProperty("tone", "muted")
        button = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(button.Open | button.Cancel)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 24, 28, 20)
        box.setSpacing(12)
        for each in (QLabel(INVITATION), self.line, self._verdict, self._buttons):
            box.addWidget(each)
        self._on_text_changed(self.line.text())

    @property
    def verdict(self) -> str:
        """What is said about the address."""
        return self._verdict.text()

    def _on_text_changed(self, text: str) -> None:
        is_good, said = _judged(text)
        self._verdict.setText(said)
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(is_good)

    def _on_accepted(self) -> None:
        text = self.line.text()
        self.accept()
        self.picked.emit(text)


def _judged(text: str) -> tuple[bool, str]:
    """Whether a text can be opened, and what there is to say about it."""
    if not is_address(text):
        return False, "This is not an address of the page." if text.strip() else ""
    try:
        _, remark = from_address(text)
    except Mistake as mistake:
        return False, str(mistake)
    return True, remark or SAME
