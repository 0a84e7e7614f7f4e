"""The race that runs in step with a run, a step an epoch."""

from __future__ import annotations

from nnviz.engine.elementary import Floats
from nnviz.engine.swarm import Noise, Race
from nnviz.experiment.build import Setup
from nnviz.experiment.spec import NETWORK_SURFACE
from nnviz.runtime.frames import RaceFrame
from nnviz.runtime.relief import race_field, race_start, surface_key


class Contest:
    """One race at a time, begun anew when what it depends on is another."""

    def __init__(self, setup: Setup, anchor: Floats, epoch: int, most: int) -> None:
        """Stand at the start of a race of at most so many steps."""
        self.began, self._most = epoch, most
        self._key = _key(setup, anchor)
        landscape = setup.experiment.landscape
        is_noisy = landscape.noise > 0.0 and landscape.surface != NETWORK_SURFACE
        noise = Noise(landscape.noise) if is_noisy else None
        start = race_start(setup, anchor)
        self._race = Race(race_field(setup, anchor), landscape.racers, start, noise)

    def fits(self, setup: Setup, anchor: Floats) -> bool:
        """Whether the race is the one that a setup wants."""
        return self._key == _key(setup, anchor)

    def follow(self, epoch: int) -> None:
        """Take the steps that are missing up to an epoch."""
        missing = self._steps(epoch) - self._race.steps
        if missing > 0:
            self._race.advance(missing)

    def frame(self, epoch: int) -> RaceFrame:
        """The race as it stood at an epoch."""
        paths = self._race.paths[:, : self._steps(epoch) + 1]
        return RaceFrame(paths, self._race.diverged, self.began)

    def _steps(self, epoch: int) -> int:
        return max(min(epoch - self.began, self._most), 0)


def _key(setup: Setup, anchor: Floats) -> tuple[object, ...]:
    landscape = setup.experiment.landscape
    return (*surface_key(setup, anchor), landscape.start, landscape.racers, landscape.noise)
