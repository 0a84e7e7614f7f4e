"""Where a progress stands, as a document keeps it: numbers that go on to the very same bits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from nnviz.engine.course import Best, Carry, Course, Progress
from nnviz.engine.network import Network
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import NOTHING_SEEN, Watch
from nnviz.knob import check_knobs, knob
from nnviz.mistake import Mistake
from nnviz.value import dataclass

Numbers = tuple[float, ...]

EPOCH_LIMIT = 10_000_000
"""The last epoch of a run: an hour flat out."""

MOST_STEPS = 2**53


def counter(limit: int = MOST_STEPS) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    """A whole number from 0 to a limit."""
    return knob(0, 0, limit, whole=True)


@dataclass(frozen=True, slots=True)
class BestMoment:
    """The weights of the best epoch, kept while patience has an end, and the loss there."""

    theta: Numbers
    loss: float
    epoch: int = counter(EPOCH_LIMIT)

    @staticmethod
    def of(best: Best) -> BestMoment:
        """The moment as a document keeps it."""
        return BestMoment(tuple(best.theta.tolist()), best.loss, best.epoch)

    def moment(self) -> Best:
        """The moment as training wants it."""
        return Best(np.array(self.theta), self.loss, self.epoch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Weights, the optimizer's memory, and counters.

    `theta` has (parameters,) numbers and `memory` a row of as many for each of the optimizer's
    slots. `steps` counts the updates that the memory has seen, `batch` those of the epoch under
    way. Under Playground's rules `left` are the gradients of `left_count` samples that wait for
    the next update, added up, and `dead` the places of the weights that are zero for good. `watch`
    is what the schedule has seen of the loss, if it looks; `best` the moment that early stopping
    goes back to, and `stopped` says that it did.
    """

    theta: Numbers
    memory: tuple[Numbers, ...]
    epoch: int = counter(EPOCH_LIMIT)
    steps: int = counter()
    batch: int = counter()
    left: Numbers = ()
    left_count: int = counter()
    dead: tuple[int, ...] = ()
    watch: Watch | None = None
    best: BestMoment | None = None
    stopped: bool = False

    def __post_init__(self) -> None:
        check_knobs(self)

    def progress(self, course: Course) -> Progress:
        """The progress on a course that this is."""
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

    def check_stand(self, optimizer: Optimizer, network: Network, place: str) -> None:
        """Refuse what is not of this network and optimizer.

        Raises:
            Mistake: naming the field and its right size.
        """
        check_length(f"{place}.theta", self.theta, network.size)
        check_length(f"{place}.memory", self.memory, optimizer.slots)
        for row, numbers in enumerate(self.memory):
            check_length(f"{place}.memory[{row}]", numbers, network.size)
        if self.left:
            check_length(f"{place}.left", self.left, network.size)
        if self.stopped and not self.best:
            raise Mistake(f"{place}.best is missing; a run that stopped went back to it.")
        if self.best:
            check_length(f"{place}.best.theta", self.best.theta, network.size)
        if self.dead and not 0 <= min(self.dead) <= max(self.dead) < network.size:
            raise Mistake(f"{place}.dead must name places of theta, from 0 to {network.size - 1}.")


def stand_of(progress: Progress) -> dict[str, Any]:
    """The fields of a `Stand` that has made this progress."""
    return {
        "theta": tuple(progress.theta.tolist()),
        "memory": tuple(tuple(row) for row in progress.memory.tolist()),
        "epoch": progress.epoch,
        "steps": progress.steps,
        "batch": progress.batch,
        "left": tuple(progress.carry.sums.tolist()),
        "left_count": progress.carry.count,
        "dead": tuple(np.flatnonzero(progress.carry.dead).tolist()),
        "watch": progress.watch if math.isfinite(progress.watch.best) else None,
        "best": BestMoment.of(progress.best) if progress.best else None,
        "stopped": progress.stopped,
    }


def check_length(place: str, entries: Sequence[object], length: int) -> None:
    """Refuse a list of another length.

    Raises:
        Mistake: naming its place and the right length.
    """
    if len(entries) != length:
        raise Mistake(f"{place} has {len(entries)} entries; it must have {length}.")
