"""Moments of a run that were kept, thinned evenly to stay within a number and a size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from nnviz.engine.course import Progress
from nnviz.engine.elementary import Floats
from nnviz.experiment.build import Setup
from nnviz.value import dataclass

LEAST_MOMENTS = 4
MOMENT_BYTES = 1500
"""About what a moment takes besides its arrays."""


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
    def numbers(self) -> int:
        """How many numbers it holds."""
        progress = self.progress
        arrays = [progress.theta, progress.memory, progress.carry.sums, progress.carry.dead]
        arrays += [] if self.before is None else [self.before]
        arrays += [] if progress.best is None else [progress.best.theta]
        return sum(each.size for each in arrays)

    @property
    def bytes(self) -> int:
        """About how much memory it takes."""
        return MOMENT_BYTES + 8 * self.numbers


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

    def limit(self, budget: int, most: int) -> None:
        """Let them take so many bytes, and be so many, from now on."""
        self._budget, self._most = budget, most

    def spread(self, most: int) -> tuple[Moment, ...]:
        """At most so many of them, evenly, the first among them."""
        return tuple(self._kept[:: -(-len(self._kept) // most)])

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
