"""How things stand side by side: with hairlines between groups, on the grid of 8 pixels."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.controls.text import Caption

UNIT = 8
NAME = 20
"""The height of the line with a name, so that names side by side stand on one line."""


class Hairline(QWidget):
    """A thin upright line between groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Take the height there is."""
        super().__init__(parent)
        self.setFixedWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            line = self.palette().color(QPalette.ColorRole.Mid)
            painter.fillRect(self.rect().adjusted(0, 4, 0, -4), line)


def row(*widgets: QWidget | int, spacing: int = UNIT) -> QHBoxLayout:
    """Widgets side by side without margins; a number is a stretch of that weight."""
    layout = QHBoxLayout()
    _fill(layout, widgets, spacing)
    return layout


def column(*widgets: QWidget | int, spacing: int = UNIT) -> QVBoxLayout:
    """Widgets one below the other without margins; a number is a stretch of that weight."""
    layout = QVBoxLayout()
    _fill(layout, widgets, spacing)
    return layout


def named(name: str, *widgets: QWidget) -> QWidget:
    """Widgets side by side under a name in small capitals."""
    cell = QWidget()
    layout = QVBoxLayout(cell)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    top = row(Caption(name))
    top.addStrut(NAME)
    layout.addLayout(top)
    layout.addLayout(row(*widgets, spacing=4), 1)
    return cell


def _fill(layout: QBoxLayout, widgets: tuple[QWidget | int, ...], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for each in widgets:
        if isinstance(each, int):
            layout.addStretch(each)
        else:
            layout.addWidget(each)
