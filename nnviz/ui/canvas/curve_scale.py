"""How high a plane of curves reaches, in steps so that it seldom changes."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from nnviz.ui.canvas.ticks import nice_step

Scale = Literal["linear", "log", "share"]
"""Losses and rates from 0 on, or by their logarithm; shares up to 1."""

_SMALLEST = 1e-12  # A loss of 0 has no logarithm; this is where it is drawn at the lowest.
_MOST_DECADES = 10
_SMALLEST_SPAN = 0.45  # In decades: less is too little for round ticks.
_ABOVE_ONE = 1.02  # A share of 1 is a line of its own, not the edge of the plane.


def right_of(last: float) -> float:
    """Up to which epoch a plane reaches."""
    step = nice_step(last, 8)
    return max(10.0, math.ceil(last / step) * step)


def heights_of(scale: Scale, low: float, high: float) -> tuple[float, float]:
    """Between which heights a plane shows values from low to high; logarithms on a log scale."""
    if scale == "log":
        return _decades(low, high)
    if scale == "share":
        return min(max(math.floor(10 * low) / 10, 0.0), 0.9), _ABOVE_ONE
    step = nice_step(max(high, 0.0) - min(low, 0.0), 5)
    top = math.ceil(1.02 * max(high, 0.0) / step) * step
    return math.floor(min(low, 0.0) / step) * step, top or step


def _decades(low: float, high: float) -> tuple[float, float]:
    """The logarithms between which losses are shown: from 1, 2 or 5 to 1, 2 or 5."""
    marks = np.log10([1.0, 2.0, 5.0, 10.0])
    low = max(low, high * 10.0**-_MOST_DECADES, _SMALLEST)
    bottom, top = math.log10(low), math.log10(max(high, low))
    below, above = bottom - math.floor(bottom), top - math.floor(top)
    bottom = math.floor(bottom) + float(marks[marks <= below + 1e-9][-1])
    top = math.floor(top) + float(marks[marks >= above - 1e-9][0])
    return (bottom, top) if top - bottom > _SMALLEST_SPAN else (bottom - 0.4, top)
