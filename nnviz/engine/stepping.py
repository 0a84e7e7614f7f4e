"""How the particles of a swarm take a step: in NumPy, or compiled.

Both work the same rule on the same slopes; where a product and a sum are rounded once instead of
twice, the last digit may differ.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Field
from nnviz.engine.optimizers import Optimizer

FAR = 1e6
"""Beyond this coordinate a particle counts as lost."""

PART = 10_000
"""So many particles take a step in NumPy at a stretch: what they need stays near the processor."""


class Room(NamedTuple):
    """Where particles are and what they know: places and slopes (2, n), memory (slots, 2, n).

    `losses` of shape (n,) and the slopes are those of the places; `lost`, of the same shape, says
    who left the finite numbers and stays where it was last.
    """

    places: Floats
    slopes: Floats
    memory: Floats
    losses: Floats
    lost: NDArray[np.bool_]

    def part(self, begin: int, size: int) -> Room:
        """The room of so many particles from one on: in the same memory."""
        if size >= self.losses.size:
            return self
        return Room._make(each[..., begin : begin + size] for each in self)

    def like(self) -> Room:
        """Another one for as many."""
        return Room._make(np.empty_like(each) for each in self)

    @property
    def is_plain(self) -> bool:
        """Whether the numbers of every array lie side by side, as compiled rules need them."""
        return all(each.flags.c_contiguous for each in self)


class Update(NamedTuple):
    """A step of particles, but for where they are.

    It is step `t` by the rule of an optimizer, 1 for the first, and leads on to a field. `noise`,
    of shape (2, 1), is added to their slopes; `rate` is the learning rate, of shape () or (n,) for
    a rate each.
    """

    optimizer: Optimizer
    field: Field
    t: int
    noise: Floats
    rate: Floats

    @property
    def hyperparameters(self) -> tuple[Any, ...]:
        """The numbers of the optimizer with the rate of this step."""
        return (self.rate, *self.optimizer.hyperparameters[1:])


class Stepper(Protocol):
    """Moves particles."""

    most: int
    """So many at a stretch."""

    def step(self, update: Update, now: Room, after: Room) -> None:
        """Take a step from one room into another; who gets lost stays where it was."""
        ...

    def look(self, field: Field, room: Room) -> None:
        """Find losses and slopes where the particles of a room are."""
        ...


class NumpyStepper:
    """In NumPy, for any field and any rate."""

    most = PART

    def step(self, update: Update, now: Room, after: Room) -> None:
        """Take a step; see `Stepper.step`."""
        grad, t = now.slopes + update.noise, float(update.t)
        rule, k = update.optimizer.rule, update.hyperparameters
        after.places[:], kept = rule(now.places, grad, tuple(now.memory), t, k)
        for slot, values in enumerate(kept):
            after.memory[slot] = values
        self.look(update.field, after)
        after.lost[:] = now.lost
        if not (np.abs(after.places).max(initial=0.0) <= FAR and np.isfinite(after.losses.sum())):
            near = (np.abs(after.places) <= FAR).all(axis=0)
            after.lost[:] |= ~(near & np.isfinite(after.losses))
        if after.lost.any():
            np.copyto(after.places, now.places, where=after.lost)

    def look(self, field: Field, room: Room) -> None:
        """Find losses and slopes; see `Stepper.look`."""
        room.losses[:], slopes = field.value_and_gradient(room.places.T)
        room.slopes[:] = slopes.T
