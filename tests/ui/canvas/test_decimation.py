import numpy as np
import pytest

from nnviz.ui.canvas.decimation import MOST_STRETCHES, Stretches, weave, zigzag


@pytest.mark.parametrize("count", [1, 5, MOST_STRETCHES, MOST_STRETCHES + 1, 50_001])
def test_stretches_hold_the_least_and_the_greatest(rng: np.random.Generator, count: int) -> None:
    values = rng.normal(size=count)
    stretches = Stretches()
    for end in (1, count // 3 + 1, count // 2 + 1, count):
        stretches.follow(values[:end])
    starts = np.arange(0, count, stretches.length)
    np.testing.assert_array_equal(stretches.lows, np.minimum.reduceat(values, starts))
    np.testing.assert_array_equal(stretches.highs, np.maximum.reduceat(values, starts))
    assert len(stretches.lows) <= MOST_STRETCHES


def test_another_run_begins_anew(rng: np.random.Generator) -> None:
    stretches = Stretches()
    stretches.follow(rng.normal(size=9000))
    stretches.follow(np.array([3.0, 2.0]))
    assert stretches.length == 1
    assert stretches.lows.tolist() == [3.0, 2.0]
    stretches.follow(np.zeros(0))
    assert len(stretches.lows) == 0


def test_what_is_not_a_number_is_passed_over() -> None:
    values = np.ones(2 * MOST_STRETCHES)
    values[:2] = np.nan
    values[5] = np.nan
    stretches = Stretches()
    stretches.follow(values)
    assert stretches.length == 2
    assert np.isnan(stretches.lows[0])
    assert stretches.lows[2] == 1.0


def test_a_zigzag_keeps_the_peaks() -> None:
    values = np.zeros(1000)
    values[517] = 9.0
    line = zigzag(values, 0, 100)
    assert len(line) == 20
    assert line[:, 1].max() == 9.0
    assert 500 <= line[line[:, 1].argmax(), 0] < 600


def test_single_values_stay_where_they_are() -> None:
    line = weave(np.array([4.0, 5.0]), np.array([4.0, 5.0]), 7, 1)
    assert line.tolist() == [[7.0, 4.0], [8.0, 5.0]]
