from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.penalties import L1, L2, PENALTIES, ElasticNet, NoPenalty, Penalty
from nnviz.mistake import Mistake

every_penalty = pytest.mark.parametrize("penalty", [kind() for kind in PENALTIES], ids=repr)


@every_penalty
def test_the_gradient_is_that_of_central_differences(penalty: Penalty) -> None:
    weights = np.array([-2.0, -0.1, 0.3, 5.0])
    step = 1e-6
    for place in range(len(weights)):
        shift = np.zeros(4)
        shift[place] = step
        rise = penalty.cost(weights + shift) - penalty.cost(weights - shift)
        assert penalty.gradient(weights)[place] == pytest.approx(rise / (2.0 * step), abs=1e-8)


@pytest.mark.parametrize(
    ("penalty", "cost", "gradient"),
    [
        (NoPenalty(), 0.0, 0.0),
        (L1(0.1), 0.3, -0.1),
        (L2(0.1), 0.45, -0.3),
        (ElasticNet(0.1, 0.25), 0.4125, -0.25),
    ],
)
def test_known_values(penalty: Penalty, cost: float, gradient: float) -> None:
    assert penalty.cost(np.array([-3.0])) == pytest.approx(cost)
    assert penalty.gradient(np.array([-3.0])) == pytest.approx(gradient)


@pytest.mark.parametrize(("share", "other"), [(1.0, L1(0.1)), (0.0, L2(0.1))])
def test_the_ends_of_the_elastic_net_are_l1_and_l2(share: float, other: Penalty) -> None:
    weights = np.array([-2.0, 0.0, 0.3])
    net = ElasticNet(0.1, share)
    assert net.cost(weights) == pytest.approx(other.cost(weights))
    np.testing.assert_allclose(net.gradient(weights), other.gradient(weights))


@every_penalty
def test_its_numbers_are_its_rate_and_its_share(penalty: Penalty) -> None:
    wanted = getattr(penalty, "rate", 0.0), getattr(penalty, "share", 0.0)
    assert penalty.numbers == wanted
    assert penalty.strength == wanted[0]


@every_penalty
def test_a_weight_of_zero_is_left_alone(penalty: Penalty) -> None:
    assert penalty.gradient(np.zeros(3)).tolist() == [0.0, 0.0, 0.0]


def test_a_rate_out_of_range_is_refused() -> None:
    with pytest.raises(Mistake, match="rate is -1"):
        L2(-1.0)
    with pytest.raises(Mistake, match=r"share is 1\.5"):
        ElasticNet(0.1, 1.5)
