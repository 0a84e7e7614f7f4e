"""The network as a person edits it: features, layers of live neurons, weights as curves.

The canvas shows a `NetworkView` and the maps that belong to it, and tells what the person did.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.card import HoverCard
from nnviz.ui.canvas.network_buttons import FeatureTile
from nnviz.ui.canvas.network_scene import NetworkScene
from nnviz.ui.canvas.network_view import Badge, FeatureView, NetworkView, Picked, Unit, signed
from nnviz.ui.theme import Theme

__all__ = ["Badge", "FeatureView", "NetworkCanvas", "NetworkView", "Picked"]

_REACH = 5.0
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class NetworkCanvas(NetworkScene):
    """Draws a network and its maps; features, layers and neurons can be changed in place."""

    feature_toggled = Signal(str)
    """The person switched the feature of this key on or off."""

    layer_added = Signal()
    """The person wants one more hidden layer at the end."""

    layer_removed = Signal()
    """The person wants the last hidden layer gone."""

    neuron_added = Signal(int)
    """The person wants one more neuron in this hidden layer, counted from 0."""

    neuron_removed = Signal(int)
    """The person wants one neuron less in this hidden layer, counted from 0."""

    unit_hovered = Signal(object)
    """The person points at a unit: (layer, place), the features being layer 0, or at None."""

    weight_hovered = Signal(object)
    """The person points at a weight: (layer, unit, source) within the view's weights, or None."""

    picked = Signal(object)
    """The person selected something else: a `Picked`, empty when nothing is."""

    edit_asked = Signal(object, object)
    """The person wants to change the numbers of a `Picked`, beside a QRect of the canvas."""

    nudged = Signal(object, int)
    """The person turns the numbers of a `Picked` by so many steps."""

    cut_asked = Signal(object)
    """The person wants the links of a `Picked` cut, or joined again where all are cut."""

    lock_asked = Signal(object)
    """The person wants the numbers of a `Picked` locked, or free again where all are locked."""

    menu_asked = Signal(object, object)
    """The person wants the menu of a `Picked` or of a hidden layer (int) at a global QPoint."""

    layer_moved = Signal(int, int)
    """The person dragged a hidden layer from one place among the hidden layers to another."""

    layer_inserted = Signal(int)
    """The person wants a new hidden layer that is the one of this place, counted from 0."""

    feature_asked = Signal()
    """The person wants to type a feature of their own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty canvas; `show_network` fills it."""
        super().__init__(theme, parent)
        self._card = HoverCard(theme, self)
        self._pointer = QPoint()
        self.layers.more.clicked.connect(self.layer_added)
        self.layers.fewer.clicked.connect(self.layer_removed)
        self._steps.neuron_added.connect(self.neuron_added)
        self._steps.neuron_removed.connect(self.neuron_removed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Network")
        self.setAccessibleDescription("Arrow keys go from neuron to neuron, Escape leaves")

    @override
    def show_network(self, view: NetworkView) -> None:
        super().show_network(view)
        self._refresh_card()

    @override
    def _rebuild(self, view: NetworkView) -> None:
        self._point(self._pointer, None, None)
        super()._rebuild(view)

    @override
    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self._card.show_theme(theme)

    @override
    def _new_tile(self, place: int) -> FeatureTile:
        tile = super()._new_tile(place)
        tile.clicked.connect(partial(self._on_feature_clicked, place))
        tile.entered.connect(self._on_feature_entered)
        tile.left.connect(self._on_feature_left)
        return tile

    def _on_feature_clicked(self, place: int) -> None:
        if self._view is not None:
            self.feature_toggled.emit(self._view.features[place].key)

    def _on_feature_entered(self, place: int) -> None:
        self._point(self._tiles[place].geometry().bottomRight(), (0, place), None)

    def _on_feature_left(self, place: int) -> None:
        if self._hovered == (0, place):
            self._point(self._pointer, None, None)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        unit = self._layout.unit_at(place.x(), place.y()) if self._layout else None
        weight = None
        if unit is None:
            reach = _REACH * self._theme.scale
            weight = self._links.nearest(place.x(), place.y(), reach)
        self._point(place.toPoint(), unit, weight)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(self._pointer, None, None)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(self._pointer, None, None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._walk(*step)
        elif event.key() == Qt.Key.Key_Escape and self._hovered is not None:
            self._point(self._pointer, None, None)
        else:
            super().keyPressEvent(event)

    def _walk(self, layers: int, places: int) -> None:
        """Point at a unit next to the one pointed at; at first at the last one."""
        layout = self._layout
        if layout is None:
            return
        last = len(layout.rows) - 1
        if self._hovered is None:
            unit = (last, 0)
        else:
            layer = min(max(self._hovered[0] + layers, 0), last)
            most = max(len(layout.rows[layer]) - 1, 0)
            unit = (layer, min(max(self._hovered[1] + places, 0), most))
        x, y = layout.center(*unit)
        half = layout.side(unit[0]) / 2
        self._point(QPoint(round(x + half), round(y + half)), unit, None)

    def _point(self, place: QPoint, unit: Unit | None, weight: int | None) -> None:
        """Take note of what the person points at, and tell when it is something else."""
        has_unit_changed, has_weight_changed = unit != self._hovered, weight != self._weight
        self._pointer, self._hovered, self._weight = place, unit, weight
        self._refresh_card()
        if has_unit_changed:
            self._mark_tiles()
            self.unit_hovered.emit(unit)
        if has_weight_changed:
            self.weight_hovered.emit(self._place_of_weight())
        if has_unit_changed or has_weight_changed:
            self.update()

    def _place_of_weight(self) -> tuple[int, int, int] | None:
        if self._weight is None:
            return None
        layer, unit, source = self._links.links.places[self._weight].tolist()
        return layer, unit, source

    def _refresh_card(self) -> None:
        """Say beside the pointer what is there, with the numbers of now."""
        view = self._view
        if view is None:
            return
        weight = self._place_of_weight()
        if self._hovered is not None:
            rows = view.rows_of_unit(self._hovered)
            self._card.show_text(self._pointer, view.name(self._hovered), rows)
        elif weight is not None:
            layer, unit, source = weight
            before = (layer, view.on[source] if layer == 0 else source)
            title = f"{view.short_name(before)} → {view.short_name((layer + 1, unit))}"
            value = signed(float(view.weights[layer][unit, source]))
            self._card.show_text(self._pointer, title, (("Weight", value),))
        else:
            self._card.hide()
