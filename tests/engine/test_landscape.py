from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.activations import ELU, Activation, PReLU, ReLU, Sigmoid, Tanh
from nnviz.engine.course import Course
from nnviz.engine.landscape import Slice
from nnviz.engine.losses import Head
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.penalties import L1, L2, ElasticNet, NoPenalty, Penalty
from nnviz.engine.raster import plane
from nnviz.engine.swarm import Race
from nnviz.mistake import Mistake
from tests.engine.courses import course, first_theta

BINARY = Head("sigmoid", "binary-cross-entropy")
SOFTMAX = Head("softmax", "cross-entropy")

# Places in the theta of a 2-3-2-1 network: weights and biases of three layers.
PAIRS = {
    "two weights of one unit": (0, 1),
    "a weight and the bias of one unit": (0, 6),
    "weights of two units": (4, 1),
    "two biases": (6, 8),
    "a weight behind a moving unit": (0, 9),
    "a weight behind a held unit": (0, 10),
    "the first and the last layer": (3, 17),
    "the last layer first": (19, 2),
    "the middle layer alone": (9, 14),
    "the middle and the last": (16, 18),
    "the last layer alone": (17, 19),
}
every_pair = pytest.mark.parametrize("axes", PAIRS.values(), ids=PAIRS)


def slice_of(of: Course, axes: tuple[int, int]) -> Slice:
    return Slice(of.network, of.train_inputs, of.train_targets, first_theta(of), axes, of.penalty)


def small(activation: Activation | None = None, penalty: Penalty | None = None) -> Course:
    return course(
        hidden=(3, 2),
        activation=activation or Tanh(),
        penalty=penalty or NoPenalty(),
        samples=40,
    )


