"""What a network canvas is shown: the shape, the numbers and the names of a network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.ui.canvas.pens import Floats
from nnviz.value import dataclass

Bools = NDArray[np.bool_]

Unit = tuple[int, int]
"""A unit of a network: (layer, place), the features being layer 0, on or off."""

FEATURES = -1
"""The layer of a feature within `Picked`, where layers count as weights do."""


@dataclass(frozen=True, slots=True)
class FeatureView:
    """An input feature as the canvas shows it; `is_own` where a person typed its formula."""

    key: str
    label: str
    is_on: bool
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """What is selected in a network, in the order in which it was picked.

    `units` and `biases` are (layer, place), `weights` (layer, unit, source): layers count as the
    view's weights do, 0 being the first after the features, and sources as in its arrays. A feature
    is the unit (FEATURES, place).
    """

    units: tuple[tuple[int, int], ...] = ()
    weights: tuple[tuple[int, int, int], ...] = ()
    biases: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is selected."""
        return bool(self.units or self.weights or self.biases)


@dataclass(frozen=True, slots=True)
class Badge:
    """What is wrong with a unit: at which shares of the points it is dead and saturated."""

    dead: float
    saturated: float


@dataclass(frozen=True, slots=True, eq=False)
class NetworkView:
    """A network as the canvas shows it.

    `widths` counts the neurons of each hidden layer, `outputs` those of the last. `activations`
    names what each hidden layer and the output apply. `weights` holds an array (outputs, inputs)
    for each layer, the first with the inputs that are on only; `biases` one of (outputs,).

    What follows may be left out. `shown` are the numbers that curves stand for, as `overlay` names
    them ("weight", "gradient", "update", "activity"), of the shapes of the weights; without it they
    stand for the weights. `gradients` and `updates` (the last change) have the shapes of the
    weights too, `bias_gradients` and `bias_updates` those of the biases. `held` and `cut` say which
    weights are locked and which links are cut, `held_biases` which biases are locked. `badges` has
    an entry for each unit of each layer that has weights, `alphas` the slope of a PReLU and
    `dropouts` the share dropped of each such layer. `activity` are the values of every unit at the
    probe, features first (those that are on only). `axes` are the numbers over which the loss
    surface is drawn, each under the name of its axis.
    """

    features: tuple[FeatureView, ...]
    widths: tuple[int, ...]
    outputs: int
    activations: tuple[str, ...]
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    shown: tuple[Floats, ...] = ()
    overlay: str = "weight"
    held: tuple[Bools, ...] = ()
    cut: tuple[Bools, ...] = ()
    held_biases: tuple[Bools, ...] = ()
    badges: tuple[tuple[Badge | None, ...], ...] = ()
    alphas: tuple[float | None, ...] = ()
    dropouts: tuple[float, ...] = ()
    activity: tuple[Floats, ...] | None = None
    gradients: tuple[Floats, ...] | None = None
    updates: tuple[Floats, ...] | None = None
    bias_gradients: tuple[Floats, ...] | None = None
    bias_updates: tuple[Floats, ...] | None = None
    axes: tuple[tuple[str, Picked], ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """How many units each column has, features first."""
        return (len(self.features), *self.widths, self.outputs)

    @property
    def on(self) -> tuple[int, ...]:
        """The places of the features that are on: the inputs of the first weights."""
        return tuple(place for place, each in enumerate(self.features) if each.is_on)

    def has_shape_of(self, other: NetworkView | None) -> bool:
        """Whether only numbers differ."""
        return other is not None and (
            self.features == other.features
            and self.counts == other.counts
            and self.activations == other.activations
        )

    def name(self, unit: Unit) -> str:
        """What a unit is called."""
        layer, place = unit
        if layer == 0:
            return self.features[place].label
        if layer <= len(self.widths):
            return f"Neuron {place + 1} of layer {layer}"
        return "Output" if self.outputs == 1 else f"Output {place + 1}"

    def short_name(self, unit: Unit) -> str:
        """What a unit is called beside another."""
        layer, place = unit
        if 0 < layer <= len(self.widths):
            return f"neuron {place + 1}"
        return self.name(unit) if layer == 0 else self.name(unit).lower()

    def badge(self, layer: int, place: int) -> Badge | None:
        """What is wrong with a unit, layers as weights count them."""
        return self.badges[layer][place] if 0 <= layer < len(self.badges) else None
