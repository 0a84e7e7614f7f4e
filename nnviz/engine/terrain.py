"""A loss over the plane as a landscape to be looked at from the side: fine heights and slopes.

The heights of a coarse grid are drawn out smoothly to a fine one, with cubic splines through the
known ones (Keys 1981, IEEE Trans. Acoust. 29), once for a surface; where it is looked at from does
not matter yet. What has no height is a hole.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.raster import Singles
from nnviz.engine.vantage import CEILING, GROUND
from nnviz.value import dataclass

FINE = 400
"""How many heights a side a landscape has."""

HOLE = 0.5
"""What is less known than this is a hole."""


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """Heights from 0 to 1 of shape (FINE, FINE), row 0 at the least y, from edge to edge.

    `normals`, of shape (3, FINE, FINE), point away from the ground, in units of the box; `known`
    says where there is a height, None where everywhere.
    """

    heights: Singles
    normals: Singles
    known: Singles | None = None

    @staticmethod
    def of(heights: Floats) -> Terrain:
        """The landscape of heights from 0 to 1 at the cell centers of a domain; NaN is a hole."""
        is_known = np.isfinite(heights)
        known = None
        if not is_known.all():
            known = _drawn_out(is_known.astype(np.float32))
            heights = _filled(heights, is_known)
        fine = np.clip(_drawn_out(heights.astype(np.float32)), 0, 1)
        return Terrain(fine, _normals(fine), known)

    def at(self, places: Floats) -> Floats:
        """Heights from 0 to 1 at places (…, 2) from -1 to 1, NaN over holes and elsewhere."""
        half = (FINE - 1) / 2
        is_there = np.asarray((np.abs(places) <= 1 + 1e-9).all(axis=-1))
        cells = np.where(is_there[..., None], np.clip((places + 1) * half, 0, FINE - 1.001), 0)
        heights = _between(self.heights, cells)
        if self.known is not None:
            is_there &= _between(self.known, cells) >= HOLE
        return np.where(is_there, heights, np.nan)


def _between(grid: Singles, cells: Floats) -> Floats:
    """Values between those of a grid, at columns and rows of shape (…, 2)."""
    whole = cells.astype(np.intp)
    column, row = whole[..., 0], whole[..., 1]
    across, up = np.moveaxis(cells - whole, -1, 0)
    low = grid[row, column] * (1 - across) + grid[row, column + 1] * across
    high = grid[row + 1, column] * (1 - across) + grid[row + 1, column + 1] * across
    between: Floats = low * (1 - up) + high * up
    return between


def box_height(heights: Floats) -> Floats:
    """How high above the floor of the box heights from 0 to 1 stand."""
    return GROUND + (CEILING - GROUND) * heights


def _filled(heights: Floats, is_known: NDArray[np.bool_]) -> Floats:
    """Heights with holes filled from their rims inward, as far as a spline reaches."""
    filled, there = np.where(is_known, heights, 0.0), is_known.astype(float)
    for _ in range(2):
        around, count = _neighbors(filled * there), _neighbors(there)
        mean = around / np.maximum(count, 1)
        filled = np.where(there > 0, filled, mean)
        there = np.where((there > 0) | (count > 0), 1.0, 0.0)
    return np.where(there > 0, filled, 1.0)


def _neighbors(values: Floats) -> Floats:
    """The sum of the eight values around each."""
    wide = np.pad(values, 1)
    across = wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
    total: Floats = across[:-2] + across[1:-1] + across[2:] - values
    return total


def _drawn_out(values: Singles) -> Singles:
    """Values at the cell centers on a finer grid from edge to edge."""
    rows, columns = (_spline(side) for side in values.shape)
    return (rows @ values @ columns.T).astype(np.float32, copy=False)


@lru_cache(maxsize=16)
def _spline(cells: int) -> Singles:
    """What each of the known values adds to each of the fine ones, of shape (FINE, cells)."""
    at = np.linspace(-0.5, cells - 0.5, FINE)
    first = np.floor(at).astype(int)
    t = at - first
    shares = (
        ((-0.5 * t + 1.0) * t - 0.5) * t,
        (1.5 * t - 2.5) * t * t + 1.0,
        ((-1.5 * t + 2.0) * t + 0.5) * t,
        (0.5 * t - 0.5) * t * t,
    )
    matrix = np.zeros((FINE, cells))
    rows = np.arange(FINE)
    for offset, share in enumerate(shares, start=-1):
        np.add.at(matrix, (rows, np.clip(first + offset, 0, cells - 1)), share)
    return matrix.astype(np.float32)


def _normals(heights: Singles) -> Singles:
    up, across = np.gradient(heights, np.float32(2 / (FINE - 1)))
    steep = np.float32(CEILING - GROUND)
    normals = np.stack([-steep * across, -steep * up, np.ones_like(heights)])
    normals /= np.sqrt(np.square(normals).sum(axis=0))
    return normals.astype(np.float32)
