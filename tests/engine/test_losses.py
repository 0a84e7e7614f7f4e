from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.losses import (
    LOSSES,
    OUTPUTS,
    Head,
    Output,
    fitting_output,
    output_units,
    predict,
    targets,
)
from nnviz.mistake import Mistake

HEADS = [Head(output, loss.key) for loss in LOSSES for output in loss.outputs]
every_head = pytest.mark.parametrize("head", HEADS, ids=repr)


@every_head
def test_the_slopes_are_those_of_central_differences(head: Head, rng: np.random.Generator) -> None:
    z = rng.normal(scale=2.0, size=(3, 20))
    wanted = targets(rng.integers(0, 3, 20).astype(np.float64), 3, head.output_key)
    _, _, slopes = head.evaluate(z, wanted)
    step = 1e-6
    for unit in range(3):
        shift = np.zeros((3, 1))
        shift[unit] = step
        rise = head.evaluate(z + shift, wanted)[1] - head.evaluate(z - shift, wanted)[1]
        np.testing.assert_allclose(slopes[unit], rise / (2.0 * step), atol=1e-8)


@every_head
def test_a_sure_answer_neither_overflows_nor_warns(head: Head) -> None:
    z = np.array([[1e3, -1e3], [-1e3, 1e3], [0.0, 0.0]])
    wanted = targets(np.array([0.0, 0.0]), 3, head.output_key)
    outputs, losses, slopes = head.evaluate(z, wanted)
    assert np.isfinite(outputs).all()
    assert np.isfinite(losses).all()
    assert np.isfinite(slopes).all()
    np.testing.assert_array_equal(outputs, head.outputs(z))


@every_head
def test_many_networks_are_worked_out_at_once(head: Head, rng: np.random.Generator) -> None:
    z = rng.normal(size=(4, 3, 5))
    wanted = targets(np.array([0.0, 1.0, 2.0, 1.0, 0.0]), 3, head.output_key)
    together = head.evaluate(z, wanted)
    for one in range(4):
        for all_of_them, alone in zip(together, head.evaluate(z[one], wanted), strict=True):
            np.testing.assert_array_equal(all_of_them[one], alone)


def test_known_losses() -> None:
    z = np.array([[0.5], [-1.0]])
    one, other = np.array([[1.0], [0.0]]), np.array([[1.0], [-1.0]])
    a = np.tanh(z)
    assert Head("tanh", "half-squared").evaluate(z, other)[1] == pytest.approx(
        0.5 * ((a[0] - 1.0) ** 2 + (a[1] + 1.0) ** 2)
    )
    p = 1.0 / (1.0 + np.exp(-z))
    assert Head("sigmoid", "binary-cross-entropy").evaluate(z, one)[1] == pytest.approx(
        -np.log(p[0]) - np.log(1.0 - p[1])
    )
    share = np.exp(z) / np.exp(z).sum()
    outputs, losses, _ = Head("softmax", "cross-entropy").evaluate(z, one)
    assert outputs == pytest.approx(share)
    assert losses == pytest.approx(-np.log(share[0]))


@pytest.mark.parametrize("output_key", ["tanh", "sigmoid", "linear"])
def test_mean_squared_is_twice_half_squared(output_key: str, rng: np.random.Generator) -> None:
    z, wanted = rng.normal(size=(2, 3, 10))
    half = Head(output_key, "half-squared").evaluate(z, wanted)
    full = Head(output_key, "mean-squared").evaluate(z, wanted)
    np.testing.assert_array_equal(full[0], half[0])
    np.testing.assert_allclose(full[1], 2.0 * half[1])
    np.testing.assert_allclose(full[2], 2.0 * half[2])


def test_without_a_clue_cross_entropy_is_the_logarithm_of_the_number_of_classes() -> None:
    for classes in range(2, 9):
        wanted = targets(np.arange(classes, dtype=np.float64), classes, "softmax")
        z = np.full((classes, classes), 7.0)
        outputs, losses, slopes = Head("softmax", "cross-entropy").evaluate(z, wanted)
        np.testing.assert_allclose(outputs, 1.0 / classes)
        np.testing.assert_allclose(losses, np.log(classes))
        np.testing.assert_allclose(slopes.sum(axis=0), 0.0, atol=1e-15)


def test_a_loss_refuses_an_output_that_does_not_fit() -> None:
    with pytest.raises(Mistake, match="'cross-entropy' does not fit the output 'tanh'"):
        Head("tanh", "cross-entropy")
    with pytest.raises(Mistake, match="There is no output 'tanhh'"):
        Head("tanhh", "half-squared")


@pytest.mark.parametrize(
    ("problem", "loss_key", "classes", "output_key"),
    [
        ("classification", "half-squared", 2, "tanh"),
        ("classification", "mean-squared", 3, "tanh"),
        ("classification", "binary-cross-entropy", 2, "sigmoid"),
        ("classification", "cross-entropy", 3, "softmax"),
        ("classification", "cross-entropy", 8, "softmax"),
        ("regression", "half-squared", 0, "linear"),
        ("regression", "mean-squared", 0, "linear"),
    ],
)
def test_an_output_that_fits(problem: str, loss_key: str, classes: int, output_key: str) -> None:
    assert fitting_output(problem, loss_key, classes) == output_key


def test_a_loss_for_classes_refuses_regression() -> None:
    sentence = "'cross-entropy' needs classes; .* use 'half-squared' or 'mean-squared'"
    with pytest.raises(Mistake, match=sentence):
        fitting_output("regression", "cross-entropy", 0)


@pytest.mark.parametrize(
    ("classes", "output_key", "units"),
    [
        (0, "linear", 1),
        (2, "tanh", 1),
        (2, "sigmoid", 1),
        (2, "softmax", 2),
        (3, "tanh", 3),
        (8, "softmax", 8),
    ],
)
def test_how_many_units_an_output_has(classes: int, output_key: str, units: int) -> None:
    assert output_units(classes, output_key) == units


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.key)
@pytest.mark.parametrize("classes", [2, 3, 8])
def test_targets_are_predicted_as_the_classes_they_came_from(output: Output, classes: int) -> None:
    labels = np.array([0.0, 1.0, classes - 1.0, 0.0])
    wanted = targets(labels, classes, output.key)
    assert wanted.shape == (output_units(classes, output.key), 4)
    assert wanted.flags.c_contiguous
    np.testing.assert_array_equal(predict(wanted, output.key), labels)


def test_targets_of_two_classes() -> None:
    labels = np.array([0.0, 1.0])
    assert targets(labels, 2, "tanh").tolist() == [[-1.0, 1.0]]
    assert targets(labels, 2, "sigmoid").tolist() == [[0.0, 1.0]]
    assert targets(labels, 2, "softmax").tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_targets_of_regression_are_the_values() -> None:
    labels = np.array([0.25, -0.5])
    wanted = targets(labels, 0, "linear")
    assert wanted.tolist() == [[0.25, -0.5]]
    assert not np.shares_memory(wanted, labels)
