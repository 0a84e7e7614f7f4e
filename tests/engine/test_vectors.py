from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import elementary, vectors
from nnviz.engine.elementary import Floats


def errors(name: str, x: Floats) -> Floats:
    """How far off a function is, in units of the last place."""
    own: Callable[[float], float] = getattr(vectors, name)
    with np.errstate(over="ignore"):
        got = np.array([own(float(each)) for each in x])
        exact: Any = getattr(np, name)(x.astype(np.longdouble))
    off: Floats = np.abs((got - exact) / np.spacing(np.abs(exact.astype(np.float64))))
    return off


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="nothing finer to compare with")
@pytest.mark.parametrize(
    ("name", "low", "high", "worst"),
    [
        ("tanh", -22.0, 22.0, 3.3),
        ("tanh", -0.6, 0.6, 3.3),
        ("exp", -700.0, 709.0, 2.2),
        ("exp", -1.0, 1.0, 2.2),
        ("expm1", -45.0, 0.0, 4.5),
        ("expm1", -1.0, 1.0, 4.5),
        ("log1p", 0.0, 1.0, 2.5),
        ("sin", -0.8, 0.8, 1.5),
        ("sin", -1e3, 1e3, 2.0),
        ("sin", -1e6, 1e6, 2.0),
        ("cos", -0.8, 0.8, 1.5),
        ("cos", -1e3, 1e3, 2.0),
        ("cos", -1e6, 1e6, 2.0),
    ],
)
def test_functions_are_exact_to_a_few_units_in_the_last_place(
    name: str, low: float, high: float, worst: float
) -> None:
    assert errors(name, np.linspace(low, high, 4001)[1:-1]).max() < worst


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="nothing finer to compare with")
@pytest.mark.parametrize("name", ["tanh", "expm1", "log1p", "sin"])
def test_nothing_is_lost_near_zero(name: str) -> None:
    assert errors(name, 10.0 ** np.linspace(-300.0, -1.0, 2001)).max() < 2.5


@pytest.mark.parametrize(
    ("name", "x", "value"),
    [
        ("tanh", np.inf, 1.0),
        ("tanh", -np.inf, -1.0),
        ("tanh", 0.0, 0.0),
        ("exp", np.inf, np.inf),
        ("exp", 710.0, np.inf),
        ("exp", -np.inf, 0.0),
        ("exp", 0.0, 1.0),
        ("exp", -745.0, 5e-324),
        ("expm1", -np.inf, -1.0),
        ("expm1", 0.0, 0.0),
        ("log1p", 0.0, 0.0),
        ("positive", 0.0, 0.0),
        ("positive", 1e-300, 1.0),
        ("sin", 0.0, 0.0),
        ("cos", 0.0, 1.0),
    ],
)
def test_the_ends(name: str, x: float, value: float) -> None:
    with np.errstate(over="ignore"):
        assert getattr(vectors, name)(x) == value


@pytest.mark.parametrize("name", ["tanh", "exp", "expm1", "log1p", "sin", "cos"])
def test_what_is_no_number_stays_visible(name: str) -> None:
    with np.errstate(invalid="ignore"):
        assert np.isnan(getattr(vectors, name)(np.nan))


@given(st.floats(0.0, 50.0))
def test_tanh_is_odd(x: float) -> None:
    assert vectors.tanh(-x) == -vectors.tanh(x)


@pytest.mark.parametrize("name", ["tanh", "exp", "expm1", "log1p", "positive", "sin", "cos"])
def test_arrays_get_the_functions_of_numpy(name: str) -> None:
    x = np.array([0.0, 0.25, 1.0])
    own = [getattr(vectors, name)(float(each)) for each in x]
    np.testing.assert_allclose(getattr(elementary, name)(x), own, rtol=1e-15)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_sine_and_cosine_stay_within_bounds_however_far_out(x: float) -> None:
    with np.errstate(over="ignore"):
        assert abs(vectors.sin(x)) <= 1.0
        assert abs(vectors.cos(x)) <= 1.0


@given(st.integers(1, 500_000))
def test_sine_is_right_next_to_its_zeros(turns: int) -> None:
    x = turns * np.pi
    assert vectors.sin(x) == pytest.approx(np.sin(x), rel=1e-15)
