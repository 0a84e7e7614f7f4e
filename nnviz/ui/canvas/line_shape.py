"""A curve through points: how high and how steep it is at a place, and what of it is shown."""

from __future__ import annotations

import numpy as np

from nnviz.ui.canvas.pens import Floats
from nnviz.ui.canvas.sight import Domain

_BELOW, _ABOVE = 0.10, 0.14  # Shares of the curve's height that are left free.


def height_of(line: Floats, x: float) -> float:
    """How high a line of shape (n, 2) is at an x; 0 where there is none."""
    return float(np.interp(x, *line.T)) if len(line) else 0.0


def slope_of(line: Floats, x: float) -> float:
    """How steep it is at an x, by the points on both sides of it."""
    if len(line) < 2:
        return 0.0
    xs, heights = line.T
    after = int(np.clip(np.searchsorted(xs, x), 1, len(xs) - 1))
    first, last = max(after - 2, 0), min(after + 1, len(xs) - 1)
    bits = np.diff(heights[first : last + 1]) / np.diff(xs[first : last + 1])
    middles = (xs[first:last] + xs[first + 1 : last + 1]) / 2
    return float(np.interp(x, middles, bits))


def domain_of(line: Floats) -> Domain:
    """What is worth seeing of a curve: all of it, with room above for balls."""
    heights = line[np.isfinite(line[:, 1]), 1]
    low, high = (float(heights.min()), float(heights.max())) if len(heights) else (0.0, 1.0)
    span = (high - low) or 1.0
    ends = (float(line[0, 0]), float(line[-1, 0])) if len(line) else (-1.0, 1.0)
    return (*ends, low - _BELOW * span, high + _ABOVE * span)
