"""Training: a course that is set, and the progress made on it.

A `Course` is frozen: what is learned and how. A `Progress` is all that changes. Batches come from
(seed, epoch) alone and not from a running state, so any moment can be copied, left, and taken up
again with bit-identical results. A theta is never changed in place: a new one takes its place, so
whoever was handed one may keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from math import isfinite
from typing import Protocol

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.losses import predict
from nnviz.engine.network import Network
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.penalties import Penalty
from nnviz.engine.shuffle import epoch_order


@dataclass(frozen=True)
class Course:
    """What is learned, from what, and how.

    Inputs have shape (features, samples), targets (outputs, samples). Fewer than two classes mean
    regression. `dataclasses.replace` gives the course with another optimizer, penalty, batch size
    or network of the same widths; `Progress.adopt` goes on with it.
    """

    network: Network
    train_inputs: Floats
    train_targets: Floats
    test_inputs: Floats
    test_targets: Floats
    optimizer: Optimizer
    penalty: Penalty
    batch: int
    seed: int
    classes: int

    @property
    def samples(self) -> int:
        """The number of training samples."""
        return len(self.train_inputs[0])

    @property
    def updates(self) -> int:
        """The number of updates in an epoch; the last one may see fewer samples."""
        return -(-self.samples // self.batch)


@dataclass(frozen=True, slots=True)
class Record:
    """How good a theta is: mean losses without the penalty, and shares of right answers.

    Accuracies are NaN for regression, and all of the test set's numbers are where it is empty.
    """

    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float


@dataclass(frozen=True, slots=True)
class Diverged:
    """Where the numbers were no longer finite: in which update of which epoch, both from 1 on.

    `layer` counts from 0; `why` is a sentence for people.
    """

    epoch: int
    batch: int
    layer: int
    why: str


@dataclass(slots=True)
class Progress:
    """What changes while a course is followed.

    `memory` is the optimizer's, of shape (slots, parameters); `steps` counts its updates; `epoch`
    the whole epochs; `batch` the updates done in the epoch that has begun. Once `diverged` is
    set, theta is the last finite one and nothing goes on.
    """

    theta: Floats
    memory: Floats
    steps: int = 0
    epoch: int = 0
    batch: int = 0
    diverged: Diverged | None = None

    @classmethod
    def start(cls, course: Course, theta: Floats) -> Progress:
        """Stand at the start of a course with these parameters."""
        return cls(theta.copy(), course.optimizer.remember(theta))

    def copy(self) -> Progress:
        """A progress that goes its own way from here."""
        return replace(self, theta=self.theta.copy(), memory=self.memory.copy())

    def adopt(self, old: Course, new: Course) -> None:
        """Go on, with the same parameters, on a course whose settings were changed.

        Another kind of optimizer starts without memories; another batch size goes on in the epoch
        where the old one stood, at worst seeing some samples again. What had diverged may go on.
        """
        if type(new.optimizer) is not type(old.optimizer):
            self.memory = new.optimizer.remember(self.theta)
            self.steps = 0
        if new.batch != old.batch:
            self.batch = min(self.batch * old.batch, new.samples) // new.batch
        self.diverged = None


class Loop(Protocol):
    """A way to follow a course: in NumPy, or compiled; both come to the same numbers."""

    def advance(self, course: Course, progress: Progress, updates: int) -> list[Record]:
        """Make up to so many updates, across epochs; stop where training diverges.

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
            while updates > 0 and progress.diverged is None:
                todo = min(updates, course.updates - progress.batch)
                updates -= todo
                if _follow(course, progress, todo) and progress.batch == course.updates:
                    records.extend(_finish_epoch(course, progress))
        return records


def _follow(course: Course, progress: Progress, updates: int) -> bool:
    """Make updates within the epoch that has begun; whether all stayed finite."""
    order = epoch_order(course.samples, course.seed, progress.epoch)
    order = order[progress.batch * course.batch : (progress.batch + updates) * course.batch]
    inputs = np.take(course.train_inputs, order, axis=1)
    targets = np.take(course.train_targets, order, axis=1)
    parts = (slice(start, start + course.batch) for start in range(0, len(order), course.batch))
    return all(_update(course, progress, inputs[:, part], targets[:, part]) for part in parts)


def _update(course: Course, progress: Progress, inputs: Floats, targets: Floats) -> bool:
    """Make one update; whether all stayed finite."""
    theta = progress.theta
    loss, grad = course.network.gradient(theta, inputs, targets)
    if course.penalty.strength > 0.0:
        grad += course.penalty.gradient(theta) * course.network.is_weight
    moved, memory = course.optimizer.step(theta, grad, progress.memory, progress.steps + 1)
    if not (isfinite(loss) and np.isfinite(moved).all()):
        progress.diverged = _divergence(course, progress, inputs, loss, moved)
        return False
    progress.theta, progress.memory = moved, memory
    progress.steps += 1
    progress.batch += 1
    return True


def _finish_epoch(course: Course, progress: Progress) -> Iterator[Record]:
    record = measure(course, progress.theta)
    if not isfinite(record.train_loss):
        progress.diverged = _divergence(
            course, progress, course.train_inputs, record.train_loss, progress.theta
        )
        return
    progress.epoch += 1
    progress.batch = 0
    yield record


def _divergence(
    course: Course, progress: Progress, inputs: Floats, loss: float, moved: Floats
) -> Diverged:
    """Name the first layer that is not finite: in its values, the loss or its weights."""
    network = course.network
    values = network.forward(progress.theta, inputs)
    wild = [depth for depth, each in enumerate(values) if not np.isfinite(each).all()]
    layer, what = (wild[0], "values") if wild else (len(values) - 1, "loss")
    if not wild and isfinite(loss):
        wrong = np.flatnonzero(~np.isfinite(moved))
        layer, what = network.layer_of(int(wrong[0])), "weights"
    epoch, batch = progress.epoch + 1, min(progress.batch + 1, course.updates)
    why = (
        f"In epoch {epoch}, update {batch}, the {what} of {_spoken(network, layer)}"
        " left the range of numbers: try a smaller learning rate."
    )
    return Diverged(epoch, batch, layer, why)


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


class Log:
    """What every epoch left behind: buffers that only grow, so views of them stay true.

    Each property has shape (records,).
    """

    def __init__(self, capacity: int = 1024) -> None:
        """Start empty, with room for so many records before the first growth."""
        self._rows = np.empty((5, capacity))
        self._count = 0

    def __len__(self) -> int:
        """The number of records."""
        return self._count

    def add(self, record: Record, rate: float) -> None:
        """Append a record and the learning rate that was in force."""
        if self._count == self._rows.shape[1]:
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)], axis=1)
        self._rows[:, self._count] = (*astuple(record), rate)
        self._count += 1

    @property
    def train_loss(self) -> Floats:
        """The mean loss on the training samples."""
        return self._rows[0, : self._count]

    @property
    def test_loss(self) -> Floats:
        """The mean loss on the test samples."""
        return self._rows[1, : self._count]

    @property
    def train_accuracy(self) -> Floats:
        """The share of training samples answered rightly."""
        return self._rows[2, : self._count]

    @property
    def test_accuracy(self) -> Floats:
        """The share of test samples answered rightly."""
        return self._rows[3, : self._count]

    @property
    def learning_rate(self) -> Floats:
        """The learning rate in force."""
        return self._rows[4, : self._count]
