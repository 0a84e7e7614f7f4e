"""The loop of the compiled kernel: whole updates and epochs without a line of Python in between.

It does what `training.NumpyLoop` does, in the same order; `compiled` hands it what it needs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnviz.engine.machine import address, call, get, put, put_four
from nnviz.engine.rows import VECTOR, Array
from nnviz.engine.shuffle import epoch_order
from nnviz.engine.tile import Plan, Work, backward, forward, make_work, span
from nnviz.engine.vectors import called, inlined

TILE = 128
"""So many samples at most are worked on at once: their values stay in a near cache."""

NO_EPOCH = -1
"""Where samples are only looked at."""

shuffled = called(epoch_order)


class Samples(NamedTuple):
    """Inputs of shape (features, samples) and targets of shape (outputs, samples)."""

    inputs: Array
    targets: Array


class Moment(NamedTuple):
    """Where training stands; the arrays are changed in place.

    `sums`, `dead` and `left` are those of `course.Carry`, `left` its count; `kept` are the values
    of the places that are held.
    """

    theta: Array
    memory: Array
    sums: Array
    dead: Array
    kept: Array
    left: int
    steps: int
    epoch: int
    batch: int


@inlined
def take(rows: Array, order: Array, start: int, count: int, lane: int, block: Array) -> None:  # noqa: PLR0913
    """Put samples, from a place in an order on, into a block; the rest of its lane is 0."""
    for row in range(len(rows)):
        for s in range(count):
            block[row * lane + s] = rows[row, order[start + s]]
        for s in range(count, lane):
            block[row * lane + s] = 0.0


@inlined
def take_next(rows: Array, start: int, count: int, lane: int, block: Array) -> None:
    """Put samples, as they stand from a place on, into a block; the rest of its lane is 0."""
    for row in range(len(rows)):
        for s in range(count):
            put(block, row * lane + s, rows[row, start + s])
        for s in range(count, lane):
            put(block, row * lane + s, 0.0)


@inlined
def look(  # noqa: PLR0913
    theta: Array, outputs: int, epoch: int, start: int, count: int, plan: Plan, work: Work
) -> float:
    """Take a tile of samples forward; the sum of their losses. Only an epoch has dropout."""
    forward(theta, plan, work, (epoch, start))
    total = 0.0
    for o in range(outputs):
        for s in range(count):
            total += work.losses[o * work.lane + s]
    return total


@inlined
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


@inlined
def measure(theta: Array, samples: Samples, plan: Plan, work: Work) -> tuple[float, float]:
    """The mean loss and the share of right answers."""
    total, outputs = len(samples.inputs[0]), len(samples.targets)
    if total == 0:
        return np.nan, np.nan
    loss, answers = 0.0, 0
    for start in range(0, total, work.lane):
        count = min(work.lane, total - start)
        take_next(samples.inputs, start, count, work.lane, work.values)
        take_next(samples.targets, start, count, work.lane, work.targets)
        loss += look(theta, outputs, NO_EPOCH, start, count, plan, work)
        answers += right(plan, work, count)
    return loss / total, (answers / total if plan.classes > 1 else np.nan)


@inlined
def fold(quads: Array, grad: Array) -> None:
    """Add up the running sums of the gradient, and begin them anew."""
    for index in range(len(grad)):
        at = VECTOR * index
        left = get(quads, at) + get(quads, at + 1)
        put(grad, index, left + (get(quads, at + 2) + get(quads, at + 3)))
        put_four(quads, at, 0.0, 0.0, 0.0, 0.0)


@inlined
def hold(moment: Moment, plan: Plan) -> None:
    """Put back what is held."""
    for number in range(len(plan.held)):
        moment.theta[plan.held[number]] = moment.kept[number]


@inlined
def move(moment: Moment, grad: Array, push: Array, step: int, plan: Plan) -> None:
    """Move theta by its gradient; before that the penalty's is added to push, of the same shape.

    Both are the same array where the penalty is part of the gradient. What is held feels neither.
    """
    theta, layers = moment.theta, len(plan.spans)
    rate, share = plan.numbers[layers - 1], plan.numbers[layers]
    for number in range(layers if rate > 0.0 else 0):
        layer = span(plan, number)
        weights, slopes = address(theta, layer.start), address(push, layer.start)
        call(plan.rules[layers], (weights, layer.outputs * layer.inputs, rate, share, slopes))
    for place in plan.held:
        grad[place] = push[place] = 0.0
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
    hold(moment, plan)


@inlined
def move_apart(moment: Moment, count: int, step: int, plan: Plan, push: Array) -> None:
    """Move theta by the mean of all that was added up, then by the penalty, as Playground does.

    Args:
        moment: where training stands.
        count: how many samples were added up.
        step: the number of the step.
        plan: the network and the rules.
        push: room for the penalty's gradient, of shape (parameters,).
    """
    theta, sums, dead = moment.theta, moment.sums, moment.dead
    for index in range(len(theta)):
        push[index] = 0.0
        sums[index] = 0.0 if dead[index] else sums[index] / count
    move(moment, sums, push, step, plan)
    for index in range(len(theta)):
        sums[index] = 0.0
        pushed = theta[index] - plan.hyperparameters[0] * push[index]
        if plan.kills and theta[index] * pushed < 0.0:
            dead[index] = True
        theta[index] = 0.0 if dead[index] else pushed
    hold(moment, plan)


@inlined
def is_finite(theta: Array, loss: float) -> bool:
    """Whether all is finite."""
    wild = 0
    for number in theta:
        wild += int(not abs(number) < np.inf)
    return wild == 0 and abs(loss) < np.inf


@inlined
def record(  # noqa: PLR0913
    theta: Array, train: Samples, test: Samples, plan: Plan, work: Work, row: Array
) -> bool:
    """Measure at the end of an epoch; whether the loss is finite."""
    loss, row[2] = measure(theta, train, plan, work)
    row[0] = loss
    row[1], row[3] = measure(theta, test, plan, work)
    return abs(loss) < np.inf


@inlined
def carry_on(  # noqa: PLR0913
    moment: Moment, grad: Array, fresh: int, left: int, step: int, plan: Plan
) -> tuple[int, int]:
    """Add up gradients as Playground does, until a whole batch lets them act.

    Args:
        moment: where training stands.
        grad: the gradients of a batch, added up; its room is used.
        fresh: how many samples the batch has.
        left: how many were left over before.
        step: how many steps were made before.
        plan: the network and the rules.

    Returns:
        The samples that are left over now, and the steps.
    """
    moment.sums[:] += grad
    if fresh < plan.batch:
        return left + fresh, step
    move_apart(moment, left + fresh, step + 1, plan, grad)
    return 0, step + 1


@inlined
def ordered(samples: int, plan: Plan, epoch: int) -> Array:
    """The order in which an epoch sees its samples."""
    return np.arange(samples) if plan.carries else shuffled(samples, plan.seed, epoch)


def advance(  # pragma: no cover - compiled  # noqa: PLR0913
    moment: Moment, train: Samples, test: Samples, plan: Plan, rates: Array, records: Array
) -> tuple[int, int, int, bool]:
    """Make updates, across epochs, changing the arrays of a moment in place.

    Args:
        moment: where training stands.
        train: what is learned from.
        test: what is only measured.
        plan: the network and the rules.
        rates: the learning rate of every update to make.
        records: a row for each epoch that ends: both losses, both accuracies, the rate.

    Returns:
        How many epochs ended, the optimizer's steps, the samples left over, and whether all is
        finite; if not, the arrays are of no use.
    """
    samples, outputs = len(train.inputs[0]), len(train.targets)
    updates_an_epoch = (samples + plan.batch - 1) // plan.batch
    lane = (min(plan.batch, samples, TILE) + VECTOR - 1) // VECTOR * VECTOR
    work, wide = make_work(plan, lane), make_work(plan, TILE)
    grad, quads = np.zeros(len(moment.theta)), np.zeros(VECTOR * len(moment.theta))
    step, batch, left, ended, done = moment.steps, moment.batch, moment.left, 0, 0
    while done < len(rates):
        epoch, loss = moment.epoch + ended, 0.0
        order = ordered(samples, plan, epoch)
        for _ in range(min(len(rates) - done, updates_an_epoch - batch)):
            start = batch * plan.batch
            stop = min(start + plan.batch, samples)
            share = 1 if plan.carries else stop - start
            for at in range(start, stop, lane):
                count = min(lane, stop - at)
                take(train.inputs, order, at, count, lane, work.values)
                take(train.targets, order, at, count, lane, work.targets)
                loss += look(moment.theta, outputs, epoch, at, count, plan, work)
                backward(moment.theta, plan, count, share, work, quads)
            plan.hyperparameters[0] = rates[done]
            fold(quads, grad)
            if plan.carries:
                left, step = carry_on(moment, grad, stop - start, left, step, plan)
            else:
                step += 1
                move(moment, grad, grad, step, plan)
            batch += 1
            done += 1
        if not is_finite(moment.theta, loss):
            return ended, step, left, False
        if batch == updates_an_epoch:
            records[ended, 4] = rates[done - 1]
            if not record(moment.theta, train, test, plan, wide, records[ended]):
                return ended, step, left, False
            ended += 1
            batch = 0
    return ended, step, left, True
