"""The loop of the compiled kernel: whole updates and epochs without a line of Python in between.

It does what `training.NumpyLoop` does, in the same order; `compiled` hands it what it needs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnviz.engine.rows import Array
from nnviz.engine.shuffle import epoch_order
from nnviz.engine.tile import (
    VECTOR,
    Plan,
    Work,
    address,
    backward,
    call,
    forward,
    get,
    make_work,
    put,
    span,
)
from nnviz.engine.vectors import called

TILE = 64
"""So many samples at most are worked on at once: their values stay in the nearest cache."""

shuffled = called(epoch_order)


class Samples(NamedTuple):
    """Inputs of shape (features, samples) and targets of shape (outputs, samples)."""

    inputs: Array
    targets: Array


class Moment(NamedTuple):
    """Where training stands; theta and memory are changed in place."""

    theta: Array
    memory: Array
    steps: int
    epoch: int
    batch: int


@called
def take(rows: Array, order: Array, start: int, count: int, lane: int, block: Array) -> None:  # noqa: PLR0913
    """Put samples, from a place in an order on, into a block; the rest of its lane is 0."""
    for row in range(len(rows)):
        for s in range(count):
            block[row * lane + s] = rows[row, order[start + s]]
        for s in range(count, lane):
            block[row * lane + s] = 0.0


@called
def look(  # noqa: PLR0913
    theta: Array, samples: Samples, order: Array, start: int, count: int, plan: Plan, work: Work
) -> float:
    """Take a tile of samples forward; the sum of their losses."""
    take(samples.inputs, order, start, count, work.lane, work.values)
    take(samples.targets, order, start, count, work.lane, work.targets)
    forward(theta, plan, work)
    total = 0.0
    for o in range(len(samples.targets)):
        for s in range(count):
            total += work.losses[o * work.lane + s]
    return total


@called
def right(plan: Plan, work: Work, count: int) -> int:
    """How many of a tile's samples are answered rightly."""
    last = span(plan, len(plan.spans) - 1)
    lane, units, middle = work.lane, last.outputs, plan.numbers[-1]
    outputs = work.values[(last.unit + last.inputs) * lane :]
    total = 0
    for s in range(count):
        said = wanted = 0
        if units == 1:
            said, wanted = int(outputs[s] > middle), int(work.targets[s] > middle)
        for o in range(1, units):
            said = o if outputs[o * lane + s] > outputs[said * lane + s] else said
            wanted = o if work.targets[o * lane + s] > work.targets[wanted * lane + s] else wanted
        total += int(said == wanted)
    return total


@called
def measure(theta: Array, samples: Samples, plan: Plan, work: Work) -> tuple[float, float]:
    """The mean loss and the share of right answers."""
    total = len(samples.inputs[0])
    if total == 0:
        return np.nan, np.nan
    order = np.arange(total)
    loss, answers = 0.0, 0
    for start in range(0, total, work.lane):
        count = min(work.lane, total - start)
        loss += look(theta, samples, order, start, count, plan, work)
        answers += right(plan, work, count)
    return loss / total, (answers / total if plan.classes > 1 else np.nan)


@called
def fold(quads: Array, grad: Array) -> None:
    """Add up the running sums of the gradient, and begin them anew."""
    for index in range(len(grad)):
        at = VECTOR * index
        left = get(quads, at) + get(quads, at + 1)
        put(grad, index, left + (get(quads, at + 2) + get(quads, at + 3)))
    quads[:] = 0.0


@called
def move(moment: Moment, grad: Array, step: int, plan: Plan) -> None:
    """Move theta by its gradient and the penalty's."""
    theta, layers = moment.theta, len(plan.spans)
    rate, share = plan.numbers[layers - 1], plan.numbers[layers]
    for number in range(layers if rate > 0.0 else 0):
        layer = span(plan, number)
        weights, slopes = address(theta, layer.start), address(grad, layer.start)
        call(plan.rules[layers], (weights, layer.outputs * layer.inputs, rate, share, slopes))
    call(
        plan.rules[layers + 1],
        (
            address(theta, 0),
            address(grad, 0),
            address(moment.memory, 0),
            len(theta),
            float(step),
            address(plan.hyperparameters, 0),
        ),
    )


@called
def is_finite(theta: Array, loss: float) -> bool:
    """Whether all is finite."""
    wild = 0
    for number in theta:
        wild += int(not abs(number) < np.inf)
    return wild == 0 and abs(loss) < np.inf


@called
def record(  # noqa: PLR0913
    theta: Array, train: Samples, test: Samples, plan: Plan, work: Work, row: Array
) -> bool:
    """Measure at the end of an epoch; whether the loss is finite."""
    loss, row[2] = measure(theta, train, plan, work)
    row[0] = loss
    row[1], row[3] = measure(theta, test, plan, work)
    return abs(loss) < np.inf


def advance(  # pragma: no cover - compiled  # noqa: PLR0913
    moment: Moment, train: Samples, test: Samples, plan: Plan, updates: int, records: Array
) -> tuple[int, bool]:
    """Make updates, across epochs, changing theta and memory in place.

    Args:
        moment: where training stands.
        train: what is learned from.
        test: what is only measured.
        plan: the network and the rules.
        updates: how many updates to make.
        records: a row for each epoch that ends: both losses, both accuracies.

    Returns:
        How many epochs ended, and whether all is finite; if not, theta is of no use.
    """
    samples = len(train.inputs[0])
    updates_an_epoch = (samples + plan.batch - 1) // plan.batch
    lane = (min(plan.batch, samples, TILE) + VECTOR - 1) // VECTOR * VECTOR
    work, wide = make_work(plan, lane), make_work(plan, TILE)
    grad, quads = np.zeros(len(moment.theta)), np.zeros(VECTOR * len(moment.theta))
    step, batch, ended = moment.steps, moment.batch, 0
    while updates > 0:
        order = shuffled(samples, plan.seed, moment.epoch + ended)
        loss = 0.0
        for _ in range(min(updates, updates_an_epoch - batch)):
            start = batch * plan.batch
            stop = min(start + plan.batch, samples)
            for at in range(start, stop, lane):
                count = min(lane, stop - at)
                loss += look(moment.theta, train, order, at, count, plan, work)
                backward(moment.theta, plan, count, stop - start, work, quads)
            fold(quads, grad)
            step += 1
            move(moment, grad, step, plan)
            batch += 1
            updates -= 1
        if not is_finite(moment.theta, loss):
            return ended, False
        if batch == updates_an_epoch:
            if not record(moment.theta, train, test, plan, wide, records[ended]):
                return ended, False
            ended += 1
            batch = 0
    return ended, True
