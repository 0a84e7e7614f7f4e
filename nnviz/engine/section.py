"""The loss of a network over any plane or line through its weights.

What a network costs is worked out at many places at once. The gradient goes forwards: besides the
values of every unit their derivatives along the two directions are carried up through the layers,
which is exact and costs about as much as two more values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from functools import cached_property
from typing import cast

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain
from nnviz.engine.network import Layer, Network
from nnviz.engine.penalties import NoPenalty, Penalty
from nnviz.engine.plane import Plane
from nnviz.engine.quick import quick_losses
from nnviz.value import dataclass

CHUNK = 2048
"""How many numbers of one unit are worked on at once: places times samples."""

ENOUGH = 4096
"""A picture needs no more samples than these."""


@dataclass(frozen=True, eq=False)
class Cost:
    """What the parameters of a network cost: its mean loss over samples, and the penalty.

    Args:
        network: whose parameters they are.
        inputs: of shape (features, samples).
        targets: of shape (outputs, samples).
        penalty: what weights cost on top of the loss.
    """

    network: Network
    inputs: Floats
    targets: Floats
    penalty: Penalty = field(default_factory=NoPenalty)

    def at(self, thetas: Floats) -> Floats:
        """The cost of parameters of shape (n, parameters), of shape (n,)."""
        costs = np.empty(len(thetas))
        with quiet():
            for part in self._parts(len(thetas)):
                _, losses = self.network.evaluate(thetas[part], self.inputs, self.targets)
                costs[part] = losses.mean(axis=-1)
            costs += self.penalties(thetas)
        return costs

    def penalties(self, thetas: Floats) -> Floats:
        """What the weights of (n, parameters) cost on top of the loss, of shape (n,)."""
        rates, _ = self.penalty.rule(thetas, *self.penalty.numbers)
        total: Floats = (rates * self.network.is_weight).sum(axis=-1)
        return total

    def along(self, thetas: Floats, ways: tuple[Floats, ...]) -> tuple[Floats, Floats]:
        """The cost (n,) and its derivatives (n, ways) along ways of shape (parameters,) each."""
        costs, slopes = np.empty(len(thetas)), np.empty((len(thetas), len(ways)))
        with quiet():
            for part in self._parts(len(thetas)):
                costs[part], slopes[part] = self._rise(thetas[part], ways)
            rates, rises = self.penalty.rule(thetas, *self.penalty.numbers)
            costs += (rates * self.network.is_weight).sum(axis=-1)
            slopes += (rises * self.network.is_weight) @ np.stack(ways, axis=-1)
        return costs, slopes

    def sketch(self, thetas: Floats) -> Floats:
        """The cost of parameters in single precision, over so many samples as are enough."""
        with quiet():
            return quick_losses(self.network, single(thetas), *self._few) + self.penalties(thetas)

    @cached_property
    def _few(self) -> tuple[Floats, Floats]:
        """Inputs and targets in single precision, no more than a picture needs."""
        return single(thinned(self.inputs)), single(thinned(self.targets))

    @property
    def sketched_samples(self) -> int:
        """How many samples a sketch sees."""
        samples: int = self._few[0].shape[1]
        return samples

    def _parts(self, count: int) -> Iterator[slice]:
        size = max(1, CHUNK // max(self.inputs.shape[1], self.network.size))
        return (slice(start, start + size) for start in range(0, count, size))

    def _rise(self, thetas: Floats, ways: tuple[Floats, ...]) -> tuple[Floats, Floats]:
        """Go up to the losses: their means (n,) and derivatives (n, ways)."""
        *hidden, last = self.network.layers(thetas)
        turns = [self.network.layers(each) for each in ways]
        values = self.inputs
        rises = [np.zeros_like(values) for _ in ways]
        for depth, layer in enumerate(hidden):
            z = layer.sums(values)
            rises = _turned(layer, [turn[depth] for turn in turns], values, rises)
            values, slope = self.network.units(depth, layer, z)
            rises = [slope * rise for rise in rises]
            if layer.alphas.size:
                bend = self.network.activations[depth].bend(z)
                alphas = (turn[depth].alphas[..., None] for turn in turns)
                rises = [each + bend * alpha for each, alpha in zip(rises, alphas, strict=True)]
        _, losses, deltas = self.network.head.evaluate(last.sums(values), self.targets)
        rises = _turned(last, [turn[-1] for turn in turns], values, rises)
        slopes = [(deltas * rise).sum(axis=-2).mean(axis=-1) for rise in rises]
        return losses.mean(axis=-1), np.stack(slopes, axis=-1)


@dataclass(frozen=True, eq=False)
class Section:
    """The cost of a network over a plane: a field like any test surface.

    Args:
        cost: what is drawn.
        plane: where.
        domain: the part of the plane worth showing: x_min, x_max, y_min, y_max.
    """

    cost: Cost
    plane: Plane
    domain: Domain

    @property
    def line(self) -> bool:
        """Whether y means nothing."""
        return self.plane.is_line

    def value(self, points: Floats) -> Floats:
        """The cost at points of shape (…, 2)."""
        return self._over(self.cost.at, self.plane, points)

    def sketch(self, points: Floats) -> Floats:
        """The cost in single precision: good enough for a picture."""
        return self._over(self.cost.sketch, self._single, points)

    def gradient(self, points: Floats) -> Floats:
        """Its gradient by x and y at points of shape (…, 2)."""
        return self.value_and_gradient(points)[1]

    def value_and_gradient(self, points: Floats) -> tuple[Floats, Floats]:
        """The cost and its gradient at points of shape (…, 2)."""
        flat = points.reshape(-1, 2)
        with quiet():
            thetas = self.plane.theta(flat)
        costs, slopes = self.cost.along(thetas, (self.plane.across, self.plane.up))
        return costs.reshape(points.shape[:-1]), slopes.reshape(points.shape)

    @staticmethod
    def _over(cost: Callable[[Floats], Floats], plane: Plane, points: Floats) -> Floats:
        flat = points.reshape(-1, 2).astype(plane.origin.dtype, copy=False)
        with quiet():
            thetas = plane.theta(flat)
        return cost(thetas).reshape(points.shape[:-1])

    @cached_property
    def _single(self) -> Plane:
        plane = self.plane
        return Plane(single(plane.origin), single(plane.across), single(plane.up))


def quiet() -> np.errstate:
    """Let a loss be infinite far from the network without a warning: it is drawn as a summit."""
    return np.errstate(over="ignore", invalid="ignore")


def single(numbers: Floats) -> Floats:
    """The same numbers in single precision, infinite where that has none so large."""
    with quiet():
        return cast(Floats, numbers.astype(np.float32))


def thinned(samples: Floats) -> Floats:
    """Samples along the last axis, evenly left out where there are more than a picture needs."""
    count = samples.shape[-1]
    if count <= ENOUGH:
        return samples
    return np.ascontiguousarray(samples[..., np.arange(ENOUGH) * count // ENOUGH])


def _turned(layer: Layer, turns: list[Layer], values: Floats, rises: list[Floats]) -> list[Floats]:
    """How the sums of a layer change along ways: by its own weights, and by what enters."""
    return [
        turn.sums(values) + layer.weights @ rise for turn, rise in zip(turns, rises, strict=True)
    ]
