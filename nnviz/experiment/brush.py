"""What a hand does to points: painting, erasing, moving, relabeling; each makes a new value.

Places are of shape (n, 2) in the plane of the data; what is chosen is a mask of shape (points,).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnviz.engine.datasets import PLANE, Domain
from nnviz.engine.elementary import Floats
from nnviz.experiment.points import CLASS_LIMIT, POINT_LIMIT, OwnPoints
from nnviz.mistake import Mistake

Mask = NDArray[np.bool_]
Change = Callable[[OwnPoints], OwnPoints]

LETTERS = "ABCDEFGH"
_GOLDEN = (5**0.5 - 1) / 2  # Its multiples spread evenly over 0 to 1, however many there are.


def dab(rng: Generator, center: tuple[float, float], radius: float, count: int) -> Floats:
    """Places for some new points, of shape (count, 2), spread over the disk of a brush."""
    if count == 1:
        spread = np.zeros((1, 2))
    else:
        away = radius * np.sqrt(rng.uniform(0.0, 1.0, count))
        angle = rng.uniform(0.0, 2 * np.pi, count)
        spread = np.stack([away * np.cos(angle), away * np.sin(angle)], axis=-1)
    return np.asarray(center) + spread


def inside(places: Floats, plane: Domain = PLANE) -> Floats:
    """Places, those beyond the plane moved to its edge."""
    left, right, low, high = plane
    return np.clip(places, [left, low], [right, high])


def with_points(own: OwnPoints, places: Floats, label: float) -> OwnPoints:
    """More points of one label, as many of them as there is room for.

    Raises:
        Mistake: if there is no room for any.
    """
    count = min(len(places), POINT_LIMIT - len(own))
    if count <= 0:
        raise Mistake(f"There are {POINT_LIMIT:,} points already; there may be no more.")
    x1, x2 = inside(places[:count], own.plane).T.tolist()
    first = len(own)
    lots = tuple(((first + each) * _GOLDEN) % 1.0 for each in range(count))
    return replace(
        own,
        x1=(*own.x1, *x1),
        x2=(*own.x2, *x2),
        labels=(*own.labels, *(float(label),) * count),
        lots=(*own.lots, *lots) if own.lots else (),
    )


def without_points(own: OwnPoints, gone: Mask) -> OwnPoints:
    """The points that are not gone; the last one stays, since there must be one.

    Raises:
        Mistake: if none would be left.
    """
    kept = ~gone
    if not kept.any():
        raise Mistake("The last point has to stay; there must be one to learn from.")

    def left(entries: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(compress(entries, kept.tolist()))

    return replace(
        own, x1=left(own.x1), x2=left(own.x2), labels=left(own.labels), lots=left(own.lots)
    )


def with_point_at(own: OwnPoints, index: int, place: tuple[float, float]) -> OwnPoints:
    """The same points, one of them at another place."""
    x1, x2 = inside(np.array(place), own.plane).tolist()
    return replace(own, x1=_with(own.x1, index, x1), x2=_with(own.x2, index, x2))


def with_label(own: OwnPoints, index: int, label: float) -> OwnPoints:
    """The same points, one of them of another class or value.

    Raises:
        Mistake: if there is no such class.
    """
    return replace(own, labels=_with(own.labels, index, float(label)))


def with_class(own: OwnPoints) -> OwnPoints:
    """One more class to paint, without points yet.

    Raises:
        Mistake: if there are as many as there may be.
    """
    if len(own.class_names) >= CLASS_LIMIT:
        raise Mistake(f"There are {CLASS_LIMIT} classes already; there may be no more.")
    name = next(each for each in LETTERS + LETTERS.lower() if each not in own.class_names)
    return replace(own, class_names=(*own.class_names, name))


def cleared(own: OwnPoints) -> OwnPoints:
    """One point of each class in a ring, to begin from."""
    classes = max(len(own.class_names), 2)
    angle = 2 * np.pi * np.arange(classes) / classes
    left, right, low, high = own.plane
    x1 = ((left + right) / 2 + (right - left) / 4 * np.cos(angle)).tolist()
    x2 = ((low + high) / 2 + (high - low) / 4 * np.sin(angle)).tolist()
    labels = range(classes) if own.class_names else (-1.0, 1.0)
    lots = tuple((each * _GOLDEN) % 1.0 for each in range(classes))
    return replace(own, x1=tuple(x1), x2=tuple(x2), labels=tuple(map(float, labels)), lots=lots)


def near(points: Floats, center: tuple[float, float], radius: float) -> Mask:
    """Which points of shape (n, 2) lie within a radius."""
    mask: Mask = ((points - np.asarray(center)) ** 2).sum(axis=1) <= radius**2
    return mask


def nearest(points: Floats, place: tuple[float, float], reach: float) -> int | None:
    """The index of the point of shape (n, 2) nearest to a place, None where none is in reach."""
    away = ((points - np.asarray(place)) ** 2).sum(axis=1)
    index = int(away.argmin())
    return index if away[index] <= reach**2 else None


def _with(entries: tuple[float, ...], index: int, entry: float) -> tuple[float, ...]:
    return (*entries[:index], entry, *entries[index + 1 :])
