from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.knob import Knob
from nnviz.ui.controls.numbers import (
    PERCENT,
    PLAIN,
    leap,
    nudge,
    read_plain,
    tidy,
    write_plain,
)
from nnviz.ui.controls.speed_slider import FASTEST, read_speed, speed_of, write_speed

RATE = Knob(0.03, 1e-5, 10.0, log=True)
SHARE = Knob(0.5, 0.1, 0.9)
COUNT = Knob(10, 1, 500, log=True, whole=True)
KNOBS = (RATE, SHARE, COUNT, Knob(0.0, 0.0, 0.5), Knob(1.0, 0.0, 5.0), Knob(7, 0, 20, whole=True))

every_knob = pytest.mark.parametrize("knob", KNOBS)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (0.03, "0.03"),
        (0.0001, "0.0001"),
        (1e-5, "1e-5"),
        (1e-10, "1e-10"),
        (10.0, "10"),
        (500, "500"),
        (0.99999, "0.99999"),
        (1234.5, "1234.5"),
        (-0.5, "-0.5"),
    ],
)
def test_numbers_are_written_short(number: float, text: str) -> None:
    assert write_plain(number) == text


@pytest.mark.parametrize(
    ("text", "number"), [("0.03", 0.03), (" 0,03 ", 0.03), ("1e-3", 1e-3), ("abc", "abc"), ("", "")]
)
def test_typed_texts_are_read(text: str, number: float | str) -> None:
    assert read_plain(text) == number


@pytest.mark.parametrize("text", ["50 %", "50%", "50"])
def test_percentages_are_read_with_and_without_the_sign(text: str) -> None:
    assert PERCENT.read(text) == 0.5
    assert PERCENT.write(0.5) == "50 %"


@every_knob
@given(turn=st.floats(0.0, 1.0))
def test_a_tidy_number_is_near_and_in_range(knob: Knob, turn: float) -> None:
    number = knob.number(turn)
    neat = tidy(knob, number)
    assert knob.low <= neat <= knob.high
    assert abs(knob.turn(neat) - turn) < (0.6 if knob.whole else 0.02)
    assert tidy(knob, neat) == neat


@every_knob
@pytest.mark.parametrize("move", [nudge, leap])
def test_steps_lead_from_one_end_to_the_other_and_no_further(knob: Knob, move: object) -> None:
    assert callable(move)
    number = knob.low
    for _ in range(1000):
        further = move(knob, number, 1)
        assert further > number or further == knob.high
        number = further
    assert number == knob.high
    assert move(knob, number, -1) < knob.high


def test_large_steps_on_a_log_scale_are_those_of_the_lecture() -> None:
    numbers = [0.001]
    for _ in range(4):
        numbers.append(leap(RATE, numbers[-1], 1))
    assert numbers == [0.001, 0.003, 0.01, 0.03, 0.1]
    assert leap(RATE, 0.05, -1) == 0.03


def test_the_fastest_speed_is_flat_out() -> None:
    assert write_speed(FASTEST) == "flat out"
    assert write_speed(30.0) == "30/s"
    assert speed_of(FASTEST) == float("inf")
    assert read_speed("Flat out") == FASTEST
    assert read_speed("120/s") == 120.0
    assert read_speed("1e9") == FASTEST
    assert read_speed("quick") == "quick"


def test_plain_numbers_survive_writing_and_reading() -> None:
    for number in (0.0, 0.03, 1e-5, 250.0, 0.999):
        assert PLAIN.read(PLAIN.write(number)) == number
