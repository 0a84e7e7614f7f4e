"""The past of a run: moments that were kept, and what a person changed in between.

Training goes on to the same bits from any moment, so a few moments are enough to go back to every
epoch: from the nearest one on, with every change made again when its time has come. Moments take
up to a budget of bytes and are thinned evenly as the run grows; changes are never thinned, but of
those that follow one another between two updates, as when a slider is dragged while the run
stands still, only the newest is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from nnviz.engine.course import Progress
from nnviz.engine.elementary import Floats
from nnviz.experiment.build import Setup

BUDGET_BYTES = 64 * 2**20
"""How much the moments of a run may take, and as much again its changes."""

MOST_MOMENTS, LEAST_MOMENTS = 8192, 4
MOMENT_BYTES, CHANGE_BYTES = 1500, 3000
"""About what a moment takes besides its arrays, and a change besides its samples."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Where a run stood, and by what it went on.

    `count` is the number of updates since the run began, `since` of those since the last epoch
    ended; `changes` is how many changes had been made. `before` is theta before the last update.
    """

    setup: Setup
    progress: Progress
    loop: str
    count: int = 0
    since: int = 0
    changes: int = 0
    before: Floats | None = None

    @property
    def key(self) -> tuple[int, int]:
        """What orders moments in time."""
        return self.progress.epoch, self.since

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        progress = self.progress
        arrays = [progress.theta, progress.memory, progress.carry.sums, progress.carry.dead]
        arrays += [] if self.before is None else [self.before]
        arrays += [] if progress.best is None else [progress.best.theta]
        return MOMENT_BYTES + sum(each.nbytes for each in arrays)


@dataclass(frozen=True, slots=True, eq=False)
class Adopted:
    """Other settings; slight ones change nothing but what is yet to come.

    `samples` are the bytes of those samples that it does not share with the settings before.
    """

    setup: Setup
    is_slight: bool = False
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """Numbers put at places of theta."""

    places: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Another loop took over, whose last bits may differ."""

    loop: str


Change = Adopted | Edited | Taken


class Moments:
    """Moments in the order of time, thinned evenly to stay within a number and a size."""

    def __init__(self, budget: int, most: int) -> None:
        """Begin with none."""
        self._budget, self._most = budget, most
        self._kept: list[Moment] = []
        self._keys: list[tuple[int, int]] = []
        self._bytes = 0
        self._apart = 0.0

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept)

    def __iter__(self) -> Iterator[Moment]:
        """All, the earliest first."""
        return iter(self._kept)

    @property
    def bytes(self) -> int:
        """About how much memory they take."""
        return self._bytes

    @property
    def first(self) -> Moment:
        """The earliest."""
        return self._kept[0]

    @property
    def last(self) -> Moment:
        """The latest."""
        return self._kept[-1]

    def keep(self, moment: Moment) -> None:
        """Keep the newest moment, unless it is close to the one before."""
        last = self._kept[-1] if self._kept else None
        if last is not None and moment.progress.epoch - last.progress.epoch < self._apart:
            return
        self._kept.append(moment)
        self._keys.append(moment.key)
        self._bytes += moment.bytes
        if self._is_over():
            self._thin()

    def limit(self, budget: int) -> None:
        """Let them take so many bytes from now on."""
        self._budget = budget

    def nearest(self, epoch: int) -> Moment | None:
        """The last one that is not later than the end of an epoch, None where all are."""
        place = bisect_right(self._keys, (epoch, 0))
        return self._kept[place - 1] if place else None

    def cut(self, count: int) -> None:
        """Forget what is later than so many updates."""
        self._take([each for each in self._kept if each.count <= count])

    def drop(self, changes: int) -> None:
        """Forget what had seen fewer changes."""
        self._take([each for each in self._kept if each.changes >= changes])

    def undo(self, changes: int) -> None:
        """Forget what had seen as many changes or more."""
        self._take([each for each in self._kept if each.changes < changes])

    def _is_over(self) -> bool:
        count = len(self._kept)
        return count > self._most or (self._bytes > self._budget and count > LEAST_MOMENTS)

    def _thin(self) -> None:
        span = self._keys[-1][0] - self._keys[0][0]
        self._apart = max(2.0 * self._apart, 2.0 * span / len(self._kept), 1.0)
        kept = self._kept[:1]
        for each in self._kept[1:]:
            if each.progress.epoch - kept[-1].progress.epoch >= self._apart:
                kept.append(each)
        self._take(kept)

    def _take(self, kept: list[Moment]) -> None:
        self._kept, self._keys = kept, [each.key for each in kept]
        self._bytes = sum(each.bytes for each in kept)


