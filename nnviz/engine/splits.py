"""Which points to train on and which to test on: the two ends of one queue.

Where a point stands in the queue does not depend on the share, so another share moves only the
border between the two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats

Indices = NDArray[np.intp]

GATE = 4
"""So many points or fewer are a gate's: it is learned and tested whole."""


def split(queue: Indices, share: float) -> tuple[Indices, Indices]:
    """Divide the places in a queue, of shape (points,), into those to train on and those to test.

    Either part has at least one place; a gate's points are all in both.
    """
    if len(queue) <= GATE:
        return queue, queue
    count = _count(len(queue), share)
    return queue[:count], queue[count:]


def stratified(queue: Indices, share: float, labels: Floats) -> tuple[Indices, Indices]:
    """The same, but so that every class has, to one point, its share in either part.

    Args:
        queue: places of points, of shape (points,).
        share: of the points to train on.
        labels: the class of each point, of shape (points,).
    """
    if len(queue) <= GATE:
        return queue, queue
    classes, sizes = np.unique(labels, return_counts=True)
    trains = np.zeros(len(queue), dtype=np.bool_)
    for own, count in zip(classes, _counts(sizes, share), strict=True):
        trains[np.flatnonzero(labels[queue] == own)[:count]] = True
    return queue[trains], queue[~trains]


def _counts(sizes: Indices, share: float) -> list[int]:
    """How many of each class to train on: rounded down, the rest to those that lost most."""
    wanted = sizes * share
    counts = np.floor(wanted + 1e-9).astype(int).tolist()
    missing = _count(int(sizes.sum()), share) - sum(counts)
    losses = np.argsort(counts - wanted, kind="stable")
    for place in losses[: max(missing, 0)].tolist():
        counts[place] += 1
    return [int(each) for each in counts]


def _count(points: int, share: float) -> int:
    return min(max(int(points * share), 1), points - 1)
