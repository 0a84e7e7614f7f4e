from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import (
    ACTIVATIONS,
    Activation,
    LeakyReLU,
    PReLU,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnviz.engine.elementary import Floats
from nnviz.engine.losses import LOSSES, Head, targets
from nnviz.engine.network import Network
from nnviz.mistake import Mistake

HALF_SQUARED = Head("tanh", "half-squared")
HEADS = [Head(output, loss.key) for loss in LOSSES for output in loss.outputs]
every_head = pytest.mark.parametrize("head", HEADS, ids=repr)
every_activation = pytest.mark.parametrize("activation", [kind() for kind in ACTIVATIONS], ids=repr)


def sample(
    network: Network, rng: np.random.Generator, samples: int = 6
) -> tuple[Floats, Floats, Floats]:
    """A theta, inputs and targets that fit a network."""
    outputs = network.widths[-1]
    labels = rng.integers(0, max(outputs, 2), samples).astype(np.float64)
    return (
        rng.normal(size=network.size),
        rng.normal(scale=2.0, size=(network.widths[0], samples)),
        targets(labels, max(outputs, 2), network.head.output_key),
    )


@every_activation
@every_head
def test_the_gradient_is_that_of_central_differences(
    activation: Activation, head: Head, rng: np.random.Generator
) -> None:
    network = Network((2, 4, 3, 3), (activation, activation), head)
    theta, inputs, wanted = sample(network, rng)
    loss, grad = network.gradient(theta, inputs, wanted)
    assert loss == pytest.approx(network.loss(theta, inputs, wanted), rel=1e-14)
    step = 1e-6
    shifts = step * np.eye(network.size)
    rises = network.losses(theta + shifts, inputs, wanted) - network.losses(
        theta - shifts, inputs, wanted
    )
    np.testing.assert_allclose(grad, rises / (2.0 * step), atol=2e-8, rtol=1e-6)


@given(seed=st.integers(0, 2**16), parts=st.integers(1, 6))
def test_the_gradient_over_a_batch_is_the_mean_of_its_samples(seed: int, parts: int) -> None:
    network = Network((2, 3, 1), (Tanh(),), HALF_SQUARED)
    theta, inputs, wanted = sample(network, np.random.default_rng(seed), samples=parts)
    one_by_one = [
        network.gradient(theta, inputs[:, [each]], wanted[:, [each]]) for each in range(parts)
    ]
    loss, grad = network.gradient(theta, inputs, wanted)
    assert loss == pytest.approx(np.mean([loss for loss, _ in one_by_one]))
    np.testing.assert_allclose(grad, np.mean([grad for _, grad in one_by_one], axis=0), atol=1e-12)


@given(seed=st.integers(0, 2**16), order=st.permutations(range(4)))
def test_the_order_of_hidden_units_does_not_matter(seed: int, order: list[int]) -> None:
    network = Network((2, 4, 2), (Sigmoid(),), HALF_SQUARED)
    theta, inputs, _ = sample(network, np.random.default_rng(seed))
    mixed = theta.copy()
    for own, other in zip(network.layers(mixed), network.layers(theta), strict=True):
        if own.weights.shape[0] == len(order):
            own.weights[...] = other.weights[order]
            own.biases[...] = other.biases[order]
        else:
            own.weights[...] = other.weights[:, order]
    np.testing.assert_allclose(
        network.forward(mixed, inputs)[-1], network.forward(theta, inputs)[-1], atol=1e-14
    )


@given(seed=st.integers(0, 2**16), scale=st.floats(0.1, 10.0))
def test_relu_units_may_trade_scale_between_their_layers(seed: int, scale: float) -> None:
    network = Network((2, 4, 2), (ReLU(),), HALF_SQUARED)
    theta, inputs, _ = sample(network, np.random.default_rng(seed))
    scaled = theta.copy()
    hidden, output = network.layers(scaled)
    hidden.weights[...] *= scale
    hidden.biases[...] *= scale
    output.weights[...] /= scale
    np.testing.assert_allclose(
        network.forward(scaled, inputs)[-1], network.forward(theta, inputs)[-1], atol=1e-12
    )


def test_a_network_worked_out_by_hand() -> None:
    network = Network((2, 1, 1), (ReLU(),), Head("linear", "half-squared"))
    theta = np.array([1.0, -2.0, 0.5, 3.0, -1.0])
    inputs = np.array([[2.0, 0.0], [1.0, 1.0]])
    hidden, outputs = network.forward(theta, inputs)
    assert hidden.tolist() == [[0.5, 0.0]]
    assert outputs.tolist() == [[0.5, -1.0]]
    loss, grad = network.gradient(theta, inputs, np.array([[0.0, 0.0]]))
    assert loss == pytest.approx((0.125 + 0.5) / 2)
    assert grad.tolist() == [1.5, 0.75, 0.75, 0.125, -0.25]


def test_layers_are_views_into_theta() -> None:
    network = Network((2, 3, 1), (Tanh(),), HALF_SQUARED)
    theta = np.zeros(network.size)
    for number, layer in enumerate(network.layers(theta), start=1):
        layer.weights[...] = number
        layer.biases[...] = -number
    assert theta.tolist() == [1.0] * 6 + [-1.0] * 3 + [2.0] * 3 + [-2.0]
    assert theta[network.is_weight].tolist() == [1.0] * 6 + [2.0] * 3


def test_many_thetas_are_worked_out_at_once(
    rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network((2, 3, 2), (Tanh(),), Head("softmax", "cross-entropy"))
    _, inputs, wanted = sample(network, rng)
    thetas = rng.normal(size=(7, network.size))
    monkeypatch.setattr("nnviz.engine.network.CHUNK_NUMBERS", 3 * 3 * 6)
    alone = [network.loss(theta, inputs, wanted) for theta in thetas]
    np.testing.assert_allclose(network.losses(thetas, inputs, wanted), alone, rtol=1e-14)
    for depth, values in enumerate(network.forward(thetas.reshape(7, 1, -1), inputs)):
        assert values.shape == (7, 1, network.widths[depth + 1], 6)


def test_places_have_names() -> None:
    network = Network((2, 3, 1), (Tanh(),), HALF_SQUARED)
    names = [network.place_name(index) for index in range(network.size)]
    assert names == [
        *("w 1→1 in layer 1", "w 2→1 in layer 1", "w 1→2 in layer 1"),
        *("w 2→2 in layer 1", "w 1→3 in layer 1", "w 2→3 in layer 1"),
        *("bias 1 in layer 1", "bias 2 in layer 1", "bias 3 in layer 1"),
        *("w 1→output", "w 2→output", "w 3→output"),
        "bias of output",
    ]
    assert network.place_name(network.weight_place(0, 1, 0)) == "w 1→2 in layer 1"
    assert network.place_name(network.bias_place(0, 2)) == "bias 3 in layer 1"
    assert network.place_name(network.weight_place(1, 0, 2)) == "w 3→output"


def test_places_of_several_outputs_say_which() -> None:
    network = Network((1, 2), (), HALF_SQUARED)
    assert [network.place_name(index) for index in range(4)] == [
        "w 1→output 1",
        "w 1→output 2",
        "bias of output 1",
        "bias of output 2",
    ]


@pytest.mark.parametrize("index", [-1, 13])
def test_a_place_outside_is_refused(index: int) -> None:
    network = Network((2, 3, 1), (Tanh(),), HALF_SQUARED)
    with pytest.raises(Mistake, match="count from 0 to 12"):
        network.place_name(index)


@pytest.mark.parametrize("widths", [(2,), (2, 1), (2, 0, 1), (2, 3, 3, 1)])
def test_a_shape_that_does_not_fit_is_refused(widths: tuple[int, ...]) -> None:
    with pytest.raises(Mistake, match="A network of widths"):
        Network(widths, (Tanh(),), HALF_SQUARED)


MIXED = Network((2, 3, 2, 1), (PReLU(), Tanh()), HALF_SQUARED)


def test_an_alpha_stands_behind_the_biases_and_is_no_weight() -> None:
    assert [place.learned for place in MIXED.places] == [1, 0, 0]
    assert MIXED.size == (6 + 3 + 1) + (6 + 2) + (2 + 1)
    assert [MIXED.place_name(index) for index in (8, 9, 10)] == [
        "bias 3 in layer 1",
        "alpha of layer 1",
        "w 1→1 in layer 2",
    ]
    assert not MIXED.is_weight[9]
    assert MIXED.bias_place(0, 2) == 8
    assert MIXED.spot(9) == (0, None, None)


def test_many_thetas_have_alphas_of_their_own(rng: np.random.Generator) -> None:
    _, inputs, wanted = sample(MIXED, rng)
    thetas = rng.normal(size=(5, MIXED.size))
    alone = [MIXED.loss(theta, inputs, wanted) for theta in thetas]
    np.testing.assert_allclose(MIXED.losses(thetas, inputs, wanted), alone, rtol=1e-14)


@given(seed=st.integers(0, 2**16), alpha=st.floats(0.0, 1.0))
def test_prelu_is_a_leaky_relu_whose_leak_is_in_theta(seed: int, alpha: float) -> None:
    leaky = Network(MIXED.widths, (LeakyReLU(alpha), Tanh()), HALF_SQUARED)
    theta, inputs, _ = sample(leaky, np.random.default_rng(seed))
    own = MIXED.carried(leaky, theta)
    assert own[9] == 0.25
    own[9] = alpha
    for ours, theirs in zip(MIXED.forward(own, inputs), leaky.forward(theta, inputs), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@given(seed=st.integers(0, 2**16))
def test_what_is_carried_there_and_back_is_the_same(seed: int) -> None:
    plain = Network(MIXED.widths, (Tanh(), PReLU()), HALF_SQUARED)
    thetas = np.random.default_rng(seed).normal(size=(2, plain.size))
    there = MIXED.carried(plain, thetas, 0.0)
    assert (there[:, 9] == 0.0).all()
    back = plain.carried(MIXED, there)
    alpha = plain.places[1].alphas.start
    assert (back[:, alpha] == 0.25).all()
    np.testing.assert_array_equal(np.delete(back, alpha, 1), np.delete(thetas, alpha, 1))


@given(seed=st.integers(0, 2**16), scale=st.floats(0.1, 10.0))
def test_prelu_units_may_trade_scale_between_their_layers(seed: int, scale: float) -> None:
    theta, inputs, _ = sample(MIXED, np.random.default_rng(seed))
    scaled = theta.copy()
    hidden, above, _ = MIXED.layers(scaled)
    hidden.weights[...] *= scale
    hidden.biases[...] *= scale
    above.weights[...] /= scale
    np.testing.assert_allclose(
        MIXED.forward(scaled, inputs)[-1], MIXED.forward(theta, inputs)[-1], atol=1e-12
    )


@every_activation
@given(seed=st.integers(0, 2**16), cut=st.integers(1, 7))
def test_gradients_over_two_batches_add_up(activation: Activation, seed: int, cut: int) -> None:
    network = Network((2, 3, 2), (activation,), Head("softmax", "cross-entropy"))
    theta, inputs, wanted = sample(network, np.random.default_rng(seed), samples=8)
    parts = [slice(None, cut), slice(cut, None)]
    _, whole = network.gradient(theta, inputs, wanted)
    added = np.zeros(network.size)
    for part in parts:
        samples = len(inputs[0, part])
        added += samples * network.gradient(theta, inputs[:, part], wanted[:, part])[1]
    np.testing.assert_allclose(added, 8 * whole, atol=1e-12)
