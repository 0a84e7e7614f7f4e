"""The past of a run: moments that were kept, and what a person changed in between.

Training goes on to the same bits from any moment, so a few moments are enough to go back to every
epoch: from the nearest one on, with every change made again when its time has come. Moments take
up to a budget of bytes and are thinned evenly as the run grows; changes are never thinned, but of
those that follow one another between two updates, as when a slider is dragged while the run
stands still, only the newest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nnviz.experiment.build import Setup
from nnviz.experiment.moments import LEAST_MOMENTS, Moment, Moments
from nnviz.value import dataclass

BUDGET_BYTES = 64 * 2**20
"""How much the moments of a run and its rivals may take, and as much again their changes."""

MOST_MOMENTS = 8192
EXTRACTED = 64
"""How many of them an extract has at most."""

CHANGE_BYTES = 3000
"""About what a change takes besides its samples."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """What of a past is worth keeping in a document.

    `moments` are spread evenly, the first among them, and `marked` the last ones before some
    epochs that were asked for; `changes`, with the number of updates before each, are all after
    the first `forgotten`. The run stands at the `newest` moment.
    """

    moments: tuple[Moment, ...]
    marked: tuple[Moment, ...]
    changes: tuple[tuple[int, Change], ...]
    forgotten: int
    newest: Moment


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

    @classmethod
    def revived(cls, moments: Sequence[Moment], changes: Sequence[tuple[int, Change]]) -> Past:
        """The past with these moments, and these changes since the first."""
        past = cls(moments[0])
        for moment in moments[1:]:
            past.moments.keep(moment)
        past._changes = list(changes)
        past._bytes = sum(_bytes(change) for _, change in changes)
        return past

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

    def extract(self, newest: Moment, epochs: Iterable[int]) -> Extract:
        """What is worth keeping, with what it takes to see these epochs soon."""
        marked = (self.moments.nearest(epoch) for epoch in epochs)
        return Extract(
            moments=self.moments.spread(EXTRACTED),
            marked=tuple(each for each in marked if each is not None),
            changes=tuple(self._changes),
            forgotten=self._forgotten,
            newest=newest,
        )

    def share(self, parts: int) -> None:
        """Take no more than one of so many parts of the room for all."""
        self._budget = BUDGET_BYTES // parts
        self.moments.limit(self._budget, max(MOST_MOMENTS // parts, LEAST_MOMENTS))

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
