from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.features import FEATURES, inputs
from nnviz.mistake import Mistake

POINT = np.array([2.0, -3.0])
VALUES = {
    "x1": 2.0,
    "x2": -3.0,
    "x1-squared": 4.0,
    "x2-squared": 9.0,
    "x1-x2": -6.0,
    "sin-x1": np.sin(2.0),
    "sin-x2": np.sin(-3.0),
}


def test_there_are_values_for_all_features_in_menu_order() -> None:
    assert FEATURES.keys == tuple(VALUES)


@pytest.mark.parametrize(("key", "value"), VALUES.items())
def test_a_feature_is_a_number_of_a_point(key: str, value: float) -> None:
    assert FEATURES[key].rule(POINT) == value


@pytest.mark.parametrize("key", VALUES)
def test_points_come_in_any_shape(key: str, rng: np.random.Generator) -> None:
    points = rng.normal(size=(3, 4, 2))
    flat = FEATURES[key].rule(points.reshape(-1, 2))
    np.testing.assert_array_equal(FEATURES[key].rule(points), flat.reshape(3, 4))


def test_inputs_are_the_chosen_features_row_by_row() -> None:
    fed = inputs(["x2", "x1-x2"], np.array([POINT, [1.0, 1.0]]))
    np.testing.assert_array_equal(fed, [[-3.0, 1.0], [-6.0, 1.0]])
    assert fed.flags.c_contiguous


def test_a_network_may_see_nothing() -> None:
    assert inputs([], np.zeros((5, 2))).shape == (0, 5)


def test_an_unknown_feature_is_named() -> None:
    with pytest.raises(Mistake, match="no feature 'x3'"):
        inputs(["x3"], np.zeros((1, 2)))
