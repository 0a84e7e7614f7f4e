from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.activations import Tanh
from nnviz.engine.initializers import INITIALIZERS, Initializer
from nnviz.engine.losses import Head
from nnviz.engine.network import Layer, Network

WIDTHS = (7, 200, 100, 3)
NETWORK = Network(WIDTHS, (Tanh(), Tanh()), Head("tanh", "half-squared"))
every_initializer = pytest.mark.parametrize("initializer", INITIALIZERS, ids=lambda each: each.key)


def layers(key: str) -> tuple[Layer, ...]:
    """The layers of a fresh network."""
    return NETWORK.layers(INITIALIZERS[key].draw(np.random.default_rng(0), WIDTHS))


@every_initializer
def test_it_fills_the_whole_of_theta(initializer: Initializer, rng: np.random.Generator) -> None:
    theta = initializer.draw(rng, WIDTHS)
    assert theta.shape == (NETWORK.size,)
    assert np.isfinite(theta).all()


@every_initializer
def test_the_same_seed_draws_the_same(initializer: Initializer) -> None:
    first, again = (initializer.draw(np.random.default_rng(5), WIDTHS) for _ in range(2))
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


def test_small_uniform_starts_as_playground_does() -> None:
    for layer in layers("small-uniform"):
        assert 0.45 < np.abs(layer.weights).max() <= 0.5
        assert (layer.biases == 0.1).all()


def test_zero_is_zero() -> None:
    assert not any(layer.weights.any() or layer.biases.any() for layer in layers("zero"))
