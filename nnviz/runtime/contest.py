"""The race that runs in step with a run, a step an epoch."""

from __future__ import annotations

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.swarm import Noise, Race
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.frames import RaceFrame
from nnviz.runtime.relief import race_field, race_starts, surface_key


class Contest:
    """One race at a time, begun anew when what it depends on is another."""

    def __init__(self, setup: Setup, anchor: Floats, epoch: int, most: int) -> None:
        """Stand at the start of a race of at most so many steps."""
        self.began, self._most = epoch, most
        self._key = _key(setup, anchor)
        landscape = setup.experiment.landscape
        is_noisy = landscape.noise > 0.0 and landscape.surface != NETWORK_SURFACE
        noise = Noise(landscape.noise) if is_noisy else None
        starts = race_starts(setup, anchor)
        self._racers = tuple(place for place in landscape.running for _ in starts)
        optimizers = [landscape.racers[place].optimizer for place in self._racers]
        places = np.tile(starts, (len(landscape.running), 1))
        self._race = Race(race_field(setup, anchor), optimizers, places, noise)

    def fits(self, setup: Setup, anchor: Floats) -> bool:
        """Whether the race is the one that a setup wants."""
        return self._key == _key(setup, anchor)

    def follow(self, epoch: int) -> None:
        """Take the steps that are missing up to an epoch."""
        missing = self._steps(epoch) - self._race.steps
        if missing > 0:
            self._race.advance(missing)

    def frame(self, epoch: int, *, inside: bool = False) -> RaceFrame:
        """The race as it stood at an epoch, with the inner state of the racers if wished."""
        step = self._steps(epoch)
        rows = range(len(self._racers)) if inside else ()
        return RaceFrame(
            self._race.paths[:, : step + 1],
            self._race.diverged,
            self._racers,
            self.began,
            tuple(self._race.moment(row, step) for row in rows),
        )

    def _steps(self, epoch: int) -> int:
        return max(min(epoch - self.began, self._most), 0)


def _key(setup: Setup, anchor: Floats) -> tuple[object, ...]:
    landscape = setup.experiment.landscape
    running = tuple((place, landscape.racers[place].optimizer) for place in landscape.running)
    return (*surface_key(setup, anchor), landscape.starts, running, landscape.noise)
