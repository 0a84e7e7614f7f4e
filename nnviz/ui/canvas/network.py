"""The network as a person edits it: features, layers of live neurons, weights as curves.

The canvas shows a `NetworkView` and the maps that belong to it, and tells what the person did.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from typing_extensions import override

from nnviz.ui.canvas.network_selecting import AWAY, NetworkSelecting
from nnviz.ui.canvas.network_selection import NOTHING, holds, joined, numbers_of, toggled
from nnviz.ui.canvas.network_view import FEATURES, Badge, FeatureView, NetworkView, Picked
from nnviz.ui.canvas.network_walk import Walk
from nnviz.ui.theme import Theme

__all__ = ["Badge", "FeatureView", "NetworkCanvas", "NetworkView", "Picked"]

FINE = 0.1
"""With Control a step of a number is so much smaller; of the wheel with Shift too."""

HINT = (
    "Click a weight or the dot of a bias to edit it, turn the wheel over it to nudge it, "
    "right-click for more; drag over several to select them."
)

_REACH = 5.0
_BESIDE = 16
_NOTCH = 120
_WALKS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CUTS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OWN = (*_WALKS, *_STEPS, *_ENTERS, *_CUTS, Qt.Key.Key_L, Qt.Key.Key_Escape)
_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class NetworkCanvas(NetworkSelecting):
    """Draws a network and its maps; everything in it can be picked and changed in place."""

    edit_asked = Signal(object, object)
    """The person wants to change the numbers of a `Picked`, beside a QRect of the canvas."""

    nudged = Signal(object, float)
    """The person turns the numbers of a `Picked` by so many steps, or by tenths of one."""

    cut_asked = Signal(object)
    """The person wants the links of a `Picked` cut, or joined again where all are cut."""

    lock_asked = Signal(object)
    """The person wants the numbers of a `Picked` locked, or free again where all are locked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty canvas; `show_network` fills it."""
        super().__init__(theme, parent)
        self._pressed: QPointF | None = None
        self._clicked = NOTHING
        self._before = NOTHING
        self._turned = 0
        for asked in (self.nudged, self.cut_asked, self.lock_asked):
            asked.connect(self._on_asked)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _spot_at(self, place: QPointF) -> Picked:
        """The one thing at a place: the dot of a bias before a unit before a weight."""
        layout, x, y = self._layout, place.x(), place.y()
        if layout is None:
            return NOTHING
        bias, unit = layout.dot_at(x, y), layout.unit_at(x, y)
        if bias is not None:
            return Picked(biases=((bias[0] - 1, bias[1]),))
        if unit is not None:
            return Picked(units=((unit[0] - 1, unit[1]),))
        links = self._links
        index = links.links.nearest(x, y, _REACH * self._theme.scale, links.widths)
        if index is None:
            return NOTHING
        layer, target, source = links.links.places[index].tolist()
        return Picked(weights=((layer, target, source),))

    def _within(self, room: QRectF) -> Picked:
        """The units and weights in a rectangle."""
        if self._layout is None:
            return NOTHING
        units = [
            (layer, place)
            for layer, rows in enumerate(self._layout.rows[1:])
            for place, y in enumerate(rows.tolist())
            if room.contains(self._layout.columns[layer + 1], y)
        ]
        return Picked(tuple(units), tuple(self._links.links.within(room)))

    def _meant(self, spot: Picked) -> Picked:
        """What is meant at a spot: the selection where the spot belongs to it or is nothing."""
        return self._selected if not spot or holds(self._selected, spot) else spot

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, spot = event.position(), self._spot_at(event.position())
        is_adding = bool(event.modifiers() & _ADDING)
        self._before = self._selected if is_adding else NOTHING
        self._clicked = NOTHING if is_adding or spot.units else spot
        if spot:
            self._pressed = None
            self._select(toggled(self._selected, spot) if is_adding else spot)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self._point(place.toPoint(), self._spot_at(place))
            if self._view is not None:
                self._offer(self._view, place.x(), place.y())
            return
        way = place - self._pressed
        if self._band.isEmpty() and way.manhattanLength() < QApplication.startDragDistance():
            return
        self._band = QRectF(self._pressed, place).normalized()
        self.show_picked(joined(self._before, self._within(self._band)))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked, self._clicked = self._clicked, NOTHING
        if clicked and clicked == self._spot_at(event.position()):
            place = QRect(0, 0, _BESIDE, _BESIDE)
            place.moveCenter(event.position().toPoint())
            self.edit_asked.emit(clicked, place)
        if self._pressed is None:
            return
        layer = self._stack_at(event.position().toPoint()) if self._band.isEmpty() else None
        picked = self._before if self._band.isEmpty() else self._selected
        self._pressed, self._band = None, QRectF()
        self.show_picked(picked)
        self._announce()
        self.picked.emit(picked)
        if layer is not None:
            self.menu_asked.emit(layer - 1, event.globalPosition().toPoint())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A neuron opens its bias by a double click; a number is open since the first."""
        spot = self._spot_at(event.position())
        if spot.units:
            self._ask_for_edit(self._meant(spot))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        spot = self._spot_at(event.position())
        numbers = numbers_of(self._meant(NOTHING if spot.units else spot))
        if not numbers:
            event.ignore()
            return
        event.accept()
        self._turned += event.angleDelta().y() or event.angleDelta().x()  # macOS turns it by Shift.
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        if steps:
            self.nudged.emit(numbers, steps * (FINE if event.modifiers() & _ADDING else 1.0))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.mapToGlobal(self.place_of(self._selected).center())
        else:
            spot, place = self._spot_at(QPointF(event.pos())), event.globalPos()
            self._select(self._meant(spot) if spot else NOTHING)
        if self._selected:
            self.menu_asked.emit(self._selected, place)
        else:
            event.ignore()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(AWAY, NOTHING)
        if not self.rect().contains(self.mapFromGlobal(self.cursor().pos())):
            self._insert.hide()
            self._heads.show_open(None)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(AWAY, NOTHING)

    @override
    def event(self, event: QEvent) -> bool:
        is_claimed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_claimed and self._selected and event.key() in _OWN:  # type: ignore[attr-defined]
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and not self._spot:
            QToolTip.showText(event.globalPos(), HINT, self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _WALKS:
            self._walk(event, _WALKS[key])
        elif key in _STEPS:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._step(_STEPS[key], FINE if is_fine else 1.0)
        elif not self._do(key):
            super().keyPressEvent(event)

    def _do(self, key: Qt.Key) -> bool:
        """What a key does to the selection; whether it does anything."""
        numbers = numbers_of(self._selected)
        if key in _ENTERS and numbers:
            self._ask_for_edit(self._selected)
        elif key in _CUTS and numbers.weights:
            self.cut_asked.emit(Picked(weights=numbers.weights))
        elif key == Qt.Key.Key_L and numbers:
            self.lock_asked.emit(numbers)
        elif key == Qt.Key.Key_Escape and (self._selected or self._spot):
            self._select(NOTHING)
            self._point(AWAY, NOTHING)
        else:
            return False
        return True

    def _step(self, step: int, size: float) -> None:
        """Plus and minus: weights and biases by a step, neurons of a layer, or layers."""
        if self._selected.weights or self._selected.biases:
            self.nudged.emit(numbers_of(self._selected), step * size)
        elif self._selected.units:
            layer = self._selected.units[-1][0]
            if self._view is not None and FEATURES < layer < len(self._view.widths):
                (self.neuron_added if step > 0 else self.neuron_removed).emit(layer)
        else:
            (self.layer_added if step > 0 else self.layer_removed).emit()

    def _walk(self, event: QKeyEvent, step: tuple[int, int]) -> None:
        """Go on to the unit, the weight or the bias next to the last one."""
        if self._layout is None or self._view is None:
            return
        walk = Walk(self._layout, self._view.on)
        is_across = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        spot = (walk.across if is_across else walk.along)(self._selected, step)
        is_adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._select(joined(self._selected, spot) if is_adding else spot)
        self._point(self._corner_of(spot), spot)

    def _corner_of(self, spot: Picked) -> QPoint:
        return self.place_of(spot).bottomRight()

    def _ask_for_edit(self, picked: Picked) -> None:
        numbers = numbers_of(picked)
        if numbers:
            self.edit_asked.emit(numbers, self.place_of(numbers))
