"""What of a landscape is seen in each pixel: a z-buffer filled column by column.

Upright lines stay upright in the picture, so that all that a column of pixels can show lies on one
straight line over the map. Along it the landscape is sampled from the near edge to the far one;
what rises above all before it hides what is farther, and the first sample to rise above a pixel is
what is seen there. From below, what sinks under all before it. Nothing is sorted, there are no
gaps, and edges are exact within a pixel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.raster import Singles
from nnviz.engine.terrain import FINE, HOLE, Terrain
from nnviz.engine.vantage import CEILING, GROUND, Vantage
from nnviz.value import dataclass

Whole = NDArray[np.int32]
Places = NDArray[np.intp]

_ROUGHER = 2
"""Only every so many samples count for what is seen from below; the last is one of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Some pixels of a picture and what is seen there, all of shape (n,).

    `pixels` count row by row from the top left of the columns that see anything; `heights` go from
    0 to 1, `light` is how much the place turns to the lamp, from -1 to 1, `depth` how far away it
    is, in units of the box; `cells` are those of the fine grid over the map that are seen.
    """

    pixels: Places
    heights: Singles
    light: Singles
    depth: Singles
    cells: Places


@dataclass(frozen=True, slots=True, eq=False)
class Visible:
    """What is seen from a vantage: the landscape from above, from below, and the floor.

    `first` is the first column of the picture that sees anything, `columns` how many there are.
    """

    first: int
    columns: int
    above: Seen
    below: Seen
    floor: Seen

    @property
    def parts(self) -> tuple[Seen, Seen, Seen]:
        """All that is seen; no pixel twice."""
        return self.above, self.below, self.floor


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The lines over the map that the columns of a picture see, near to far.

    `first` is the first column that sees anything; all else has shape (columns,): how far to the
    right of the middle a line lies, where it begins and where it ends, ahead of the middle.
    """

    first: int
    right: Singles
    near: Singles
    far: Singles


def look(terrain: Terrain, vantage: Vantage, lamp: Singles, steps: int) -> Visible:
    """What is seen of a landscape, each line over the map cut into so many steps, an even number.

    `lamp` is the direction to the light, of length 1, in the axes of the box.
    """
    columns = _columns(vantage)
    light = np.tensordot(lamp, terrain.normals, axes=1)
    up = _profiles(terrain, vantage, columns, steps + 1)
    met = (
        _met(up, vantage, columns, from_below=False),
        _met(up[::_ROUGHER], vantage, columns, from_below=True),
    )
    above, below = (_lit(each, terrain, light, vantage) for each in met)
    floor = _floor(terrain, vantage, columns, (above, below))
    return Visible(columns.first, len(columns.right), above, below, floor)


def _columns(vantage: Vantage) -> _Columns:
    """The lines that run over the map."""
    right = (np.arange(vantage.width) + 0.5 - vantage.width / 2) / vantage.scale
    x, y = vantage.ahead
    near = np.full(vantage.width, -np.inf)
    far = np.full(vantage.width, np.inf)
    for slope, shift in ((x, y * right), (y, -x * right)):
        steep = slope if abs(slope) > 1e-9 else 1e-9
        ends = (-1 - shift) / steep, (1 - shift) / steep
        near, far = np.maximum(near, np.minimum(*ends)), np.minimum(far, np.maximum(*ends))
    over = np.flatnonzero(far > near)
    if not len(over):
        return _Columns(0, *np.empty((3, 0), np.float32))
    among = slice(over[0], over[-1] + 1)
    singles = (each[among].astype(np.float32) for each in (right, near, far))
    return _Columns(int(over[0]), *singles)


def _profiles(terrain: Terrain, vantage: Vantage, columns: _Columns, steps: int) -> Singles:
    """How far up in the picture the landscape along the lines is, of shape (steps, columns)."""
    share = np.linspace(0, 1, steps, dtype=np.float32)[:, None]
    ahead = columns.near + share * (columns.far - columns.near)
    spot = _Spot.of(vantage, columns.right, ahead)
    sine, cosine = vantage.rise
    scale = vantage.scale
    up = spot.value(terrain.heights)
    up *= np.float32(scale * cosine * (CEILING - GROUND))
    up += np.float32(vantage.height - vantage.center[1] + scale * cosine * (GROUND - CEILING / 2))
    up += ahead * np.float32(scale * sine)
    if terrain.known is not None:
        up[spot.value(terrain.known) < HOLE] = np.nan
    return up


