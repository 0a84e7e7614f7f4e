"""Where a run stands: all that it takes to go on to the very same numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.course import Best, Carry, Course, Progress
from nnviz.engine.network import Network
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import NOTHING_SEEN, Watch
from nnviz.knob import check_knobs, knob
from nnviz.mistake import Mistake

Floats = NDArray[np.float64]
Numbers = tuple[float, ...]
Gaps = tuple[float | None, ...]

CURVE_POINTS = 100_000
"""About how many epochs of the curves a document keeps; a longer run is thinned evenly."""

EPOCH_LIMIT = 10_000_000
"""The last epoch of a run: an hour flat out."""

MOST_STEPS = 2**53


def _count(limit: int) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(0, 0, limit, whole=True)


@dataclass(frozen=True, slots=True)
class Curves:
    """What the epochs left behind: an entry for epoch 0, for every `every` on, and for the last.

    Accuracies are shares from 0 to 1, None where there is none (regression).
    """

    train_loss: Numbers
    test_loss: Numbers
    train_accuracy: Gaps
    test_accuracy: Gaps
    learning_rate: Numbers
    every: int = knob(1, 1, EPOCH_LIMIT, whole=True)

    def __post_init__(self) -> None:
        check_knobs(self)

    @staticmethod
    def of(arrays: Mapping[str, Floats]) -> Curves:
        """The curves of a run, thinned if it was long.

        Args:
            arrays: for every name in CURVES an array of shape (epochs + 1,).
        """
        epoch = len(arrays["train_loss"]) - 1
        every = max(math.ceil(epoch / CURVE_POINTS), 1)
        kept = _kept(epoch, every)
        return Curves(**{name: _entries(arrays[name][kept]) for name in CURVES}, every=every)

    def arrays(self, epoch: int) -> dict[str, Floats]:
        """Arrays of shape (epoch + 1,) by name; what was thinned out lies on straight lines."""
        at, kept = np.arange(epoch + 1), _kept(epoch, self.every)
        return {
            name: np.interp(at, kept, np.array(getattr(self, name), dtype=np.float64))
            for name in CURVES
        }

    def check(self, epoch: int) -> None:
        """Refuse curves that are not those of a run at an epoch.

        Raises:
            Mistake: naming the curve and its right length.
        """
        kept = len(_kept(epoch, self.every))
        for name in CURVES:
            _check_length(f"run.curves.{name}", getattr(self, name), kept)


CURVES = tuple(each.name for each in fields(Curves) if each.name != "every")
"""The names of the curves."""


def _kept(epoch: int, every: int) -> NDArray[np.int64]:
    """The epochs of the entries."""
    kept = np.arange(0, epoch + 1, every)
    return kept if kept[-1] == epoch else np.append(kept, epoch)


def _entries(array: Floats) -> Any:  # noqa: ANN401 - Numbers, or Gaps where there are NaN
    return tuple(each if math.isfinite(each) else None for each in array.tolist())


@dataclass(frozen=True, slots=True)
class BestMoment:
    """The weights of the best epoch, kept while patience has an end, and the loss there."""

    theta: Numbers
    loss: float
    epoch: int = _count(EPOCH_LIMIT)

    @staticmethod
    def of(best: Best) -> BestMoment:
        """The moment as a document keeps it."""
        return BestMoment(tuple(best.theta.tolist()), best.loss, best.epoch)

    def moment(self) -> Best:
        """The moment as training wants it."""
        return Best(np.array(self.theta), self.loss, self.epoch)


@dataclass(frozen=True, slots=True)
class Run:
    """A moment of a run: weights, the optimizer's memory and counters, curves.

    `theta` has (parameters,) numbers and `memory` a row of as many for each of the optimizer's
    slots. `steps` counts the updates that the memory has seen, `batch` those of the epoch under
    way. `anchor` is the theta through which the loss slice is cut, None for where the weights
    started; `race_epoch` is when the race began. Under Playground's rules `left` are the gradients
    of `left_count` samples that wait for the next update, added up, and `dead` the places of the
    weights that are zero for good. `watch` is what the schedule has seen of the loss, if it looks;
    `best` the moment that early stopping goes back to, and `stopped` says that it did.
    """

    theta: Numbers
    memory: tuple[Numbers, ...]
    curves: Curves
    epoch: int = _count(EPOCH_LIMIT)
    steps: int = _count(MOST_STEPS)
    batch: int = _count(MOST_STEPS)
    anchor: Numbers | None = None
    anchor_epoch: int = _count(EPOCH_LIMIT)
    race_epoch: int = _count(EPOCH_LIMIT)
    left: Numbers = ()
    left_count: int = _count(MOST_STEPS)
    dead: tuple[int, ...] = ()
    watch: Watch | None = None
    best: BestMoment | None = None
    stopped: bool = False

    def __post_init__(self) -> None:
        check_knobs(self)

    @staticmethod
    def of(progress: Progress, curves: Mapping[str, Floats]) -> Run:
        """The run that has made this progress and left these curves (see `Curves.of`)."""
        return Run(
            theta=tuple(progress.theta.tolist()),
            memory=tuple(tuple(row) for row in progress.memory.tolist()),
            curves=Curves.of(curves),
            epoch=progress.epoch,
            steps=progress.steps,
            batch=progress.batch,
            left=tuple(progress.carry.sums.tolist()),
            left_count=progress.carry.count,
            dead=tuple(np.flatnonzero(progress.carry.dead).tolist()),
            watch=progress.watch if math.isfinite(progress.watch.best) else None,
            best=BestMoment.of(progress.best) if progress.best else None,
            stopped=progress.stopped,
        )

    def progress(self, course: Course) -> Progress:
        """The progress on a course that this run has made."""
        memory = np.array(self.memory, dtype=np.float64)
        return Progress(
            theta=np.array(self.theta),
            memory=memory.reshape(len(self.memory), len(self.theta)),
            carry=self._carry(course),
            steps=self.steps,
            epoch=self.epoch,
            batch=min(self.batch, course.updates - 1),
            watch=self.watch or NOTHING_SEEN,
            best=self.best.moment() if self.best else None,
            stopped=self.stopped,
        )

    def _carry(self, course: Course) -> Carry:
        carry = Carry.start(course)
        if not course.rules.carries or not self.left:
            return carry
        dead = carry.dead.copy()
        dead[list(self.dead)] = True
        return Carry(np.array(self.left), self.left_count, dead)

    def check(self, optimizer: Optimizer, network: Network) -> None:
        """Refuse a run that is not one of this network and optimizer.

        Raises:
            Mistake: naming the field and its right size.
        """
        _check_length("run.theta", self.theta, network.size)
        _check_length(
            "run.anchor", self.theta if self.anchor is None else self.anchor, network.size
        )
        _check_length("run.memory", self.memory, optimizer.slots)
        for place, row in enumerate(self.memory):
            _check_length(f"run.memory[{place}]", row, network.size)
        self.curves.check(self.epoch)
        if self.left:
            _check_length("run.left", self.left, network.size)
        if self.stopped and not self.best:
            raise Mistake("run.best is missing; a run that stopped went back to it.")
        if self.best:
            _check_length("run.best.theta", self.best.theta, network.size)
        if self.dead and not 0 <= min(self.dead) <= max(self.dead) < network.size:
            raise Mistake(f"run.dead must name places of theta, from 0 to {network.size - 1}.")
        for name in ("anchor_epoch", "race_epoch"):
            if getattr(self, name) > self.epoch:
                raise Mistake(f"run.{name} is later than the epoch of the run, {self.epoch}.")


def _check_length(place: str, entries: tuple[object, ...], length: int) -> None:
    if len(entries) != length:
        raise Mistake(f"{place} has {len(entries)} entries; it must have {length}.")
