from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.features import FEATURES, HIGHEST, SAME, feature_of, inputs, typed_feature
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


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("x1*x2 + 1", -5.0, "x₁x₂ + 1"),
        ("sqrt(x1^2+x2^2)", 13**0.5, "sqrt(x₁² +…"),
        ("sin(3*x1)", np.sin(6.0), "sin(3x₁)"),
        ("x1 - x2", 5.0, "x₁ − x₂"),
        ("2", 2.0, "2"),
    ],
)
def test_a_formula_makes_a_feature(text: str, value: float, label: str) -> None:
    feature = feature_of(text)
    assert float(feature.rule(POINT)) == pytest.approx(value)
    assert feature.key == text
    assert feature.label == label
    assert feature.rule(np.zeros((3, 4, 2))).shape == (3, 4)


def test_formulas_and_features_of_the_table_feed_a_network_together() -> None:
    fed = inputs(["x1", "x1 + x2"], np.array([POINT, [1.0, 1.0]]))
    np.testing.assert_array_equal(fed, [[2.0, 1.0], [-1.0, 2.0]])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("log(x1)", "The formula has no value at x1 = -6, x2 = -6"),
        ("1/x2", "The formula is inf at x1 = -6, x2 = 0"),
        ("exp(10*x1)", r"is 3.27e\+06 at x1 = 1.5, x2 = -6; .* up to 1,000,000 everywhere from -6"),
        ("x1 +", "at character 5"),
        ("x + y", "there is no 'x'; there are x1, x2"),
    ],
)
def test_a_formula_that_makes_no_feature_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        feature_of(text)


def test_beyond_what_was_checked_a_formula_still_gives_numbers() -> None:
    far = np.array([[np.pi / 2, 0.0], [1e300, 1e300], [6.0001, 0.0]])
    for text in ("tan(x1)", "x1^3", "sqrt(6-x1)"):
        values = feature_of(text).rule(far)
        assert np.isfinite(values).all()
        assert np.abs(values).max() <= HIGHEST


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x1", "x1"),
        (" x2 ", "x2"),
        ("x1*x2", "x1-x2"),
        ("x1²", "x1-squared"),
        ("sin(x1)", "sin-x1"),
        ("x1-x2", "x1 - x2"),
        ("3x1", "3*x1"),
    ],
)
def test_a_typed_formula_is_known_by_one_key(text: str, key: str) -> None:
    assert typed_feature(text) == key
    assert feature_of(key).key == key


def test_what_is_said_to_be_the_same_is_the_same(rng: np.random.Generator) -> None:
    points = rng.normal(size=(9, 2))
    for text, key in SAME.items():
        np.testing.assert_array_equal(feature_of(text).rule(points), FEATURES[key].rule(points))
