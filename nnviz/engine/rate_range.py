"""At which rates an optimizer creeps, comes down or flies off: it races against itself.

One racer for each rate, all at once: a rule is elementwise, so the rate may be an array too.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Field
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import Constant, Schedule
from nnviz.engine.stepping import FAR
from nnviz.engine.swarm import Noise
from nnviz.engine.tempo import Tempo
from nnviz.value import dataclass

SLOW, STABLE, DIVERGENT = 0, 1, 2
ZONES = ("slow", "stable", "divergent")

ENOUGH = 0.5
"""A rate is slow that comes down less than this share of the way of the best one."""


@dataclass(frozen=True, slots=True, eq=False)
class RateRange:
    """The loss after a race of some steps at each rate, both of shape (rates,), rates rising.

    What left the finite numbers has an infinite loss; `first` is the loss at the start.
    """

    rates: Floats
    losses: Floats
    first: float
    steps: int

    @property
    def zones(self) -> NDArray[np.int64]:
        """SLOW, STABLE or DIVERGENT for each rate.

        Divergent is what ends above its start, slow what has not come down far and would by a
        higher rate.
        """
        down = self.first - self.losses
        best = int(np.argmax(down))
        zones = np.full(len(self.rates), STABLE)
        zones[(down < ENOUGH * down[best]) & (np.arange(len(down)) < best)] = SLOW
        zones[~(down >= 0.0)] = DIVERGENT
        return zones

    @property
    def best(self) -> float:
        """The rate that ends lowest."""
        return float(self.rates[int(np.argmin(self.losses))])


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """What is raced: from where, how far, with which noise, and under which schedule."""

    field: Field
    start: ArrayLike
    steps: int
    noise: Noise | None = None
    schedule: Schedule = Constant()


def rate_range(heat: Heat, optimizer: Optimizer, rates: Floats) -> RateRange:
    """The losses at the end of a race, at rates of shape (rates,)."""
    *_, whole = rate_ranges(heat, optimizer, rates, every=heat.steps)
    if whole is None:
        raise AssertionError("the last of them is whole")
    return whole


def rate_ranges(
    heat: Heat, optimizer: Optimizer, rates: Floats, every: int
) -> Iterator[RateRange | None]:
    """The same in bites: None after every so many steps until it is whole."""
    count = len(rates)
    points = np.array(np.broadcast_to(np.asarray(heat.start, dtype=float), (count, 2)))
    memory = tuple(np.zeros((optimizer.slots, count, 2)))
    tempo, numbers = Tempo(heat.schedule, count), optimizer.hyperparameters[1:]
    with np.errstate(all="ignore"):
        losses, slopes = heat.field.value_and_gradient(points)
    first, lost = float(losses[0]), np.zeros(count, dtype=np.bool_)
    for step in range(1, heat.steps + 1):
        with np.errstate(all="ignore"):
            if heat.noise is not None:
                slopes = slopes + heat.noise.at(step)
            now = (rates * tempo.factors(step))[:, None]
            points, memory = optimizer.rule(points, slopes, memory, step, (now, *numbers))  # type: ignore[arg-type]
            losses, slopes = heat.field.value_and_gradient(points)
        tempo.see(losses)
        lost |= ~((np.abs(points) <= FAR).all(axis=-1) & np.isfinite(losses))
        if step % every == 0 and step < heat.steps:
            yield None
    yield RateRange(rates, np.where(lost, inf, losses), first, heat.steps)
