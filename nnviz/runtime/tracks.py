"""Where a run and its rivals are in the space of weights, and on the plane that is drawn of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.plane import Plane
from nnviz.value import dataclass

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Track:
    """The way of a run through the space of its weights, thinned evenly.

    `epochs` has shape (n,) and rises, `thetas` (n, parameters); n is at most 256.
    """

    epochs: Floats
    thetas: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A plane that was laid through a run, and the part of it in which the run is seen."""

    plane: Plane
    domain: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The run and its rivals over the drawn cut of the network's loss, a row for each.

    `paths`, of shape (rows, n, 3), holds x, y and the true loss of every moment; the last is that
    of the picture. Between moments of a thinned past lie straight lines. `epochs`, of shape (n,),
    says when; an update within an epoch is a part of one. `runs` says whose row it is: 0 for the
    main run, 1 for the first rival. x and y are the nearest place of the cut, where the surface
    has another loss than the network: `heights`, of shape (rows,), are those of the surface at the
    last places, so that a drop line leads from `paths[:, -1, 2]` to `heights`.
    """

    paths: Floats
    epochs: Floats
    runs: tuple[int, ...]
    heights: Floats
    diverged: tuple[bool, ...]

    @property
    def losses(self) -> Floats:
        """The true losses of the moment, of shape (rows,)."""
        losses: Floats = self.paths[:, -1, 2]
        return losses

    @property
    def off(self) -> Floats:
        """By how much they are above the surface, of shape (rows,); NaN beyond all numbers."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.losses - self.heights
