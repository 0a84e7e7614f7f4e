"""Basins of attraction: in which minimum an optimizer ends, start by start, and how soon.

A particle has arrived at the step from which on it stays close to one minimum. Who has stayed long
enough is settled and goes on no more, so that the rest is soon fewer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.engine import kernel
from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.particles import Swarm, Terms, scattered

Whole = NDArray[np.int64]

NEAR = 0.02
"""Closer to a minimum than this share of the picture, along both axes, a particle is there."""

HOLD = 60
"""After so many steps there it is settled."""

STILL = 1e-4
"""Who moves less than this share of that distance in so many steps has come to rest."""

ON_THE_WAY, NOWHERE, GONE = -1, -2, -3
"""Ends that are no minimum: not yet known, none within the steps there are, left for good."""


def reach_of(domain: Domain) -> Floats:
    """How close along x and along y counts as there, of shape (2,)."""
    x_min, x_max, y_min, y_max = domain
    return NEAR * np.array([x_max - x_min, y_max - y_min])


def nearest(places: Floats, minima: Floats, reach: Floats) -> tuple[Whole, Floats]:
    """The nearest of minima (m, 2) to places (2, n), and how far it is in units of the reach."""
    best, least = np.zeros(places.shape[1], dtype=np.int64), np.full(places.shape[1], np.inf)
    for number, (x, y) in enumerate(minima.tolist()):
        far = np.hypot((places[0] - x) / reach[0], (places[1] - y) / reach[1])
        is_nearer = far < least
        np.copyto(best, number, where=is_nearer)
        np.copyto(least, far, where=is_nearer)
    return best, least


class Grid:
    """A particle in the middle of every cell of a domain, and where each of them ends.

    `ends`, of shape (cells, cells) with row 0 at the least y, says in which minimum a start ends,
    by its number, or ON_THE_WAY, NOWHERE or GONE; `steps`, of the same shape, after how many steps
    it is there, and is 0 elsewhere.
    """

    def __init__(self, terms: Terms, optimizer: Optimizer, cells: int) -> None:
        """Line up the particles of an optimizer; the grid has a side of so many cells."""
        self._cells = cells
        starts = scattered(terms.field.domain, cells * cells)
        self._swarm = Swarm(terms, optimizer, starts, kernel.stepper())
        self._ends = np.full(cells * cells, ON_THE_WAY)
        self._steps = np.zeros(cells * cells, dtype=np.int64)

    @property
    def ends(self) -> Whole:
        """In which minimum every start ends: a copy."""
        return self._ends.reshape(self._cells, self._cells).copy()

    @property
    def steps(self) -> Whole:
        """After how many steps every start that ends in a minimum is there: a copy."""
        return self._steps.reshape(self._cells, self._cells).copy()


class Basins(Grid):
    """A grid of starts, each followed to the minimum that it ends in."""

    def __init__(self, terms: Terms, optimizer: Optimizer, minima: Floats, cells: int) -> None:
        """Line up particles over the field's domain, whose minima are of shape (m, 2)."""
        super().__init__(terms, optimizer, cells)
        self._minima, self._reach = minima, reach_of(terms.field.domain)
        self._who = np.arange(cells * cells)
        self._at = np.full(cells * cells, NOWHERE)
        self._since = np.zeros(cells * cells, dtype=np.int64)
        self._left_behind = self._swarm.places
        self._look()

    @property
    def is_known(self) -> bool:
        """Whether the end of every start is known."""
        return not self._who.size

    def follow(self, most: int) -> Iterator[None]:
        """Go on up to so many steps, a bit at a time, until every end is known."""
        while self._who.size and self._swarm.steps < most and len(self._minima):
            for _ in self._swarm.stepping():
                yield
            self._look()
            if self._swarm.steps % HOLD == 0:
                self._leave_resting()
        there = self._at >= 0
        self._note(there)
        self._ends[self._who[~there]] = NOWHERE
        self._who = self._who[:0]

    def _look(self) -> None:
        """See who is where; who is settled, or gone, is not followed any more."""
        step, lost = self._swarm.steps, self._swarm.diverged
        best, far = nearest(self._swarm.places, self._minima, self._reach)
        at = np.where(far <= 1.0, best, NOWHERE)
        self._since = np.where(at == self._at, self._since, step)
        self._at = at
        is_settled = (at >= 0) & (step - self._since >= HOLD)
        if not (is_settled | lost).any():
            return
        self._note(is_settled & ~lost)
        self._ends[self._who[lost]] = GONE
        self._go_on_with(~(is_settled | lost))

    def _leave_resting(self) -> None:
        """Who has come to rest elsewhere ends in no minimum that is known."""
        places = self._swarm.places
        moved = np.abs(places - self._left_behind) / self._reach[:, None]
        rests = (self._at < 0) & (moved.max(axis=0, initial=0.0) < STILL)
        self._ends[self._who[rests]] = NOWHERE
        self._left_behind = places
        self._go_on_with(~rests)

    def _go_on_with(self, kept: NDArray[np.bool_]) -> None:
        if not kept.all():
            self._swarm.keep(kept)
            self._who, self._at, self._since = self._who[kept], self._at[kept], self._since[kept]
            self._left_behind = self._left_behind[:, kept]

    def _note(self, there: NDArray[np.bool_]) -> None:
        self._ends[self._who[there]] = self._at[there]
        self._steps[self._who[there]] = self._since[there]
