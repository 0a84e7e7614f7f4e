"""The sheet with every key, read off the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.theme import Theme

Row = tuple[Sequence[str], str]

COLUMNS = 4
"""Side by side, so that the sheet is no higher than the smallest window."""


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
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(28))
        for part in shared_out(groups, COLUMNS):
            column = QVBoxLayout()
            column.setSpacing(theme.px(18))
            for title in part:
                column.addLayout(self._group(title, groups[title]))
            column.addStretch(1)
            columns.addLayout(column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 24, 28, 20)
        box.setSpacing(20)
        box.addLayout(columns)
        box.addWidget(buttons)

    def _group(self, title: str, rows: Sequence[Row]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(self._theme.px(3))
        grid.setHorizontalSpacing(self._theme.px(16))
        head = QLabel(title)
        head.setFont(self._theme.label_font())
        head.setProperty("tone", "muted")
        grid.addWidget(head, 0, 0, 1, 2)
        for number, (keys, name) in enumerate(rows, start=1):
            key = QLabel(" / ".join(keys))
            key.setProperty("tone", "key")
            grid.addWidget(key, number, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(name), number, 1)
        grid.setColumnMinimumWidth(0, self._theme.px(60))
        grid.setColumnStretch(1, 1)
        return grid


def shared_out(groups: Mapping[str, Sequence[object]], columns: int) -> list[list[str]]:
    """The titles of groups by column, so that columns are about as high as one another."""
    parts: list[list[str]] = [[] for _ in range(columns)]
    heights = [0] * columns
    order = list(groups)
    for title in sorted(order, key=lambda each: -len(groups[each])):
        at = heights.index(min(heights))
        parts[at].append(title)
        heights[at] += len(groups[title]) + 2
    return [sorted(part, key=order.index) for part in parts]
