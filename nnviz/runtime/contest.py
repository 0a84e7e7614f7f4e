"""The race that runs in step with a run, a step an epoch."""

from __future__ import annotations

from functools import partial

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Field
from nnviz.engine.particles import Terms
from nnviz.engine.swarm import Moment, Noise, Race
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.frames import RaceFrame
from nnviz.runtime.ground import race_field, race_starts, surface_key
from nnviz.runtime.tracks import Laid


class Contest:
    """One race at a time, begun anew when what it depends on is another."""

    def __init__(
        self, setup: Setup, anchor: Floats, laid: Laid | None, epoch: int, most: int
    ) -> None:
        """Stand at the start of a race of at most so many steps; see `ground` for the cut."""
        landscape = setup.experiment.landscape
        self.began, self._most = epoch, 0 if landscape.is_whole else most
        self._key = _key(setup, anchor, laid)
        self._alone, self._alone_at = 0, epoch
        self._known: tuple[int, tuple[Moment, ...]] | None = None
        starts = race_starts(setup, anchor, laid)
        running = () if landscape.is_whole else landscape.running
        self._racers = tuple(place for place in running for _ in starts)
        optimizers = [landscape.racers[place].optimizer for place in self._racers]
        places = np.tile(starts, (len(running), 1))
        terms = race_terms(setup, anchor, laid, epoch)
        self._race = Race(
            terms.field, optimizers, places, terms.noise, terms.moving, terms.schedule
        )

    def fits(self, setup: Setup, anchor: Floats, laid: Laid | None) -> bool:
        """Whether the race is the one that a setup wants."""
        return self._key == _key(setup, anchor, laid)

    def follow(self, epoch: int) -> None:
        """Take the steps that are missing up to an epoch."""
        missing = self._steps(epoch) - self._race.steps
        if missing > 0:
            self._race.advance(missing)

    def go_on_alone(self, epoch: int, steps: int) -> bool:
        """Take steps beyond an epoch at which the run stays, or back; whether there are more."""
        if epoch != self._alone_at:
            self._alone, self._alone_at = 0, epoch
        most = self._most - self._steps(epoch) + self._alone
        self._alone = min(max(self._alone + steps, 0), most)
        self.follow(epoch)
        return self._alone < most

    def frame(self, epoch: int, *, inside: bool = False) -> RaceFrame:
        """The race as it stood at an epoch, with the inner state of the racers if wished."""
        step = self._steps(epoch)
        return RaceFrame(
            self._race.paths[:, : step + 1],
            self._race.diverged,
            self._racers,
            self.began,
            self._moments(step) if inside else (),
            self._alone if epoch == self._alone_at else 0,
        )

    def _moments(self, step: int) -> tuple[Moment, ...]:
        """The updates after so many steps: the same values as long as nobody steps."""
        if self._known is None or self._known[0] != step:
            rows = range(len(self._racers))
            self._known = step, tuple(self._race.moment(row, step) for row in rows)
        return self._known[1]

    def _steps(self, epoch: int) -> int:
        alone = self._alone if epoch == self._alone_at else 0
        return max(min(epoch - self.began + alone, self._most), 0)


def race_terms(setup: Setup, anchor: Floats, laid: Laid | None, began: int) -> Terms:
    """What is the same for all racers of an experiment whose race began at an epoch."""
    landscape = setup.experiment.landscape
    is_noisy = landscape.noise > 0.0 and landscape.surface != NETWORK_SURFACE
    return Terms(
        field=race_field(setup, anchor, laid, (began, 0)),
        noise=Noise(landscape.noise) if is_noisy else None,
        moving=partial(_next_batch, setup, anchor, laid, began) if moves(setup) else None,
        schedule=landscape.schedule,
    )


def moves(setup: Setup) -> bool:
    """Whether what they race on is another one in every step."""
    landscape = setup.experiment.landscape
    return landscape.surface == NETWORK_SURFACE and landscape.loss == "batch"


def _next_batch(setup: Setup, anchor: Floats, laid: Laid | None, began: int, step: int) -> Field:
    """What racers step on after so many steps: the loss over the first batch of that epoch."""
    return race_field(setup, anchor, laid, (began + step, 0))


def _key(setup: Setup, anchor: Floats, laid: Laid | None) -> tuple[object, ...]:
    landscape = setup.experiment.landscape
    running = tuple((place, landscape.racers[place].optimizer) for place in landscape.running)
    how = landscape.starts, running, landscape.noise, landscape.schedule, landscape.is_whole
    return (*surface_key(setup, anchor, laid), *how)
