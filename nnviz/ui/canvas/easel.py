"""The easel: points to be painted by hand over what the network says, while it learns."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.pens import Bytes, draw_map, focus_ring, outline
from nnviz.ui.canvas.plot import Plot
from nnviz.ui.canvas.points import Cloud, draw_points
from nnviz.ui.canvas.sight import Domain
from nnviz.ui.theme import Theme

Place = tuple[float, float]

_STEP = 1 / 60  # Of the width of the plane.
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Easel(Plot):
    """A plane with points, and a brush that the pointer or the arrow keys move."""

    pressed = Signal(object)
    """The brush touches a place (x, y)."""

    dragged = Signal(object)
    """The brush went on to a place, still touching."""

    lifted = Signal()
    """The brush is lifted."""

    _is_square = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty plane, the brush in its middle."""
        self._rgba: Bytes | None = None
        self._cloud: Cloud | None = None
        self._brush: Place = (0.0, 0.0)
        self._radius = 0.6
        super().__init__(theme, parent)
        self.setAccessibleName("Easel: arrows move the brush, Space paints")
        self.setCursor(Qt.CursorShape.CrossCursor)

    @override
    def show_domain(self, domain: Domain) -> None:
        if domain != self._domain:
            self._rgba = None
        super().show_domain(domain)
        self._move_to(self._brush)

    def show_map(self, rgba: Bytes | None) -> None:
        """Show colors of shape (rows, columns, 4) over the whole plane, or none."""
        self._rgba = rgba
        self.refresh()

    def show_points(self, cloud: Cloud) -> None:
        """Show points."""
        self._cloud = cloud
        self.refresh()

    def show_radius(self, radius: float) -> None:
        """Show how far the brush reaches."""
        self._radius = radius
        self.refresh()

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        if self._rgba is not None:
            left, right, low, high = self._domain
            corners = self.to_pixels(np.array([[left, high], [right, low]])).tolist()
            draw_map(painter, self._rgba, QRectF(*(QPointF(*each) for each in corners)))
        if self._cloud is not None:
            pixels = self.to_pixels(self._cloud.points)
            draw_points(painter, self._cloud, pixels, self._theme, self.devicePixelRatio())
        x, y = self.to_pixels(np.array(self._brush)).tolist()
        edge = self.to_pixels(np.array((self._brush[0] + self._radius, self._brush[1])))[0]
        radius = max(float(edge) - x, 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((self._theme.panel, 3.5), (self._theme.text, 1.5)):
            painter.setPen(outline(QColor(color), width))
            painter.drawEllipse(QPointF(x, y), radius, radius)

    @override
    def _paint_around(self, painter: QPainter) -> None:
        if self.hasFocus():
            focus_ring(painter, self.area, self._theme)

    def _move_to(self, place: Place) -> None:
        left, right, low, high = self._domain
        self._brush = (min(max(place[0], left), right), min(max(place[1], low), high))
        self.refresh()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._move_to(self.to_place(event.position()))
            self.pressed.emit(self._brush)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move_to(self.to_place(event.position()))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self._brush)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.lifted.emit()
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            x, y = self._brush
            step = _STEP * (self._domain[1] - self._domain[0])
            self._move_to((x + step * move[0], y + step * move[1]))
        elif event.key() == Qt.Key.Key_Space:
            self.pressed.emit(self._brush)
            self.lifted.emit()
        else:
            event.ignore()
