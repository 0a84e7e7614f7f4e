"""A plane with a probe: a cross-hair that is dragged, moved by keys and taken away."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.crosshair import draw_crosshair, draw_target
from nnviz.ui.canvas.pens import clipped
from nnviz.ui.canvas.plot import Plot
from nnviz.ui.theme import Theme
from nnviz.ui.voice import announce

Place = tuple[float, float]

REACH = 12.0
"""How near to its middle a cross-hair is taken hold of, in pixels before scale."""

STEPS = 100
"""Into how many steps of a key the plane is cut; with Shift a step is ten times as long."""

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


_KEYS_OF_PROBE = "Arrow keys move the probe, Escape takes it away"


class ProbePlot(Plot):
    """A plane over which a probe can be moved."""

    probe_moved = Signal(float, float)
    """The person drags the probe, moves it by a key, or puts it down."""

    probe_dropped = Signal()
    """The person let go of the probe."""

    probe_removed = Signal()
    """The person wants the probe gone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without a probe."""
        self._probe: Place | None = None
        self._is_fixed = False
        self._is_held = self._is_awaited = False
        super().__init__(theme, parent)
        self.show_told("")

    def show_probe(self, place: Place | None, *, is_fixed: bool = False) -> None:
        """Show where the probe is; a fixed one cannot be dragged."""
        if (place, is_fixed) != (self._probe, self._is_fixed):
            self._probe, self._is_fixed = place, is_fixed
            self.refresh()

    def show_told(self, said: str) -> None:
        """Say what is at the probe, to a screen reader; aloud once a key has moved it."""
        described = f"{said}. {_KEYS_OF_PROBE}" if said else _KEYS_OF_PROBE
        if described != self.accessibleDescription():
            self.setAccessibleDescription(described)
            if self._is_awaited:
                announce(self, said)
        self._is_awaited = False

    def _paint_probe(self, painter: QPainter) -> None:
        if self._probe is None:
            return
        center = QPointF(*clipped(self.to_pixels(np.array(self._probe))).tolist())
        if self._is_fixed:
            draw_target(painter, center, self._theme)
        else:
            draw_crosshair(painter, center, self.area, self._theme)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._is_held = is_left and self._is_on_probe(event.position())
        if self._is_held:
            event.accept()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._move_probe(self.to_place(event.position()))
            event.accept()
        else:
            super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._is_held = False
            event.accept()
            self.probe_dropped.emit()
        else:
            super().mouseReleaseEvent(event)

    def _is_on_probe(self, pixel: QPointF) -> bool:
        if self._probe is None or self._is_fixed:
            return False
        away = pixel - QPointF(*self.to_pixels(np.array(self._probe)).tolist())
        return away.manhattanLength() <= REACH * self._theme.scale

    def _move_probe(self, place: Place) -> None:
        x0, x1, y0, y1 = self._domain
        self.probe_moved.emit(min(max(place[0], x0), x1), min(max(place[1], y0), y1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_view = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        arrow = None if is_view else ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and not self._is_fixed:
            is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step_probe(*arrow, 10 if is_far else 1)
        elif event.key() == Qt.Key.Key_Escape and self._probe is not None:
            self.probe_removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if Qt.Key(event.key()) in ARROWS and not event.isAutoRepeat():
            self._is_awaited = True
            self.probe_dropped.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.probe_dropped.emit()

    def _step_probe(self, right: int, up: int, steps: int) -> None:
        (x0, x1), (y0, y1) = self.view.ranges
        x, y = self._probe or ((x0 + x1) / 2, (y0 + y1) / 2)
        x, y = x + right * steps * (x1 - x0) / STEPS, y + up * steps * (y1 - y0) / STEPS
        self._move_probe((x, y))
