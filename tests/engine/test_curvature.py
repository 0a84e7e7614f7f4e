from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.course import Course, Progress
from nnviz.engine.curvature import Bend, RangeTest, hessian_product, largest_bend, range_test
from nnviz.engine.dual import Dual
from nnviz.engine.elementary import Floats
from nnviz.engine.losses import LOSSES, Head
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.penalties import L2, PENALTIES
from nnviz.engine.training import NumpyLoop, measure
from tests.engine.courses import course, first_theta

HEADS = [Head(output, loss.key) for loss in LOSSES for output in loss.outputs]
CLASSES = {"linear": 0, "softmax": 3}


def hessian(of: Course, theta: Floats, step: float = 1e-5) -> Floats:
    """All of it, by central differences of the gradient, the penalty included."""

    def gradient(at: Floats) -> Floats:
        _, grad = of.network.gradient(at, of.train_inputs, of.train_targets)
        pushed: Floats = grad + of.penalty.gradient(at) * of.network.is_weight
        return pushed

    rows = [gradient(theta + move) - gradient(theta - move) for move in np.eye(len(theta)) * step]
    return np.array(rows) / (2 * step)


@pytest.mark.parametrize("head", HEADS, ids=repr)
@pytest.mark.parametrize("activation", [kind() for kind in ACTIVATIONS], ids=repr)
def test_products_are_those_of_the_whole_hessian(activation: Activation, head: Head) -> None:
    classes = CLASSES.get(head.output_key, 2)
    of = course(hidden=(3, 2), activation=activation, head=head, classes=classes, samples=12)
    theta = first_theta(of) + np.random.default_rng(0).normal(size=of.network.size, scale=0.1)
    wanted = hessian(of, theta)
    vector = np.random.default_rng(1).normal(size=len(theta))
    got = hessian_product(of.network, theta, vector, of.train_inputs, of.train_targets)
    np.testing.assert_allclose(got, wanted @ vector, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("penalty", [kind() for kind in PENALTIES], ids=repr)
def test_the_largest_bend_is_the_largest_eigenvalue(penalty: L2) -> None:
    of = course(hidden=(3,), penalty=penalty, samples=12)
    theta = first_theta(of)
    bend = largest_bend(of, theta)
    wanted = np.linalg.eigvalsh(hessian(of, theta))[-1]
    assert bend.curvature == pytest.approx(wanted, rel=1e-5)
    assert bend.limit == pytest.approx(2 / wanted, rel=1e-5)


def test_a_negative_bend_does_not_hide_the_largest() -> None:
    """One sample is badly wrong where tanh is flat already, the other is nearly right."""
    of = course(hidden=())
    inputs, targets = np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([[-1.0, 0.3]])
    of = replace(of, train_inputs=inputs, train_targets=targets)
    theta = np.array([0.5, 0.3, 0.0])
    values = np.linalg.eigvalsh(hessian(of, theta))
    assert -values[0] > values[-1]
    assert largest_bend(of, theta).curvature == pytest.approx(values[-1], rel=1e-5)


def test_a_bend_that_is_not_finite_ends_the_search() -> None:
    of = course(hidden=(), head=Head("linear", "half-squared"))
    with np.errstate(all="ignore"):
        wild = replace(of, train_inputs=of.train_inputs * 1e200)
        assert not np.isfinite(largest_bend(wild, np.zeros(3)).curvature)


def test_a_search_may_run_out_of_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    of = course(samples=12)
    theta = first_theta(of)
    whole = largest_bend(of, theta).curvature
    monkeypatch.setattr("nnviz.engine.curvature.ROUNDS", 3)
    assert largest_bend(of, theta).curvature <= whole * (1 + 1e-9)


def test_where_nothing_is_bent_up_every_rate_is_allowed() -> None:
    of = course(hidden=(), head=Head("linear", "half-squared"))
    flat = replace(of, train_inputs=of.train_inputs * 0.0, train_targets=of.train_targets * 0.0)
    assert largest_bend(flat, np.zeros(3)).limit == pytest.approx(2.0)
    assert Bend(-1.0, np.zeros(3)).limit == inf


@pytest.mark.parametrize(("factor", "is_stable"), [(0.95, True), (1.05, False)])
def test_gradient_descent_is_stable_up_to_two_over_the_bend(factor: float, is_stable: bool) -> None:
    of = course(hidden=(), head=Head("linear", "half-squared"), batch=60)
    theta = first_theta(of)
    of = replace(of, optimizer=SGD(factor * largest_bend(of, theta).limit))
    progress = Progress.start(of, theta)
    before = measure(of, theta).train_loss
    NumpyLoop().advance(of, progress, 400)
    assert (measure(of, progress.theta).train_loss < before) == is_stable


def test_a_range_test_rises_until_the_loss_does() -> None:
    of = course(hidden=(4,), head=Head("linear", "half-squared"))
    theta = first_theta(of)
    kept = theta.copy()
    found = range_test(of, theta)
    np.testing.assert_array_equal(theta, kept)
    assert 10 < len(found.rates) == len(found.losses) < 100
    assert found.rates[0] == 1e-5
    assert np.isfinite(found.losses).all()
    assert 1e-4 < found.steepest < 10.0


def test_a_range_test_may_be_a_single_update() -> None:
    of = course(optimizer=Adam())
    assert range_test(of, first_theta(of), updates=1).steepest == 1e-5


def test_a_dual_does_not_know_reductions() -> None:
    with pytest.raises(TypeError):
        np.add.reduce(Dual(np.ones(3), np.ones(3)))  # type: ignore[call-overload]


def test_jumps_of_an_unstable_loss_do_not_count() -> None:
    rates = np.geomspace(1e-4, 10.0, 60)
    losses = np.where(rates < 0.3, 1.0 - 0.8 / (1.0 + (0.05 / rates) ** 4), 0.6)
    losses[50:] += np.tile([0.9, -0.3], 5)
    assert 0.02 < RangeTest(rates, losses).steepest < 0.2
