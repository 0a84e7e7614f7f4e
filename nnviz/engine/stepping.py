"""How the particles of a swarm take a step: in NumPy, or compiled.

Both work the same rule on the same slopes; where a product and a sum are rounded once instead of
twice, the last digit may differ. The compiled way needs plain arrays and a surface known by a
rule; everything else is left to NumPy.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Field
from nnviz.engine.optimizers import Optimizer
from nnviz.value import dataclass

PART = 10_000
"""So many particles take a step in NumPy at a stretch: what they need stays near the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Where particles are and what they know: places and slopes (2, n), memory (slots, 2, n).

    `losses` of shape (n,) and the slopes are those of the places.
    """

    places: Floats
    slopes: Floats
    memory: Floats
    losses: Floats

    def part(self, which: Any) -> Room:  # noqa: ANN401 - any index of particles
        """The room of some of the particles: what is picked by a slice is the same memory."""
        return Room(*(each[..., which] for each in self.arrays))

    def like(self) -> Room:
        """Another one for as many."""
        return Room(*(np.empty_like(each) for each in self.arrays))

    @property
    def is_plain(self) -> bool:
        """Whether the numbers of every array lie side by side, as compiled rules need them."""
        return all(each.flags.c_contiguous for each in self.arrays)

    @property
    def arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        """All that is in it."""
        return self.places, self.slopes, self.memory, self.losses


class Stepper(Protocol):
    """Moves particles."""

    most: int
    """So many at a stretch."""

    def move(  # noqa: PLR0913 - all that a rule is given
        self, optimizer: Optimizer, now: Room, after: Room, noise: Floats, t: int, rate: Floats
    ) -> None:
        """Take step t from one room into another: places and memory.

        Args:
            optimizer: whose rule it is.
            now: where they are.
            after: where they come to.
            noise: what is added to their slopes, of shape (2, 1).
            t: the number of the step, 1 for the first.
            rate: the learning rate, of shape () or (n,) for a rate each.
        """
        ...

    def look(self, field: Field, room: Room) -> None:
        """Find losses and slopes where the particles of a room are."""
        ...


class NumpyStepper:
    """In NumPy, for any field and any rate."""

    most = PART

    def move(  # noqa: PLR0913 - see Stepper
        self, optimizer: Optimizer, now: Room, after: Room, noise: Floats, t: int, rate: Floats
    ) -> None:
        """Take a step; see `Stepper.move`."""
        k: Any = (rate, *optimizer.hyperparameters[1:])
        grad = now.slopes + noise
        moved, kept = optimizer.rule(now.places, grad, tuple(now.memory), float(t), k)
        after.places[:] = moved
        for slot, values in enumerate(kept):
            after.memory[slot] = values

    def look(self, field: Field, room: Room) -> None:
        """Find losses and slopes; see `Stepper.look`."""
        room.losses[:], slopes = field.value_and_gradient(room.places.T)
        room.slopes[:] = slopes.T
