"""The network with what is pointed at and what is selected, and how both are told."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.card import HoverCard
from nnviz.ui.canvas.network_buttons import FeatureTile
from nnviz.ui.canvas.network_marks import Marker
from nnviz.ui.canvas.network_scene import unit_of
from nnviz.ui.canvas.network_selection import NOTHING, last_of, surviving
from nnviz.ui.canvas.network_stage import NetworkStage
from nnviz.ui.canvas.network_view import FEATURES, NetworkView, Picked
from nnviz.ui.canvas.network_words import AT_REST, folded, rows_of, spoken, state_of, title_of
from nnviz.ui.theme import Theme
from nnviz.ui.voice import announce

AWAY = QPoint(-1, -1)
"""Where the pointer is while it points at nothing here."""


class NetworkSelecting(NetworkStage):
    """A stage that knows what is pointed at and selected; both outlive what is shown."""

    unit_hovered = Signal(object)
    """The person points at a unit: (layer, place), the features being layer 0, or at None."""

    number_hovered = Signal(object)
    """The person points at a weight or at a bias, as a `Picked`, or at none: nothing."""

    picked = Signal(object)
    """Something else is selected: a `Picked`, empty when nothing is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Nothing is shown, pointed at or selected."""
        super().__init__(theme, parent)
        self._card = HoverCard(theme, self)
        self._pointer = QPoint()
        self._state = ""
        self._is_awaited = False
        self.setAccessibleName("Network")
        self.setAccessibleDescription(AT_REST)

    @property
    def selected(self) -> Picked:
        """What is selected."""
        return self._selected

    def show_picked(self, picked: Picked) -> None:
        """Select something, silently."""
        self._selected = picked
        if self._view is not None:
            self.setAccessibleDescription(spoken(self._view, picked))
            self._state = state_of(self._view, picked)
        self.update()

    def place_of(self, picked: Picked) -> QRect:
        """Where the last thing of a selection is; empty where it is folded."""
        if self._layout is None:
            return QRect()
        return Marker(self._layout, self._theme).place_of(self._links, last_of(picked))

    @override
    def show_network(self, view: NetworkView) -> None:
        old = self._view
        super().show_network(view)
        if self._selected and old is not None and not view.has_shape_of(old):
            self._select(surviving(self._selected, old, view))
        if self._selected:
            self._tell_again(view)
        self._refresh_card()

    @override
    def _rebuild(self, view: NetworkView) -> None:
        self._point(AWAY, NOTHING)
        super()._rebuild(view)

    @override
    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self._card.show_theme(theme)

    @override
    def _new_tile(self, place: int) -> FeatureTile:
        tile = super()._new_tile(place)
        tile.entered.connect(self._on_feature_entered)
        tile.left.connect(self._on_feature_left)
        return tile

    def _on_feature_entered(self, place: int) -> None:
        corner = self._tiles[place].geometry().bottomRight()
        self._point(corner, Picked(units=((FEATURES, place),)))

    def _on_feature_left(self, place: int) -> None:
        if self._spot == Picked(units=((FEATURES, place),)):
            self._point(AWAY, NOTHING)

    def _select(self, picked: Picked) -> None:
        """Select something else, and tell."""
        if picked != self._selected:
            self.show_picked(picked)
            self._announce()
            self.picked.emit(picked)

    def _tell_again(self, view: NetworkView) -> None:
        """Say how the selection stands by now, aloud where the person changed it."""
        said, state = spoken(view, self._selected), state_of(view, self._selected)
        if said == self.accessibleDescription():
            return
        self.setAccessibleDescription(said)
        if self._is_awaited or state != self._state:
            self._announce()
        self._is_awaited, self._state = False, state

    def _on_asked(self) -> None:
        """The person changes what is selected: what comes of it is to be heard."""
        self._is_awaited = True

    def _announce(self) -> None:
        """Let a screen reader say what is selected."""
        announce(self, self.accessibleDescription())

    def _point(self, place: QPoint, spot: Picked) -> None:
        """Take note of what the person points at, and tell when it is something else."""
        old, self._pointer, self._spot = self._spot, place, spot
        self._refresh_card()
        if unit_of(old) != unit_of(spot):
            self._mark_tiles()
            self.unit_hovered.emit(unit_of(spot))
        number = replace(spot, units=())
        if number != replace(old, units=()):
            self.number_hovered.emit(number)
        if old != spot:
            self.update()

    def _refresh_card(self) -> None:
        """Say beside the pointer what is there, with the numbers of now."""
        view, spot = self._view, self._spot
        if view is not None and spot:
            self._card.show_text(self._pointer, title_of(view, spot), rows_of(view, spot))
            return
        layer = self._stack_at(self._pointer)
        if view is not None and self._layout is not None and layer is not None:
            title, rows = folded(view, layer, len(self._layout.rows[layer]))
            self._card.show_text(self._pointer, title, rows)
        else:
            self._card.hide()

    def _stack_at(self, place: QPoint) -> int | None:
        """The column, features being 0, whose folded units are at a place."""
        return None if self._layout is None else self._layout.stack_at(place.x(), place.y())
