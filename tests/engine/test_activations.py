from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import (
    ACTIVATIONS,
    ELU,
    GELU,
    Activation,
    LeakyReLU,
    Mish,
    ReLU,
    Sigmoid,
    SiLU,
    Sine,
    Softplus,
    Tanh,
)
from nnviz.knob import knobs
from nnviz.mistake import Mistake

VARIANTS = [kind() for kind in ACTIVATIONS] + [
    LeakyReLU(0.3),
    ELU(0.5),
    Softplus(4.0),
]
every_activation = pytest.mark.parametrize("activation", VARIANTS, ids=repr)


@every_activation
def test_the_slope_is_that_of_central_differences(activation: Activation) -> None:
    z = np.linspace(-5.0, 5.0, 200)
    step = 1e-6
    rise = activation(z + step) - activation(z - step)
    np.testing.assert_allclose(activation.slope(z), rise / (2.0 * step), atol=1e-8)


@every_activation
def test_large_numbers_neither_overflow_nor_warn(activation: Activation) -> None:
    z = np.array([-1e4, -800.0, 800.0, 1e4])
    assert np.isfinite(activation(z)).all()
    assert np.isfinite(activation.slope(z)).all()


@every_activation
def test_what_is_no_number_stays_visible(activation: Activation) -> None:
    assert np.isnan(activation(np.array([np.nan]))).all()


@every_activation
def test_single_precision_stays_single(activation: Activation) -> None:
    value, slope = activation.rule(np.linspace(-1, 1, 5, dtype=np.float32), activation.parameter)
    assert value.dtype == slope.dtype == np.float32


@every_activation
def test_the_argument_stays_and_the_result_is_new(activation: Activation) -> None:
    z = np.linspace(-1.0, 1.0, 5)
    kept = z.copy()
    value = activation(z)
    value += 1.0
    np.testing.assert_array_equal(z, kept)


@given(st.floats(-50.0, 50.0))
def test_sigmoid_and_its_mirror_make_one(z: float) -> None:
    here, mirrored = Sigmoid()(np.array([z, -z]))
    assert here + mirrored == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize(
    ("activation", "z", "value", "slope"),
    [
        (Sigmoid(), 0.0, 0.5, 0.25),
        (Tanh(), 0.0, 0.0, 1.0),
        (ReLU(), 0.0, 0.0, 0.0),
        (LeakyReLU(), -2.0, -0.02, 0.01),
        (ELU(), -1.0, np.exp(-1.0) - 1.0, np.exp(-1.0)),
        (Softplus(), 0.0, np.log(2.0), 0.5),
        (Softplus(4.0), 0.0, np.log(2.0) / 4.0, 0.5),
        (GELU(), 0.0, 0.0, 0.5),
        (GELU(), 1.0, 0.8413447460685429, 1.0833154705876862),
        (SiLU(), 0.0, 0.0, 0.5),
        (SiLU(), 1.0, 0.7310585786300049, 0.9276705118714869),
        (Mish(), 0.0, 0.0, 0.6),
        (Mish(), 1.0, 0.8650983882673103, 1.0490362200997922),
        (Sine(), np.pi / 2.0, 1.0, 0.0),
    ],
)
def test_known_values(activation: Activation, z: float, value: float, slope: float) -> None:
    assert activation(np.array([z])) == pytest.approx(value)
    assert activation.slope(np.array([z])) == pytest.approx(slope)


def test_sigmoid_keeps_its_small_values() -> None:
    assert Sigmoid()(np.array([-600.0])) == pytest.approx(np.exp(-600.0), rel=1e-12)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_a_parameter_is_the_one_field_with_a_knob(kind: type[Activation]) -> None:
    activation = kind()
    found = activation.parameter_knob
    names = [each.name for each in fields(activation)]
    assert names == ([found[0]] if found else [])
    if found:
        name, knob = found
        assert knob == knobs(kind)[name]
        assert knob.low <= activation.parameter == knob.default <= knob.high
    else:
        assert activation.parameter == (0.25 if activation.learns else 0.0)


def test_a_parameter_out_of_range_is_refused() -> None:
    with pytest.raises(Mistake, match="leak is 2"):
        LeakyReLU(2.0)


@given(st.floats(-37.0, 37.0))
def test_gelu_is_exact(z: float) -> None:
    share = 0.5 * math.erfc(-z / math.sqrt(2.0))
    bell = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    slope = share + z * bell
    assert GELU()(np.array([z]))[0] == pytest.approx(
        z * share, rel=2e-15 + 4e-16 * z * z, abs=1e-300
    )
    assert GELU().slope(np.array([z]))[0] == pytest.approx(slope, rel=1e-15, abs=1e-15)


@given(st.floats(-300.0, 300.0))
def test_smooth_rectifiers_are_exact(z: float) -> None:
    """By their definitions, which serve where nothing overflows."""
    sigmoid = 1.0 / (1.0 + math.exp(-z))
    softened = math.tanh(math.log1p(math.exp(z)))
    assert SiLU()(np.array([z]))[0] == pytest.approx(z * sigmoid, rel=1e-14)
    assert Mish()(np.array([z]))[0] == pytest.approx(z * softened, rel=1e-14)


@every_activation
def test_far_out_it_has_come_to_rest(activation: Activation) -> None:
    """All but sine: its slope there is that of a straight line."""
    if isinstance(activation, Sine):
        return
    far = activation.slope(np.array([-1e4, -800.0, 800.0, 1e4]))
    assert far[0] == far[1]
    assert far[2] == far[3]
