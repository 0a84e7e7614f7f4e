"""Input features: what a network sees of a point of the plane, made from x₁ and x₂ by hand.

Seven stand in a table; any other is a formula in x1 and x2, which is its key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.expression import Expression, parse
from nnviz.mistake import Mistake
from nnviz.table import Table
from nnviz.value import dataclass

NAMES = ("x1", "x2")
"""What may stand in a formula for a feature."""

REACH, CELLS = 6.0, 49
"""Where a formula must have a value: a grid over the plane of the data, its axes included."""

HIGHEST = 1e6
"""What a feature may be at most."""

LABEL = 12
"""How many characters a label has at most."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A number made from a point; `rule` takes points of shape (…, 2) to numbers of shape (…)."""

    key: str
    label: str
    rule: Callable[[Floats], Floats]


def feature_of(key: str) -> Feature:
    """The feature of a key of FEATURES, or the one that a formula in x1 and x2 makes.

    Raises:
        Mistake: if it is neither, or has no value somewhere on the plane.
    """
    return FEATURES[key] if key in FEATURES else _typed(key)


def typed_feature(text: str) -> str:
    """The key that a typed formula gets: one of FEATURES if it says the same, else the formula.

    Without this, x1-x2, the key of the product, could not be typed as the difference.

    Raises:
        Mistake: if it is no formula in x1 and x2, or has no value somewhere on the plane.
    """
    plain = parse(text, NAMES).text
    key = SAME.get(plain, plain)
    return feature_of(key).key


def inputs(features: Iterable[str], points: Floats) -> Floats:
    """What the network is fed: the chosen features of points, of shape (features, points).

    Args:
        features: keys of FEATURES or formulas, in the order of the network's inputs.
        points: of shape (points, 2).

    Raises:
        Mistake: if a key is not a feature.
    """
    rules = [feature_of(key).rule for key in features]
    fed = np.empty((len(rules), len(points)))
    for row, rule in zip(fed, rules, strict=True):
        row[:] = rule(points)
    return fed


@lru_cache(maxsize=64)
def _typed(key: str) -> Feature:
    """The feature that a formula makes; whoever asks again gets the same one."""
    try:
        expression = parse(key, NAMES)
    except Mistake:
        if re.fullmatch("[a-z0-9-]{1,40}", key):
            FEATURES[key]
        raise
    _check(expression)
    return Feature(key, _label(expression), partial(_values, expression))


def _check(expression: Expression) -> None:
    """Refuse a formula that has no value, or a huge one, where data lie."""
    axis = np.linspace(-REACH, REACH, CELLS)
    x1, x2 = np.meshgrid(axis, axis)
    values = expression.values(x1=x1, x2=x2)
    bad = np.argwhere(~(np.abs(values) <= HIGHEST))
    if len(bad):
        row, column = bad[0]
        value = values[row, column]
        says = "has no value" if np.isnan(value) else f"is {value:.3g}"
        raise Mistake(
            f"The formula {says} at x1 = {x1[row, column]:g}, x2 = {x2[row, column]:g}; a feature"
            f" needs a number up to {HIGHEST:,.0f} everywhere from {-REACH:g} to {REACH:g}."
        )


def _values(expression: Expression, points: Floats) -> Floats:
    """The numbers of a formula at points; where there is none between the checked places, 0."""
    values = expression.values(x1=points[..., 0], x2=points[..., 1])
    held: Floats = np.nan_to_num(np.clip(values, -HIGHEST, HIGHEST))
    return held


def _label(expression: Expression) -> str:
    label = expression.pretty
    return label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"


def _x1(points: Floats) -> Floats:
    return points[..., 0]


def _x2(points: Floats) -> Floats:
    return points[..., 1]


def _x1_squared(points: Floats) -> Floats:
    return points[..., 0] ** 2


def _x2_squared(points: Floats) -> Floats:
    return points[..., 1] ** 2


def _x1_x2(points: Floats) -> Floats:
    return points[..., 0] * points[..., 1]


def _sin_x1(points: Floats) -> Floats:
    return np.sin(points[..., 0])


def _sin_x2(points: Floats) -> Floats:
    return np.sin(points[..., 1])


FEATURES: Table[Feature] = Table(
    "feature",
    [
        Feature("x1", "x₁", _x1),
        Feature("x2", "x₂", _x2),
        Feature("x1-squared", "x₁²", _x1_squared),
        Feature("x2-squared", "x₂²", _x2_squared),
        Feature("x1-x2", "x₁x₂", _x1_x2),
        Feature("sin-x1", "sin x₁", _sin_x1),
        Feature("sin-x2", "sin x₂", _sin_x2),
    ],
)

SAME: Mapping[str, str] = {
    "x1^2": "x1-squared",
    "x2^2": "x2-squared",
    "x1*x1": "x1-squared",
    "x2*x2": "x2-squared",
    "x1*x2": "x1-x2",
    "x2*x1": "x1-x2",
    "sin(x1)": "sin-x1",
    "sin(x2)": "sin-x2",
}
"""Formulas that say the same as a feature of the table."""
