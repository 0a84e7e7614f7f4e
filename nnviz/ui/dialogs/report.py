"""The dialog with a report that a person can copy and send to whoever helps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.theme import Theme

BROKEN = "Something in NNViz went wrong"
BROKEN_HINT = (
    "This is a fault of NNViz, not yours. The window stays open; what it shows may be incomplete. "
    "Please copy the report and pass it on."
)
ASKED = "Report a problem"
ASKED_HINT = "Say what you did and what happened, and add these lines to it."


class ReportDialog(QDialog):
    """Shows a report; closes by itself never, and blocks nothing."""

    def __init__(
        self, title: str, hint: str, text: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Show a report under a title, with a hint what to do with it."""
        super().__init__(parent)
        self.setWindowTitle("NNViz")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        head = QLabel(title)
        head.setFont(theme.number_font(17))
        told = QLabel(hint, wordWrap=True)
        told.setProperty("tone", "muted")
        self._report = QPlainTextEdit(text, readOnly=True)
        self._report.setAccessibleName("Report")
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy_button = QPushButton("Copy report")
        self.copy_button.setToolTip("Put the report on the clipboard.")
        self.copy_button.setDefault(True)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        for each in (head, told, self._report, buttons):
            box.addWidget(each)

    @property
    def report(self) -> str:
        """What would be copied."""
        return self._report.toPlainText()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.setText("Copied")
