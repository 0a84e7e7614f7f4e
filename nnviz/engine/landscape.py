"""The loss around a network: two of its parameters are moved, all others held.

A slice is exact: the very loss that training lowers, over all training points, and its gradient by
backpropagation. It is fast because only what the two parameters touch is worked out again. The
layers below them and the units beside them are summed up once; from the touched units upwards
whole chunks of the plane go through each layer as one product of matrices, in arrays of shape
(units, points · samples) that fit the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Layer, Network
from nnviz.engine.penalties import NoPenalty, Penalty
from nnviz.engine.surfaces import Domain

CHUNK = 8192
"""How many numbers of one unit are worked on at once: points times samples."""


class Touch(NamedTuple):
    """Where an axis enters the network: a weight from a source to a unit, or a unit's bias."""

    axis: int
    layer: int
    unit: int
    source: int | None


class Rise(NamedTuple):
    """What going up through the layers leaves behind for the way back.

    `entered` are the values that entered each layer from the first touched on, `slopes` those of
    the activations in between, `deltas` the derivatives of the losses by the last sums, all of
    shape (units, points, samples); `losses` has shape (points, samples).
    """

    entered: list[Floats]
    slopes: list[Floats]
    deltas: Floats
    losses: Floats


@dataclass(frozen=True, eq=False)
class Slice:
    """The loss of a network over two places of its theta: a field like any test surface.

    Args:
        network: whose loss it is.
        inputs: of shape (features, samples).
        targets: of shape (outputs, samples).
        theta: of shape (parameters,); the two values on the axes are the center of the slice.
        axes: two different places in theta, for x and y.
        penalty: what weights cost on top of the loss.
        radius: how far the domain reaches from the center.

    Raises:
        Mistake: if theta has no such place.
    """

    network: Network
    inputs: Floats
    targets: Floats
    theta: Floats
    axes: tuple[int, int]
    penalty: Penalty = field(default_factory=NoPenalty)
    radius: float = 4.0

    def __post_init__(self) -> None:
        for index in self.axes:
            self.network.layer_of(index)

    @property
    def center(self) -> Floats:
        """The two values as they are in theta, of shape (2,)."""
        return self.theta[list(self.axes)]

    @property
    def domain(self) -> Domain:
        """The square around the center: x_min, x_max, y_min, y_max."""
        x, y = (float(value) for value in self.center)
        return x - self.radius, x + self.radius, y - self.radius, y + self.radius

    def value(self, points: Floats) -> Floats:
        """The mean loss at points of shape (…, 2)."""
        flat = points.reshape(-1, 2)
        losses = [self._rise(part).losses.mean(axis=-1) for part in self._chunks(flat)]
        return self._joined(losses, flat).reshape(points.shape[:-1])

    def gradient(self, points: Floats) -> Floats:
        """Its gradient by the two parameters at points of shape (…, 2)."""
        return self.value_and_gradient(points)[1]

    def value_and_gradient(self, points: Floats) -> tuple[Floats, Floats]:
        """The mean loss and its gradient at points of shape (…, 2)."""
        flat = points.reshape(-1, 2)
        losses, gradients = [], []
        for part in self._chunks(flat):
            rise = self._rise(part)
            losses.append(rise.losses.mean(axis=-1))
            gradients.append(self._fall(part, rise))
        value = self._joined(losses, flat).reshape(points.shape[:-1])
        gradient = np.concatenate(gradients) if gradients else np.zeros((0, 2))
        gradient += self.penalty.gradient(flat) * self._are_weights
        return value, gradient.reshape(points.shape)

    def _joined(self, losses: list[Floats], points: Floats) -> Floats:
        value = np.concatenate(losses) if losses else np.zeros(0)
        costs, _ = self.penalty.rule(points, self.penalty.strength)
        costs = (costs * self._are_weights).sum(axis=-1)
        joined: Floats = value + costs + self._cost_of_the_others
        return joined

    def _chunks(self, points: Floats) -> Iterator[Floats]:
        size = max(1, CHUNK // self._samples)
        for start in range(0, len(points), size):
            yield points[start : start + size]

    @property
    def _samples(self) -> int:
        return len(self.inputs[0])

    @cached_property
    def _touches(self) -> tuple[Touch, Touch]:
        x, y = (self._touch(axis, index) for axis, index in enumerate(self.axes))
        return x, y

    def _touch(self, axis: int, index: int) -> Touch:
        layer = self.network.layer_of(index)
        place = self.network.places[layer]
        biases = place.stop - place.outputs
        if index >= biases:
            return Touch(axis, layer, index - biases, None)
        unit, source = divmod(index - place.start, place.inputs)
        return Touch(axis, layer, unit, source)

    @cached_property
    def _are_weights(self) -> NDArray[np.bool_]:
        return np.array([touch.source is not None for touch in self._touches])

    @cached_property
    def _cost_of_the_others(self) -> float:
        weights = self.network.is_weight.copy()
        weights[list(self.axes)] = False
        return self.penalty.cost(self.theta[weights])

    @cached_property
    def _first(self) -> int:
        """The first layer that is touched."""
        return min(touch.layer for touch in self._touches)

    @cached_property
    def _layers(self) -> tuple[Layer, ...]:
        """All layers, with 0 in the touched places."""
        theta = self.theta.copy()
        theta[list(self.axes)] = 0.0
        return self.network.layers(theta)

    @cached_property
    def _below(self) -> Floats:
        """What enters the first touched layer, of shape (units, 1, samples)."""
        values = [self.inputs, *self.network.forward(self.theta, self.inputs)]
        return values[self._first][:, None, :]

    @cached_property
    def _held(self) -> Floats:
        """The sums of the first touched layer without the two parameters, (units, 1, samples)."""
        return self._layers[self._first].sums(self._below[:, 0])[:, None, :]

    def _rise(self, points: Floats) -> Rise:
        """Go up from the first touched layer to the losses, for points of shape (points, 2)."""
        entered, slopes = [self._below], []
        z = self._first_sums(points)
        for depth in range(self._first, len(self._layers) - 1):
            activation = self.network.activations[depth]
            values, slope = activation.rule(z, activation.parameter)
            entered.append(values)
            slopes.append(slope)
            z = self._sums(depth + 1, values, points)
        _, losses, deltas = self.network.head.evaluate(z.transpose(1, 0, 2), self.targets)
        return Rise(entered, slopes, deltas.transpose(1, 0, 2), losses)

    def _first_sums(self, points: Floats) -> Floats:
        z = np.repeat(self._held, len(points), axis=1)
        self._add_touches(z, self._first, self._below, points)
        return z

    def _sums(self, depth: int, values: Floats, points: Floats) -> Floats:
        layer = self._layers[depth]
        z = layer.sums(values.reshape(len(values), -1)).reshape(-1, *values.shape[1:])
        self._add_touches(z, depth, values, points)
        return z

    def _add_touches(self, z: Floats, depth: int, values: Floats, points: Floats) -> None:
        for touch in self._touches:
            if touch.layer == depth:
                moved = points[:, touch.axis, None]
                z[touch.unit] += moved if touch.source is None else moved * values[touch.source]

    def _fall(self, points: Floats, rise: Rise) -> Floats:
        """Go back down from the losses to the two parameters: gradients of shape (points, 2)."""
        gradient = np.empty((len(points), 2))
        deltas = rise.deltas
        for depth in range(len(self._layers) - 1, self._first - 1, -1):
            step = depth - self._first
            for touch in self._touches:
                if touch.layer == depth:
                    gradient[:, touch.axis] = _mean_product(deltas, rise.entered[step], touch)
            if step:
                deltas = self._back(depth, deltas, points) * rise.slopes[step - 1]
        return gradient

    def _back(self, depth: int, deltas: Floats, points: Floats) -> Floats:
        """The derivatives by what entered a layer, from those by its sums."""
        weights = self._layers[depth].weights
        back = (weights.T @ deltas.reshape(len(deltas), -1)).reshape(-1, *deltas.shape[1:])
        for touch in self._touches:
            if touch.layer == depth and touch.source is not None:
                back[touch.source] += points[:, touch.axis, None] * deltas[touch.unit]
        return back


def _mean_product(deltas: Floats, entered: Floats, touch: Touch) -> Floats:
    """The mean over the samples of what the touched parameter changes, of shape (points,)."""
    through = deltas[touch.unit]
    if touch.source is not None:
        through = through * entered[touch.source]
    mean: Floats = through.mean(axis=-1)
    return mean
