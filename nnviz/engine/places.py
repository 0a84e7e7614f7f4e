"""Places in theta: where the parameters of each layer stand, and what a single place is."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from nnviz.value import dataclass


class Spot(NamedTuple):
    """What a place in theta is, all counted from 0.

    The weight that leads from a source to a unit of a layer; without a source the unit's bias;
    without a unit the layer's alpha.
    """

    layer: int
    unit: int | None
    source: int | None


@dataclass(frozen=True)
class Place:
    """Where the parameters of one layer stand in theta.

    `learned` says how many alphas there are: 1 where the activation learns its parameter, else 0.
    """

    outputs: int
    inputs: int
    start: int
    learned: int = 0

    @cached_property
    def weights(self) -> slice:
        """The weights, row by row."""
        return slice(self.start, self.start + self.outputs * self.inputs)

    @cached_property
    def biases(self) -> slice:
        """The biases, after the weights."""
        return slice(self.weights.stop, self.weights.stop + self.outputs)

    @cached_property
    def alphas(self) -> slice:
        """What the activation learns, after the biases; empty if that is nothing."""
        return slice(self.biases.stop, self.stop)

    @cached_property
    def stop(self) -> int:
        """Where the next layer starts."""
        return self.start + self.outputs * (self.inputs + 1) + self.learned

    def spot(self, layer: int, index: int) -> Spot:
        """What a place is, when this is the layer of that number."""
        if index >= self.alphas.start:
            return Spot(layer, None, None)
        if index >= self.biases.start:
            return Spot(layer, index - self.biases.start, None)
        return Spot(layer, *divmod(index - self.start, self.inputs))
