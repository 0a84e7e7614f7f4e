"""A curve over epochs, and what of it is drawn: no more than the screen has columns for."""

from __future__ import annotations

import math

import numpy as np

from nnviz.ui.canvas.decimation import Stretches, weave, zigzag
from nnviz.ui.canvas.pens import Floats
from nnviz.value import dataclass

_MOST_RAW = 40_000  # Values that are looked at one by one when zoomed in.
_THIN_COLUMNS = 3.0  # Pixels from point to point of a thin curve: dashes need room.


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Numbers by evenly spaced epochs, and how they look.

    `values` has shape (n,), NaN where there is none; entry i is of epoch `first + i * every`.
    `color` is `#rrggbb`, `dash` as pens take it. A thin curve leaves out what goes up and down
    within a few pixels; one without a name is neither labeled nor read out.
    """

    name: str
    values: Floats
    color: str
    first: float = 0.0
    every: float = 1.0
    dash: tuple[float, ...] = ()
    is_thin: bool = False

    @property
    def last(self) -> float:
        """The epoch of its last value; the first one, if it has none."""
        return self.first + self.every * max(len(self.values) - 1, 0)

    def place_of(self, epoch: float) -> int:
        """Which value is the nearest to an epoch; it may lie outside."""
        return round((epoch - self.first) / self.every)

    def at(self, epoch: float) -> float:
        """The value at an epoch, NaN where there is none."""
        place = self.place_of(epoch)
        return float(self.values[place]) if 0 <= place < len(self.values) else math.nan

    @property
    def end(self) -> tuple[float, float]:
        """Epoch and value of its last finite number; both NaN, if the last hundred have none."""
        tail = self.values[-100:]
        if len(tail) and math.isfinite(tail[-1]):
            return self.last, float(tail[-1])
        finite = np.flatnonzero(np.isfinite(tail))
        if not len(finite):
            return math.nan, math.nan
        behind = len(tail) - 1 - int(finite[-1])
        return self.last - behind * self.every, float(tail[finite[-1]])


class Drawn:
    """A curve that grows, with its stretches kept up."""

    def __init__(self, curve: Curve) -> None:
        """Take in a curve."""
        self.curve = curve
        self._stretches = Stretches()
        self._stretches.follow(curve.values)

    def follow(self, curve: Curve) -> None:
        """Show a curve, mostly the same one grown by some epochs."""
        if curve.values is not self.curve.values:
            self._stretches.follow(curve.values)
        self.curve = curve

    def ends(self, *, positive: bool) -> tuple[float, float]:
        """The least and the greatest finite value, or positive one; inf and -inf without any."""
        lows, highs = self._stretches.lows, self._stretches.highs
        if len(lows):
            low, high = float(lows.min()), float(highs.max())
            if math.isfinite(low) and math.isfinite(high) and (low > 0.0 or not positive):
                return low, high
        values = np.concatenate([lows, highs])
        values = values[np.isfinite(values) & ((values > 0.0) | (not positive))]
        return (float(values.min()), float(values.max())) if len(values) else (math.inf, -math.inf)

    def line(self, begin: float, end: float, columns: int) -> Floats:
        """Epochs and values (k, 2) between two epochs: at most two points for each column."""
        curve = self.curve
        if curve.is_thin:
            columns = max(int(columns / _THIN_COLUMNS), 1)
        first = max(curve.place_of(begin) - 1, 0)
        last = min(max(curve.place_of(end) + 2, 0), len(curve.values))
        if first >= last:
            return np.zeros((0, 2))
        line = self._zigzag(first, last, columns)
        if curve.is_thin and len(line) > columns + 2:
            line = line[: len(line) // 2 * 2].reshape(-1, 2, 2).mean(axis=1)
        line[:, 0] = np.minimum(line[:, 0], len(curve.values) - 1) * curve.every + curve.first
        line[~np.isfinite(line[:, 1]), 1] = np.nan
        return line

    def _zigzag(self, first: int, last: int, columns: int) -> Floats:
        """The values from place to place, x counting them."""
        if last - first <= _MOST_RAW:
            stretch = max(1, -(-(last - first) // columns))
            first -= first % stretch
            return zigzag(self.curve.values[first:last], first, stretch)
        stretches = self._stretches
        several = max(1, -(-(last - first) // (columns * stretches.length)))
        starts = np.arange(0, len(stretches.lows), several)
        lows = np.fmin.reduceat(stretches.lows, starts)
        highs = np.fmax.reduceat(stretches.highs, starts)
        return weave(lows, highs, 0, several * stretches.length)


def unbroken(line: Floats) -> list[Floats]:
    """The parts of a line (n, 2) between the NaN."""
    is_good = np.isfinite(line).all(axis=1)
    if is_good.all():
        return [line] if len(line) else []
    edges = np.flatnonzero(np.diff(is_good.astype(np.int8))) + 1
    return [part for part in np.split(line, edges) if np.isfinite(part).all()]


def spread(heights: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Heights moved apart as little as can be, until none is nearer to another than a gap."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    groups: list[list[float]] = []  # What meets moves together: the ranks' heights less the gaps.
    for rank, place in enumerate(order):
        groups.append([heights[place] - rank * gap])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    shifts = [_mean(group) for group in groups for _ in group]
    highest = bottom - (len(heights) - 1) * gap
    result = list(heights)
    for rank, (place, shift) in enumerate(zip(order, shifts, strict=True)):
        result[place] = min(max(shift, top), highest) + rank * gap
    return result


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
