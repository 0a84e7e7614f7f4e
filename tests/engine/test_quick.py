from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import Head
from nnviz.engine.quick import quick_losses, quick_values
from nnviz.engine.section import single
from tests.engine.courses import course, first_theta


@pytest.mark.parametrize("key", ACTIVATIONS.keys)
def test_quick_values_are_those_of_the_rule(key: str) -> None:
    activation = ACTIVATIONS[key]()
    z = single(np.concatenate([np.linspace(-9.0, 9.0, 4001), [-200.0, 200.0]]))
    expected = activation(z.astype(np.float64))
    with np.errstate(over="ignore"):
        values = quick_values(activation, z.copy(), activation.parameter)
    np.testing.assert_allclose(values, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("key", ACTIVATIONS.keys)
@pytest.mark.parametrize(
    ("head", "classes"),
    [(Head("tanh", "half-squared"), 2), (Head("softmax", "cross-entropy"), 4)],
)
@pytest.mark.parametrize("chunk", [1, 90, 100_000])
def test_quick_losses_are_those_of_the_network(
    key: str, head: Head, classes: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.engine.quick.CHUNK", chunk)
    of = course(activation=ACTIVATIONS[key](), head=head, classes=classes)
    rng = np.random.default_rng(2)
    thetas = first_theta(of) + 0.5 * rng.normal(size=(7, of.network.size))
    losses = quick_losses(
        of.network, single(thetas), single(of.train_inputs), single(of.train_targets)
    )
    expected = of.network.losses(thetas, of.train_inputs, of.train_targets)
    np.testing.assert_allclose(losses, expected, rtol=1e-4)


def test_thetas_stay_as_they_are() -> None:
    of = course()
    thetas = single(first_theta(of)[None])
    kept = thetas.copy()
    quick_losses(of.network, thetas, single(of.train_inputs), single(of.train_targets))
    np.testing.assert_array_equal(thetas, kept)


def test_no_thetas_have_no_losses() -> None:
    of = course()
    nothing = np.empty((0, of.network.size))
    assert quick_losses(of.network, nothing, of.train_inputs, of.train_targets).shape == (0,)
