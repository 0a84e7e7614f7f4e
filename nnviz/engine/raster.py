"""From numbers over the plane to pictures: grids, colors and contour lines.

Colors come from short tables looked up by a rounded value, so that a map of 256 × 256 costs a
millisecond. Pictures are RGBA bytes of shape (…, 4); row 0 is the least y, as a plot wants it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import contourpy
import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.value import dataclass

Singles = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Domain = tuple[float, float, float, float]

SHADES = 255
"""How many colors a scale has: odd, so that the middle one is exactly the middle stop."""

HEIGHTS_LIGHT = np.array([[86, 138, 170], [166, 196, 207], [222, 226, 220], [247, 241, 229]])
"""Low to high on a light ground: deep water rising to pale sand, calm enough for trails."""

HEIGHTS_DARK = np.array([[13, 27, 39], [27, 56, 74], [50, 84, 100], [88, 112, 122]])
"""Low to high on a dark ground."""


def plane(domain: Domain, cells: int) -> Floats:
    """Cell centers of a grid over a domain, of shape (cells, cells, 2), row 0 at the least y."""
    x_min, x_max, y_min, y_max = domain
    points = np.empty((cells, cells, 2))
    points[..., 0] = _centers(x_min, x_max, cells)
    points[..., 1] = _centers(y_min, y_max, cells)[:, None]
    return points


def _centers(low: float, high: float, cells: int) -> Floats:
    return low + (np.arange(cells, dtype=np.float64) + 0.5) * ((high - low) / cells)


@lru_cache(maxsize=32)
def _lookup(colors: bytes) -> NDArray[np.uint32]:
    stops = np.frombuffer(colors, dtype=np.uint8).reshape(-1, 3)
    table = np.full((SHADES, 4), 255, dtype=np.uint8)
    places = np.linspace(0, SHADES - 1, len(stops))
    for channel in range(3):
        shades = np.interp(np.arange(SHADES), places, stops[:, channel])
        table[:, channel] = np.rint(shades)
    return table.view(np.uint32)[:, 0]


def _table(stops: NDArray[np.integer]) -> NDArray[np.uint32]:
    """The colors from the first stop to the last in SHADES steps, each as one number."""
    return _lookup(np.ascontiguousarray(stops, dtype=np.uint8).tobytes())


def stop_colors(stops: NDArray[np.integer]) -> Bytes:
    """The colors from the first stop to the last, RGBA of shape (SHADES, 4)."""
    return _table(stops)[:, None].view(np.uint8)


def _paint(table: NDArray[np.uint32], places: NDArray[np.integer]) -> Bytes:
    return np.take(table, places)[..., None].view(np.uint8)


def shade(values: NDArray[np.floating], stops: Bytes, *, discretize: bool = False) -> Bytes:
    """Color values from -1 to 1; what lies outside takes the color of the end.

    Args:
        values: of any shape; NaN takes the middle color.
        stops: RGB of shape (3, 3) for -1, 0 and 1.
        discretize: show only which class it is: the color of -1 below 0, that of 1 from 0 on.

    Returns:
        RGBA bytes of shape (…, 4).
    """
    if discretize:
        places = np.where(values < 0, np.uint8(0), np.uint8(SHADES - 1))
    else:
        turned = np.minimum(np.maximum(values, np.float32(-1)), np.float32(1), dtype=np.float32)
        places = _places(turned * np.float32(0.5) + np.float32(0.5), missing=0.5)
    return _paint(_table(stops), places)


def _places(heights: Floats | Singles, missing: float) -> NDArray[np.uint8]:
    """Where heights from 0 to 1 stand in a table of shades; NaN stands at `missing`."""
    known = np.where(np.isnan(heights), heights.dtype.type(missing), heights)
    return (known * (SHADES - 1) + 0.5).astype(np.uint8)


def shade_classes(
    scores: NDArray[np.floating],
    classes: NDArray[np.integer],
    neutral: tuple[int, int, int] | NDArray[np.integer],
    *,
    discretize: bool = False,
) -> Bytes:
    """Color more than two classes: the hue of the winner, paler the closer the runner-up.

    Args:
        scores: what each class scored, of shape (k, …), such as probabilities.
        classes: RGB of shape (at least k, 3).
        neutral: RGB where the two best are level.
        discretize: show only the winner.

    Returns:
        RGBA bytes of shape (…, 4).
    """
    scores = np.asarray(scores, dtype=np.float32)
    winner = scores.argmax(axis=0)
    if discretize:
        sure = np.full(winner.shape, SHADES - 1, dtype=np.uint8)
    else:
        sure = _places(np.minimum(_lead(scores), 1), missing=0.0)
    tables = np.stack([_table(np.array([neutral, color])) for color in classes[: len(scores)]])
    return _paint(tables.ravel(), winner * SHADES + sure)


def _lead(scores: Singles) -> Singles:
    """By how much the best score exceeds the second best."""
    best, second = scores[0], np.full_like(scores[0], -np.inf)
    for score in scores[1:]:
        second = np.maximum(second, np.minimum(best, score))
        best = np.maximum(best, score)
    lead: Singles = best - second
    return lead


STRAIGHT = 1e6
"""A logarithm that sets in so many spans above the floor is straight."""

FLAT = 1e-12
"""Losses that differ by less than this share of themselves are all the same."""


@dataclass(frozen=True, slots=True)
class Heights:
    """A logarithmic scale of losses: `floor` at height 0, `top` at height 1.

    `unit` above the floor is where the logarithm sets in; below it the scale is straight.
    """

    floor: float
    unit: float
    top: float

    @staticmethod
    def of(losses: Floats, *, straight: bool = False) -> Heights:
        """The scale that shows most of these losses well, whatever a few of them do.

        Args:
            losses: of any shape.
            straight: whether it is straight all the way, and not logarithmic.
        """
        finite = losses[np.isfinite(losses)]
        if not finite.size:
            return Heights(0.0, 1.0, 1.0)
        floor, low, top, most = (float(each) for each in np.percentile(finite, (0, 5, 98, 100)))
        span = (top if top > floor else most) - floor
        if span <= FLAT * max(abs(floor), FLAT):
            return Heights(floor, 1.0, floor + 1.0)
        unit = STRAIGHT * span if straight else max(0.5 * (low - floor), 1e-5 * span)
        return Heights(floor, unit, floor + span)

    @property
    def span(self) -> float:
        """The logarithm of the top over the unit."""
        return float(np.log1p((self.top - self.floor) / self.unit))

    def height(self, losses: Floats) -> Floats:
        """How high losses stand, from 0 to 1; what lies above the top stands at 1."""
        above = np.clip(losses - self.floor, 0, self.top - self.floor)
        heights: Floats = np.log1p(above / self.unit) / self.span
        return heights

    def loss(self, heights: Floats) -> Floats:
        """The losses that stand at heights."""
        losses: Floats = self.floor + self.unit * np.expm1(heights * self.span)
        return losses


def shade_losses(
    losses: Floats, stops: NDArray[np.integer] = HEIGHTS_LIGHT, *, straight: bool = False
) -> Bytes:
    """Color losses by their height on a logarithmic scale that outliers do not bend.

    Args:
        losses: of any shape; NaN and infinities take the highest color.
        stops: RGB of shape (at least 2, 3), low to high.
        straight: color them by the loss itself instead.

    Returns:
        RGBA bytes of shape (…, 4).
    """
    heights = Heights.of(losses, straight=straight).height(losses)
    return _paint(_table(stops), _places(heights, missing=1.0))


def loss_levels(losses: Floats, count: int, *, straight: bool = False) -> tuple[float, ...]:
    """Losses at which to draw contours: evenly spaced heights, none at the very bottom or top."""
    heights = (np.arange(count) + 0.5) / count
    return tuple(float(level) for level in Heights.of(losses, straight=straight).loss(heights))


def contour_lines(
    values: Floats, domain: Domain, levels: Iterable[float]
) -> tuple[tuple[Floats, ...], ...]:
    """For each level the lines along which values take it.

    Args:
        values: of shape (rows, columns) at the cell centers of a domain, row 0 at the least y.
        domain: x_min, x_max, y_min, y_max.
        levels: the values to look for.

    Returns:
        For each level its lines, each of shape (points, 2).
    """
    x_min, x_max, y_min, y_max = domain
    rows, columns = values.shape
    x, y = np.meshgrid(_centers(x_min, x_max, columns), _centers(y_min, y_max, rows))
    # What `contourpy.contour_generator` makes, by way of all of `numpy.ma`.
    lines = contourpy.SerialContourGenerator(
        x,
        y,
        values,
        ~np.isfinite(values),
        corner_mask=True,
        line_type=contourpy.LineType.Separate,
        fill_type=contourpy.FillType.OuterCode,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
    )
    return tuple(tuple(lines.lines(level)) for level in levels)  # type: ignore[arg-type]
