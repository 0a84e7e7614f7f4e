from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import (
    ACTIVATIONS,
    ELU,
    Activation,
    LeakyReLU,
    ReLU,
    Sigmoid,
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
        assert activation.parameter == 0.0


def test_a_parameter_out_of_range_is_refused() -> None:
    with pytest.raises(Mistake, match="leak is 2"):
        LeakyReLU(2.0)
