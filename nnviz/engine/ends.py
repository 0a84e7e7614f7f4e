"""Where an optimizer ends on a surface whose minima nobody knows, start by start.

Every start of a grid is followed for a number of steps. Ends that lie close together are one end:
the place with the most neighbors is the first, and whoever is near belongs to it, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnviz.engine.basins import GONE, NOWHERE, Grid, nearest
from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.particles import Terms

SAME = 0.05
"""Ends closer than this share of the picture, along both axes, are the same."""

MOST_ENDS = 40
FEWEST = 2
"""So many starts at least make an end; one that is alone with its own is nowhere in particular."""


def ends_among(places: Floats, reach: Floats) -> Floats:
    """The ends of places (2, n), of shape (m, 2), those of the most places first."""
    points = (places / reach[:, None]).T
    found: list[Floats] = []
    while len(points) and len(found) < MOST_ENDS:
        near = np.linalg.norm(points[:, None] - points, axis=-1) <= 1.0
        best = int(near.sum(axis=1).argmax())
        if near[best].sum() < FEWEST:
            break
        center = points[near[best]].mean(axis=0)
        found.append(center * reach)
        points = points[~near[best] & (np.linalg.norm(points - center, axis=1) > 1.0)]
    return np.array(found).reshape(-1, 2)


class Ends(Grid):
    """A grid of starts, each followed for the same number of steps to an end among `minima`."""

    def __init__(
        self, terms: Terms, optimizer: Optimizer, cells: int, minima: Floats | None = None
    ) -> None:
        """Line up a particle in the middle of every cell of the field's domain.

        Args:
            terms: what they race on.
            optimizer: under what.
            cells: the side of the grid.
            minima: the ends, of shape (m, 2), None to find them.
        """
        super().__init__(terms, optimizer, cells)
        self._minima, self._reach = minima, reach_of_ends(terms.field.domain)

    @property
    def minima(self) -> Floats:
        """The ends, of shape (m, 2); none while they are not found."""
        return np.empty((0, 2)) if self._minima is None else self._minima

    @property
    def done(self) -> int:
        """How many steps were taken."""
        return self._swarm.steps

    def follow(self, most: int) -> Iterator[None]:
        """Go on for so many steps, a bit at a time; then all ends are known."""
        ways = np.empty((most + 1, 2, self._cells * self._cells))
        ways[0] = self._swarm.places
        while self._swarm.steps < most and not self._swarm.diverged.all():
            for _ in self._swarm.stepping():
                yield
            ways[self._swarm.steps] = self._swarm.places
        self._tell_apart(ways[: self._swarm.steps + 1])

    def _tell_apart(self, ways: Floats) -> None:
        lost = self._swarm.diverged
        if self._minima is None:
            self._minima = ends_among(ways[-1][:, ~lost], self._reach)
        best, far = nearest(ways[-1], self._minima, self._reach)
        self._ends = np.where(lost, GONE, np.where(far <= 1.0, best, NOWHERE))
        there = self._ends >= 0
        if there.any():
            off = (ways - self._minima[best].T) / self._reach[:, None]
            is_off = np.hypot(off[:, 0], off[:, 1]) > 1.0
            since = len(ways) - is_off[::-1].argmax(axis=0)
            self._steps[there] = np.where(is_off.any(axis=0), since, 0)[there]


def reach_of_ends(domain: Domain) -> Floats:
    """How close along x and along y ends are the same, of shape (2,)."""
    x_min, x_max, y_min, y_max = domain
    return SAME * np.array([x_max - x_min, y_max - y_min])
