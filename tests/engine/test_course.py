from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import PReLU, Tanh
from nnviz.engine.course import Course, Progress
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.rules import NNVizRules, PlaygroundRules, Rules
from nnviz.engine.schedules import (
    NOTHING_SEEN,
    SCHEDULES,
    Cosine,
    Plateau,
    Schedule,
    StepDecay,
    WarmUp,
)
from nnviz.engine.training import NumpyLoop, measure
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


PLACES = np.arange(4000)


def test_each_unit_sits_out_as_often_as_was_said_and_keeps_its_expectation() -> None:
    of = course(hidden=(6, 3), dropout=(0.25, 0.0))
    first, second = of.masks(3, PLACES)
    np.testing.assert_allclose(np.unique(first), [0.0, 4.0 / 3.0])
    np.testing.assert_allclose((first == 0.0).mean(axis=1), 0.25, atol=0.03)
    np.testing.assert_allclose(first.mean(axis=1), 1.0, atol=0.03)
    np.testing.assert_array_equal(second, np.ones((3, len(PLACES))))
    correlations = np.asarray(np.corrcoef(first))[np.triu_indices(6, 1)]
    np.testing.assert_allclose(correlations, 0.0, atol=0.08)


def test_masks_depend_on_seed_epoch_layer_and_place_alone() -> None:
    of = course(hidden=(4, 4), dropout=(0.5, 0.5))
    first, second = of.masks(3, PLACES)
    np.testing.assert_array_equal(of.masks(3, PLACES[100:200])[0], first[:, 100:200])
    others = [second, of.masks(4, PLACES)[0], replace(of, seed=8).masks(3, PLACES)[0]]
    for other in others:
        assert 0.4 < (other != first).mean() < 0.6


def test_the_gradient_with_masks_is_that_of_the_loss_with_masks() -> None:
    of = course(hidden=(4, 3), dropout=(0.5, 0.3))
    theta, inputs, targets = first_theta(of), of.train_inputs, of.train_targets
    masks = of.masks(0, np.arange(of.samples))
    loss, grad = of.network.gradient(theta, inputs, targets, masks)
    step = 1e-6
    for index in range(of.network.size):
        moved = np.eye(of.network.size)[index] * step
        up, _ = of.network.gradient(theta + moved, inputs, targets, masks)
        down, _ = of.network.gradient(theta - moved, inputs, targets, masks)
        assert grad[index] == pytest.approx((up - down) / (2 * step), abs=1e-8)
    assert loss != of.network.loss(theta, inputs, targets)


def test_evaluation_knows_no_masks() -> None:
    of = course(dropout=(0.9, 0.9))
    theta = first_theta(of)
    wanted = measure(replace(of, dropout=()), theta)._replace(rate=0.0)
    assert measure(of, theta)._replace(rate=0.0) == wanted


def too_long(**settings: Any) -> Course:
    """A course whose test samples say something else now and then: being sure does not pay."""
    of = course(hidden=(8, 8), samples=30, batch=5, optimizer=Adam(0.01))
    mistaken = of.test_targets * np.where(np.arange(15) % 4 == 0, -1.0, 1.0)
    return replace(of, **{"test_targets": mistaken, **settings})


def test_training_stops_when_the_test_loss_gets_no_better() -> None:
    of = too_long(patience=20)
    progress = Progress.start(of, first_theta(of))
    records = NumpyLoop().advance(of, progress, 100_000)
    losses = [each.test_loss for each in records]
    assert progress.best is not None
    assert progress.stopped
    assert progress.best.epoch == int(np.argmin(losses)) + 1
    assert progress.epoch == len(records) == progress.best.epoch + 20
    assert measure(of, progress.theta).test_loss == min(losses) == progress.best.loss
    assert NumpyLoop().advance(of, progress, 10) == []


def test_without_a_test_set_the_training_loss_is_looked_at() -> None:
    of = too_long(patience=1, test_inputs=np.empty((2, 0)), test_targets=np.empty((1, 0)))
    progress = Progress.start(of, first_theta(of))
    records = NumpyLoop().advance(of, progress, 100_000)
    assert progress.best is not None
    assert progress.best.loss == min(each.train_loss for each in records)


def test_what_stopped_goes_on_with_other_settings_alone() -> None:
    old = too_long(patience=5)
    progress = Progress.start(old, first_theta(old))
    NumpyLoop().advance(old, progress, 100_000)
    progress.adopt(old, replace(old))
    assert progress.is_over
    progress.adopt(old, replace(old, optimizer=Adam(0.001)))
    assert not progress.is_over
    assert progress.best is None


def test_patience_without_end_keeps_no_best() -> None:
    old = too_long(patience=500)
    progress = Progress.start(old, first_theta(old))
    NumpyLoop().advance(old, progress, 3 * old.updates)
    assert progress.best is not None
    progress.adopt(old, replace(old, patience=0))
    assert progress.best is None


def test_other_rules_begin_with_nothing_left_over() -> None:
    old = course()
    progress = Progress.start(old, first_theta(old))
    new = replace(old, rules=PlaygroundRules("1"))
    progress.adopt(old, new)
    assert progress.carry.sums.shape == progress.theta.shape
    NumpyLoop().advance(new, progress, new.updates)
    progress.adopt(new, old)
    assert progress.carry.sums.shape == (0,)


@pytest.mark.parametrize("rules", [NNVizRules(), PlaygroundRules("1")], ids=lambda each: each.key)
def test_a_run_goes_on_when_an_activation_begins_to_learn(rules: Rules) -> None:
    old = replace(course(optimizer=Adam(0.01), rules=rules, batch=7), patience=9)
    new = replace(old, network=replace(old.network, activations=(PReLU(), Tanh())))
    progress = Progress.start(old, first_theta(old))
    NumpyLoop().advance(old, progress, old.updates)
    theta, memory = progress.theta, progress.memory
    progress.adopt(old, new)
    alpha = new.network.places[0].alphas.start
    assert progress.theta[alpha] == 0.25
    assert not progress.memory[:, alpha].any()
    assert progress.best is not None
    assert progress.best.theta.shape == progress.theta.shape
    NumpyLoop().advance(new, progress, new.updates)
    assert progress.theta[alpha] != 0.25
    progress.adopt(new, old)
    assert progress.theta.shape == theta.shape
    assert progress.memory.shape == memory.shape
    assert progress.carry.sums.size in (0, theta.size)
    assert len(NumpyLoop().advance(old, progress, old.updates)) == 1


def test_what_is_cut_is_zero_at_once_also_where_training_goes_back_to() -> None:
    old = replace(course(), patience=9)
    new = replace(old, held=(1, 4), cut=(1, 4))
    progress = Progress.start(old, first_theta(old))
    NumpyLoop().advance(old, progress, old.updates)
    handed = progress.theta
    kept = handed.copy()
    progress.adopt(old, new)
    NumpyLoop().advance(new, progress, new.updates)
    assert progress.best is not None
    for theta in (progress.theta, progress.best.theta):
        assert theta[[1, 4]].tolist() == [0.0, 0.0]
    np.testing.assert_array_equal(handed, kept)


def test_without_patience_there_is_nothing_to_go_back_to_that_could_be_cut() -> None:
    old = course()
    progress = Progress.start(old, first_theta(old))
    progress.adopt(old, replace(old, held=(0,), cut=(0,)))
    assert progress.theta[0] == 0.0
    assert progress.best is None
