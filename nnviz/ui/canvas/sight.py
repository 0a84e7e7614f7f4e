"""The part of a plane that is seen: it moves and zooms, and never leaves the domain."""

from __future__ import annotations

import math
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

Range: TypeAlias = tuple[float, float]
"""From where to where."""

Domain: TypeAlias = tuple[float, float, float, float]
"""The least and the greatest x, the least and the greatest y."""

_SMALLEST_SHARE = 0.02  # Of the domain: how far one can zoom in.


class Sight(QObject):
    """Two ranges within a domain."""

    changed = Signal()
    """Another part is seen."""

    def __init__(self, domain: Domain, parent: QObject | None = None) -> None:
        """See all of a domain."""
        super().__init__(parent)
        self._limits: tuple[Range, Range] = domain[:2], domain[2:]
        self._ranges = self._limits

    @property
    def ranges(self) -> tuple[Range, Range]:
        """From where to where x and y are seen."""
        return self._ranges

    def show_domain(self, domain: Domain) -> None:
        """See all of this domain, and never more."""
        self._limits = domain[:2], domain[2:]
        self.show_all()

    def show_all(self) -> None:
        """See the whole domain."""
        self.show(*self._limits)

    def show(self, x: Range | None = None, y: Range | None = None) -> None:
        """See these ranges, as far as the domain allows; one left out stays."""
        wanted = zip((x or self._ranges[0], y or self._ranges[1]), self._limits, strict=True)
        x_range, y_range = (_within(each, limits) for each, limits in wanted)
        if (x_range, y_range) != self._ranges:
            self._ranges = x_range, y_range
            self.changed.emit()

    def move(self, right: float, up: float) -> None:
        """See what lies further right and further up."""
        (x0, x1), (y0, y1) = self._ranges
        self.show((x0 + right, x1 + right), (y0 + up, y1 + up))

    def zoom(self, x_factor: float, y_factor: float, center: tuple[float, float]) -> None:
        """See so many times as much around a place that stays where it is."""
        x, y = (
            (middle + (low - middle) * factor, middle + (high - middle) * factor)
            for middle, factor, (low, high) in zip(
                center, (x_factor, y_factor), self._ranges, strict=True
            )
        )
        self.show(x, y)


def _within(wanted: Range, limits: Range) -> Range:
    """A range as near as can be to the wanted one, neither too small nor out of the limits."""
    low, high = limits
    whole = high - low
    span = wanted[1] - wanted[0]
    if not math.isfinite(span) or span >= whole:
        return limits
    begin, wide = wanted[0], _SMALLEST_SHARE * whole
    if span < wide:
        begin, span = begin - (wide - span) / 2, wide
    begin = min(max(begin, low), high - span)
    return begin, begin + span
