"""What a network canvas is shown: the shape, the numbers and the names of a network."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.ui.canvas.pens import Floats

Unit = tuple[int, int]
"""A unit of a network: (layer, place), the features being layer 0, on or off."""


@dataclass(frozen=True, slots=True)
class FeatureView:
    """An input feature as the canvas shows it."""

    key: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True, eq=False)
class NetworkView:
    """A network as the canvas shows it.

    `widths` counts the neurons of each hidden layer, `outputs` those of the last. `activations`
    names what each hidden layer and the output apply. `weights` holds an array (outputs, inputs)
    for each layer, the first with the inputs that are on only; `biases` one of (outputs,).
    """

    features: tuple[FeatureView, ...]
    widths: tuple[int, ...]
    outputs: int
    activations: tuple[str, ...]
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

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

    def rows_of_unit(self, unit: Unit) -> tuple[tuple[str, str], ...]:
        """What a card says of a unit."""
        layer, place = unit
        if layer == 0:
            return (("Input", "on" if self.features[place].is_on else "off"),)
        return (
            ("Activation", self.activations[layer - 1]),
            ("Bias", signed(float(self.biases[layer - 1][place]))),
        )


def signed(number: float) -> str:
    """A weight or a bias in the width of a card, with a true minus."""
    text = f"{number:+.3f}" if abs(number) < 1000 else f"{number:+.3g}"
    return text.replace("-", "−")
