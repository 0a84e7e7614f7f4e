"""The loss over one number: a curve on which the optimizers roll as balls.

What a step is shows at a glance: the tangent says which way is down and how steeply, the last step
goes ahead by so much, and the ball falls back onto the curve.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.runtime.findings import SwarmPicture
from nnviz.ui.brush import aside
from nnviz.ui.canvas.crowd import paint_strips
from nnviz.ui.canvas.inner_state import InnerState
from nnviz.ui.canvas.line_balls import Ball, Scale, balls_of, paint_balls
from nnviz.ui.canvas.line_shape import domain_of, height_of, slope_of
from nnviz.ui.canvas.pens import Floats, bold_line, clipped, focus_ring, outline, polygon, veil
from nnviz.ui.canvas.plot import Plot
from nnviz.ui.canvas.pointing import REACH, Pointing, nearest
from nnviz.ui.canvas.walkers import WalkerLayer, Walkers
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme

Place = tuple[float, float]

_GRID_STEPS = 80
_NEAR = 12.0  # Pixels: so near to a start the pointer takes hold of it.
_LANE = 22.0  # Pixels: arrows along the one axis are drawn so far above one another.
_SHARE = 0.6  # Of the length of arrows, which lie beside one another here.
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LineCanvas(Plot):
    """A loss of one number; a click, a drag of the start or Enter says where everyone starts."""

    start_picked = Signal(float, float)
    """The person picked where all racers start; the second number is 0."""

    _is_covered = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty curve."""
        super().__init__(theme, parent)
        self._line: Floats = np.zeros((0, 2))
        self._minima: Floats = np.zeros((0, 2))
        self._balls: tuple[Ball, ...] = ()
        self._starts: tuple[Place, ...] = ()
        self._cursor: float | None = None
        self._is_dragging = False
        self._walkers = WalkerLayer(theme)
        self._swarm: SwarmPicture | None = None
        self.inner = InnerState(_SHARE)
        self.pointing = Pointing(self, self._racer_at)
        self._still: tuple[object, QPixmap] | None = None
        self.setAccessibleName("Loss over one number")
        self.setAccessibleDescription("Arrow keys move the start of the race, Enter sets it")
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_line(self, line: Floats, minima: Floats, labels: tuple[str, str]) -> None:
        """Show a curve of shape (n, 2), x and loss, and minima (m, 2), of which x counts."""
        if line is not self._line or minima is not self._minima:
            domain = domain_of(line)
            self._line, self._minima, self._still = line, minima, None
            if domain != self._domain:
                self._cursor = None
                self.show_domain(domain)
        self.show_names(*labels)
        self.refresh()

    def show_race(
        self, paths: Floats, styles: tuple[RacerStyle, ...], diverged: tuple[bool, ...]
    ) -> None:
        """Show the ways of racers, (racers, steps + 1, 3): x, y and loss, the start included."""
        self._balls = balls_of(paths, styles, diverged)
        self.refresh()

    def show_walkers(self, walkers: Walkers | None) -> None:
        """Show the network itself and its rivals at their true losses, above or below the curve."""
        if walkers is not None or self._walkers.walkers is not None:
            self._walkers.walkers = walkers
            self.refresh()

    def show_swarm(self, swarm: SwarmPicture | None) -> None:
        """Show a swarm as strips at the foot."""
        if swarm is not self._swarm:
            self._swarm = swarm
            self.refresh()

    def show_starts(self, starts: tuple[Place, ...]) -> None:
        """Show where every racer starts."""
        if starts != self._starts:
            self._starts = starts
            if not self._is_dragging:
                self._cursor = None
            self.refresh()

    @override
    def show_theme(self, theme: Theme) -> None:
        self._still = None
        self._walkers.show_theme(theme)
        super().show_theme(theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is not None:
            self._move_cursor(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cursor is not None:
            self._pick(self._cursor)
        elif event.key() == Qt.Key.Key_Escape and self._cursor is not None:
            self._cursor = None
        else:
            super().keyPressEvent(event)
            return
        event.accept()
        self.refresh()

    def _move_cursor(self, right: int) -> None:
        x0, x1, *_ = self._domain
        x = self._first_start() if self._cursor is None else self._cursor
        self._cursor = min(max(x + right * (x1 - x0) / _GRID_STEPS, x0), x1)
        self.place_hovered.emit((self._cursor, height_of(self._line, self._cursor)))

    def _first_start(self) -> float:
        x0, x1, *_ = self._domain
        return self._starts[0][0] if self._starts else (x0 + x1) / 2

    def _pick(self, x: float) -> None:
        self._cursor = None
        self.start_picked.emit(x, 0.0)

    @override
    def _click(self, pixel: QPointF) -> None:
        if not self.pointing.tap(pixel):
            self._pick(self.to_place(pixel)[0])

    def _racer_at(self, pixel: QPointF) -> int | None:
        """The row of whose ball or marker is at a pixel."""
        walkers = self._walkers.walkers
        if self._balls:
            pixels = self._safe_pixels(np.array([ball.way[-1] for ball in self._balls]))
        elif walkers is not None:
            pixels = self._safe_pixels(walkers.paths[:, -1, ::2])
        else:
            return None
        return nearest(pixels, pixel, REACH * self._theme.scale)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self.pointing.tell(event, self.viewport())
        return super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and any(self._is_near(event.position(), x) for x, _ in self._starts):
            self._is_dragging = True
            event.accept()
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._is_dragging:
            x0, x1, *_ = self._domain
            self._cursor = min(max(self.to_place(event.position())[0], x0), x1)
            self.refresh()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_dragging:
            super().mouseReleaseEvent(event)
            return
        self._is_dragging = False
        if self._cursor is not None:
            self._pick(self._cursor)
        else:
            self.pointing.tap(event.position())
        event.accept()

    def _is_near(self, pixel: QPointF, x: float) -> bool:
        way = pixel - self._pixel(x)
        return way.manhattanLength() < _NEAR * self._theme.scale

    def _pixel(self, x: float) -> QPointF:
        place = clipped(self.to_pixels(np.array([x, height_of(self._line, x)])))
        return QPointF(*place.tolist())

    def _safe_pixels(self, points: Floats) -> Floats:
        return clipped(self.to_pixels(points))

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        painter.drawPixmap(self.area.topLeft(), self._still_layer())
        if self._swarm is not None:
            paint_strips(painter, self._swarm, self.area, self._theme)
        for x, _ in self._starts:
            self._paint_target(painter, x, 6.0, self._theme.text)
        if self._cursor is not None:
            self._paint_target(painter, self._cursor, 8.0, self._theme.focus)

    @override
    def _paint_around(self, painter: QPainter) -> None:
        if self.hasFocus():
            focus_ring(painter, self.area, self._theme)
        scale = Scale(self._theme, self.area, self._safe_pixels, partial(slope_of, self._line))
        with aside(painter):
            painter.setClipRect(self.area)
            paint_balls(painter, self._balls, scale, is_bared=bool(self.inner.bared))
            self._paint_walkers(painter)
            self.inner.paint(painter, self._aim, self.area, self._theme, lane=_LANE)

    def _aim(self, point: Floats) -> tuple[Floats, Floats]:
        """Where a point of the line is on the curve; ways lead along the line alone."""
        x = float(point[0])
        origin = self.to_pixels(np.array([x, height_of(self._line, x)]))
        return origin, (self.to_pixels(np.array([x + 1.0, 0.0])) - origin)[0] * np.eye(2)

    def _paint_walkers(self, painter: QPainter) -> None:
        walkers = self._walkers.walkers
        if walkers is None:
            return
        tops = self._safe_pixels(walkers.paths[:, -1, ::2])
        feet = [self._pixel(x) for x in walkers.paths[:, -1, 0].tolist()]
        self._walkers.paint_dropped(painter, tops, feet, self.area)

    def _still_layer(self) -> QPixmap:
        """What stands still: the ground below the curve, the minima and the curve."""
        stamp = self.stamp
        if self._still is None or self._still[0] != stamp:
            layer = self.layer()
            with self.painting_on(layer) as painter:
                self._paint_ground(painter)
                self._paint_minima(painter)
                color, width = QColor(self._theme.text), 2.4 * self._theme.scale
                bold_line(painter, self._safe_pixels(self._line), color, width)
            self._still = (stamp, layer)
        return self._still[1]

    def _paint_ground(self, painter: QPainter) -> None:
        if not len(self._line):
            return
        pixels = self._safe_pixels(self._line)
        below = np.full(2, self.area.bottom())
        ends = np.column_stack([pixels[[-1, 0], 0], below])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil(self._theme.muted, 0.14))
        painter.drawPolygon(polygon(np.concatenate([pixels, ends])))

    def _paint_minima(self, painter: QPainter) -> None:
        theme = self._theme
        for x in self._minima[:, 0].tolist():
            center = self._pixel(x)
            pen = outline(theme.muted, theme.scale)
            pen.setDashPattern([3.0, 4.0])
            painter.setPen(pen)
            painter.drawLine(center, QPointF(center.x(), self.area.bottom()))
            arm = QPointF(4.5, 4.5) * theme.scale
            other = QPointF(arm.x(), -arm.y())
            painter.setPen(outline(theme.text, 2.0 * theme.scale))
            below = center + QPointF(0.0, 10.0 * theme.scale)
            painter.drawLine(below - arm, below + arm)
            painter.drawLine(below - other, below + other)

    def _paint_target(self, painter: QPainter, x: float, radius: float, color: str) -> None:
        scale, center = self._theme.scale, self._pixel(x)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for each, width in ((self._theme.panel, 4.0), (color, 1.8)):
            painter.setPen(outline(each, width * scale))
            painter.drawEllipse(center, radius * scale, radius * scale)
