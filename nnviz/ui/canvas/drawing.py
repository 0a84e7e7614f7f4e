"""What every small drawing shares: a theme, and a painter to draw with."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.theme import Theme


class Drawing(QWidget):
    """A widget that is drawn in the colors, type and sizes of a theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Draw in a theme."""
        super().__init__(parent)
        self._theme = theme

    def show_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        """Draw all of it; every drawing says how."""
        raise NotImplementedError
