"""How the keyboard walks through a network: from unit to unit, and onto weights and biases."""

from __future__ import annotations

from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.canvas.network_selection import last_of
from nnviz.ui.canvas.network_view import FEATURES, Picked
from nnviz.value import dataclass

Step = tuple[int, int]
"""Layers to the right and places down."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Ways between the things of a layout that are shown; `on` are the features in use."""

    layout: Layout
    on: tuple[int, ...]

    def along(self, here: Picked, step: Step) -> Picked:
        """The unit next to the last one picked, at first the uppermost output.

        From a weight, the units it joins are to the left and right, the other weights into its
        unit above and below.
        """
        spot = last_of(here)
        if not spot:
            return Picked(units=((self._last, 0),))
        if not spot.weights:
            return self._unit_beside((spot.biases or spot.units)[0], step)
        layer, unit, source = spot.weights[0]
        if step[0] < 0:
            return Picked(units=((layer - 1, self._place(layer, source)),))
        if step[0] > 0:
            return Picked(units=((layer, unit),))
        return self._weight(layer, unit, source + step[1])

    def across(self, here: Picked, step: Step) -> Picked:
        """From a unit onto a weight from the left or to the right, or down onto its bias.

        From a weight, the other weights out of its unit are above and below.
        """
        spot = last_of(here)
        if not spot:
            return spot
        if spot.weights:
            layer, unit, source = spot.weights[0]
            return self._weight(layer, unit + step[1], source)
        layer, place = (spot.biases or spot.units)[0]
        if step[0]:
            return self._weight_beside(layer, place, step[0])
        is_down = step[1] > 0 and layer != FEATURES
        return Picked(biases=((layer, place),)) if is_down else Picked(units=((layer, place),))

    @property
    def _last(self) -> int:
        return len(self.layout.rows) - 2

    def _count(self, layer: int) -> int:
        """How many units are shown, layers as weights count them."""
        return len(self.layout.rows[layer + 1])

    def _place(self, layer: int, source: int) -> int:
        return self.on[source] if layer == 0 else source

    def _unit_beside(self, unit: tuple[int, int], step: Step) -> Picked:
        layer = _within(unit[0] + step[0], FEATURES, self._last)
        return Picked(units=((layer, _within(unit[1] + step[1], 0, self._count(layer) - 1)),))

    def _weight_beside(self, layer: int, place: int, side: int) -> Picked:
        """The weight that comes to a unit about from the left, or goes about to the right."""
        if side < 0 and layer != FEATURES:
            return self._weight(layer, place, place)
        is_fed = layer != FEATURES or place in self.on
        if side < 0 or layer == self._last or not is_fed:
            return Picked(units=((layer, place),))
        return self._weight(layer + 1, place, self.on.index(place) if layer < 0 else place)

    def _weight(self, layer: int, unit: int, source: int) -> Picked:
        sources = len(self.on) if layer == 0 else self._count(layer - 1)
        unit, source = _within(unit, 0, self._count(layer) - 1), _within(source, 0, sources - 1)
        return Picked(weights=((layer, unit, source),))


def _within(number: int, least: int, most: int) -> int:
    return min(max(number, least), max(most, least))
