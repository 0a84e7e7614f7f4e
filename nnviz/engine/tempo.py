"""A schedule over a race: by how much each racer's rate is multiplied, step by step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.schedules import Schedule, Watch, Watches


class Tempo:
    """Follows a schedule beside a number of racers; a step stands for an epoch."""

    def __init__(self, schedule: Schedule, racers: int) -> None:
        """Stand before the first step."""
        self._schedule = schedule
        none = np.zeros(racers, np.int64)
        self.seen: Watches = np.full(racers, np.inf), none, none
        """What each has seen of its loss: whole values, to be kept and put back."""

    def factors(self, step: int) -> Floats:
        """The share of its rate that every racer takes in a step, 1 for the first: (racers,)."""
        _, _, cuts = self.seen
        factors = [self._schedule.cut(Watch(cuts=each)) for each in range(cuts.max(initial=0) + 1)]
        share: Floats = self._schedule.share(np.array(float(step - 1))) * np.array(factors)[cuts]
        return share

    def see(self, losses: Floats) -> None:
        """Take note of where a step has led, losses of shape (racers,)."""
        if self._schedule.looks:
            self.seen = self._schedule.watch_each(self.seen, losses)

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Go on with some of the racers only, kept of shape (racers,)."""
        best, waited, cuts = self.seen
        self.seen = best[kept], waited[kept], cuts[kept]
