"""How a person takes hold of a plane: a drag moves what is seen of it, the wheel zooms.

Over the plane both axes follow, beside a ruler only its own. By keys plus and minus zoom, the
arrows move with Control, Home shows all.
"""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from nnviz.ui.canvas.sight import Sight

_CLICK = 4.0  # So far the pointer may move between press and release, in pixels.
_NOTCH = 120.0  # What a wheel turns in one notch, in eighths of a degree.
_FACTOR = 0.75  # How much of what was seen is left after a notch.
_WAY = 0.1  # How far a key moves, of what is seen.
_ZOOMS = {
    Qt.Key.Key_Plus: _FACTOR,
    Qt.Key.Key_Equal: _FACTOR,
    Qt.Key.Key_Minus: 1 / _FACTOR,
    Qt.Key.Key_Underscore: 1 / _FACTOR,
}
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}

Axes: TypeAlias = tuple[bool, bool]
"""Whether x follows, and whether y does."""


class Grip:
    """The pointer's hold of a plane."""

    def __init__(self, sight: Sight) -> None:
        """Hold nothing yet."""
        self._sight = sight
        self._free: Axes = (True, True)
        self._pressed: QPointF | None = None
        self._last: QPointF | None = None
        self._axes: Axes = self._free

    def free(self, axes: Axes) -> None:
        """Let these axes be moved and zoomed."""
        self._free = axes

    def press(self, event: QMouseEvent, area: QRectF) -> None:
        """A button goes down."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        is_mover = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        self._last = event.position() if is_mover else None
        self._axes = self._axes_at(event.position(), area)

    def move(self, event: QMouseEvent, area: QRectF) -> None:
        """The pointer moves, and the plane with it if it is held."""
        place = event.position()
        if self._pressed is not None and _are_apart(self._pressed, place):
            self._pressed = None
        if self._last is None or self._pressed is not None or area.isEmpty():
            return
        way, self._last = place - self._last, place
        (x0, x1), (y0, y1) = self._sight.ranges
        right = -way.x() * (x1 - x0) / area.width() if self._axes[0] else 0.0
        up = way.y() * (y1 - y0) / area.height() if self._axes[1] else 0.0
        self._sight.move(right, up)

    def release(self, event: QMouseEvent) -> bool:
        """A button comes up; whether that was a click."""
        pressed, self._pressed, self._last = self._pressed, None, None
        return pressed is not None and not _are_apart(pressed, event.position())

    def turn(self, event: QWheelEvent, area: QRectF, center: tuple[float, float]) -> None:
        """The wheel turns: see more, or less, around a place."""
        factor = _FACTOR ** (event.angleDelta().y() / _NOTCH)
        x, y = self._axes_at(event.position(), area)
        self._sight.zoom(factor if x else 1.0, factor if y else 1.0, center)

    def key(self, event: QKeyEvent) -> bool:
        """A key is pressed; whether it moves or zooms."""
        key, (right, up) = Qt.Key(event.key()), self._free
        if key in _ZOOMS:
            (x0, x1), (y0, y1) = self._sight.ranges
            factor, middle = _ZOOMS[key], ((x0 + x1) / 2, (y0 + y1) / 2)
            self._sight.zoom(factor if right else 1.0, factor if up else 1.0, middle)
        elif key in _WAYS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (x0, x1), (y0, y1) = self._sight.ranges
            x, y = _WAYS[key]
            self._sight.move(_WAY * x * (x1 - x0) * right, _WAY * y * (y1 - y0) * up)
        elif key == Qt.Key.Key_Home:
            self._sight.show_all()
        else:
            return False
        return True

    def _axes_at(self, place: QPointF, area: QRectF) -> Axes:
        """Which axes follow a pointer at a place: below the plane x alone, left of it y alone."""
        x, y = self._free
        return x and place.x() >= area.left(), y and place.y() <= area.bottom()


def _are_apart(one: QPointF, other: QPointF) -> bool:
    return (other - one).manhattanLength() > _CLICK
