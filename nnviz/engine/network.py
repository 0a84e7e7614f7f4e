"""The network: layers whose weights and biases are all views into one flat theta.

A network is a point: everything that can be learned is one vector, so a checkpoint is a copy, a
slice of the loss is two numbers changed, and an optimizer knows nothing of layers. Arrays inside
have the shape (units, samples). Where a theta may have leading axes (…, parameters), many
networks of one shape are worked out at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activation import Activation, Parameter
from nnviz.engine.elementary import Floats
from nnviz.engine.losses import Head
from nnviz.engine.places import Place, Spot
from nnviz.mistake import Mistake
from nnviz.value import dataclass

Kind = TypeVar("Kind", bound=np.generic)
Rule = Callable[[Floats, Parameter], tuple[Floats, Floats]]

CHUNK_NUMBERS = 2**17
"""How many numbers of one layer are worked on at once over many thetas: about what caches hold."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The parameters of one layer: weights (…, outputs, inputs) and biases (…, outputs).

    `alphas`, of shape (…, 0 or 1), is the parameter that its activation learns.
    """

    weights: Floats
    biases: Floats
    alphas: Floats

    def sums(self, values: Floats) -> Floats:
        """The weighted sums of inputs of shape (…, inputs, samples)."""
        z: Floats = self.weights @ values
        z += self.biases[..., None]
        return z


@dataclass(frozen=True)
class Network:
    """The shape of a network: widths from the inputs to the outputs, and what units compute.

    Raises:
        Mistake: if there is a hidden layer without an activation or the other way round.
    """

    widths: tuple[int, ...]
    activations: tuple[Activation, ...]
    head: Head

    def __post_init__(self) -> None:
        if len(self.widths) != len(self.activations) + 2 or min(self.widths) < 1:
            raise Mistake(
                f"A network of widths {self.widths} has {len(self.activations)} activations;"
                " it needs one for each hidden layer, and at least one unit everywhere."
            )

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where each layer stands in theta."""
        places = []
        start = 0
        learned = (*(int(each.learns) for each in self.activations), 0)
        for (inputs, outputs), alphas in zip(pairwise(self.widths), learned, strict=True):
            places.append(Place(outputs, inputs, start, alphas))
            start = places[-1].stop
        return tuple(places)

    @cached_property
    def size(self) -> int:
        """The number of parameters."""
        return self.places[-1].stop

    @cached_property
    def is_weight(self) -> NDArray[np.bool_]:
        """Which parameters are weights (not biases, not alphas), of shape (parameters,)."""
        mask = np.zeros(self.size, dtype=np.bool_)
        for place in self.places:
            mask[place.weights] = True
        return mask

    @cached_property
    def _rules(self) -> tuple[tuple[Rule, float | None], ...]:
        """The rule of each hidden layer and its parameter, None where theta has it."""
        return tuple(
            (each.rule, None if each.learns else each.parameter) for each in self.activations
        )

    def layers(self, theta: Floats) -> tuple[Layer, ...]:
        """Views into a theta of shape (…, parameters), layer by layer."""
        ahead = theta.shape[:-1]
        return tuple(
            Layer(
                theta[..., place.weights].reshape((*ahead, place.outputs, place.inputs)),
                theta[..., place.biases],
                theta[..., place.alphas],
            )
            for place in self.places
        )

    def units(self, depth: int, layer: Layer, z: Floats) -> tuple[Floats, Floats]:
        """Values and slopes of a hidden layer's units, both of the shape of their sums.

        Args:
            depth: which layer, from 0 on.
            layer: its parameters.
            z: the weighted sums, of shape (…, units, samples).
        """
        rule, parameter = self._rules[depth]
        return rule(z, layer.alphas[..., None] if parameter is None else parameter)

    def forward(self, theta: Floats, inputs: Floats) -> list[Floats]:
        """The values of every layer's units, the outputs last, each (…, units, samples)."""
        *hidden, last = self.layers(theta)
        values = []
        here = inputs
        for depth, layer in enumerate(hidden):
            here = self.units(depth, layer, layer.sums(here))[0]
            values.append(here)
        values.append(self.head.outputs(last.sums(here)))
        return values

    def evaluate(self, theta: Floats, inputs: Floats, targets: Floats) -> tuple[Floats, Floats]:
        """Outputs (…, units, samples) and the loss of each sample (…, samples)."""
        *hidden, last = self.layers(theta)
        for depth, layer in enumerate(hidden):
            inputs = self.units(depth, layer, layer.sums(inputs))[0]
        outputs, losses, _ = self.head.evaluate(last.sums(inputs), targets)
        return outputs, losses

    def loss(self, theta: Floats, inputs: Floats, targets: Floats) -> float:
        """The mean loss over the samples."""
        return float(self.evaluate(theta, inputs, targets)[1].mean())

    def losses(self, thetas: Floats, inputs: Floats, targets: Floats) -> Floats:
        """The mean loss at each of many thetas of shape (thetas, parameters)."""
        chunk = max(1, CHUNK_NUMBERS // (max(self.widths) * max(1, inputs.shape[1])))
        losses = np.empty(len(thetas))
        for start in range(0, len(thetas), chunk):
            part = slice(start, start + chunk)
            losses[part] = self.evaluate(thetas[part], inputs, targets)[1].mean(axis=-1)
        return losses

    def gradient(
        self,
        theta: Floats,
        inputs: Floats,
        targets: Floats,
        masks: Sequence[Floats] = (),
    ) -> tuple[float, Floats]:
        """The mean loss and its gradient, of shape (parameters,), by backpropagation.

        Args:
            theta: of shape (parameters,).
            inputs: of shape (inputs, samples).
            targets: of shape (outputs, samples).
            masks: by what the values of each hidden layer are multiplied, each (units, samples).
        """
        layers = self.layers(theta)
        rises = self._rises(layers, inputs, masks)
        values = [inputs, *(rise[0] for rise in rises)]
        _, losses, delta = self.head.evaluate(layers[-1].sums(values[-1]), targets)
        samples = inputs.shape[1]
        delta = delta / samples
        grad = np.empty(self.size)
        slots = self.layers(grad)
        for depth in range(len(layers) - 1, -1, -1):
            np.matmul(delta, values[depth].T, out=slots[depth].weights)
            np.add.reduce(delta, axis=1, out=slots[depth].biases)
            if depth:
                delta = layers[depth].weights.T @ delta
                _, slope, *bends = rises[depth - 1]
                for bend in bends:
                    slots[depth - 1].alphas[:] = np.vdot(delta, bend)
                delta *= slope
        return float(losses.sum()) / samples, grad

    def _rises(
        self, layers: tuple[Layer, ...], inputs: Floats, masks: Sequence[Floats]
    ) -> list[tuple[Floats, ...]]:
        """Values and slopes of every hidden layer; how values follow alpha too, if it has one."""
        rises = []
        for depth, layer in enumerate(layers[:-1]):
            z = layer.sums(inputs)
            rise: tuple[Floats, ...] = self.units(depth, layer, z)
            if self.activations[depth].learns:
                rise = (*rise, self.activations[depth].bend(z))
            if masks:
                rise = tuple(each * masks[depth] for each in rise)
            rises.append(rise)
            inputs = rise[0]
        return rises

    def carried(
        self, old: Network, numbers: NDArray[Kind], fresh: float | None = None
    ) -> NDArray[Kind]:
        """What a network of the same widths has for each of its parameters, taken over.

        Args:
            old: whose numbers they are.
            numbers: of shape (…, parameters of the old network), of any type.
            fresh: what an alpha gets that the old one has not; None for where it starts.
        """
        if old.places == self.places:
            return numbers
        after = np.empty((*numbers.shape[:-1], self.size), dtype=numbers.dtype)
        for depth, (new, was) in enumerate(zip(self.places, old.places, strict=True)):
            after[..., new.weights] = numbers[..., was.weights]
            after[..., new.biases] = numbers[..., was.biases]
            if new.learned:
                start = self.activations[depth].parameter if fresh is None else fresh
                after[..., new.alphas] = numbers[..., was.alphas] if was.learned else start
        return after

    def weight_place(self, layer: int, unit: int, source: int) -> int:
        """Where in theta the weight stands that leads from a source to a unit; all from 0 on."""
        place = self.places[layer]
        return place.start + unit * place.inputs + source

    def bias_place(self, layer: int, unit: int) -> int:
        """Where in theta the bias of a unit stands; layer and unit from 0 on."""
        return self.places[layer].weights.stop + unit  # type: ignore[no-any-return]

    def layer_of(self, index: int) -> int:
        """Which layer, from 0 on, a place in theta belongs to.

        Raises:
            Mistake: if theta has no such place.
        """
        if not 0 <= index < self.size:
            raise Mistake(f"There is no parameter {index}; they count from 0 to {self.size - 1}.")
        return next(depth for depth, place in enumerate(self.places) if index < place.stop)

    def layer_name(self, layer: int) -> str:
        """How a layer, from 0 on, is called: "layer 1" or "output"."""
        return "output" if layer == len(self.places) - 1 else f"layer {layer + 1}"

    def spot(self, index: int) -> Spot:
        """What a place in theta is.

        Raises:
            Mistake: if theta has no such place.
        """
        layer = self.layer_of(index)
        return self.places[layer].spot(layer, index)

    def place_name(self, index: int) -> str:
        """How a parameter is called, such as "w 1→2 in layer 1" or "bias of output".

        Raises:
            Mistake: if theta has no such place.
        """
        layer, unit, source = self.spot(index)
        if unit is None:
            return f"alpha of {self.layer_name(layer)}"
        if source is None:
            return f"bias{self._unit_name(layer, unit)}"
        if self.layer_name(layer) == "output":
            return f"w {source + 1}→{self._unit_name(layer, unit).removeprefix(' of ')}"
        return f"w {source + 1}→{unit + 1} in {self.layer_name(layer)}"

    def _unit_name(self, depth: int, unit: int) -> str:
        name = self.layer_name(depth)
        if name != "output":
            return f" {unit + 1} in {name}"
        return f" of output {unit + 1}" if self.widths[-1] > 1 else " of output"
