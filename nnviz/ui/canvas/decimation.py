"""Long curves made short: the least and the greatest value of every stretch, kept up step by step.

A run can have millions of epochs and is drawn sixty times a second. Only values that were not
seen yet are looked at; when there are too many stretches, two and two become one.
"""

from __future__ import annotations

import numpy as np

from nnviz.ui.canvas.pens import Floats

MOST_STRETCHES = 4096


class Stretches:
    """Least and greatest values of stretches of one length, of a curve that grows.

    NaN is passed over; a stretch of NaN alone is NaN.
    """

    def __init__(self) -> None:
        self.length = 1
        """How many values a stretch holds, a power of two."""
        self._seen = 0
        self._first = self._last = np.nan
        self._lows = np.full(MOST_STRETCHES, np.nan)
        self._highs = np.full(MOST_STRETCHES, np.nan)

    @property
    def lows(self) -> Floats:
        """The least value of each stretch."""
        return self._lows[: self._count]

    @property
    def highs(self) -> Floats:
        """The greatest value of each stretch."""
        return self._highs[: self._count]

    @property
    def _count(self) -> int:
        return -(-self._seen // self.length)

    def follow(self, values: Floats) -> None:
        """Take in what values of shape (n,) have grown by; begin anew when they are others."""
        if not self._is_continued_by(values):
            self.length, self._seen = 1, 0
            self._lows[:] = self._highs[:] = np.nan
        while len(values) > MOST_STRETCHES * self.length:
            self._halve()
        if len(values) > self._seen:
            self._take(values)
        self._seen = len(values)
        self._first, self._last = (values[0], values[-1]) if len(values) else (np.nan, np.nan)

    def _is_continued_by(self, values: Floats) -> bool:
        if not 0 < self._seen <= len(values):
            return False
        ends = np.array([values[0], values[self._seen - 1]])
        return np.array_equal(ends, [self._first, self._last], equal_nan=True)

    def _halve(self) -> None:
        pairs = self._lows.reshape(-1, 2), self._highs.reshape(-1, 2)
        half = MOST_STRETCHES // 2
        self._lows[:half] = np.fmin(*pairs[0].T)
        self._highs[:half] = np.fmax(*pairs[1].T)
        self._lows[half:] = self._highs[half:] = np.nan
        self.length *= 2

    def _take(self, values: Floats) -> None:
        """Work through the stretches from the one that the first new value belongs to."""
        first = self._seen // self.length
        tail = values[first * self.length :]
        starts = np.arange(0, len(tail), self.length)
        self._lows[first : first + len(starts)] = np.fmin.reduceat(tail, starts)
        self._highs[first : first + len(starts)] = np.fmax.reduceat(tail, starts)


def zigzag(values: Floats, first: int, stretch: int) -> Floats:
    """A curve through the least and greatest of every stretch, of shape (2 * stretches, 2).

    `first` is the place of the first value; x counts values.
    """
    starts = np.arange(0, len(values), stretch)
    lows, highs = np.fmin.reduceat(values, starts), np.fmax.reduceat(values, starts)
    return weave(lows, highs, first, stretch)


def weave(lows: Floats, highs: Floats, first: int, stretch: int) -> Floats:
    """A curve through least and greatest values, the nearer end of each stretch first."""
    count = len(lows)
    x = first + stretch * np.arange(count, dtype=np.float64)
    if stretch == 1:
        line = np.empty((count, 2))
        line[:, 0], line[:, 1] = x, lows
        return line
    pairs, middles = np.empty((count, 2, 2)), lows + highs
    pairs[:, 0, 0], pairs[:, 1, 0] = x + 0.25 * (stretch - 1), x + 0.75 * (stretch - 1)
    pairs[:, 0, 1], pairs[:, 1, 1] = lows, highs
    falls = np.zeros(count, bool)
    falls[1:] = middles[1:] < middles[:-1]
    pairs[falls, :, 1] = pairs[falls, ::-1, 1]
    return pairs.reshape(-1, 2)
