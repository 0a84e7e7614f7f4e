from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import PReLU, ReLU, Sigmoid
from nnviz.engine.losses import Head
from nnviz.engine.metrics import (
    accuracy,
    confusion,
    dead_shares,
    gradient_norms,
    pre_activations,
    precision,
    r_squared,
    recall,
    saturated_shares,
)
from nnviz.engine.network import Network

LABELS = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.array([0, 0, 1, 1, 1, 0])
HEAD = Head("linear", "half-squared")
POINTS = np.array([[-2.0, 1.0, 3.0, 5.0]])


def test_accuracy_is_the_share_of_right_answers() -> None:
    assert accuracy(PREDICTED, LABELS) == pytest.approx(4 / 6)
    assert np.isnan(accuracy(LABELS[:0], LABELS[:0]))


def test_the_confusion_matrix_has_a_row_for_each_true_class() -> None:
    np.testing.assert_array_equal(
        confusion(PREDICTED, LABELS, 3), [[2, 1, 0], [0, 2, 0], [1, 0, 0]]
    )


def test_labels_may_be_numbers_with_a_point() -> None:
    counts = confusion(PREDICTED, LABELS.astype(np.float64), 3)
    np.testing.assert_array_equal(counts, confusion(PREDICTED, LABELS, 3))


def test_precision_and_recall_look_along_columns_and_rows() -> None:
    counts = confusion(PREDICTED, LABELS, 4)
    np.testing.assert_allclose(precision(counts), [2 / 3, 2 / 3, np.nan, np.nan])
    np.testing.assert_allclose(recall(counts), [2 / 3, 1.0, 0.0, np.nan])


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1))
def test_the_diagonal_is_the_accuracy(pairs: list[tuple[int, int]]) -> None:
    predicted, labels = np.array(pairs).T
    counts = confusion(predicted, labels, 5)
    assert counts.sum() == len(pairs)
    assert np.trace(counts) / len(pairs) == pytest.approx(accuracy(predicted, labels))


@pytest.mark.parametrize(
    ("outputs", "expected"), [([1, 2, 3], 1.0), ([2, 2, 2], 0.0), ([3, 2, 1], -3.0)]
)
def test_r_squared_compares_with_the_mean(outputs: list[float], expected: float) -> None:
    assert r_squared(np.array(outputs, float), np.array([1.0, 2.0, 3.0])) == pytest.approx(expected)


@pytest.mark.parametrize("values", [np.full(3, 2.0), np.zeros(0)])
def test_r_squared_of_values_all_alike_is_not_a_number(values: np.ndarray) -> None:
    assert np.isnan(r_squared(values, values))


def test_gradient_norms_are_lengths_layer_by_layer() -> None:
    network = Network((1, 2, 1), (ReLU(),), HEAD)
    norms = gradient_norms(network, np.array([3.0, 0, 0, 4.0, 1.0, 2.0, 2.0]))
    np.testing.assert_allclose(norms, [5.0, 3.0])


def test_pre_activations_are_what_enters_the_hidden_units() -> None:
    network = Network((1, 2, 1), (ReLU(),), HEAD)
    (z,) = pre_activations(network, np.array([1.0, -2.0, 0.5, 0.0, 1.0, 1.0, 0.0]), POINTS)
    np.testing.assert_allclose(z, [[-1.5, 1.5, 3.5, 5.5], [4.0, -2.0, -6.0, -10.0]])


def test_a_unit_is_dead_when_no_point_lifts_it() -> None:
    network = Network((1, 2, 2, 1), (ReLU(), ReLU()), HEAD)
    first = [1.0, -1.0, 0.0, -2.5]
    second = [-1.0, 0.0, -1.0, 0.0, 0.0, -1.0]
    theta = np.array([*first, *second, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(dead_shares(network, theta, POINTS), [0.5, 1.0])
    np.testing.assert_allclose(dead_shares(network, theta, -POINTS), [0.0, 1.0])


def test_a_sigmoid_is_saturated_beyond_4_6() -> None:
    network = Network((1, 1, 1), (Sigmoid(),), HEAD)
    theta = np.array([1.0, 0.0, 1.0, 0.0])
    inside, outside = np.array([[4.55, -4.55]]), np.array([[4.65, -4.65]])
    assert saturated_shares(network, theta, inside) == pytest.approx([0.0])
    assert saturated_shares(network, theta, outside) == pytest.approx([1.0])


def test_without_hidden_layers_there_is_nothing_to_saturate() -> None:
    network = Network((1, 1), (), HEAD)
    theta = np.zeros(2)
    assert saturated_shares(network, theta, POINTS).shape == (0,)
    assert dead_shares(network, theta, POINTS).shape == (0,)


def test_a_prelu_is_saturated_where_its_own_alpha_is_small() -> None:
    network = Network((1, 1, 1), (PReLU(),), HEAD)
    steep, flat = np.array([1.0, 0.0, 0.5, 1.0, 0.0]), np.array([1.0, 0.0, 0.001, 1.0, 0.0])
    assert saturated_shares(network, steep, POINTS) == pytest.approx([0.0])
    assert saturated_shares(network, flat, POINTS) == pytest.approx([0.25])


@given(seed=st.integers(0, 2**16))
def test_the_norms_of_the_layers_make_that_of_the_whole_gradient(seed: int) -> None:
    network = Network((2, 3, 2, 1), (PReLU(), Sigmoid()), HEAD)
    gradient = np.random.default_rng(seed).normal(size=network.size)
    norms = gradient_norms(network, gradient)
    assert norms.shape == (3,)
    assert np.linalg.norm(norms) == pytest.approx(np.linalg.norm(gradient))
