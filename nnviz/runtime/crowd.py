"""The swarm that goes along with a race: as fast as it can, and saying which step it shows.

Ten thousand particles take more time than a few racers, so it has a time of its own. It keeps
itself as it was at some steps, the fewer the longer it goes on, and to go back it goes on from the
last of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from time import perf_counter

import numpy as np

from nnviz.engine import kernel
from nnviz.engine.particles import Snapshot, Swarm, scattered
from nnviz.engine.splash import splashed
from nnviz.engine.stepping import FAR, Stepper
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.contest import moves, race_terms
from nnviz.runtime.findings import Bytes, Floats, Glass, SwarmPicture
from nnviz.runtime.frames import Frame
from nnviz.runtime.ground import Ground, surface_key
from nnviz.runtime.pace import Pace

EVERY = 16
"""It is kept as it was at every so many steps, at first."""

ROOM = 80_000_000
"""So many bytes what is kept may take; then every second of it goes."""

LEAST_PACE = 60.0
"""So many steps a second it takes after racers that are faster, unless that takes too long."""

SEED = 7
PART_NUMBERS = 400_000
"""About as many values of single units are worked out, for all of them, before looking up."""

STEP_NUMBERS, FEWEST = 3_000_000, 36
"""On a network a step works out so many values at most, by fewer particles; so many there are."""


class Crowd:
    """A swarm for every racer that is on, all from the same places."""

    def __init__(self) -> None:
        """Nobody is there."""
        self._key: tuple[object, ...] = ()
        self._swarms: list[Swarm] = []
        self._racers: tuple[int, ...] = ()
        self._kept: dict[int, list[Snapshot]] = {}
        self._every = EVERY
        self._part = 1
        self._is_line = self._is_thinned = False
        self._target = 0
        self._pace = Pace(LEAST_PACE, perf_counter())
        self._stepping: Iterator[object] | None = None
        self._glass: Glass | None = None
        self._picture: SwarmPicture | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it is where the racers are."""
        return self._glass is None or not self._swarms or self._step == self._target

    def show(
        self, setup: Setup, frame: Frame, glass: Glass | None, ground: Ground | None
    ) -> SwarmPicture | None:
        """The swarm as far as it is, None where none is wished for.

        Args:
            setup: the experiment made ready.
            frame: the moment to follow.
            glass: through what it is seen, None for not at all.
            ground: what the particles step on, None for nothing yet.
        """
        landscape = setup.experiment.landscape
        is_wished = landscape.crowd != "none" and not landscape.is_whole
        if glass is not None and len(glass.hues) <= max(landscape.running, default=-1):
            glass = None  # It was made for fewer racers than there are now.
        self._glass = glass if is_wished and ground is not None else None
        if self._glass is None or ground is None:
            self._key, self._swarms, self._kept, self._picture = (), [], {}, None
            return None
        stepper = kernel.stepper()
        key = (type(stepper), *_key(setup, frame))
        if key != self._key:  # A better stepper begins anew: to go back leads to the same places.
            self._key = key
            self._begin(setup, frame, ground, stepper)
        self._aim(frame.race.paths.shape[1] - 1)
        return self._painted()

    def follow(self, until: float, latest: float | None = None) -> SwarmPicture | None:
        """Go after the racers until a time; the picture if there is another.

        Args:
            until: when to stop, by `perf_counter`.
            latest: when to stop where it would fall below the least pace otherwise.
        """
        begun, enough = self._step, self._step + self._pace.due(perf_counter())
        latest = until if latest is None else latest
        while not self.is_settled and perf_counter() < (until, latest)[self._step < enough]:
            self._go_on()
        self._pace.spend(self._step - begun)
        return self._painted() if self._step != begun else None

    def finish(self) -> SwarmPicture | None:
        """The picture once it is where the racers are, however long that takes."""
        self.follow(np.inf)
        return self._painted()

    def _begin(self, setup: Setup, frame: Frame, ground: Ground, stepper: Stepper) -> None:
        landscape = setup.experiment.landscape
        terms = race_terms(setup, frame.anchor, frame.laid, frame.race.began)
        seed = SEED if landscape.crowd == "random" else None
        count = landscape.particles
        if ground.numbers > 1:
            paid = STEP_NUMBERS // (ground.numbers * max(len(landscape.running), 1))
            count = min(count, max(paid, FEWEST))
        self._is_thinned = count < landscape.particles
        starts = scattered(terms.field.domain, count, seed=seed)
        if terms.field.line and seed is None:  # A grid would have few places along the line.
            starts[:, 0] = np.linspace(*terms.field.domain[:2], len(starts))
        self._is_line = terms.field.line
        self._racers = landscape.running
        self._swarms = [
            Swarm(terms, landscape.racers[place].optimizer, starts, stepper)
            for place in self._racers
        ]
        self._part = max(PART_NUMBERS // (ground.numbers * max(len(self._swarms), 1)), 1)
        self._kept, self._every = {}, EVERY
        self._stepping = self._picture = None
        self._keep()

    def _aim(self, target: int) -> None:
        """Have another step to come to; to go back, begin at the last step that is kept."""
        self._target = target
        if self._swarms and target < self._step:
            self._stepping = None
            step = max(each for each in self._kept if each <= target)
            for swarm, snapshot in zip(self._swarms, self._kept[step], strict=True):
                swarm.restore(snapshot)

    def _go_on(self) -> None:
        """Take a part of a step; it counts for all at once, after the last part."""
        if self._stepping is None:
            self._stepping = zip_longest(*(each.stepping(self._part) for each in self._swarms))
        if next(self._stepping, None) is None:
            self._stepping = None
            if self._step % self._every == 0:
                self._keep()

    @property
    def _step(self) -> int:
        """How many steps all have taken."""
        return self._swarms[0].steps if self._swarms else 0

    def _keep(self) -> None:
        self._kept[self._step] = [each.snapshot for each in self._swarms]
        while len(self._kept) > 2 and self._size > ROOM:
            self._every *= 2
            self._kept = {
                step: kept for step, kept in self._kept.items() if step % self._every == 0
            }

    @property
    def _size(self) -> int:
        return len(self._kept) * sum(each.size for each in self._kept[0])

    def _painted(self) -> SwarmPicture | None:
        """The swarm as it is now, drawn only if it, or what it is seen through, is another."""
        glass, last = self._glass, self._picture
        if glass is None:
            return None
        is_late = self._step != self._target
        if last is not None and last.step == self._step and last.glass is glass:
            if last.is_late != is_late:
                self._picture = replace(last, is_late=is_late)
            return self._picture
        places = tuple(each.places for each in self._swarms)
        self._picture = SwarmPicture(
            rgba=self._splashed(glass, places),
            glass=glass,
            step=self._step,
            racers=self._racers,
            places=places,
            lost=tuple(int(each.diverged.sum()) for each in self._swarms),
            is_late=is_late,
            is_thinned=self._is_thinned,
        )
        return self._picture

    def _splashed(self, glass: Glass, swarms: tuple[Floats, ...]) -> Bytes:
        """All in one picture; of a line a row for each swarm, the first at the top."""
        colors = np.array([glass.hues[place] for place in self._racers]).reshape(-1, 3)
        if not self._is_line:
            return splashed(swarms, colors, glass.domain, (glass.columns, glass.rows))
        x0, x1, *_ = glass.domain
        everywhere = x0, x1, -FAR, FAR
        rows = [
            splashed([places], colors[[row]], everywhere, (glass.columns, 1))
            for row, places in enumerate(swarms)
        ]
        return np.concatenate(rows[::-1]) if rows else np.zeros((1, glass.columns, 4), np.uint8)


def _key(setup: Setup, frame: Frame) -> tuple[object, ...]:
    landscape = setup.experiment.landscape
    running = tuple((place, landscape.racers[place].optimizer) for place in landscape.running)
    began = frame.race.began if moves(setup) else 0
    how = landscape.noise, landscape.schedule, landscape.crowd, landscape.particles
    network = (frame.run,) if landscape.surface == NETWORK_SURFACE else ()
    return (*surface_key(setup, frame.anchor, frame.laid), running, began, *how, *network)
