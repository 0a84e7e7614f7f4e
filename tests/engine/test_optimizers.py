from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import (
    OPTIMIZERS,
    SGD,
    Adadelta,
    Adam,
    AdamW,
    AMSGrad,
    Lion,
    Nesterov,
    Optimizer,
    RMSprop,
    parse_optimizer,
)
from nnviz.knob import knobs
from nnviz.mistake import Mistake

GOLDEN_GRADIENTS = [1.0, -0.5, 0.25, 2.0]
GOLDEN = {
    "sgd": (0.1, [0.9, 0.95, 0.925, 0.725]),
    "momentum": (0.1, [0.9, 0.86, 0.799, 0.5441]),
    "nesterov": (0.1, [0.81, 0.824, 0.7441, 0.31469]),
    "adagrad": (0.1, [0.9000000000, 0.9447213596, 0.9228995705, 0.8361273874]),
    "adadelta": (1.0, [0.9968377382, 0.9989228680, 0.9977697929, 0.9934431523]),
    "rmsprop": (0.1, [0.0000001000, 0.4490133147, 0.2289091385, -0.6417100624]),
    "adam": (0.1, [0.9000000010, 0.8733662974, 0.8393233831, 0.7750341915]),
    "adamw": (0.1, [0.8990000010, 0.8714672974, 0.8365529158, 0.7714271713]),
    "nadam": (0.1, [0.8943548232, 0.9354657956, 0.9082600772, 0.7986719360]),
    "lion": (0.1, [0.9, 1.0, 0.9, 0.8]),
    "learned": (0.1, [0.5622833134, 0.5302491974, 0.3833828818, -0.0072782112]),
}
"""Rate, and theta after each step from 1 on under the golden gradients."""

AMSGRAD_GRADIENTS = [2.0, 0.5, 0.25, 0.1]
AMSGRAD_GOLDEN = [0.9000000005, 0.8258707061, 0.7692457707, 0.7256859805]
"""The same of AMSGrad at rate 0.1 and betas 0.9 and 0.5, where its maximum matters."""

DEFAULTS = {
    "sgd": {"rate": 0.03},
    "momentum": {"rate": 0.03, "momentum": 0.9},
    "nesterov": {"rate": 0.03, "momentum": 0.9},
    "adagrad": {"rate": 0.01, "eps": 1e-10},
    "adadelta": {"rate": 1.0, "rho": 0.9, "eps": 1e-6},
    "rmsprop": {"rate": 0.01, "decay": 0.99, "eps": 1e-8},
    "adam": {"rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "adamw": {"rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01},
    "amsgrad": {"rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "nadam": {"rate": 0.002, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "psi": 0.004},
    "lion": {"rate": 0.0001, "beta1": 0.9, "beta2": 0.99},
    "learned": {"rate": 0.01},
}

every_optimizer = pytest.mark.parametrize("optimizer", [kind() for kind in OPTIMIZERS], ids=repr)


def path(optimizer: Optimizer, start: Floats, gradients: list[Floats]) -> list[Floats]:
    """Where each step leads."""
    theta, memory = start, optimizer.remember(start)
    places = []
    for t, gradient in enumerate(gradients, start=1):
        theta, memory = optimizer.step(theta, gradient, memory, t)
        places.append(theta)
    return places


@pytest.mark.parametrize("key", sorted({*OPTIMIZERS.keys} - {"amsgrad"}))
def test_golden_values(key: str) -> None:
    rate, golden = GOLDEN[key]
    gradients = [np.array(gradient) for gradient in GOLDEN_GRADIENTS]
    places = path(replace(OPTIMIZERS[key](), rate=rate), np.array(1.0), gradients)
    np.testing.assert_allclose(places, golden, rtol=0.0, atol=6e-11)


def test_golden_values_of_amsgrad() -> None:
    gradients = [np.array(gradient) for gradient in AMSGRAD_GRADIENTS]
    places = path(AMSGrad(rate=0.1, beta2=0.5), np.array(1.0), gradients)
    np.testing.assert_allclose(places, AMSGRAD_GOLDEN, rtol=0.0, atol=6e-11)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_defaults_are_those_of_the_reference_and_lie_in_their_range(kind: type[Optimizer]) -> None:
    optimizer = kind()
    values = {each.name: getattr(optimizer, each.name) for each in fields(optimizer)}
    assert values == DEFAULTS[kind.key]
    assert optimizer.hyperparameters == tuple(values.values())
    assert list(knobs(kind)) == list(values)


@every_optimizer
def test_the_arguments_stay_as_they_are(optimizer: Optimizer, rng: np.random.Generator) -> None:
    theta, grad = rng.normal(size=(2, 5))
    memory = np.abs(rng.normal(size=(optimizer.slots, 5)))
    kept = [each.copy() for each in (theta, grad, memory)]
    moved, after = optimizer.step(theta, grad, memory, 3)
    moved += 1.0
    after += 1.0
    for now, before in zip((theta, grad, memory), kept, strict=True):
        np.testing.assert_array_equal(now, before)


@every_optimizer
def test_particles_do_not_touch_one_another(optimizer: Optimizer, rng: np.random.Generator) -> None:
    starts = rng.normal(size=(7, 2))
    gradients = list(rng.normal(size=(10, 7, 2)))
    together = path(optimizer, starts, gradients)[-1]
    for particle, start in enumerate(starts):
        alone = path(optimizer, start, [each[particle] for each in gradients])[-1]
        np.testing.assert_array_equal(together[particle], alone)


@every_optimizer
def test_it_goes_down_the_bowl(optimizer: Optimizer) -> None:
    theta = np.array([3.0, -2.0])
    memory = optimizer.remember(theta)
    heights = [float(theta @ theta)]
    for t in range(1, 201):
        theta, memory = optimizer.step(theta, 2.0 * theta, memory, t)
        heights.append(float(theta @ theta))
    assert heights[-1] < heights[100] < heights[10] < heights[0] or heights[-1] < 1e-6


@every_optimizer
def test_without_a_gradient_it_stays(optimizer: Optimizer) -> None:
    if isinstance(optimizer, AdamW):
        optimizer = replace(optimizer, weight_decay=0.0)
    theta = np.array([1.5, -2.5])
    still = [np.zeros(2)] * 3
    np.testing.assert_array_equal(path(optimizer, theta, still)[-1], theta)


def test_weight_decay_shrinks_without_a_gradient() -> None:
    places = path(AdamW(rate=0.1, weight_decay=0.5), np.array([2.0, -4.0]), [np.zeros(2)] * 2)
    np.testing.assert_allclose(places, [[1.9, -3.8], [1.805, -3.61]])


def test_amsgrad_is_adam_while_gradients_grow_and_slower_when_they_fade() -> None:
    grown = [np.array(gradient) for gradient in (0.1, 0.5, 2.0)]
    faded = [*grown, np.array(0.1), np.array(0.1)]
    adam, amsgrad = Adam(beta2=0.5), AMSGrad(beta2=0.5)
    start = np.array(1.0)
    np.testing.assert_array_equal(path(adam, start, grown), path(amsgrad, start, grown))
    assert path(adam, start, faded)[-1] < path(amsgrad, start, faded)[-1]


@given(st.floats(1e-6, 1e6) | st.floats(-1e6, -1e-6))
def test_every_step_of_lion_has_one_length(gradient: float) -> None:
    places = path(Lion(rate=0.5), np.array(0.0), [np.array(gradient)] * 3)
    np.testing.assert_allclose(places, -np.sign(gradient) * np.array([0.5, 1.0, 1.5]))


@given(st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3))
def test_first_steps_that_do_not_depend_on_the_size_of_the_gradient(gradient: float) -> None:
    def first(optimizer: Optimizer) -> float:
        return abs(float(path(optimizer, np.array(0.0), [np.array(gradient)])[0]))

    assert first(Adam()) == pytest.approx(0.001, rel=2e-5)
    assert first(RMSprop()) == pytest.approx(0.01 / np.sqrt(1.0 - 0.99), rel=2e-4)
    if abs(gradient) > 0.1:
        assert first(Adadelta()) == pytest.approx(0.00316, rel=1e-2)


