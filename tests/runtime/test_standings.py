from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from nnviz.experiment import edits
from nnviz.experiment.spec import Data, Rival
from nnviz.runtime.frames import Divergence
from nnviz.runtime.standings import MAIN, Goal, Standings
from tests.runtime.test_painter import EXPERIMENT, frame_of

RATES = edits.with_preset(EXPERIMENT, "rates")


def test_everybody_stands_somewhere_the_main_run_first() -> None:
    stood = Standings().of(frame_of(RATES, epochs=5), 0.05)
    assert [each.name for each in stood][:2] == [MAIN, "SGD, rate 0.003"]
    assert len(stood) == 5
    assert all(math.isfinite(each.test_loss) for each in stood)


def test_the_least_loss_and_the_greatest_accuracy_win() -> None:
    stood = Standings().of(frame_of(RATES, epochs=8), 0.05)
    for criterion, best in (("train_loss", min), ("test_loss", min), ("accuracy", max)):
        values = [getattr(each, criterion) for each in stood]
        winners = [getattr(each, criterion) for each in stood if criterion in each.wins]
        assert winners
        assert set(winners) == {best(values)}


def test_equals_win_nothing() -> None:
    twins = replace(EXPERIMENT, rivals=(Rival(),))
    assert not any(each.wins for each in Standings().of(frame_of(twins, epochs=3), 0.05))


def test_who_diverged_wins_nothing() -> None:
    frame = frame_of(RATES, epochs=8)
    lost = tuple(replace(each, diverged=Divergence(8, "lost")) for each in frame.rivals)
    main, *rivals = Standings().of(replace(frame, rivals=lost), 0.05)
    assert {"train_loss", "test_loss", "accuracy"} <= main.wins
    assert all(each.is_out and not each.wins for each in rivals)


def test_nobody_wins_while_all_others_are_late() -> None:
    frame = frame_of(RATES, epochs=8)
    late = tuple(replace(each, epoch=3, is_late=True) for each in frame.rivals)
    stood = Standings().of(replace(frame, rivals=late), 0.05)
    assert not any(each.wins for each in stood)
    assert [each.late for each in stood] == [None, 3, 3, 3, 3]


def test_a_brief_name_has_what_tells_entrants_apart() -> None:
    stood = Standings().of(frame_of(RATES, epochs=1), 0.05)
    assert [each.brief for each in stood][:3] == [MAIN, "rate 0.003", "rate 0.01"]


def test_regression_has_no_accuracy() -> None:
    plane = replace(RATES, data=Data("reg-plane", samples=40))
    stood = Standings().of(frame_of(plane, epochs=2), 0.05)
    assert all(math.isnan(each.accuracy) and "accuracy" not in each.wins for each in stood)


@pytest.mark.parametrize(("goal", "epoch"), [(0.5, 2.0), (0.2, 3.0), (0.05, math.nan), (2.0, 0.0)])
def test_a_goal_is_reached_at_the_first_epoch_that_is_as_good(goal: float, epoch: float) -> None:
    losses = np.array([1.0, 0.6, 0.4, 0.1, 0.3])
    assert Goal().follow(losses, goal) == pytest.approx(epoch, nan_ok=True)


def test_a_goal_is_found_as_a_curve_grows_and_again_when_it_is_another() -> None:
    goal, losses = Goal(), np.array([1.0, 0.6, 0.4, 0.1])
    assert math.isnan(goal.follow(losses[:2], 0.5))
    assert goal.follow(losses, 0.5) == 2.0
    assert goal.follow(losses, 0.7) == 1.0
    assert goal.follow(np.array([0.3, 0.2]), 0.7) == 0.0
    assert math.isnan(goal.follow(np.array([]), 0.7))
