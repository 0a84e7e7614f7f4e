"""Where racers start: rings on a surface that pointer and keys add, move and take away."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.experiment.landscape import START_LIMIT, Place
from nnviz.ui.canvas.pens import Floats, clipped, outline
from nnviz.ui.canvas.plot import Plot
from nnviz.ui.canvas.sight import Domain
from nnviz.ui.theme import Theme

_GRID_STEPS = 40
_NEAR = 11.0  # Pixels: so near to a ring the pointer takes hold of it.
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Starts:
    """The places, the one that is held, and the cursor that the arrow keys move."""

    def __init__(self) -> None:
        """Nobody starts anywhere yet."""
        self.places: tuple[Place, ...] = ()
        self.cursor: Place | None = None
        self.held: int | None = None

    def show(self, places: tuple[Place, ...]) -> bool:
        """Take over places; whether they are others."""
        if places == self.places:
            return False
        self.places, self.cursor = places, None
        return True

    def near(self, pixel: QPointF, pixels: list[QPointF], scale: float) -> int | None:
        """Which place is at a pixel, by the pixels of all."""
        far = [math.hypot(each.x() - pixel.x(), each.y() - pixel.y()) for each in pixels]
        best = min(range(len(far)), key=far.__getitem__, default=None)
        return best if best is not None and far[best] <= _NEAR * scale else None

    def with_one_more(self, place: Place) -> tuple[Place, ...]:
        """The places with another one, as long as there may be more."""
        return (*self.places, place)[:START_LIMIT]

    def without(self, number: int) -> tuple[Place, ...]:
        """The places without one; the last one stays."""
        rest = self.places[:number] + self.places[number + 1 :]
        return rest or self.places

    def moved(self, place: Place) -> tuple[Place, ...]:
        """The places with the one that is held elsewhere."""
        number = self.held or 0
        return (*self.places[:number], place, *self.places[number + 1 :])

    def step(self, key: int, domain: Domain) -> bool:
        """Move the cursor by an arrow key; whether it is one."""
        way = _KEYS.get(Qt.Key(key))
        if way is None:
            return False
        x0, x1, y0, y1 = domain
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        x, y = self.cursor or next(iter(self.places), middle)
        x = min(max(x + way[0] * (x1 - x0) / _GRID_STEPS, x0), x1)
        y = min(max(y + way[1] * (y1 - y0) / _GRID_STEPS, y0), y1)
        self.cursor = (x, y)
        return True


class StartingPlot(Plot):
    """A plane on which racers are given their starts."""

    start_picked = Signal(float, float)
    """The person picked where all racers start."""

    starts_picked = Signal(object)
    """The person picked several places to start from: a tuple of (x, y)."""

    starts_dragged = Signal(object)
    """The person drags one of several starts: all of them, as they are now."""

    drag_ended = Signal()
    """The person let go of a start."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A plane without starts."""
        self.starts = Starts()
        self._is_adding = self._was_moved = False
        super().__init__(theme, parent)

    def show_starts(self, starts: tuple[Place, ...]) -> None:
        """Show where every racer starts."""
        if self.starts.show(starts):
            self.refresh()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor = self.starts.cursor
        is_view = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not is_view and self.starts.step(event.key(), self._domain):
            self.place_hovered.emit(self.starts.cursor)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and cursor is not None:
            self.starts.cursor = None
            is_more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._pick(cursor, more=is_more)
        elif event.key() == Qt.Key.Key_Escape and cursor is not None:
            self.starts.cursor = None
        else:
            super().keyPressEvent(event)
            return
        event.accept()
        self.refresh()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        number = self._start_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.starts.held = number
            event.accept()
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.starts.held is not None:
            self._was_moved = True
            self.starts_dragged.emit(self.starts.moved(self._inside(event.position())))
            event.accept()
            return
        super().mouseMoveEvent(event)
        is_over = not event.buttons() and self._start_at(event.position()) is not None
        shape = Qt.CursorShape.OpenHandCursor if is_over else Qt.CursorShape.CrossCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self.starts.held = self.starts.held, None
        if held is None:
            super().mouseReleaseEvent(event)
            return
        if self._was_moved:
            self.drag_ended.emit()
        elif self._is_adding:
            self.starts_picked.emit(self.starts.without(held))
        else:
            self._tap(event.position())
        self._was_moved = False
        event.accept()

    def _tap(self, pixel: QPointF) -> bool:
        """The person pressed what may lie over a start; whether that means something."""
        del pixel
        return False

    def _start_at(self, pixel: QPointF) -> int | None:
        pixels = [self._pixel(place) for place in self.starts.places]
        return self.starts.near(pixel, pixels, self._theme.scale)

    def _inside(self, pixel: QPointF) -> Place:
        """The place at a pixel, or the nearest of the surface."""
        x0, x1, y0, y1 = self._domain
        x, y = self.to_place(pixel)
        return min(max(x, x0), x1), min(max(y, y0), y1)

    @override
    def _click(self, pixel: QPointF) -> None:
        self._pick(self.to_place(pixel), more=self._is_adding)

    def _pick(self, place: Place, *, more: bool) -> None:
        if more:
            self.starts_picked.emit(self.starts.with_one_more(place))
        else:
            self.start_picked.emit(*place)

    def _paint_starts(self, painter: QPainter) -> None:
        theme = self._theme
        for start in self.starts.places:
            paint_target(painter, self._pixel(start), 6.0, theme.text, theme)
        if self.starts.cursor is not None:
            paint_target(painter, self._pixel(self.starts.cursor), 8.0, theme.focus, theme)

    def _safe_pixels(self, points: Floats) -> Floats:
        return clipped(self.to_pixels(points))

    def _pixel(self, place: Place) -> QPointF:
        return self.to_pixel(*place)


def paint_target(
    painter: QPainter, center: QPointF, radius: float, color: str, theme: Theme
) -> None:
    """Paint a ring around a pixel."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for each, width in ((theme.panel, 4.0), (color, 1.8)):
        painter.setPen(outline(each, width * theme.scale))
        painter.drawEllipse(center, radius * theme.scale, radius * theme.scale)