def test_nesterov_looks_ahead() -> None:
    """Sutskever's form: v = mu v - rate grad(w + mu v), w += v, where theta = w + mu v."""
    curvature = np.array([1.0, 10.0])
    optimizer = Nesterov(rate=0.02, momentum=0.8)
    theta = w = np.array([1.0, 1.0])
    memory, v = optimizer.remember(theta), np.zeros(2)
    for t in range(1, 30):
        theta, memory = optimizer.step(theta, curvature * theta, memory, t)
        v = 0.8 * v - 0.02 * curvature * (w + 0.8 * v)
        w = w + v
        np.testing.assert_allclose(theta, w + 0.8 * v, rtol=1e-12)


def test_a_rate_out_of_range_is_refused() -> None:
    with pytest.raises(Mistake, match=r"rate is 11; it must be from 1e-05 to 10\."):
        SGD(rate=11)


@pytest.mark.parametrize(
    ("text", "optimizer"),
    [
        ("sgd", SGD()),
        ("adam:rate=0.01,beta1=0.8", Adam(rate=0.01, beta1=0.8)),
        (" adam : rate = 1e-2 , ", Adam(rate=0.01)),
        ("nesterov:momentum=0", Nesterov(momentum=0.0)),
    ],
)
def test_an_optimizer_is_read_from_a_line(text: str, optimizer: Optimizer) -> None:
    assert parse_optimizer(text) == optimizer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("adan", "There is no optimizer 'adan'"),
        ("adam:speed=1", "adam has no hyperparameter 'speed'; it has rate, beta1, beta2, eps."),
        ("adam:rate=fast", "adam rate is 'fast'; it must be a number."),
        ("adam:rate", "adam rate is ''; it must be a number."),
        ("adam:rate=99", "adam rate is 99.0; it must be from 1e-05 to 10."),
        ("adam:rate=nan", "adam rate is nan; it must be from 1e-05 to 10."),
    ],
)
def test_a_wrong_line_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Mistake) as refused:
        parse_optimizer(text)
    assert sentence in str(refused.value)
