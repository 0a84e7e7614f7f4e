"""Swarms: thousands of particles under one optimizer, each by itself.

Every particle takes the very steps of a racer. Coordinates lie in rows, x above y, so that a rule
runs over numbers that lie side by side. A step may be taken part by part by whoever has to look up
in between, and a snapshot of a swarm is all that it takes to go on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain, Field
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import Constant, Schedule, Watches
from nnviz.engine.stepping import NumpyStepper, Room, Stepper, Update
from nnviz.engine.swarm import Noise
from nnviz.engine.tempo import Tempo
from nnviz.value import dataclass

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What is the same for all who race.

    `field` is what they race on, `moving` that after so many steps where it is not always the
    same. `noise` is added to every gradient, and `schedule` changes the rates over the steps.
    """

    field: Field
    noise: Noise | None = None
    moving: Callable[[int], Field] | None = None
    schedule: Schedule = Constant()

    def field_at(self, step: int) -> Field:
        """What they race on after so many steps."""
        return self.field if self.moving is None else self.moving(step)

    def noise_at(self, t: int) -> Floats:
        """What is added to gradients in step t, of shape (2, 1)."""
        return np.zeros((2, 1)) if self.noise is None else self.noise.at(t)[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A swarm after so many steps.

    `places` has shape (2, particles), `memory` (slots, 2, particles), `lost` (particles,); `slopes`
    are those of the places, None where nobody has asked yet; `seen` is what a schedule that looks
    at the loss has seen of each, None where there is none.
    """

    step: int
    places: Floats
    memory: Floats
    lost: Bools
    slopes: Floats | None = None
    seen: Watches | None = None

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        arrays = self.places, self.memory, self.lost, self.slopes, *(self.seen or ())
        return sum(each.nbytes for each in arrays if each is not None)


class Swarm:
    """Many particles under one optimizer, each by itself.

    Steps are written into two rooms in turn: large arrays that come and go cost more than the
    steps themselves. Slopes are known once somebody steps: to be scattered costs nothing.
    """

    def __init__(
        self, terms: Terms, optimizer: Optimizer, starts: Floats, stepper: Stepper | None = None
    ) -> None:
        """Scatter particles at starts of shape (particles, 2), moved by NumPy if by nobody else."""
        self._terms, self._optimizer = terms, optimizer
        self._stepper = stepper or NumpyStepper()
        places = np.array(starts.T, dtype=np.float64, order="C")
        lost = np.zeros(places.shape[1], dtype=np.bool_)
        self.restore(Snapshot(0, places, optimizer.remember(places), lost))

    @property
    def places(self) -> Floats:
        """Where the particles are, of shape (2, particles): a copy."""
        return self._now.places.copy()

    @property
    def diverged(self) -> Bools:
        """Which particles are lost, of shape (particles,): they stay where they were last."""
        return self._now.lost.copy()

    @property
    def steps(self) -> int:
        """How many steps every particle has taken."""
        return self._steps

    @property
    def snapshot(self) -> Snapshot:
        """All that it takes to go on from here."""
        now = self._now
        seen = self._tempo.seen if self._terms.schedule.looks else None
        slopes = now.slopes.copy() if self._is_sloped else None
        kept = now.places.copy(), now.memory.copy(), now.lost.copy()
        return Snapshot(self._steps, *kept, slopes, seen)

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot."""
        self._steps, count = snapshot.step, snapshot.lost.size
        self._tempo = Tempo(self._terms.schedule, count if self._terms.schedule.looks else 1)
        if snapshot.seen is not None:
            self._tempo.seen = snapshot.seen
        places, memory = snapshot.places.copy(), snapshot.memory.copy()
        self._is_sloped = snapshot.slopes is not None
        slopes = np.empty_like(places) if snapshot.slopes is None else snapshot.slopes.copy()
        self._now = Room(places, slopes, memory, np.empty(count), snapshot.lost.copy())
        self._next = self._now.like()

    def keep(self, kept: Bools) -> None:
        """Go on with some of the particles only, kept of shape (particles,)."""
        if self._terms.schedule.looks:
            self._tempo.keep(kept)
        self._now = Room._make(np.ascontiguousarray(each[..., kept]) for each in self._now)
        self._next = self._now.like()

    def advance(self, steps: int) -> None:
        """Let every particle take some steps."""
        for _ in range(steps):
            for _ in self.stepping():
                pass

    def stepping(self, size: int | None = None) -> Iterator[None]:
        """Take one step, at most so many particles at a stretch; yields after each stretch.

        The step counts once whoever asks goes on after the last of them.
        """
        terms, stepper, t = self._terms, self._stepper, self._steps + 1
        here, ground, noise = terms.field_at(self._steps), terms.field_at(t), terms.noise_at(t)
        rates = self._optimizer.rate * self._tempo.factors(t)
        size = min(size or stepper.most, stepper.most)
        for begin in range(0, self._now.losses.size, size):
            now, after = self._now.part(begin, size), self._next.part(begin, size)
            with np.errstate(all="ignore"):
                if not self._is_sloped:
                    stepper.look(here, now)
                rate = rates[begin : begin + size] if terms.schedule.looks else rates[0]
                stepper.step(Update(self._optimizer, ground, t, noise, rate), now, after)
            yield
        self._now, self._next = self._next, self._now
        self._tempo.see(self._now.losses)
        self._is_sloped = True
        self._steps += 1


def scattered(domain: Domain, count: int, *, seed: int | None = None) -> Floats:
    """Places over a domain, of shape (about count, 2): on a grid, or at random from a seed."""
    x_min, x_max, y_min, y_max = domain
    if seed is not None:
        rng = np.random.default_rng(seed)
        return rng.uniform((x_min, y_min), (x_max, y_max), (count, 2))
    columns = max(int(np.sqrt(count)), 1)
    rows = count // columns
    x = x_min + (np.arange(columns) + 0.5) / columns * (x_max - x_min)
    y = y_min + (np.arange(rows) + 0.5) / rows * (y_max - y_min)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
