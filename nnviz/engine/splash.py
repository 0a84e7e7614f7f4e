"""Thousands of particles as one picture: counted cell by cell, the denser the stronger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain

Bytes = NDArray[np.uint8]

LEAST = 0.66
"""How opaque a cell with a single particle is."""

FULL = 12.0
"""With some times as many particles a cell is opaque."""

_COUNTS = np.arange(1.0, 257.0)
_ALPHAS = 255.0 * (1.0 - (1.0 - LEAST) * np.exp((1.0 - _COUNTS) / FULL))
_ALPHAS = np.concatenate([[0.0], _ALPHAS]).astype(np.float32)


def splashed(
    swarms: Sequence[Floats], colors: NDArray[np.integer], domain: Domain, size: tuple[int, int]
) -> Bytes:
    """Particles over a domain as premultiplied RGBA bytes of shape (rows, columns, 4).

    Where several swarms meet, their colors are mixed by how many of each there are.

    Args:
        swarms: the places of each, of shape (2, particles).
        colors: RGB of each, of shape (swarms, 3).
        domain: x_min, x_max, y_min, y_max; what lies outside is not seen.
        size: columns and rows of cells; row 0 is at the least y.
    """
    columns, rows = size
    rgba = np.zeros((rows * columns, 4), dtype=np.uint8)
    cells = [_cells(places, domain, size) for places in swarms]
    if not cells:
        return rgba.reshape(rows, columns, 4)
    whole, sizes = np.concatenate(cells), [each.size for each in cells]
    counts = np.bincount(whole, minlength=rows * columns)
    filled = np.flatnonzero(counts)
    count = counts[filled]
    alpha = _ALPHAS[np.minimum(count, 256)]
    share = alpha / (255 * count)
    for channel in range(3):
        shades = np.repeat(np.asarray(colors)[:, channel].astype(np.float64), sizes)
        tinted = np.bincount(whole, shades, minlength=rows * columns)[filled]
        rgba[filled, channel] = tinted * share
    rgba[filled, 3] = alpha
    return rgba.reshape(rows, columns, 4)


def _cells(places: Floats, domain: Domain, size: tuple[int, int]) -> NDArray[np.int64]:
    """The cells of those that are seen."""
    x_min, x_max, y_min, y_max = domain
    columns, rows = size
    x = (places[0] - x_min) * (columns / (x_max - x_min))
    y = (places[1] - y_min) * (rows / (y_max - y_min))
    seen = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
    cells: NDArray[np.int64] = (y.astype(np.int64) * columns + x.astype(np.int64))[seen]
    return cells
