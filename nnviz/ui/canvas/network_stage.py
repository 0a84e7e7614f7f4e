"""The network with its buttons: features, captions of layers, and places for new ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.network_buttons import STEP, FeatureTile, StepButton
from nnviz.ui.canvas.network_drag import Drag, gap_at, middle_of
from nnviz.ui.canvas.network_layout import HEAD, Layout
from nnviz.ui.canvas.network_scene import NetworkScene
from nnviz.ui.canvas.network_steps import MOST_LAYERS
from nnviz.ui.canvas.network_view import FEATURES, NetworkView, Picked
from nnviz.ui.theme import Theme


class NetworkStage(NetworkScene):
    """A scene whose features, layers and neurons can be changed by buttons and by dragging."""

    feature_toggled = Signal(str)
    """The person switched the feature of this key on or off."""

    feature_asked = Signal()
    """The person wants to type a feature of their own."""

    layer_added = Signal()
    """The person wants one more hidden layer at the end."""

    layer_removed = Signal()
    """The person wants the last hidden layer gone."""

    layer_inserted = Signal(int)
    """The person wants a new hidden layer that is the one of this place, counted from 0."""

    layer_moved = Signal(int, int)
    """The person dragged a hidden layer from one place among the hidden layers to another."""

    neuron_added = Signal(int)
    """The person wants one more neuron in this hidden layer, counted from 0."""

    neuron_removed = Signal(int)
    """The person wants one neuron less in this hidden layer, counted from 0."""

    menu_asked = Signal(object, object)
    """The person wants the menu of a `Picked` or of a hidden layer (int) at a global QPoint."""

    _extra = 1

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty stage; `show_network` fills it."""
        super().__init__(theme, parent)
        self._adder = StepButton("+", "Type a feature of your own: f(x₁, x₂)", theme, self)
        self._insert = StepButton("+", "Insert a hidden layer here", theme, self)
        self._insert.hide()
        self._insert_at = 0
        self._adder.clicked.connect(self.feature_asked)
        self._insert.clicked.connect(self._on_insert_clicked)
        self.layers.more.clicked.connect(self.layer_added)
        self.layers.fewer.clicked.connect(self.layer_removed)
        heads = self._heads
        heads.neuron_added.connect(self.neuron_added)
        heads.neuron_removed.connect(self.neuron_removed)
        heads.menu_asked.connect(self.menu_asked)
        heads.dragged.connect(self._on_dragged)
        heads.dropped.connect(self._on_dropped)
        heads.drag_left.connect(self._end_drag)

    @override
    def show_theme(self, theme: Theme) -> None:
        self._adder.show_theme(theme)
        self._insert.show_theme(theme)
        super().show_theme(theme)

    @override
    def _new_tile(self, place: int) -> FeatureTile:
        tile = super()._new_tile(place)
        tile.clicked.connect(partial(self._on_feature_clicked, place))
        tile.menu_asked.connect(self._on_feature_menu_asked)
        return tile

    @override
    def _place_tiles(self, layout: Layout) -> None:
        super()._place_tiles(layout)
        half = self._adder.width() / 2
        self._adder.move(round(layout.columns[0] - half), round(layout.adder - half))

    def _on_feature_clicked(self, place: int) -> None:
        if self._view is not None:
            self.feature_toggled.emit(self._view.features[place].key)

    def _on_feature_menu_asked(self, place: int, where: object) -> None:
        if self._view is not None and self._view.features[place].is_own:
            self.menu_asked.emit(Picked(units=((FEATURES, place),)), where)

    def _offer(self, view: NetworkView, x: float, y: float) -> None:
        """Show what can be done near the head of the network where the pointer is."""
        px, layout = self._theme.px, self._layout
        if layout is None:
            return
        gap = gap_at(layout, x)
        middle = middle_of(layout, gap)
        is_near = y < px(HEAD + 18) and abs(x - middle) < px(14)
        self._insert.setVisible(is_near and len(view.widths) < MOST_LAYERS)
        if is_near:
            self._insert_at = gap
            self._insert.move(round(middle - px(STEP) / 2), px(HEAD - 8))
            self._insert.raise_()
        nearest = min(range(len(layout.columns)), key=lambda at: abs(layout.columns[at] - x))
        self._heads.show_open(nearest - 1 if y < px(HEAD) else None)

    def _on_insert_clicked(self) -> None:
        self._insert.hide()
        self.layer_inserted.emit(self._insert_at)

    @override
    def _rebuild(self, view: NetworkView) -> None:
        self._drag = None
        super()._rebuild(view)

    def _on_dragged(self, layer: int, x: int) -> None:
        """Let the layer follow the pointer, and mark where it would go."""
        if self._layout is not None and self._heads.carry(layer, x):
            self._drag = Drag.at(layer, x, self._layout)
            self.update()

    def _on_dropped(self, layer: int) -> None:
        target = self._drag.target if self._drag is not None else None
        self._end_drag()
        if target is not None:
            self.layer_moved.emit(layer, target)

    def _end_drag(self) -> None:
        """Put everything back where it was."""
        self._drag = None
        self._caption()
        self.update()
