"""The lowest places of a field, found by search: a grid first, then Newton's method from each dip.

A step that does not lead lower is tried again a quarter as long, so that kinks, where there is no
second derivative, are found as well.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain, Field, Surface, hessian

Bools = NDArray[np.bool_]

CELLS = 97
"""The grid's points along each axis: an odd number, so that the center is one of them."""

MOST = 100
"""How many dips of the grid are followed, the lowest first."""

ROUNDS = 80
RING = 16
LEAST = 1e-9
"""How much of its steepest rise a minimum must rise everywhere."""

NEAR = 1e-3
"""What is less than this share of the domain apart is the same minimum."""

LEVEL = 1e-7
"""By how much of what a field spans minima of one height may differ."""


def local_minima(field: Field) -> Floats:
    """The minima within a field's domain that a search finds, of shape (m, 2), the lowest first.

    Valleys without a lowest place, such as that of (x - y)^2, have none.
    """
    points = _followed(field, *_dips(field))
    width = _extent(field.domain)
    points = points[_are_inside(points, field.domain)]
    points = points[_are_lowest_around(field, points, NEAR * width)]
    return _apart(points[np.argsort(field.value(points), kind="stable")], NEAR * width)


def global_minima(field: Field, minima: Floats) -> Floats:
    """Those of the local minima that are as low as the lowest."""
    if not len(minima):
        return minima
    values = field.value(minima)
    span = float(np.ptp(values)) + abs(float(values[0]))
    lowest: Floats = minima[values <= values[0] + LEVEL * max(span, LEVEL)]
    return lowest


def _extent(domain: Domain) -> Floats:
    x_min, x_max, y_min, y_max = domain
    return np.array([x_max - x_min, y_max - y_min])


def _dips(field: Field) -> tuple[Floats, Floats]:
    """Grid points that no neighbor lies below, and how far grid points are apart."""
    x_min, x_max, y_min, y_max = field.domain
    rows = np.zeros(1) if _is_line(field) else np.linspace(y_min, y_max, CELLS)
    grid = np.stack(np.meshgrid(np.linspace(x_min, x_max, CELLS), rows), axis=-1)
    with np.errstate(all="ignore"):
        values = field.value(grid)
    values = np.where(np.isfinite(values), values, np.inf)
    padded = np.pad(values, 1, constant_values=np.inf)
    around = np.lib.stride_tricks.sliding_window_view(padded, (3, 3)).min(axis=(-1, -2))
    places = np.flatnonzero((values <= around) & np.isfinite(values))
    order = np.argsort(values.ravel()[places], kind="stable")[:MOST]
    return grid.reshape(-1, 2)[places[order]], _extent(field.domain) / (CELLS - 1)


def _followed(field: Field, points: Floats, spacing: Floats) -> Floats:
    """Where points lie once they have been followed downhill."""
    with np.errstate(all="ignore"):
        values, slopes = field.value_and_gradient(points)
        reach = np.full(len(points), float(spacing.max()))
        for _ in range(ROUNDS):
            tried = points + _steps(field, points, slopes, reach)
            lower, bent = field.value_and_gradient(tried)
            near = lower <= values + 1e-14 * np.abs(values)
            is_better = (lower < values) | (near & (_length(bent) < _length(slopes)))
            points = np.where(is_better[:, None], tried, points)
            slopes = np.where(is_better[:, None], bent, slopes)
            values = np.where(is_better, lower, values)
            reach = np.where(is_better, reach, 0.25 * reach)
    return points


def _steps(field: Field, points: Floats, slopes: Floats, reach: Floats) -> Floats:
    """Newton's steps, the Hessian lifted until all its curvatures are positive, cut to a reach."""
    bent = field.hessian(points) if isinstance(field, Surface) else hessian(field, points)
    bent = np.nan_to_num(bent, posinf=0.0, neginf=0.0)
    curvatures, axes = np.linalg.eigh(bent)
    least = 1e-12 + 1e-9 * np.abs(curvatures).max(axis=-1, keepdims=True)
    along = np.einsum("nij,ni->nj", axes, np.nan_to_num(slopes))
    steps: Floats = -np.einsum("nij,nj->ni", axes, along / np.maximum(np.abs(curvatures), least))
    longer = np.maximum(_length(steps) / np.maximum(reach, 1e-300), 1.0)
    return steps / longer[:, None]


def _is_line(field: Field) -> bool:
    return isinstance(field, Surface) and field.line


def _length(vectors: Floats) -> Floats:
    length: Floats = np.hypot(vectors[..., 0], vectors[..., 1])
    return length


def _are_inside(points: Floats, domain: Domain) -> Bools:
    x_min, x_max, y_min, y_max = domain
    x, y = points[:, 0], points[:, 1]
    return np.array((x_min < x) & (x < x_max) & (y_min < y) & (y < y_max))


def _are_lowest_around(field: Field, points: Floats, radius: Floats) -> Bools:
    """Which points lie below all of a ring around them."""
    angle = np.linspace(0, 2 * np.pi, RING, endpoint=False)
    ring = radius * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    if _is_line(field):
        ring = radius * np.array([[-1.0, 0.0], [1.0, 0.0]])
    with np.errstate(all="ignore"):
        above = field.value(points[:, None] + ring) - field.value(points)[:, None]
        lowest: Bools = above.min(axis=-1) > LEAST * np.abs(above).max(axis=-1)
    return lowest


def _apart(points: Floats, radius: Floats) -> Floats:
    """The points without those that lie next to one before them."""
    kept: list[Floats] = []
    for point in points:
        if all(np.abs((point - other) / radius).max() > 1 for other in kept):
            kept.append(point)
    return np.array(kept).reshape(-1, 2)