@dataclass(frozen=True, slots=True, eq=False)
class _Spot:
    """Places of the map, between four values of a grid over it."""

    place: Places
    across: Singles
    upward: Singles

    @staticmethod
    def of(vantage: Vantage, right: Singles, ahead: Singles) -> _Spot:
        """The places so far to the right of the middle and ahead of it."""
        x, y = (np.float32(each) for each in vantage.ahead)
        half = np.float32((FINE - 1) / 2)
        across = (ahead * x + right * y) * half + half
        upward = (ahead * y - right * x) * half + half
        np.clip(across, 0, FINE - 1.001, out=across)
        np.clip(upward, 0, FINE - 1.001, out=upward)
        column, row = across.astype(np.intp), upward.astype(np.intp)
        across -= column
        upward -= row
        row *= FINE
        row += column
        return _Spot(row, across, upward)

    def value(self, values: Singles) -> Singles:
        """Values of shape (FINE, FINE) at the places."""
        low = self._along(values, self.place)
        low += self.upward * (self._along(values, self.place + FINE) - low)
        return low

    def _along(self, values: Singles, place: Places) -> Singles:
        left = values.take(place, mode="wrap")  # Faster than with bounds checked.
        left += self.across * (values.take(place + 1, mode="wrap") - left)
        return left


def _first_above(up: Singles, height: int) -> Whole:
    """Which sample is the first to cover the middle of each pixel, of shape (height, columns).

    Rows count from the bottom; `steps` stands where no sample does, 0 below the first of all.
    """
    steps, columns = up.shape
    top = np.maximum.accumulate(np.nan_to_num(up, nan=-1e9), axis=0)
    np.clip(top, 0, height, out=top)
    covered = (top + np.float32(0.5)).astype(np.int32)  # How many pixels from the bottom up.
    first = np.full((height + 1, columns), steps, np.int32)
    rises = np.empty(covered.shape, bool)
    rises[0] = True
    np.greater(covered[1:], covered[:-1], out=rises[1:])
    entries = np.flatnonzero(rises)
    sample = entries // columns
    column = entries - sample * columns
    first[covered.ravel()[entries], column] = sample
    return np.minimum.accumulate(first[:0:-1], axis=0)[::-1]


def _met(up: Singles, vantage: Vantage, columns: _Columns, *, from_below: bool) -> _Met:
    """Where lines of sight meet the landscape, between a sample and the one before it."""
    steps, count = up.shape
    if from_below:
        first = _first_above(vantage.height - up, vantage.height)[::-1]
        is_met = np.arange(vantage.height)[:, None] + 0.5 < up[0]
    else:
        first = _first_above(up, vantage.height)
        is_met = first > 0
    is_met &= first < steps
    entries = np.flatnonzero(is_met)
    row = entries // count
    column = entries - row * count
    sample = first.ravel()[entries]
    place = sample * np.intp(count) + column
    start = up.take(place - count)
    share = (row + np.float32(0.5) - start) / (up.take(place) - start)
    at = (sample - 1 + share) / np.float32(steps - 1)
    near = columns.near[column]
    ahead = (near + at * (columns.far[column] - near)).astype(np.float32)
    pixels = (vantage.height - 1 - row) * count + column
    met = _Met(pixels, columns.right[column], ahead)
    return met.solid()


@dataclass(frozen=True, slots=True, eq=False)
class _Met:
    """Pixels, and how far right of the middle and ahead of it what they see is, of shape (n,)."""

    pixels: Places
    right: Singles
    ahead: Singles

    def solid(self) -> _Met:
        """Without the rims of holes: they are no walls."""
        is_whole = np.isfinite(self.ahead)
        return _Met(self.pixels[is_whole], self.right[is_whole], self.ahead[is_whole])


def _lit(met: _Met, terrain: Terrain, light: Singles, vantage: Vantage) -> Seen:
    spot = _Spot.of(vantage, met.right, met.ahead)
    heights = spot.value(terrain.heights)
    sine, cosine = vantage.rise
    depth = met.ahead * np.float32(cosine) - heights * np.float32(sine * (CEILING - GROUND))
    depth -= np.float32(sine * (GROUND - CEILING / 2))
    return Seen(met.pixels, heights, spot.value(light), depth, spot.place)


def _floor(terrain: Terrain, vantage: Vantage, columns: _Columns, others: tuple[Seen, ...]) -> Seen:
    """The floor, where nothing else is seen; its heights are those of the landscape above it."""
    sine, cosine = vantage.rise
    rows = np.arange(vantage.height, dtype=np.float32)[:, None]
    up = np.float32(vantage.center[1] - 0.5) - rows
    ahead = (up / vantage.scale + cosine * CEILING / 2) / max(sine, 1e-6)
    free = (ahead >= columns.near) & (ahead <= columns.far)
    for each in others:
        free.ravel()[each.pixels] = False
    pixels = np.flatnonzero(free)
    row = pixels // len(columns.right)
    there = ahead.ravel()[row].astype(np.float32)
    spot = _Spot.of(vantage, columns.right[pixels - row * len(columns.right)], there)
    heights = spot.value(terrain.heights)
    if terrain.known is not None:
        heights[spot.value(terrain.known) < HOLE] = np.nan
    depth = there * np.float32(cosine) + np.float32(sine * CEILING / 2)
    return Seen(pixels, heights, np.zeros_like(heights), depth, spot.place)
