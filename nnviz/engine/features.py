"""Input features: what a network sees of a point of the plane, made from x₁ and x₂ by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.table import Table


@dataclass(frozen=True, slots=True)
class Feature:
    """A number made from a point; `rule` takes points of shape (…, 2) to numbers of shape (…)."""

    key: str
    label: str
    rule: Callable[[Floats], Floats]


def feature_of(key: str) -> Feature:
    """The feature of a key of FEATURES, or the one that a formula in x1 and x2 makes.

    Raises:
        Mistake: if it is neither.
    """
    return FEATURES[key]


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
