"""A look back: how a run was at the end of an epoch, gone to from the nearest moment kept."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from nnviz.experiment.moments import Moments
from nnviz.experiment.past import Past
from nnviz.runtime.walk import Loops, Walk

BITE_S = 0.003
"""How long it goes at a stretch."""

NEAR_BYTES, NEAR_MOMENTS = 8 * 2**20, 256
"""What may be kept of the way there, so that the next look, close by, is quicker."""


class Look:
    """A walk through the past to the end of an epoch."""

    def __init__(self, past: Past, epoch: int, loops: Loops, last: Look | None = None) -> None:
        """Set out for an epoch.

        Args:
            past: of the run, which has gone beyond that epoch.
            epoch: from the first of the past on.
            loops: how to make the loops.
            last: the look before, of the same past; it is gone on from where that is nearer.
        """
        self.epoch = epoch
        self.walk: Walk
        self._past = past
        self._from = past.moments.nearest(epoch) or past.moments.first
        self._near = Moments(NEAR_BYTES, NEAR_MOMENTS)
        if last is not None and last._from is self._from:  # noqa: SLF001 - one of its own kind
            self._near = last._near  # noqa: SLF001
        moment = self._near.nearest(epoch) or self._from
        if last is not None and moment.key <= last.walk.key <= (epoch, 0):
            self.walk = last.walk
        else:
            self.walk = Walk(moment, loops, last.walk.cost_s if last is not None else 1e-4)
        self.is_there = False

    def go(self, until: float, look_up: Callable[[], None] = lambda: None) -> bool:
        """Go on until a time has come, by `perf_counter`; whether the epoch is reached."""
        while not self._arrive():
            look_up()
            self.walk.bite(self._updates())
            if self.walk.count > self._last:
                self._near.keep(self.walk.moment())
            if perf_counter() >= until:
                return self._arrive()
        return True

    @property
    def _last(self) -> int:
        """After how many updates the last moment near by was kept."""
        return self._near.last.count if len(self._near) else self._from.count

    def _arrive(self) -> bool:
        """Make the changes that are due; whether the epoch is reached."""
        walk = self.walk
        while (change := self._past.upcoming(walk.changes)) is not None:
            count, what = change
            if count > walk.count:
                break
            walk.apply(what)
        self.is_there = walk.key >= (self.epoch, 0) or walk.progress.is_over
        return self.is_there

    def _updates(self) -> int:
        """How many updates to make at once, up to the next change or the epoch."""
        updates = self.walk.updates(self.epoch - self.walk.epoch, BITE_S)
        change = self._past.upcoming(self.walk.changes)
        return updates if change is None else min(updates, int(change[0]) - self.walk.count)
