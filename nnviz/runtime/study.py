"""What is known of one racer's learning rate: its limit where the racer is, and all other rates.

The limit follows the racer from picture to picture. For the rates the optimizer races against
itself; that is done in bites while there is time, at few rates first and then at more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import nan
from time import perf_counter

import numpy as np

from nnviz.engine.field import Field, Surface, hessian
from nnviz.engine.optimizers import RATE_RANGE, Optimizer
from nnviz.engine.rate_range import Heat, RateRange, rate_ranges
from nnviz.engine.stability import steepest_bend
from nnviz.engine.swarm import Noise
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.findings import Studied
from nnviz.runtime.frames import Floats, Frame, Wishes
from nnviz.runtime.ground import Ground, race_starts, surface_key

SPAN = 200
"""So many steps long is the race at each rate."""

BITE = 5
"""So many of them are taken at a stretch."""

PARTS = (2, 5, 10)
"""Rates to a power of ten: the first picture of them, and finer ones."""


class Study:
    """Keeps what is known, and finds out more."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._heat: Heat
        self._optimizer: Optimizer
        self._rates: RateRange | None = None
        self._growing: Iterator[RateRange | None] = iter(())
        self._left = 0
        self._studied: Studied | None = None

    def show(
        self, setup: Setup, frame: Frame, wishes: Wishes, ground: Ground | None
    ) -> Studied | None:
        """What is known of the racer that is wished for; None if nobody is, or it has left."""
        landscape = setup.experiment.landscape
        place = wishes.studied
        if place is None or place >= len(landscape.racers) or ground is None or landscape.is_whole:
            if self._left:
                self._key = ()
            self._left, self._studied = 0, None
            return None
        self._begin(setup, frame, place, ground.field)
        self._studied = Studied(place, _bend(frame, place, ground.field), self._rates)
        return self._studied

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to find out."""
        return self._left == 0

    def follow(self, until: float) -> Studied | None:
        """Take bites until a moment of `perf_counter`; what is known if there is something new."""
        left = self._left
        while self._left:
            found = next(self._growing)
            if found is not None:
                self._rates, self._left = found, self._left - 1
                self._grow()
            if perf_counter() >= until:
                break
        if self._left == left or self._studied is None:
            return None
        self._studied = replace(self._studied, rates=self._rates)
        return self._studied

    def _begin(self, setup: Setup, frame: Frame, place: int, field: Field) -> None:
        """Begin anew where it is another race."""
        landscape = setup.experiment.landscape
        optimizer = landscape.racers[place].optimizer
        alike = replace(optimizer, rate=RATE_RANGE[0])
        starts = race_starts(setup, frame.anchor, frame.laid)
        how = alike, landscape.noise, landscape.schedule, starts[0].tobytes()
        key = (*surface_key(setup, frame.anchor, frame.laid), *how)
        if key == self._key:
            return
        is_noisy = landscape.noise > 0.0 and landscape.surface != NETWORK_SURFACE
        noise = Noise(landscape.noise) if is_noisy else None
        self._key, self._rates, self._left = key, None, len(PARTS)
        self._heat = Heat(field, starts[0], SPAN, noise, landscape.schedule)
        self._optimizer = alike
        self._grow()

    def _grow(self) -> None:
        if self._left:
            rates = rates_of(PARTS[-self._left])
            self._growing = rate_ranges(self._heat, self._optimizer, rates, BITE)


def rates_of(parts: int) -> Floats:
    """The rates from the least to the greatest, so many to each power of ten and the last one."""
    decades = round(np.log10(RATE_RANGE[1] / RATE_RANGE[0]))
    return np.geomspace(*RATE_RANGE, decades * parts + 1)


def _bend(frame: Frame, place: int, field: Field) -> float:
    """The largest curvature where a racer is, if it is anywhere."""
    race = frame.race
    if place not in race.racers:
        return nan
    row = race.racers.index(place)
    if race.diverged[row]:
        return nan
    point = race.paths[row, -1, :2]
    bends = field.hessian(point) if isinstance(field, Surface) else hessian(field, point)
    return steepest_bend(bends)
