"""Planes through the space of a network's weights: where the loss around it is looked at.

A network is a point of that space and so can be put on a plane, and every place of a plane is a
network again. Three ways to lay one: along one or two parameters, along random directions, and
along the way that a run has gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network
from nnviz.value import dataclass

FEWEST = 3
"""So many moments of a run span a plane."""

FLAT = 1e-12
"""A run of whose squares less than this share lies beside one line goes along that line."""

FARTHEST = 1e100
"""Numbers whose squares, and sums of them, are still numbers."""

TINY = 1e-9
"""A direction that is shorter than this share of another counts as none."""


@dataclass(frozen=True, eq=False)
class Plane:
    """Two directions from an origin: (x, y) stands for origin + x · across + y · up.

    All three have shape (parameters,). Along a line `up` is zero, and y means nothing. `shares`
    are those of the variance of a run that lie along its principal components.
    """

    origin: Floats
    across: Floats
    up: Floats
    shares: tuple[float, float] | None = None

    @property
    def is_line(self) -> bool:
        """Whether there is only one direction."""
        return not self.up.any()

    def theta(self, points: Floats) -> Floats:
        """The parameters, of shape (…, parameters), that points of shape (…, 2) stand for."""
        thetas: Floats = self.origin + points[..., :1] * self.across
        if not self.is_line:
            thetas += points[..., 1:] * self.up
        return thetas

    def place(self, thetas: Floats) -> Floats:
        """The points, of shape (…, 2), nearest to parameters of shape (…, parameters)."""
        places: Floats = (thetas - self.origin) @ self._onto
        return places

    def along(self, ways: Floats) -> Floats:
        """What of ways of shape (…, parameters) goes along the plane, of shape (…, 2)."""
        parts: Floats = ways @ self._onto
        return parts

    def distance(self, thetas: Floats) -> Floats:
        """How far parameters of shape (…, parameters) are off the plane, of shape (…)."""
        off = thetas - self.theta(self.place(thetas))
        lengths: Floats = np.sqrt((off * off).sum(axis=-1))
        return lengths

    @cached_property
    def _onto(self) -> Floats:
        """What projects onto the plane, of shape (parameters, 2)."""
        return np.linalg.pinv(np.stack([self.across, self.up])).copy()


def plane_along(theta: Floats, places: Sequence[int]) -> Plane:
    """The plane over one or two parameters, all others held: its axes are their very values.

    Args:
        theta: what is held, of shape (parameters,).
        places: one or two different places in theta.
    """
    origin = theta.copy()
    origin[list(places)] = 0.0
    across, *rest = (np.eye(1, theta.size, place)[0] for place in places)
    return Plane(origin, across, rest[0] if rest else np.zeros_like(across))


def random_plane(network: Network, theta: Floats, seed: int, still: Sequence[int] = ()) -> Plane:
    """A plane along two random directions, filter-normalized: Li et al. (2018), arXiv:1712.09913.

    A filter is all that enters a neuron, its weights and its bias together: in either direction it
    is as long as the network's own, so that 1 on an axis means as much everywhere. An alpha that
    is learned is a filter by itself. Within each filter the second direction is at right angles
    to the first (the paper leaves that to chance, which few weights do not do well); a filter
    of one number moves along the first only.

    Args:
        network: whose parameters they are.
        theta: where the plane goes through, of shape (parameters,).
        seed: which pair of directions.
        still: places of theta that do not move, since they are held or cut.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.standard_normal((2, network.size))
    own = theta.copy()
    for each in (own, *drawn):
        each[list(still)] = 0.0
    across, up = np.zeros((2, network.size))
    for places in _filters(network):
        lengths = _length(own[places])
        first = _unit(drawn[0][places])
        second = drawn[1][places]
        second = second - (second * first).sum(axis=-1, keepdims=True) * first
        across[places] = lengths * first
        up[places] = lengths * _unit(second, _length(drawn[1][places]))
    return Plane(theta, across, up)


def principal_plane(thetas: Floats, through: Floats, before: Plane | None = None) -> Plane | None:
    """The plane along which a run went most: the two principal components of its moments.

    Its directions have length 1, so places are distances between weights. They keep the sense and
    the order of a plane before, so that a picture which is made anew does not flip; without one
    the run goes to the right and upwards.

    Args:
        thetas: the moments, of shape (n, parameters).
        through: where the plane goes through, of shape (parameters,).
        before: the plane that was drawn last, if any.

    Returns:
        None where the moments do not span a plane, or are so far off that no square tells them.
    """
    if len(thetas) < FEWEST or not (np.abs(thetas) <= FARTHEST).all():
        return None
    moved = thetas - thetas.mean(axis=0)
    directions, variances = _components(moved)
    total = float((moved * moved).sum())
    if len(variances) < 2 or variances[1] <= FLAT * total:
        return None
    shares = variances[:2] / total
    way = (thetas[-1] - thetas[0], thetas[-1] - thetas[0])
    if before is not None and before.across.size == directions.shape[1]:
        way = (before.across, before.up)
        alike = np.abs(directions @ np.stack(way).T)
        if alike[0, 1] * alike[1, 0] > alike[0, 0] * alike[1, 1]:
            directions, shares = directions[::-1], shares[::-1]
    across, up = (
        each if each @ sense >= 0 else -each for each, sense in zip(directions, way, strict=True)
    )
    return Plane(through, across, up, (float(shares[0]), float(shares[1])))


def _components(moved: Floats) -> tuple[Floats, Floats]:
    """The first two directions, of shape (2, parameters), and the squares along each.

    From the products of the moments with one another, which are few where parameters are many.
    """
    if moved.shape[1] <= moved.shape[0]:
        _, sizes, directions = np.linalg.svd(moved, full_matrices=False)
        return directions[:2], sizes[:2] ** 2
    squares, vectors = np.linalg.eigh(moved @ moved.T)
    first = np.maximum(squares[:-FEWEST:-1], 0.0)
    directions = vectors[:, :-FEWEST:-1].T @ moved
    return _unit(directions), first


def _filters(network: Network) -> Iterator[NDArray[np.intp]]:
    """Places of theta by filter, each of shape (filters, numbers of one)."""
    everything = np.arange(network.size)
    for layer in network.layers(everything):  # type: ignore[arg-type]
        places = np.concatenate([layer.weights, layer.biases[:, None]], axis=1)
        yield places.astype(np.intp)
        if layer.alphas.size:
            yield layer.alphas[:, None].astype(np.intp)


def _length(rows: Floats) -> Floats:
    """The length of each row, of shape (rows, 1), also where its square is beyond measure."""
    most = np.abs(rows).max(axis=-1, keepdims=True, initial=TINY)
    lengths: Floats = most * np.linalg.norm(rows / most, axis=-1, keepdims=True)
    return lengths


def _unit(rows: Floats, of: Floats | None = None) -> Floats:
    """Rows of length 1; those that are next to nothing, compared with `of`, are nothing."""
    lengths = _length(rows)
    least = TINY * (lengths if of is None else of)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > least)
