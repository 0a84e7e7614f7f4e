from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.activations import ELU, Activation, PReLU, ReLU, Sigmoid, Tanh
from nnviz.engine.course import Course
from nnviz.engine.landscape import Slice
from nnviz.engine.losses import Head
from nnviz.engine.penalties import L1, L2, ElasticNet, NoPenalty, Penalty
from nnviz.engine.plane import Plane, plane_along, random_plane
from nnviz.engine.raster import plane as grid
from nnviz.engine.section import ENOUGH, Cost, Section, thinned
from tests.engine.courses import course, first_theta

DOMAIN = (-1.0, 1.0, -1.0, 1.0)


def section_of(of: Course, plane: Plane | None = None) -> Section:
    plane = plane or random_plane(of.network, first_theta(of), 5)
    return Section(Cost(of.network, of.train_inputs, of.train_targets, of.penalty), plane, DOMAIN)


def in_full(section: Section, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    cost, plane = section.cost, section.plane
    weights = cost.network.is_weight
    losses, gradients = [], []
    for theta in plane.theta(points):
        loss, gradient = cost.network.gradient(theta, cost.inputs, cost.targets)
        gradient = gradient + np.where(weights, cost.penalty.gradient(theta), 0.0)
        losses.append(loss + cost.penalty.cost(theta[weights]))
        gradients.append([gradient @ plane.across, gradient @ plane.up])
    return np.array(losses), np.array(gradients)


@pytest.mark.parametrize(
    "penalty", [NoPenalty(), L2(0.1), L1(0.1), ElasticNet(0.1, 0.3)], ids=lambda each: each.key
)
@pytest.mark.parametrize(
    "activation", [Tanh(), Sigmoid(), ReLU(), ELU(), PReLU()], ids=lambda each: each.key
)
def test_a_section_is_exactly_the_loss_of_the_network(
    activation: Activation, penalty: Penalty, rng: np.random.Generator
) -> None:
    section = section_of(course(hidden=(3, 2), activation=activation, penalty=penalty))
    points = rng.uniform(-2, 2, (9, 2))
    losses, gradients = in_full(section, points)
    value, gradient = section.value_and_gradient(points)
    np.testing.assert_allclose(value, losses, rtol=1e-12)
    np.testing.assert_allclose(section.value(points), losses, rtol=1e-12)
    np.testing.assert_allclose(gradient, gradients, rtol=1e-8, atol=1e-12)
    np.testing.assert_array_equal(section.gradient(points), gradient)
    np.testing.assert_allclose(section.sketch(points), losses, rtol=1e-4)


@pytest.mark.parametrize(
    ("head", "classes"),
    [
        (Head("sigmoid", "binary-cross-entropy"), 2),
        (Head("softmax", "cross-entropy"), 4),
        (Head("linear", "half-squared"), 0),
    ],
)
@pytest.mark.parametrize("hidden", [(), (3,), (3, 2)])
def test_any_network_can_be_cut(
    head: Head, classes: int, hidden: tuple[int, ...], rng: np.random.Generator
) -> None:
    section = section_of(course(hidden=hidden, head=head, classes=classes))
    points = rng.uniform(-2, 2, (5, 2))
    losses, gradients = in_full(section, points)
    value, gradient = section.value_and_gradient(points)
    np.testing.assert_allclose(value, losses, rtol=1e-12)
    np.testing.assert_allclose(gradient, gradients, rtol=1e-8, atol=1e-12)


def test_the_gradient_is_that_of_central_differences() -> None:
    section = section_of(course(hidden=(3, 2), penalty=L2(0.01)))
    point, step = np.array([0.3, -0.2]), 1e-6
    around = point + step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    right, left, above, below = section.value(around)
    slopes = np.array([right - left, above - below]) / (2 * step)
    np.testing.assert_allclose(section.gradient(point), slopes, atol=1e-8)


def test_over_two_weights_it_is_the_slice(rng: np.random.Generator) -> None:
    of, theta = course(hidden=(3, 2)), first_theta(course(hidden=(3, 2)))
    section = section_of(of, plane_along(theta, (1, 13)))
    cut = Slice(of.network, of.train_inputs, of.train_targets, theta, (1, 13))
    points = rng.uniform(-3, 3, (3, 4, 2))
    np.testing.assert_allclose(section.value(points), cut.value(points), rtol=1e-12)
    np.testing.assert_allclose(section.gradient(points), cut.gradient(points), atol=1e-12)
    assert not cut.line
    assert not section.line


def test_over_one_weight_y_means_nothing(rng: np.random.Generator) -> None:
    of = course(hidden=(3, 2))
    section = section_of(of, plane_along(first_theta(of), (4,)))
    points = rng.normal(size=(6, 2))
    value, gradient = section.value_and_gradient(points)
    np.testing.assert_array_equal(value, section.value(points * np.array([1.0, 7.0])))
    np.testing.assert_array_equal(gradient[:, 1], 0.0)
    assert section.line


def test_pictures_are_worked_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    section = section_of(course(hidden=(3, 2)))
    points = grid(DOMAIN, 12)
    whole = section.value_and_gradient(points)
    monkeypatch.setattr("nnviz.engine.section.CHUNK", 100)
    parts = section.value_and_gradient(points)
    assert parts[0].shape == (12, 12)
    assert parts[1].shape == (12, 12, 2)
    np.testing.assert_allclose(parts[0], whole[0], rtol=1e-12)
    np.testing.assert_allclose(parts[1], whole[1], rtol=1e-9, atol=1e-13)


def test_a_sketch_sees_no_more_samples_than_a_picture_needs(rng: np.random.Generator) -> None:
    samples = np.arange(3.0 * ENOUGH + 7)[None, :]
    kept = thinned(samples)
    assert kept.shape == (1, ENOUGH)
    assert (np.diff(kept) >= 3).all()
    few = rng.normal(size=(2, 9))
    assert thinned(few) is few


@pytest.mark.parametrize("size", [1e30, 1e200])
def test_weights_beyond_measure_give_losses_without_end_and_no_warning(size: float) -> None:
    of = course(head=Head("linear", "half-squared"), activation=ReLU(), classes=0)
    section = section_of(of, random_plane(of.network, size * first_theta(of), 1))
    with np.errstate(all="warn"):
        section.value_and_gradient(np.zeros(2))
        assert not np.isfinite(section.sketch(np.zeros(2)))


def test_no_points_have_no_losses() -> None:
    value, gradient = section_of(course()).value_and_gradient(np.zeros((0, 2)))
    assert value.shape == (0,)
    assert gradient.shape == (0, 2)
