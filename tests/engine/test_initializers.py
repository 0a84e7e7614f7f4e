from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.activations import PReLU, Tanh
from nnviz.engine.initializers import INITIALIZERS, Initializer, drawn
from nnviz.engine.losses import Head
from nnviz.engine.network import Layer, Network

WIDTHS = (7, 200, 100, 3)
NETWORK = Network(WIDTHS, (Tanh(), Tanh()), Head("tanh", "half-squared"))
every_initializer = pytest.mark.parametrize("initializer", INITIALIZERS, ids=lambda each: each.key)


def layers(key: str) -> tuple[Layer, ...]:
    """The layers of a fresh network."""
    return NETWORK.layers(INITIALIZERS[key].draw(np.random.default_rng(0), NETWORK))


@every_initializer
def test_it_fills_the_whole_of_theta(initializer: Initializer, rng: np.random.Generator) -> None:
    theta = initializer.draw(rng, NETWORK)
    assert theta.shape == (NETWORK.size,)
    assert np.isfinite(theta).all()


@every_initializer
def test_the_same_seed_draws_the_same(initializer: Initializer) -> None:
    first, again = (initializer.draw(np.random.default_rng(5), NETWORK) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_glorot_is_uniform_by_inputs_and_outputs() -> None:
    for layer in layers("glorot"):
        limit = np.sqrt(6.0 / sum(layer.weights.shape))
        assert 0.9 * limit < np.abs(layer.weights).max() <= limit
        assert not layer.biases.any()


def test_he_is_normal_by_inputs() -> None:
    for layer in layers("he"):
        inputs = layer.weights.shape[1]
        assert layer.weights.std() == pytest.approx(np.sqrt(2.0 / inputs), rel=0.1)
        assert not layer.biases.any()


def test_lecun_is_normal_by_inputs() -> None:
    for layer in layers("lecun"):
        inputs = layer.weights.shape[1]
        assert layer.weights.std() == pytest.approx(np.sqrt(1.0 / inputs), rel=0.1)
        assert not layer.biases.any()


def test_orthogonal_neither_stretches_nor_shrinks() -> None:
    for layer in layers("orthogonal"):
        weights = (
            layer.weights if layer.weights.shape[0] >= layer.weights.shape[1] else layer.weights.T
        )
        np.testing.assert_allclose(weights.T @ weights, np.eye(weights.shape[1]), atol=1e-12)
        assert not layer.biases.any()


def test_orthogonal_prefers_no_direction() -> None:
    square = Network((2, 2), (), NETWORK.head)
    draws = [INITIALIZERS["orthogonal"].draw(np.random.default_rng(k), square) for k in range(2000)]
    weights = np.array(draws)[:, :4]
    np.testing.assert_allclose(weights.mean(axis=0), 0.0, atol=0.06)
    np.testing.assert_allclose((weights**2).mean(axis=0), 0.5, atol=0.04)


@pytest.mark.parametrize(
    ("key", "limit", "bias"), [("playground", 0.5, 0.1), ("small-uniform", 0.1, 0.0)]
)
def test_uniform_within_its_limits(key: str, limit: float, bias: float) -> None:
    for layer in layers(key):
        assert 0.9 * limit < np.abs(layer.weights).max() <= limit
        assert (layer.biases == bias).all()


def test_zero_is_zero() -> None:
    assert not any(layer.weights.any() or layer.biases.any() for layer in layers("zero"))


def test_each_layer_may_be_drawn_in_its_own_way_from_one_stream() -> None:
    keys = ("glorot", "zero", "playground")
    mixed = drawn(np.random.default_rng(0), NETWORK, [INITIALIZERS[key] for key in keys])
    first, second, third = NETWORK.layers(mixed)
    np.testing.assert_array_equal(first.weights, layers("glorot")[0].weights)
    assert not second.weights.any()
    assert (third.biases == 0.1).all()


def test_what_is_learned_besides_starts_where_the_activation_says() -> None:
    network = Network((2, 3, 1), (PReLU(),), NETWORK.head)
    theta = INITIALIZERS["he"].draw(np.random.default_rng(0), network)
    assert theta[network.places[0].alphas].tolist() == [0.25]
