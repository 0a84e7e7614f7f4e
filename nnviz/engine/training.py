"""Training: a course is followed, update by update and epoch by epoch.

The loop in NumPy that stands here is the reference: `compiled` comes to the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.course import Course, Diverged, Progress, Record
from nnviz.engine.elementary import Floats
from nnviz.engine.losses import predict
from nnviz.engine.metrics import gradient_norms
from nnviz.engine.network import Network
from nnviz.engine.shuffle import epoch_order
from nnviz.engine.updates import felt, moved


class Loop(Protocol):
    """A way to follow a course: in NumPy, or compiled; both come to the same numbers."""

    def advance(self, course: Course, progress: Progress, updates: int) -> list[Record]:
        """Make up to so many updates, across epochs; stop where training is over.

        Returns:
            The record of each epoch that came to its end, in order.
        """
        ...


class NumpyLoop:
    """The loop in NumPy: the reference, and what runs until the compiled one is there."""

    def advance(self, course: Course, progress: Progress, updates: int) -> list[Record]:
        """Make up to so many updates; see `Loop.advance`."""
        records: list[Record] = []
        with np.errstate(all="ignore"):
            while updates > 0 and not progress.is_over:
                todo = min(updates, course.updates - progress.batch)
                updates -= todo
                rates = progress.rates(course, todo).tolist()
                if _follow(course, progress, rates) and progress.batch == course.updates:
                    records.extend(_finish_epoch(course, progress, rates[-1]))
        return records


def _follow(course: Course, progress: Progress, rates: list[float]) -> bool:
    """Make updates within the epoch that has begun; whether all stayed finite."""
    order = order_of(course, progress.epoch)
    order = order[progress.batch * course.batch : (progress.batch + len(rates)) * course.batch]
    inputs = np.take(course.train_inputs, order, axis=1)
    targets = np.take(course.train_targets, order, axis=1)
    first = progress.batch * course.batch
    for start, rate in zip(range(0, len(order), course.batch), rates, strict=True):
        part = slice(start, start + course.batch)
        batch = inputs[:, part], targets[:, part]
        masks = course.masks(progress.epoch, first + np.arange(start, start + batch[0].shape[1]))
        if not _update(course, progress, *batch, masks, rate):
            return False
    return True


def order_of(course: Course, epoch: int) -> NDArray[np.int64]:
    """The order in which an epoch sees its samples, by the rules."""
    if course.rules.carries:
        return np.arange(course.samples)
    return _shuffled(course.samples, course.seed, epoch)


def batch_of(course: Course, epoch: int, batch: int) -> tuple[Floats, Floats]:
    """The samples that an update sees: inputs (features, n) and targets (outputs, n).

    What Playground's rules leave over for the next epoch stands by itself.
    """
    first = min(batch, course.updates - 1) * course.batch
    places = order_of(course, epoch)[first : first + course.batch]
    inputs, targets = course.train_inputs, course.train_targets
    return np.take(inputs, places, axis=1), np.take(targets, places, axis=1)


def next_slope(course: Course, progress: Progress) -> Floats | None:
    """The gradient that the optimizer will see in the update that follows: (parameters,).

    None where none follows: training is over, or Playground's rules let a batch that is not whole
    wait for the next.
    """
    if progress.is_over:
        return None
    inputs, targets = batch_of(course, progress.epoch, progress.batch)
    samples = inputs.shape[1]
    if course.rules.carries and samples < course.batch:
        return None
    first = progress.batch * course.batch
    masks = course.masks(progress.epoch, first + np.arange(samples))
    with np.errstate(all="ignore"):
        _, grad = course.network.gradient(progress.theta, inputs, targets, masks)
        return felt(course, progress, grad, samples)


@lru_cache(maxsize=16)
def _shuffled(samples: int, seed: int, epoch: int) -> NDArray[np.int64]:
    """The order of an epoch, kept while it is gone through in small bites; read-only."""
    order = epoch_order(samples, seed, epoch)
    order.flags.writeable = False
    return order


def _update(  # noqa: PLR0913 - what an update depends on
    course: Course,
    progress: Progress,
    inputs: Floats,
    targets: Floats,
    masks: list[Floats],
    rate: float,
) -> bool:
    """Make one update; whether all stayed finite."""
    loss, grad = course.network.gradient(progress.theta, inputs, targets, masks)
    after = moved(course, progress, grad, inputs.shape[1], rate)
    if not (isfinite(loss) and np.isfinite(after.theta).all()):
        progress.diverged = _divergence(course, progress, (inputs, targets), loss, after.theta)
        return False
    progress.theta, progress.memory, progress.carry, progress.steps = after
    progress.batch += 1
    return True


def _finish_epoch(course: Course, progress: Progress, rate: float) -> Iterator[Record]:
    record = measure(course, progress.theta)._replace(rate=rate)
    if not isfinite(record.train_loss):
        batch = course.train_inputs, course.train_targets
        progress.diverged = _divergence(course, progress, batch, record.train_loss, progress.theta)
        return
    progress.epoch += 1
    progress.batch = 0
    progress.close_epoch(course, record)
    yield record


def _divergence(
    course: Course, progress: Progress, batch: tuple[Floats, Floats], loss: float, theta: Floats
) -> Diverged:
    """Name the first layer that is not finite: in its values, the loss or its weights."""
    network = course.network
    values = network.forward(progress.theta, batch[0])
    wild = [depth for depth, each in enumerate(values) if not np.isfinite(each).all()]
    layer, what = (wild[0], "values") if wild else (len(values) - 1, "loss")
    if not wild and isfinite(loss):
        wrong = np.flatnonzero(~np.isfinite(theta))
        layer, what = network.layer_of(int(wrong[0])), "weights"
    epoch, update = progress.epoch + 1, min(progress.batch + 1, course.updates)
    why = (
        f"In epoch {epoch}, update {update}, the {what} of {_spoken(network, layer)}"
        " left the range of numbers: try a smaller learning rate."
    )
    _, grad = network.gradient(progress.theta, *batch)
    norms = tuple(gradient_norms(network, grad).tolist())
    return Diverged(epoch, update, layer, why, norms)


def _spoken(network: Network, layer: int) -> str:
    name = network.layer_name(layer)
    return f"the {name}" if name == "output" else name


def measure(course: Course, theta: Floats) -> Record:
    """How good a theta is on the training and on the test samples."""
    with np.errstate(all="ignore"):
        train = _measure(course, theta, course.train_inputs, course.train_targets)
        test = _measure(course, theta, course.test_inputs, course.test_targets)
    return Record(train[0], test[0], train[1], test[1])


def _measure(course: Course, theta: Floats, inputs: Floats, targets: Floats) -> tuple[float, float]:
    samples = inputs.shape[1]
    if not samples:
        return float("nan"), float("nan")
    outputs, losses = course.network.evaluate(theta, inputs, targets)
    loss = float(losses.sum()) / samples
    if course.classes < 2:
        return loss, float("nan")
    key = course.network.head.output_key
    right = predict(outputs, key) == predict(targets, key)
    return loss, float(right.mean())


def train_batch(course: Course, progress: Progress) -> Record | None:
    """Make one update; the record when it was the last of its epoch."""
    return next(iter(NumpyLoop().advance(course, progress, 1)), None)


def train_epoch(course: Course, progress: Progress) -> Record | None:
    """Go on to the end of the epoch; its record, None where training diverged."""
    loop = NumpyLoop()
    return next(iter(loop.advance(course, progress, course.updates - progress.batch)), None)


def train(course: Course, progress: Progress) -> Iterator[Record]:
    """Train epoch by epoch without end, or until it diverges."""
    while (record := train_epoch(course, progress)) is not None:
        yield record
