"""Optimizers at large on a loss over the plane: a race of several.

Every racer takes the very steps that a network's weights would take: the optimizer's own rule,
with its own memory, from the exact gradient where the particle stands. What leaves the finite
numbers stays where it was last, and is said to have diverged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import Constant, Schedule
from nnviz.engine.stepping import FAR
from nnviz.engine.surfaces import Field
from nnviz.engine.tempo import Tempo
from nnviz.value import dataclass

ROOM = 256


def _is_lost(points: Floats, losses: Floats) -> NDArray[np.bool_]:
    """Which points, of shape (…, 2), are nowhere to be drawn; NaN is lost too."""
    is_near = (np.abs(points) <= FAR).all(axis=-1)
    lost: NDArray[np.bool_] = ~(is_near & np.isfinite(losses))
    return lost


class Noise:
    """What makes the gradients of a test surface as unsteady as those of minibatches.

    In each step all racers get the same, as if they saw the same batch; the same seed gives the
    same noise whatever the number of steps taken at once.
    """

    def __init__(self, size: float, seed: int = 0) -> None:
        """Draw from a seed; `size` is the standard deviation along each axis."""
        self._size, self._seed = size, seed

    def at(self, step: int) -> Floats:
        """What is added to gradients in a step, of shape (2,)."""
        draw: Floats = _draws(self._seed, step // ROOM)[step % ROOM]
        return self._size * draw


@lru_cache(maxsize=8)
def _draws(seed: int, block: int) -> Floats:
    return np.random.default_rng([seed, block]).normal(size=(ROOM, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """All that a racer's next update is made of.

    `point`, `gradient` (its noise included) and `after`, the point that the update leads to, have
    shape (axes,), 2 of them for a racer; `memory` and `kept`, what the optimizer remembers before
    and after it, have shape (slots, axes). `t` is the number of the update, 1 for the first;
    `rate` is its learning rate.
    """

    optimizer: Optimizer
    t: int
    point: Floats
    gradient: Floats
    memory: Floats
    after: Floats
    kept: Floats
    rate: float

    def along(self, axes: Sequence[int]) -> Moment:
        """The same along some of the axes; a rule treats every number by itself."""
        some = list(axes)
        return replace(
            self,
            point=self.point[some],
            gradient=self.gradient[some],
            memory=self.memory[:, some],
            after=self.after[some],
            kept=self.kept[:, some],
        )


class Race:
    """Several optimizers from one start, a step of each at a time.

    The paths grow into buffers with room to spare and are handed out as views of them: what was
    handed out never changes. What the optimizers remember is kept step by step beside them.
    """

    def __init__(  # noqa: PLR0913 - all that a race depends on
        self,
        field: Field,
        optimizers: Sequence[Optimizer],
        start: ArrayLike,
        noise: Noise | None = None,
        moving: Callable[[int], Field] | None = None,
        schedule: Schedule = Constant(),  # noqa: B008 - a frozen value
    ) -> None:
        """Line up one racer for each optimizer.

        Args:
            field: what they race on.
            optimizers: one for each racer; two may be the same.
            start: where they start, of shape (2,), or (racers, 2) for a place each.
            noise: what is added to every gradient, if anything.
            moving: what they race on after so many steps, where it is not always the same.
            schedule: how all rates change over the race, a step of it standing for an epoch.
        """
        self._field, self._moving = field, moving
        self._noise = noise
        self._optimizers = tuple(optimizers)
        racers = len(self._optimizers)
        self._points = np.array(np.broadcast_to(np.asarray(start, dtype=float), (racers, 2)))
        self._settings = [each.hyperparameters for each in self._optimizers]
        self._lost = np.zeros(racers, dtype=np.bool_)
        self._steps = 0
        with np.errstate(all="ignore"):
            losses, self._slopes = self._field_at(0).value_and_gradient(self._points)
        self._path = np.empty((racers, ROOM, 3))
        self._path[:, 0, :2] = self._points
        self._path[:, 0, 2] = losses
        slots = max((each.slots for each in self._optimizers), default=0)
        self._memories = np.zeros((racers, ROOM, slots, 2))
        self._tempo = Tempo(schedule, racers)
        self._shares = np.zeros((racers, ROOM))

    @property
    def steps(self) -> int:
        """How many steps each racer has taken."""
        return self._steps

    @property
    def paths(self) -> Floats:
        """Every place so far, the start included: x, y, loss, of shape (racers, steps + 1, 3)."""
        return self._path[:, : self._steps + 1]

    @property
    def diverged(self) -> tuple[bool, ...]:
        """Which racers left the finite numbers; they repeat their last finite place."""
        return tuple(bool(lost) for lost in self._lost)

    def moment(self, row: int, step: int) -> Moment:
        """The update that a racer made, or would make, after so many steps."""
        optimizer, t = self._optimizers[row], step + 1
        point = self._path[row, step, :2].copy()
        memory = self._memories[row, step, : optimizer.slots].copy()
        shares = self._shares[:, t] if t <= self._steps else self._tempo.factors(t)
        rate = optimizer.rate * float(shares[row])
        with np.errstate(all="ignore"):
            gradient = self._field_at(step).gradient(point) + self._noise_at(t)
            after, kept = optimizer.step(point, gradient, memory, t, rate)
        return Moment(optimizer, t, point, gradient, memory, after, kept, rate)

    def advance(self, steps: int) -> None:
        """Let every racer take some steps."""
        self._make_room(self._steps + steps + 1)
        with np.errstate(all="ignore"):
            for _ in range(steps):
                self._step()

    def _step(self) -> None:
        t = self._steps + 1
        points = self._points.copy()
        noise = self._noise_at(t)
        shares = self._shares[:, t] = self._tempo.factors(t)
        for racer, optimizer in enumerate(self._optimizers):
            if not self._lost[racer]:
                rate, *numbers = self._settings[racer]
                points[racer], kept = optimizer.rule(
                    self._points[racer],
                    self._slopes[racer] + noise,
                    tuple(self._memories[racer, t - 1, : optimizer.slots]),
                    t,
                    (rate * shares[racer], *numbers),
                )
                for slot, values in enumerate(kept):
                    self._memories[racer, t, slot] = values
        losses, slopes = self._field_at(t).value_and_gradient(points)
        lost = _is_lost(points, losses)
        if lost.any():
            self._lost |= lost
            points[lost] = self._points[lost]
            losses[lost] = self._path[lost, self._steps, 2]
        self._points, self._slopes, self._steps = points, slopes, t
        self._path[:, t, :2] = points
        self._path[:, t, 2] = losses
        self._tempo.see(losses)

    def _field_at(self, step: int) -> Field:
        return self._field if self._moving is None else self._moving(step)

    def _noise_at(self, t: int) -> Floats:
        return np.zeros(2) if self._noise is None else self._noise.at(t)

    def _make_room(self, places: int) -> None:
        room = self._path.shape[1]
        if places > room:
            room = max(places, 2 * room)
            self._path = _longer(self._path, room, self._steps + 1)
            self._memories = _longer(self._memories, room, self._steps + 1)
            self._shares = _longer(self._shares, room, self._steps + 1)


def _longer(buffer: Floats, room: int, used: int) -> Floats:
    """A buffer (rows, room, …) with more room and what was used of it."""
    longer = np.zeros((len(buffer), room, *buffer.shape[2:]))
    longer[:, :used] = buffer[:, :used]
    return longer