def in_full(cut: Slice, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    losses, gradients = [], []
    for point in points:
        theta = cut.theta.copy()
        theta[list(cut.axes)] = point
        loss, gradient = cut.network.gradient(theta, cut.inputs, cut.targets)
        weights = cut.network.is_weight
        slopes = np.where(weights, cut.penalty.gradient(theta), 0.0)
        losses.append(loss + cut.penalty.cost(theta[weights]))
        gradients.append((gradient + slopes)[list(cut.axes)])
    return np.array(losses), np.array(gradients)


@every_pair
@pytest.mark.parametrize(
    "penalty", [NoPenalty(), L2(0.1), L1(0.1), ElasticNet(0.1, 0.3)], ids=lambda each: each.key
)
def test_a_slice_is_exactly_the_loss_of_the_network(
    axes: tuple[int, int], penalty: Penalty, rng: np.random.Generator
) -> None:
    cut = slice_of(small(penalty=penalty), axes)
    points = rng.uniform(-3, 3, (9, 2))
    losses, gradients = in_full(cut, points)
    value, gradient = cut.value_and_gradient(points)
    np.testing.assert_allclose(value, losses, rtol=1e-12)
    np.testing.assert_allclose(cut.value(points), losses, rtol=1e-12)
    np.testing.assert_allclose(gradient, gradients, rtol=1e-9, atol=1e-13)
    np.testing.assert_array_equal(cut.gradient(points), gradient)


@pytest.mark.parametrize(
    "activation", [Tanh(), Sigmoid(), ReLU(), ELU()], ids=lambda each: each.key
)
@pytest.mark.parametrize(
    ("head", "classes"), [(BINARY, 2), (SOFTMAX, 4), (Head("linear", "half-squared"), 0)]
)
def test_any_network_can_be_sliced(
    activation: Activation, head: Head, classes: int, rng: np.random.Generator
) -> None:
    cut = slice_of(course(activation=activation, head=head, classes=classes), (2, 13))
    points = rng.uniform(-3, 3, (5, 2))
    losses, gradients = in_full(cut, points)
    value, gradient = cut.value_and_gradient(points)
    np.testing.assert_allclose(value, losses, rtol=1e-12)
    np.testing.assert_allclose(gradient, gradients, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(cut.sketch(points), losses, rtol=1e-4)


@every_pair
def test_the_gradient_is_that_of_central_differences(axes: tuple[int, int]) -> None:
    cut = slice_of(small(), axes)
    point = cut.center + np.array([0.3, -0.2])
    step = 1e-6
    around = point + step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    right, left, above, below = cut.value(around)
    slopes = np.array([right - left, above - below]) / (2 * step)
    np.testing.assert_allclose(cut.gradient(point), slopes, atol=1e-8)


def test_a_network_without_hidden_layers_can_be_sliced(rng: np.random.Generator) -> None:
    cut = slice_of(course(hidden=(), head=SOFTMAX, classes=3), (1, 8))
    points = rng.normal(size=(6, 2))
    np.testing.assert_allclose(cut.value(points), in_full(cut, points)[0], rtol=1e-12)
    np.testing.assert_allclose(cut.gradient(points), in_full(cut, points)[1], atol=1e-12)


def test_at_its_center_it_is_the_loss_of_training() -> None:
    of = small()
    cut = slice_of(of, (0, 9))
    loss = of.network.loss(cut.theta, of.train_inputs, of.train_targets)
    assert float(cut.value(cut.center)) == pytest.approx(loss)
    x_min, x_max, y_min, y_max = cut.domain
    np.testing.assert_allclose([(x_min + x_max) / 2, (y_min + y_max) / 2], cut.center)


def test_pictures_are_worked_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = slice_of(small(), (0, 9))
    points = plane(cut.domain, 12)
    whole = cut.value_and_gradient(points)
    monkeypatch.setattr("nnviz.engine.landscape.CHUNK", 100)
    parts = cut.value_and_gradient(points)
    assert parts[0].shape == (12, 12)
    assert parts[1].shape == (12, 12, 2)
    np.testing.assert_allclose(parts[0], whole[0], rtol=1e-12)
    np.testing.assert_allclose(parts[1], whole[1], rtol=1e-9, atol=1e-13)


def test_a_sketch_is_good_enough_for_a_picture() -> None:
    cut = slice_of(small(penalty=L2(0.01)), (0, 9))
    points = plane(cut.domain, 16)
    sketch = cut.sketch(points)
    assert sketch.dtype == np.float64
    np.testing.assert_allclose(sketch, cut.value(points), rtol=1e-5)


@pytest.mark.parametrize("size", [1e30, 1e200])
def test_weights_beyond_measure_give_losses_without_end_and_no_warning(size: float) -> None:
    of = course(head=Head("linear", "half-squared"), activation=ReLU(), classes=0)
    cut = Slice(of.network, of.train_inputs, of.train_targets, size * first_theta(of), (0, 9))
    with np.errstate(all="warn"):
        cut.value_and_gradient(cut.center)
        assert not np.isfinite(cut.sketch(cut.center))


def test_no_points_have_no_losses() -> None:
    value, gradient = slice_of(small(), (0, 1)).value_and_gradient(np.zeros((0, 2)))
    assert value.shape == (0,)
    assert gradient.shape == (0, 2)


def test_theta_stays_as_it_is() -> None:
    cut = slice_of(small(), (0, 9))
    kept = cut.theta.copy()
    cut.value_and_gradient(plane(cut.domain, 4))
    np.testing.assert_array_equal(cut.theta, kept)


def test_a_place_beyond_theta_is_refused() -> None:
    with pytest.raises(Mistake, match="no parameter 99"):
        slice_of(small(), (0, 99))


def test_optimizers_race_downhill_on_a_slice() -> None:
    cut = slice_of(small(), (0, 9))
    race = Race(cut, [SGD(0.3), Adam(0.05)], cut.center)
    race.advance(50)
    assert np.all(race.paths[:, -1, 2] < race.paths[:, 0, 2])


# Places in the theta of a 2-3-2-1 network of PReLU: an alpha stands behind the biases.
ALPHAS = {
    "an alpha and a weight of its layer": (9, 1),
    "an alpha and a bias of its layer": (8, 9),
    "both alphas": (18, 9),
    "an alpha and a weight above": (9, 12),
    "an alpha and a weight below": (2, 18),
    "the last alpha and the output": (18, 20),
}


@pytest.mark.parametrize("axes", ALPHAS.values(), ids=ALPHAS)
def test_an_alpha_may_be_an_axis(axes: tuple[int, int], rng: np.random.Generator) -> None:
    cut = slice_of(small(PReLU(), L2(0.1)), axes)
    points = rng.uniform(-3, 3, (9, 2))
    losses, gradients = in_full(cut, points)
    value, gradient = cut.value_and_gradient(points)
    np.testing.assert_allclose(value, losses, rtol=1e-12)
    np.testing.assert_allclose(gradient, gradients, rtol=1e-9, atol=1e-13)
    np.testing.assert_allclose(cut.sketch(points), losses, rtol=1e-4)
