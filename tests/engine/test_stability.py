from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam, Momentum, Nesterov, Optimizer
from nnviz.engine.stability import has_limit, stable_rate, steepest_bend
from nnviz.engine.surfaces import SURFACES


@pytest.mark.parametrize(
    ("optimizer", "limit"),
    [
        (SGD(), 0.5),
        (Momentum(momentum=0.9), 0.95),
        (Momentum(momentum=0.0), 0.5),
        (Nesterov(momentum=0.0), 0.5),
        (Nesterov(momentum=0.5), 0.375),
        (Adam(), None),
    ],
    ids=repr,
)
def test_known_limits(optimizer: Optimizer, limit: float | None) -> None:
    assert stable_rate(optimizer, 4.0) == (pytest.approx(limit) if limit else None)
    assert stable_rate(optimizer, -1.0) is None
    assert stable_rate(optimizer, float("nan")) is None


@pytest.mark.parametrize("optimizer", [kind() for kind in OPTIMIZERS if has_limit(kind())])
def test_below_the_limit_it_comes_to_rest_and_above_it_flies_off(optimizer: Optimizer) -> None:
    curvature = 3.0
    limit = stable_rate(optimizer, curvature)
    assert limit is not None
    ends = []
    for share in (0.98, 1.02):
        theta = np.array([1.0])
        memory = optimizer.remember(theta)
        for t in range(1, 2001):
            theta, memory = optimizer.step(theta, curvature * theta, memory, t, share * limit)
        ends.append(abs(float(theta[0])))
    assert ends[0] < 1e-3
    assert ends[1] > 1e3


def test_the_steepest_bend_of_a_valley_is_that_across_it() -> None:
    valley = SURFACES["valley"]
    assert steepest_bend(valley.hessian(np.array([1.0, 2.0]))) == pytest.approx(2.0)
    assert np.isnan(steepest_bend(np.full((2, 2), np.nan)))
