from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.course import Progress
from nnviz.engine.optimizers import SGD
from nnviz.engine.schedules import (
    NOTHING_SEEN,
    SCHEDULES,
    Cosine,
    Plateau,
    Schedule,
    StepDecay,
    WarmUp,
)
from nnviz.engine.training import NumpyLoop
from tests.engine.courses import course, first_theta

every_schedule = pytest.mark.parametrize("kind", list(SCHEDULES), ids=lambda kind: kind.key)


@every_schedule
@given(st.integers(0, 40), st.integers(0, 5), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_rates_do_not_depend_on_how_updates_are_dealt_out(
    kind: type[Schedule], epoch: int, batch: int, parts: list[int]
) -> None:
    of = course(schedule=kind(), optimizer=SGD(0.3))
    progress = Progress.start(of, first_theta(of))
    progress.epoch, progress.batch = epoch, batch
    whole = progress.rates(of, sum(parts))
    dealt = []
    for part in parts:
        dealt += progress.rates(of, part).tolist()
        ahead, progress.batch = divmod(progress.batch + part, of.updates)
        progress.epoch += ahead
    np.testing.assert_array_equal(np.array(dealt), whole)


def test_time_runs_on_within_an_epoch() -> None:
    of = course(schedule=WarmUp(epochs=2), optimizer=SGD(0.6))
    progress = Progress.start(of, first_theta(of))
    np.testing.assert_allclose(progress.rates(of, 13), [*np.arange(12) * 0.05, 0.6], atol=1e-15)


def test_the_rate_that_was_in_force_is_recorded() -> None:
    of = course(schedule=StepDecay(gamma=0.5, every=2), optimizer=SGD(0.4))
    progress = Progress.start(of, first_theta(of))
    records = NumpyLoop().advance(of, progress, 5 * of.updates)
    assert [each.rate for each in records] == [0.4, 0.4, 0.2, 0.2, 0.1]


def test_another_base_acts_at_once_under_any_schedule() -> None:
    old = course(schedule=Cosine(epochs=10), optimizer=SGD(0.1))
    progress = Progress.start(old, first_theta(old))
    NumpyLoop().advance(old, progress, 3 * old.updates + 2)
    new = replace(old, optimizer=SGD(0.2))
    before = progress.rate(old)
    progress.adopt(old, new)
    assert progress.rate(new) == pytest.approx(2 * before, rel=1e-15)


def test_a_plateau_cuts_the_rate_and_another_schedule_has_seen_nothing() -> None:
    old = course(schedule=Plateau(gamma=0.5, patience=0, threshold=0.5), optimizer=SGD(0.01))
    progress = Progress.start(old, first_theta(old))
    records = NumpyLoop().advance(old, progress, 4 * old.updates)
    assert [each.rate for each in records] == [0.01, 0.01, 0.005, 0.0025]
    assert progress.watch.cuts == 3
    progress.adopt(old, replace(old, schedule=Plateau(patience=1)))
    assert progress.watch == NOTHING_SEEN
