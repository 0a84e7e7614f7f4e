"""A knob turns between its ends, comes back to where it was, and refuses what lies outside."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.knob import Knob, check_knobs, knob, knobs
from nnviz.mistake import Mistake

LINEAR = Knob(0.2, -1.0, 3.0)
LOG = Knob(0.03, 1e-5, 10.0, log=True)
WHOLE = Knob(4, 1, 16, whole=True)
every_knob = pytest.mark.parametrize("each", [LINEAR, LOG, WHOLE])


@dataclass(frozen=True)
class Oven:
    name: str = "oven"
    heat: float = knob(180.0, 20.0, 300.0, hint="degrees Celsius")
    racks: int = knob(2, 1, 4, whole=True)

    def __post_init__(self) -> None:
        check_knobs(self)


@every_knob
def test_the_ends_of_the_turn_are_the_ends_of_the_range(each: Knob) -> None:
    assert each.number(0.0) == each.low
    assert each.number(1.0) == each.high
    assert each.number(-1.0) == each.low
    assert each.turn(each.high + 1) == 1.0


@given(turn=st.floats(0.0, 1.0))
@pytest.mark.parametrize("each", [LINEAR, LOG])
def test_a_number_turns_back_to_where_it_came_from(each: Knob, turn: float) -> None:
    assert each.turn(each.number(turn)) == pytest.approx(turn, abs=1e-9)


def test_a_logarithmic_knob_moves_by_ratio() -> None:
    assert LOG.number(0.5) == pytest.approx(1e-2)


def test_a_whole_knob_gives_whole_numbers() -> None:
    assert WHOLE.number(0.5) == 8
    assert isinstance(WHOLE.number(0.4), int)


def test_the_knobs_of_a_dataclass_are_found_by_name() -> None:
    assert list(knobs(Oven)) == ["heat", "racks"]
    assert knobs(Oven())["heat"].hint == "degrees Celsius"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"heat": 500.0}, "heat is 500.0; it must be from 20 to 300"),
        ({"heat": float("nan")}, "heat is nan; it must be from 20 to 300"),
        ({"heat": "hot"}, "heat is 'hot'; it must be a number"),
        ({"heat": True}, "heat is True; it must be a number"),
        ({"racks": 1.5}, "racks is 1.5; it must be a whole number"),
        ({"racks": float("inf")}, "racks is inf; it must be a whole number"),
    ],
)
def test_what_lies_outside_is_refused_with_the_place(
    wrong: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Mistake, match=sentence):
        Oven(**wrong)  # type: ignore[arg-type]
