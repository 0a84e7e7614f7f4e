"""How bent the loss is, and which learning rates that allows.

Along the steepest bend, of curvature lambda, gradient descent is stable up to the rate 2 / lambda.
Products of the Hessian with a vector are exact and cost about as much as two gradients, so the
Hessian itself is never written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf, isfinite
from typing import Any

import numpy as np

from nnviz.engine.activation import Activation
from nnviz.engine.course import Course, Progress
from nnviz.engine.dual import Dual, change_of, value_of
from nnviz.engine.elementary import Floats
from nnviz.engine.losses import Head
from nnviz.engine.network import Network
from nnviz.engine.schedules import Constant
from nnviz.engine.training import NumpyLoop, measure
from nnviz.value import dataclass

ROUNDS = 500
TOLERANCE = 1e-9
"""Power iteration ends when the curvature changes by less than this share."""

SMOOTHED = 9
"""Over so many updates of a range test the loss is smoothed."""

RISING = 4.0
"""A range test ends where the loss is so many times the least so far."""


def hessian_product(
    network: Network, theta: Floats, vector: Floats, inputs: Floats, targets: Floats
) -> Floats:
    """The Hessian of the mean loss times a vector, of shape (parameters,).

    Forward and backward passes of `Network.gradient`, with all numbers moving as theta moves
    along the vector: the R-operator of Pearlmutter (1994), exact.

    Args:
        network: whose loss it is.
        theta: where, of shape (parameters,).
        vector: of shape (parameters,).
        inputs: of shape (inputs, samples).
        targets: of shape (outputs, samples).
    """
    layers, moves = network.layers(theta), network.layers(vector)
    values: list[Dual] = [Dual(inputs, np.zeros_like(inputs))]
    rises: list[Any] = []
    sums = values[0]
    for depth, (layer, move) in enumerate(zip(layers, moves, strict=True)):
        here = values[-1]
        change = move.sums(here.value) + layer.weights @ here.change
        sums = Dual(layer.sums(here.value), change)
        if depth < len(network.activations):
            rises.append(_rise(network.activations[depth], sums, layer.alphas, move.alphas))
            value = rises[-1][0]
            values.append(Dual(value_of(value), change_of(value) + np.zeros_like(sums.value)))
    delta = _delta(network.head, sums, targets)
    product = np.empty(network.size)
    slots = network.layers(product)
    for depth in range(len(layers) - 1, -1, -1):
        here, slot = values[depth], slots[depth]
        slot.weights[:] = delta.change @ here.value.T + delta.value @ here.change.T
        slot.biases[:] = delta.change.sum(axis=1)
        if depth:
            below = layers[depth].weights.T
            change = moves[depth].weights.T @ delta.value + below @ delta.change
            delta = Dual(below @ delta.value, change)
            _, slope, *bends = rises[depth - 1]
            for bend in bends:
                slots[depth - 1].alphas[:] = (delta * bend).change.sum()
            delta = delta * slope
    return product


def _rise(activation: Activation, sums: Dual, alphas: Floats, moves: Floats) -> Any:  # noqa: ANN401
    """Values and slopes of a hidden layer; how values follow its alpha too, if it has one."""
    z: Any = sums
    if not activation.learns:
        return activation.rule(z, activation.parameter)
    p: Any = Dual(alphas, moves)
    return (*activation.rule(z, p), activation.bend(z))


def _delta(head: Head, sums: Dual, targets: Floats) -> Dual:
    """The derivatives of the mean loss by the last sums, and how they change."""
    z = sums
    if head.output.is_shared:
        share = head.outputs(z.value)
        spread = z.change - (share * z.change).sum(axis=0)
        z = Dual(np.log(share), spread)
    a, slope = head.output.rule(z, 0.0)  # type: ignore[arg-type]
    _, delta = head.loss.rule(z, a, slope, targets)  # type: ignore[arg-type]
    samples = targets.shape[1]
    return Dual(value_of(delta) / samples, change_of(delta) / samples)


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """The largest curvature of the loss, and the direction of it, of shape (parameters,)."""

    curvature: float
    direction: Floats

    @property
    def limit(self) -> float:
        """Up to which learning rate gradient descent is stable there; may be infinite."""
        return 2.0 / self.curvature if self.curvature > 0.0 else inf


def penalized_product(course: Course, theta: Floats, vector: Floats) -> Floats:
    """The Hessian of the training loss with its penalty times a vector, of shape (parameters,)."""
    network = course.network
    bent = hessian_product(network, theta, vector, course.train_inputs, course.train_targets)
    _, push = course.penalty.rule(Dual(theta, vector), *course.penalty.numbers)  # type: ignore[arg-type]
    whole: Floats = bent + network.is_weight * change_of(push)
    return whole


def largest_bend(course: Course, theta: Floats) -> Bend:
    """The largest curvature of the loss that training lowers, its penalty included.

    Power iteration finds the eigenvalue of the largest size; if that is a negative one, the
    Hessian is lifted by it and the largest is found in a second run.
    """

    def product(vector: Floats) -> Floats:
        return penalized_product(course, theta, vector)

    size, direction = _power_iteration(product, course.network.size)
    if size >= 0.0:
        return Bend(size, direction)
    lifted, direction = _power_iteration(
        lambda vector: product(vector) - size * vector, course.network.size
    )
    return Bend(lifted + size, direction)


def _power_iteration(product: Callable[[Floats], Floats], size: int) -> tuple[float, Floats]:
    """The eigenvalue of the largest size and its vector, from the same start every time."""
    vector = np.random.default_rng(0).normal(size=size)
    vector /= np.linalg.norm(vector)
    value = 0.0
    for _ in range(ROUNDS):
        moved = product(vector)
        before, value = value, float(vector @ moved)
        length = float(np.linalg.norm(moved))
        if not isfinite(length) or length == 0.0:
            break
        vector = moved / length
        if abs(value - before) <= TOLERANCE * abs(value):
            break
    return value, vector


@dataclass(frozen=True, slots=True, eq=False)
class RangeTest:
    """Learning rates and the training loss after an update with each, both of shape (updates,)."""

    rates: Floats
    losses: Floats

    @property
    def steepest(self) -> float:
        """The rate at which the loss, smoothed, fell most from one update to the next.

        What comes after the least loss does not count: there training is unstable already.
        """
        if len(self.rates) < 2:
            return float(self.rates[0])
        reach = min(SMOOTHED, len(self.rates)) // 2
        around = np.pad(self.losses, reach, mode="edge")
        smooth = np.convolve(around, np.full(2 * reach + 1, 1 / (2 * reach + 1)), mode="valid")
        least = max(int(np.argmin(smooth)), 1)
        return float(self.rates[1 + int(np.argmin(np.diff(smooth[: least + 1])))])


def range_test(
    course: Course, theta: Floats, low: float = 1e-5, high: float = 10.0, updates: int = 100
) -> RangeTest:
    """Train with a rate that rises from update to update: Smith (2017), arXiv:1506.01186.

    It ends early where training diverges or the loss has risen far.

    Args:
        course: whose optimizer, batches and penalty are used.
        theta: where to start, of shape (parameters,); it is left alone.
        low: the first rate.
        high: the last rate.
        updates: how many there are at most.
    """
    steps = list(range_steps(course, theta, np.geomspace(low, high, updates)))
    return RangeTest(*(np.array(each) for each in zip(*steps, strict=True)))


def range_steps(course: Course, theta: Floats, rates: Floats) -> Iterator[tuple[float, float]]:
    """The same, update by update: each rate with the training loss after its update.

    Args:
        course: as in `range_test`.
        theta: as in `range_test`.
        rates: of shape (updates,), rising.
    """
    loop, progress, least = NumpyLoop(), Progress.start(course, theta), inf
    for rate in np.clip(rates, rates[0], rates[-1]).tolist():
        optimizer = replace(course.optimizer, rate=rate)
        loop.advance(replace(course, optimizer=optimizer, schedule=Constant()), progress, 1)
        loss = measure(course, progress.theta).train_loss
        if progress.is_over or not loss <= RISING * least:
            return
        least = min(least, loss)
        yield rate, loss
