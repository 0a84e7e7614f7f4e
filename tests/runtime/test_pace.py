from __future__ import annotations

import pytest

from nnviz.runtime.pace import FLAT_OUT, Pace, Speedometer


def test_the_first_epoch_is_due_at_once() -> None:
    assert Pace(1.0, now=5.0).due(5.0) == 1


@pytest.mark.parametrize("speed", [1.0, 7.0, 60.0, 1000.0])
def test_a_second_brings_as_many_epochs_as_the_speed_says(speed: float) -> None:
    pace, done = Pace(speed, now=0.0), 0
    for tick in range(1, 1001):
        due = int(pace.due(tick / 1000))
        pace.spend(due)
        done += due
    assert abs(done - speed) <= 1


def test_flat_out_there_is_always_more_due() -> None:
    pace = Pace(FLAT_OUT, now=0.0)
    pace.spend(1000)
    assert pace.due(0.0) == FLAT_OUT
    assert pace.wait_s(0.0) == 0.0


def test_waiting_as_long_as_told_makes_an_epoch_due() -> None:
    pace = Pace(2.0, now=0.0)
    pace.spend(1)
    assert pace.wait_s(0.0) == pytest.approx(0.5)
    assert pace.due(0.5) == 1


def test_a_stall_is_not_caught_up_with() -> None:
    pace = Pace(100.0, now=0.0)
    assert pace.due(60.0) == 10


def test_slowing_down_forgets_what_was_due_at_the_old_speed() -> None:
    pace = Pace(1000.0, now=0.0)
    pace.turn(1.0, now=1.0)
    assert pace.due(1.0) == 1


def test_play_begins_with_one_epoch_due() -> None:
    pace = Pace(1.0, now=0.0)
    pace.spend(1)
    pace.restart(0.2)
    assert pace.due(0.2) == 1


def test_a_clock_that_stands_still_or_goes_back_brings_nothing() -> None:
    pace = Pace(60.0, now=1.0)
    pace.spend(1)
    assert pace.due(0.5) == 0


def test_a_speed_is_that_of_the_last_second() -> None:
    speedometer = Speedometer()
    assert speedometer.rate == 0.0
    speedometer.note(0.0, 100)
    assert speedometer.rate == 0.0
    for tenth in range(1, 31):
        speedometer.note(tenth / 10, 100 + tenth)
    assert speedometer.rate == pytest.approx(10.0)
    for tenth in range(31, 51):
        speedometer.note(tenth / 10, 130 + 5 * (tenth - 30))
    assert speedometer.rate == pytest.approx(50.0)
    speedometer.forget()
    assert speedometer.rate == 0.0
