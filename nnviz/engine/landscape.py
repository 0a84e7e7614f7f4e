"""The loss around a network: two of its parameters are moved, all others held.

A slice is exact: the very loss that training lowers, over all training points, and its gradient by
backpropagation. It is fast because only what the two parameters move is worked out again. The
layers below them and the units beside them are summed up once; from the touched units upwards
whole chunks of the plane go through each layer as one product of matrices, in arrays of shape
(units, points, samples) that fit the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network
from nnviz.engine.penalties import NoPenalty, Penalty
from nnviz.engine.quick import quick_values
from nnviz.engine.section import quiet, single, thinned
from nnviz.engine.stages import Rise, Stage, Touch
from nnviz.engine.surfaces import Domain
from nnviz.value import dataclass

CHUNK = 8192
"""How many numbers of one unit are worked on at once: points times samples."""


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

    @property
    def line(self) -> bool:
        """It has two axes that mean something."""
        return False

    def value(self, points: Floats) -> Floats:
        """The mean loss at points of shape (…, 2)."""
        flat = points.reshape(-1, 2)
        losses = np.empty(len(flat))
        with quiet():
            for part in self._chunks(len(flat)):
                losses[part] = self._rise(flat[part]).losses.mean(axis=-1)
        return (losses + self._cost(flat)).reshape(points.shape[:-1])

    def sketch(self, points: Floats) -> Floats:
        """The value in single precision, over so many samples as are enough for a picture."""
        with quiet():
            return self._single.value(single(points))

    def gradient(self, points: Floats) -> Floats:
        """Its gradient by the two parameters at points of shape (…, 2)."""
        return self.value_and_gradient(points)[1]

    def value_and_gradient(self, points: Floats) -> tuple[Floats, Floats]:
        """The mean loss and its gradient at points of shape (…, 2)."""
        flat = points.reshape(-1, 2)
        losses, gradient = np.empty(len(flat)), np.empty(flat.shape)
        with quiet():
            for part in self._chunks(len(flat)):
                rise = self._rise(flat[part])
                losses[part] = rise.losses.mean(axis=-1)
                self._fall(flat[part], rise, gradient[part])
        gradient += self.penalty.gradient(flat) * self._are_weights
        value = (losses + self._cost(flat)).reshape(points.shape[:-1])
        return value, gradient.reshape(points.shape)

    def _chunks(self, points: int) -> Iterator[slice]:
        size = max(1, CHUNK // len(self.inputs[0]))
        return (slice(start, start + size) for start in range(0, points, size))

    def _rise(self, points: Floats) -> Rise:
        """Go up to the losses."""
        values = np.empty((0, len(points), len(self.inputs[0])), dtype=points.dtype)
        entered, slopes, bends = [values], [], {}
        *hidden, last = self._stages
        for depth, stage in enumerate(hidden):
            activation = self.network.activations[self._first + depth]
            z = stage.sums(values, points)
            if stage.alpha is not None:
                bends[depth] = activation.bend(z)
            if points.dtype == np.float32:  # A sketch, which nobody goes down again.
                values = quick_values(activation, z, stage.parameter(points))
                continue
            values, slope = activation.rule(z, stage.parameter(points))
            values = values.astype(points.dtype, copy=False)
            entered.append(values)
            slopes.append(slope)
        z = last.sums(values, points).transpose(1, 0, 2)
        _, losses, deltas = self.network.head.evaluate(z, self.targets)
        return Rise(entered, slopes, bends, deltas.transpose(1, 0, 2), losses)

    def _fall(self, points: Floats, rise: Rise, gradient: Floats) -> None:
        """Go back down from the losses to the two parameters, and fill in their gradient."""
        deltas = rise.deltas
        for depth in range(len(self._stages) - 1, -1, -1):
            stage = self._stages[depth]
            stage.put_slopes(gradient, deltas, rise.entered[depth])
            if depth:
                deltas = stage.back(deltas, points)
                below = self._stages[depth - 1]
                if below.alpha is not None:
                    through = deltas * rise.bends[depth - 1]
                    gradient[:, below.alpha] = through.sum(axis=0).mean(axis=-1)
                deltas = deltas * rise.slopes[depth - 1]

    def _cost(self, points: Floats) -> Floats:
        """The penalty at points of shape (points, 2)."""
        costs, _ = self.penalty.rule(points, *self.penalty.numbers)
        total: Floats = (costs * self._are_weights).sum(axis=-1) + self._cost_of_the_others
        return total

    @cached_property
    def _are_weights(self) -> NDArray[np.bool_]:
        return self.network.is_weight[list(self.axes)]

    @cached_property
    def _cost_of_the_others(self) -> float:
        weights = self.network.is_weight.copy()
        weights[list(self.axes)] = False
        return self.penalty.cost(self.theta[weights])

    @cached_property
    def _single(self) -> Slice:
        """The same slice with all its numbers in single precision."""
        return replace(
            self,
            inputs=single(thinned(self.inputs)),
            targets=single(thinned(self.targets)),
            theta=single(self.theta),
        )

    @cached_property
    def _first(self) -> int:
        """The first layer that is touched."""
        return min(self.network.layer_of(index) for index in self.axes)

    @cached_property
    def _stages(self) -> tuple[Stage, ...]:
        """The layers from the first touched on."""
        values = [self.inputs, *self.network.forward(self.theta, self.inputs)]
        columns: list[int] = []
        stages = []
        for depth in range(self._first, len(self.network.places)):
            rows = self._moving(depth)
            stages.append(self._stage(depth, rows, columns, values[depth]))
            columns = rows
        return tuple(stages)

    def _moving(self, depth: int) -> list[int]:
        """The units of a layer that move: the touched ones of the first, then all."""
        everyone = list(range(self.network.widths[depth + 1]))
        if depth > self._first or depth == len(self.network.places) - 1:
            return everyone
        spots = map(self.network.spot, self.axes)
        touched = {spot.unit for spot in spots if spot.layer == depth}
        return [unit for unit in everyone if unit in touched or None in touched]

    def _stage(self, depth: int, rows: list[int], columns: list[int], values: Floats) -> Stage:
        theta = self.theta.copy()
        theta[list(self.axes)] = 0.0
        layer = self.network.layers(theta)[depth]
        held = np.delete(np.arange(len(values)), columns)
        base = layer.weights[rows][:, held] @ values[held] + layer.biases[rows, None]
        touches, alpha = [], None
        for axis, (touched, unit, source) in enumerate(map(self.network.spot, self.axes)):
            if touched == depth and unit is None:
                alpha = axis
            elif touched == depth and unit is not None:
                column = columns.index(source) if source in columns else None
                beside = np.ones_like(values[0]) if source is None else values[source]
                touches.append(Touch(axis, rows.index(unit), column, beside))
        weights = layer.weights[rows][:, columns]
        return Stage(weights, base[:, None, :], tuple(touches), self._parameter(depth), alpha)

    def _parameter(self, depth: int) -> float:
        """The parameter of a layer's activation as it is in theta."""
        if depth == len(self.network.activations):
            return 0.0
        activation = self.network.activations[depth]
        alphas = self.network.layers(self.theta)[depth].alphas
        return float(alphas[0]) if activation.learns else activation.parameter
