import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.ui.canvas.ticks import log_ticks, nice_step, nice_ticks, tick_text


@pytest.mark.parametrize(
    ("span", "most", "step"),
    [(12, 6, 2), (12, 5, 3), (4, 8, 0.5), (1, 3, 0.5), (300, 4, 100), (0, 5, 1), (math.inf, 5, 1)],
)
def test_steps_are_round(span: float, most: int, step: float) -> None:
    assert nice_step(span, most) == pytest.approx(step)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(1, 12))
def test_ticks_stay_inside_and_are_few(low: float, span: float, most: int) -> None:
    ticks = nice_ticks(low, low + span, most)
    step = nice_step(span, most)
    assert len(ticks) <= most + 1
    assert (ticks >= low - 1e-5 * step).all()
    assert (ticks <= low + span + 1e-5 * step).all()


def test_logarithmic_ticks_thin_out_with_the_decades() -> None:
    assert log_ticks(0.1, 1.0, 5) == pytest.approx([0.1, 0.2, 0.5, 1.0])
    assert log_ticks(1e-3, 1.0, 5) == pytest.approx([1e-3, 1e-2, 1e-1, 1.0])
    assert len(log_ticks(1e-12, 1.0, 5)) <= 6


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.0, 0.5, "0"),
        (-2.0, 1.0, "−2"),
        (0.5, 0.25, "0.50"),
        (1500.0, 500.0, "1500"),
        (20000.0, 5000.0, "20\u2009000"),
        (3e6, 1e6, "3e6"),
        (2e-7, 1e-7, "2e−7"),
    ],
)
def test_ticks_are_written_in_few_figures(value: float, step: float, text: str) -> None:
    assert tick_text(value, step) == text


def test_a_step_without_end_has_few_decimals() -> None:
    assert len(tick_text(1 / 3, 1 / 3)) <= 10
    assert np.isfinite(float(tick_text(1 / 3, 1 / 3)))
