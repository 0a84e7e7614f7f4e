"""A schedule over a race: by how much each racer's rate is multiplied, step by step."""

from __future__ import annotations

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.schedules import NOTHING_SEEN, Schedule


class Tempo:
    """Follows a schedule beside a number of racers; a step stands for an epoch."""

    def __init__(self, schedule: Schedule, racers: int) -> None:
        """Stand before the first step."""
        self._schedule = schedule
        self._seen = [NOTHING_SEEN] * racers
        self._cuts = np.ones(racers)

    def factors(self, step: int) -> Floats:
        """The share of its rate that every racer takes in a step, 1 for the first: (racers,)."""
        share: Floats = self._schedule.share(np.array(float(step - 1))) * self._cuts
        return share

    def see(self, losses: Floats) -> None:
        """Take note of where a step has led, losses of shape (racers,)."""
        if self._schedule.looks:
            pairs = zip(self._seen, losses.tolist(), strict=True)
            self._seen = [self._schedule.watch(seen, loss) for seen, loss in pairs]
            self._cuts = np.array([self._schedule.cut(seen) for seen in self._seen])
