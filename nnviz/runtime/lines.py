"""Lines over a map: where classes meet, and where a map takes chosen values."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.losses import Output
from nnviz.engine.raster import contour_lines
from nnviz.runtime.scenes import Domain, Floats, Level, Lines

MOST_LEVELS = 8
"""How many levels a map of any values is cut into, at most."""

MARGIN = 0.25
"""Where the margins of an output lie: at this share of its range from either end."""

LEAD = 0.5
"""By how much the best class must lead the second best, of 1, inside of the margins."""


def decision_lines(sums: Floats, domain: Domain) -> Lines:
    """The lines where classes meet, each of shape (points, 2) and each border once.

    Args:
        sums: what enters the output units, of shape (outputs, rows, columns); a single one decides
            by its sign, of several the largest wins.
        domain: what part of the plane they cover.
    """
    if len(sums) == 1:
        return contour_lines(sums[0], domain, (0.0,))[0]
    order = np.argsort(sums, axis=0)[-2:]
    second, first = np.take_along_axis(sums, order, axis=0)
    borders: list[Floats] = []
    for one in np.unique(order[1]).tolist():
        is_first = order[1] == one
        ahead = np.where(is_first, first - second, sums[one] - first)
        other = np.where(is_first, order[0], order[1])
        for line in contour_lines(ahead, domain, (0.0,))[0]:
            borders.extend(_against_later(line, other > one, domain))
    return tuple(borders)


def _against_later(line: Floats, is_later: NDArray[np.bool_], domain: Domain) -> Iterator[Floats]:
    """The parts of a class's border beyond which a later class begins."""
    rows, columns = is_later.shape
    x0, x1, y0, y1 = domain
    column = ((line[:, 0] - x0) / (x1 - x0) * columns).astype(np.intp).clip(0, columns - 1)
    row = ((line[:, 1] - y0) / (y1 - y0) * rows).astype(np.intp).clip(0, rows - 1)
    kept = is_later[row, column]
    kept[1:] |= kept[:-1].copy()  # One point more, so that borders meet.
    for run in np.split(np.arange(len(line)), np.flatnonzero(np.diff(kept)) + 1):
        if kept[run[0]] and len(run) > 1:
            yield line[run]


def margin_lines(
    outputs: Floats, output: Output, domain: Domain, chosen: tuple[float, ...] = ()
) -> tuple[Level, ...]:
    """Where a network begins to be sure of a class.

    Args:
        outputs: of shape (outputs, rows, columns).
        output: what the output units are.
        domain: what part of the plane they cover.
        chosen: the levels to draw instead: values of the one output, or leads of the winner over
            the second, as shares of the range of the outputs.
    """
    span = output.high - output.low
    if len(outputs) == 1:
        ends = (output.low + MARGIN * span, output.high - MARGIN * span)
        return _levels(outputs[0], domain, chosen or ends)
    second, first = np.sort(outputs, axis=0)[-2:]
    return _levels((first - second) / span, domain, chosen or (LEAD,))


def even_lines(values: Floats, domain: Domain, chosen: tuple[float, ...] = ()) -> tuple[Level, ...]:
    """Lines at chosen values of a map of any values (rows, columns), or at round ones."""
    if chosen:
        return _levels(values, domain, chosen)
    finite = values[np.isfinite(values)]
    if not finite.size or finite.max() <= finite.min():
        return ()
    low, high = float(finite.min()), float(finite.max())
    step = round_above((high - low) / MOST_LEVELS)
    ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return _levels(values, domain, tuple(ticks.tolist()))


def _levels(values: Floats, domain: Domain, wanted: tuple[float, ...]) -> tuple[Level, ...]:
    found = contour_lines(values, domain, wanted)
    pairs = zip(wanted, found, strict=True)
    return tuple(Level(value, _written(value), lines) for value, lines in pairs if lines)


def _written(value: float) -> str:
    return f"{value + 0.0:.4g}".replace("-", "−")


def round_above(value: float) -> float:
    """The least of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is not below a positive value."""
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value * 0.999999)
