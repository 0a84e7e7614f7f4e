from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.datasets import GATE_PLANE, PLANE, Domain
from nnviz.experiment import brush
from nnviz.experiment.points import CLASS_LIMIT, POINT_LIMIT, OwnPoints
from nnviz.mistake import Mistake

TWO = OwnPoints((0.0, 3.0), (0.0, 3.0), (0.0, 1.0), lots=(0.2, 0.7))


def test_a_dab_stays_under_the_brush(rng: np.random.Generator) -> None:
    places = brush.dab(rng, (5.9, 0.0), 0.5, 30)
    assert places.shape == (30, 2)
    assert np.hypot(places[:, 0] - 5.9, places[:, 1]).max() <= 0.5
    assert brush.dab(rng, (1.0, 2.0), 0.5, 1).tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize("plane", [PLANE, GATE_PLANE])
def test_nothing_is_painted_or_moved_beyond_the_plane(plane: Domain) -> None:
    own = brush.with_points(replace(TWO, plane=plane), np.array([[-9.0, 9.0]]), 1)
    own = brush.with_point_at(own, 0, (9.0, -9.0))
    left, right, low, high = plane
    assert (own.x1[0], own.x2[0], own.x1[-1], own.x2[-1]) == (right, low, left, high)


def test_painted_points_come_last_with_lots_of_their_own() -> None:
    own = brush.with_points(TWO, np.array([[1.0, 2.0], [2.0, 1.0]]), 1)
    assert own.labels == (0.0, 1.0, 1.0, 1.0)
    assert own.lots[:2] == TWO.lots
    assert len(set(own.lots)) == 4


def test_there_may_be_no_more_points_than_the_limit() -> None:
    zeros = (0.0,) * (POINT_LIMIT - 1)
    own = brush.with_points(OwnPoints(zeros, zeros, zeros), np.ones((5, 2)), 1)
    assert len(own) == POINT_LIMIT
    with pytest.raises(Mistake, match="there may be no more"):
        brush.with_points(own, np.ones((1, 2)), 1)


def test_erasing_leaves_the_others_as_they_were() -> None:
    own = brush.without_points(TWO, np.array([True, False]))
    assert (own.x1, own.labels, own.lots) == ((3.0,), (1.0,), (0.7,))
    with pytest.raises(Mistake, match="last point has to stay"):
        brush.without_points(own, np.array([True]))


def test_a_point_is_moved_and_relabeled_alone() -> None:
    own = brush.with_point_at(TWO, 1, (9.0, -1.0))
    assert (own.x1, own.x2) == ((0.0, 6.0), (0.0, -1.0))
    assert brush.with_label(TWO, 0, 1).labels == (1.0, 1.0)


def test_classes_are_added_up_to_the_limit() -> None:
    own = TWO
    for _ in range(CLASS_LIMIT - 2):
        own = brush.with_class(own)
    assert own.class_names == ("orange", "blue", *"ABCDEF")
    with pytest.raises(Mistake, match="8 classes already"):
        brush.with_class(own)


def test_a_cleared_plane_keeps_one_point_of_each_class() -> None:
    assert brush.cleared(TWO).labels == (0.0, 1.0)
    values = OwnPoints((0.0,), (0.0,), (0.3,), class_names=())
    assert brush.cleared(values).labels == (-1.0, 1.0)


def test_the_nearest_point_is_found_within_reach() -> None:
    points = np.array([[0.0, 0.0], [3.0, 3.0]])
    assert brush.nearest(points, (2.8, 3.0), 0.4) == 1
    assert brush.nearest(points, (1.5, 1.5), 0.4) is None
    assert brush.near(points, (0.5, 0.0), 1.0).tolist() == [True, False]
