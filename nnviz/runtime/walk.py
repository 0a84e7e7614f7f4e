"""A walk: a run that goes on from a moment, by bites, and takes changes as they come.

The one that trains is a walk, and so is whoever goes back to look: both go the same way, so both
come to the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

from nnviz.engine.course import Carry, Course, Progress, Record
from nnviz.engine.elementary import Floats
from nnviz.engine.training import Loop
from nnviz.experiment.build import Setup
from nnviz.experiment.moments import Moment
from nnviz.experiment.past import Adopted, Change, Edited, Taken

Loops = Mapping[str, Callable[[], Loop]]
"""How to make the loops that there are, by name."""

FIRST_COST_S = 1e-4


class Walk:
    """Goes on from a moment.

    `is_touched` says that theta, or what it is measured by, was changed since the last update.
    """

    def __init__(self, moment: Moment, loops: Loops, cost_s: float = FIRST_COST_S) -> None:
        """Stand at a moment.

        Args:
            moment: where to stand; it stays what it is.
            loops: may get more entries later.
            cost_s: about how long an update takes; it finds out soon.
        """
        self.setup = moment.setup
        self.progress = moment.progress.copy()
        self.before = moment.before
        self.loop = moment.loop
        self.count, self.since, self.changes = moment.count, moment.since, moment.changes
        self.cost_s = cost_s
        self.is_touched = False
        self._loops = loops
        self._made: dict[str, Loop] = {}

    @property
    def course(self) -> Course:
        """What is followed."""
        return self.setup.course

    @property
    def epoch(self) -> int:
        """How many whole epochs are done."""
        return self.progress.epoch

    @property
    def key(self) -> tuple[int, int]:
        """The epoch, and the updates since its end."""
        return self.progress.epoch, self.since

    def moment(self) -> Moment:
        """Where it stands, to be kept."""
        return Moment(
            self.setup,
            self.progress.copy(),
            self.loop,
            self.count,
            self.since,
            self.changes,
            self.before,
        )

    def updates(self, epochs: float, seconds: float) -> int:
        """How many updates to make at once: about for a time, at most so many epochs, at least 1.

        Those that reach the end of an epoch end there, or at the end of a later one.

        Args:
            epochs: the one under way is one of them.
            seconds: how long they may take, as far as is known.
        """
        batch, whole = self.progress.batch, self.course.updates
        reached = batch + max(int(seconds / self.cost_s), 1)
        if reached > whole:
            reached -= reached % whole
        return int(max(min(reached, epochs * whole) - batch, 1))

    def bite(self, updates: int) -> list[Record]:
        """Make up to so many updates: the record of each epoch that came to its end.

        The last one is made by itself, so that theta before it is known.
        """
        begun, course, progress = perf_counter(), self.course, self.progress
        epoch, batch = progress.epoch, progress.batch
        loop = self._loop()
        records = loop.advance(course, progress, updates - 1) if updates > 1 else []
        before = None if progress.is_over else progress.theta
        records += loop.advance(course, progress, 1)
        made = (progress.epoch - epoch) * course.updates + progress.batch - batch
        self.before, self.is_touched = before, False
        self.count += made
        self.since = progress.batch if progress.epoch > epoch else self.since + made
        self.cost_s = 0.5 * (self.cost_s + (perf_counter() - begun) / updates)
        return records

    def apply(self, change: Change) -> None:
        """Take a change, here and now."""
        match change:
            case Adopted(setup):
                self._adopt(setup)
            case Edited(places, values):
                self._edit(list(places), values)
            case Taken(loop):
                self.loop, self.cost_s = loop, FIRST_COST_S
        self.changes += 1

    def _loop(self) -> Loop:
        if self.loop not in self._made:
            self._made[self.loop] = self._loops[self.loop]()
        return self._made[self.loop]

    def _adopt(self, setup: Setup) -> None:
        network = self.setup.network
        if setup.network.size != network.size:
            self.before = None
        if setup.network != network or not setup.course.has_samples_of(self.course):
            self.is_touched = True
        self.progress.adopt(self.course, setup.course)
        self.setup = setup
        _begin_again(self.progress, setup.course)

    def _edit(self, places: list[int], values: tuple[float, ...]) -> None:
        """Put numbers into theta; what had stopped may go on from there."""
        progress, self.is_touched = self.progress, True
        progress.theta = _with(progress.theta, places, values)
        if self.before is not None:
            self.before = _with(self.before, places, values)
        if progress.carry.dead[places].any() if progress.carry.dead.size else False:
            dead = progress.carry.dead.copy()
            dead[places] = False
            progress.carry = Carry(progress.carry.sums, progress.carry.count, dead)
        if progress.stopped:
            progress.best, progress.stopped = None, False
        progress.diverged = None
        _begin_again(progress, self.course)


def _begin_again(progress: Progress, course: Course) -> None:
    """An epoch whose last update led nowhere has that update before it once more."""
    progress.batch = min(progress.batch, course.updates - 1)


def _with(theta: Floats, places: list[int], values: tuple[float, ...]) -> Floats:
    changed = theta.copy()
    changed[places] = values
    return changed


def is_slight(before: Progress, after: Progress) -> bool:
    """Whether a change left a progress as it was."""
    names = ("theta", "memory", "carry", "watch", "best")
    same = all(getattr(before, name) is getattr(after, name) for name in names)
    counters = ("steps", "epoch", "batch", "stopped", "diverged")
    return same and all(getattr(before, name) == getattr(after, name) for name in counters)