class Past:
    """The moments of a run, and its changes.

    Should the changes ever take more than the budget (ten thousand of them take half of it), the
    earliest are forgotten, and what lies before the first moment after them can no longer be
    looked at.
    """

    def __init__(self, beginning: Moment, budget: int = BUDGET_BYTES) -> None:
        """Begin at a moment."""
        self.moments = Moments(budget, MOST_MOMENTS)
        self.moments.keep(beginning)
        self._budget = budget
        self._bytes = 0
        self._forgotten = beginning.changes
        self._changes: list[tuple[int, Change]] = []

    @property
    def changes(self) -> int:
        """How many changes have been made."""
        return self._forgotten + len(self._changes)

    @property
    def first(self) -> int:
        """The first epoch that can be looked at."""
        epoch, since = self.moments.first.key
        return epoch + (since > 0)

    def note(self, count: int, change: Change) -> None:
        """Take down a change made after so many updates."""
        if self._replaces(count, change):
            self._bytes -= _bytes(self._changes.pop()[1])
            self.moments.undo(self.changes + 1)
        self._changes.append((count, change))
        self._bytes += _bytes(change)

    def keep(self, moment: Moment) -> None:
        """Keep the newest moment, as far as there is room."""
        self.moments.keep(moment)
        if self._bytes > self._budget:
            self._forget(moment)

    def upcoming(self, changes: int) -> tuple[int, Change] | None:
        """The change after so many, and after how many updates it was made; None for the last."""
        place = changes - self._forgotten
        return self._changes[place] if place < len(self._changes) else None

    def limit(self, budget: int) -> None:
        """Let it take so many bytes from now on."""
        self._budget = budget
        self.moments.limit(budget)

    def cut(self, moment: Moment) -> None:
        """Forget what is later than a moment."""
        self.moments.cut(moment.count)
        del self._changes[moment.changes - self._forgotten :]
        self._bytes = sum(_bytes(change) for _, change in self._changes)

    def _replaces(self, count: int, change: Change) -> bool:
        """Whether a change makes the last one as if it had never been."""
        if not self._changes or self._changes[-1][0] != count:
            return False
        if self.moments.first.changes >= self.changes:
            return False
        match self._changes[-1][1], change:
            case Adopted(is_slight=True), Adopted(is_slight=True):
                return True
            case Edited(places=before), Edited(places=after):
                return before == after
            case Taken(), Taken():
                return True
            case _:
                return False

    def _forget(self, newest: Moment) -> None:
        """Forget the earlier half of the changes, and what needs them."""
        half = self._forgotten + len(self._changes) // 2
        self.moments.drop(half)
        if not len(self.moments):
            self.moments.keep(newest)
        known = self.moments.first.changes
        del self._changes[: known - self._forgotten]
        self._forgotten = known
        self._bytes = sum(_bytes(change) for _, change in self._changes)


def _bytes(change: Change) -> int:
    """About how much memory a change takes."""
    match change:
        case Edited(places):
            return CHANGE_BYTES + 72 * len(places)
        case Adopted(samples=samples):
            return CHANGE_BYTES + samples
        case _:
            return CHANGE_BYTES
