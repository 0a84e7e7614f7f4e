"""The sheet with every key, read off the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from nnviz.ui.theme import Theme

Row = tuple[Sequence[str], str]
COLUMNS = 2


class ShortcutsDialog(QDialog):
    """Keys and what they do, in groups side by side."""

    def __init__(
        self, groups: Mapping[str, Sequence[Row]], theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Show groups of rows of keys and names."""
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        columns = QGridLayout()
        columns.setHorizontalSpacing(theme.px(48))
        columns.setVerticalSpacing(theme.px(20))
        for place, (title, rows) in enumerate(groups.items()):
            across, down = place % COLUMNS, place // COLUMNS
            columns.addLayout(self._group(title, rows), down, across, Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 24, 28, 20)
        box.setSpacing(20)
        box.addLayout(columns)
        box.addWidget(buttons)

    def _group(self, title: str, rows: Sequence[Row]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(self._theme.px(7))
        grid.setHorizontalSpacing(self._theme.px(16))
        head = QLabel(title)
        head.setFont(self._theme.label_font())
        head.setProperty("tone", "muted")
        grid.addWidget(head, 0, 0, 1, 2)
        for number, (keys, name) in enumerate(rows, start=1):
            key = QLabel("  or  ".join(_readable(each) for each in keys))
            key.setProperty("tone", "key")
            grid.addWidget(key, number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(name), number, 1)
        grid.setColumnMinimumWidth(0, self._theme.px(120))
        grid.setColumnStretch(1, 1)
        return grid


def _readable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
