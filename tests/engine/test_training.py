from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.activations import Linear, ReLU, Tanh
from nnviz.engine.course import Course, Progress, Record
from nnviz.engine.log import Log
from nnviz.engine.losses import Head
from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam, Momentum, Optimizer
from nnviz.engine.penalties import L2
from nnviz.engine.rules import PlaygroundRules
from nnviz.engine.training import NumpyLoop, measure, next_slope, train, train_batch, train_epoch
from tests.engine.courses import course, first_theta

every_optimizer = pytest.mark.parametrize("optimizer", [kind() for kind in OPTIMIZERS], ids=repr)


def start(of: Course) -> Progress:
    """Stand at the start."""
    return Progress.start(of, first_theta(of))


def test_the_rings_are_separated() -> None:
    of = course(samples=250, optimizer=Momentum(0.03))
    last = list(islice(train(of, start(of)), 40))[-1]
    assert last.train_accuracy == 1.0
    assert last.test_accuracy > 0.97


@every_optimizer
def test_training_lowers_the_loss(optimizer: Optimizer) -> None:
    of = course(optimizer=optimizer)
    progress = start(of)
    before = measure(of, progress.theta)
    after = list(islice(train(of, progress), 30))[-1]
    assert after.train_loss < before.train_loss


@every_optimizer
def test_thirty_epochs_are_ten_a_copy_and_twenty(optimizer: Optimizer) -> None:
    of = course(optimizer=optimizer)
    whole, first = start(of), start(of)
    in_one = list(islice(train(of, whole), 30))
    ten = list(islice(train(of, first), 10))
    second = first.copy()
    list(islice(train(of, first), 3))
    in_parts = ten + list(islice(train(of, second), 20))
    assert in_parts == in_one
    np.testing.assert_array_equal(second.theta, whole.theta)
    np.testing.assert_array_equal(second.memory, whole.memory)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_it_does_not_matter_how_updates_are_dealt_out(parts: list[int]) -> None:
    of = course(optimizer=Adam(0.01))
    loop = NumpyLoop()
    whole, dealt = start(of), start(of)
    in_one = loop.advance(of, whole, sum(parts))
    in_parts = [record for part in parts for record in loop.advance(of, dealt, part)]
    assert in_parts == in_one
    assert (dealt.epoch, dealt.batch) == divmod(sum(parts), of.updates)
    np.testing.assert_array_equal(dealt.theta, whole.theta)


def test_an_update_by_hand() -> None:
    of = course(batch=60, optimizer=SGD(0.1), penalty=L2(0.01))
    progress = start(of)
    theta = progress.theta
    _, grad = of.network.gradient(theta, of.train_inputs, of.train_targets)
    wanted = theta - 0.1 * (grad + 0.01 * theta * of.network.is_weight)
    record = train_batch(of, progress)
    np.testing.assert_allclose(progress.theta, wanted, rtol=1e-13)
    assert record == measure(of, progress.theta)._replace(rate=0.1)


def test_the_last_batch_of_an_epoch_is_smaller() -> None:
    of = course(batch=25)
    progress = start(of)
    assert of.updates == 3
    assert [train_batch(of, progress) is None for _ in range(3)] == [True, True, False]
    assert (progress.epoch, progress.batch, progress.steps) == (1, 0, 3)


def test_a_batch_larger_than_the_samples_is_all_of_them() -> None:
    of = course(batch=1000)
    progress = start(of)
    assert train_epoch(of, progress) is not None
    assert progress.steps == 1


def test_a_theta_that_was_handed_out_stays_as_it_was() -> None:
    of = course()
    progress = start(of)
    handed = progress.theta
    kept = handed.copy()
    train_epoch(of, progress)
    np.testing.assert_array_equal(handed, kept)
    assert not np.array_equal(progress.theta, kept)


def test_settings_change_without_losing_the_weights() -> None:
    old = course(optimizer=Momentum(0.01))
    progress = start(old)
    train_epoch(old, progress)
    theta, memory, steps = progress.theta, progress.memory, progress.steps
    new = replace(
        old,
        optimizer=Momentum(0.2, 0.5),
        penalty=L2(0.1),
        network=replace(old.network, activations=(ReLU(), Tanh())),
    )
    progress.adopt(old, new)
    assert progress.theta is theta
    assert progress.memory is memory
    assert progress.steps == steps
    assert train_epoch(new, progress) is not None


def test_another_optimizer_starts_without_memories() -> None:
    old, new = course(optimizer=Momentum()), course(optimizer=Adam())
    progress = start(old)
    train_epoch(old, progress)
    theta = progress.theta
    progress.adopt(old, new)
    assert progress.theta is theta
    assert progress.memory.shape == (2, old.network.size)
    assert not progress.memory.any()
    assert (progress.steps, progress.epoch) == (0, 1)


@pytest.mark.parametrize(
    ("old_batch", "done", "new_batch", "goes_on_at"),
    [(10, 3, 5, 6), (10, 3, 20, 1), (10, 3, 60, 0), (7, 8, 10, 5), (10, 0, 3, 0)],
)
def test_another_batch_size_goes_on_where_the_epoch_stood(
    old_batch: int, done: int, new_batch: int, goes_on_at: int
) -> None:
    old = course(batch=old_batch)
    new = replace(old, batch=new_batch)
    progress = start(old)
    NumpyLoop().advance(old, progress, done)
    progress.adopt(old, new)
    assert progress.batch == goes_on_at
    assert train_epoch(new, progress) is not None
    assert (progress.epoch, progress.batch) == (1, 0)


def test_an_epoch_that_was_over_in_smaller_batches_is_over() -> None:
    """No batch of the new size is left half-way: the epoch ends with whole ones."""
    old = course(batch=7)
    progress = start(old)
    NumpyLoop().advance(old, progress, old.updates - 1)
    new = replace(old, batch=8)
    progress.adopt(old, new)
    assert progress.batch < new.updates


def test_divergence_is_a_value_that_says_where() -> None:
    of = course(activation=Linear(), head=Head("linear", "half-squared"), optimizer=SGD(10.0))
    progress = start(of)
    records = list(islice(train(of, progress), 1000))
    assert progress.diverged is not None
    assert progress.diverged.epoch == len(records) + 1 == progress.epoch + 1
    assert 1 <= progress.diverged.batch <= of.updates
    assert progress.diverged.why.startswith(
        f"In epoch {progress.diverged.epoch}, update {progress.diverged.batch}, the "
    )
    assert np.isfinite(progress.theta).all()
    assert train_batch(of, progress) is None
    assert all(np.isfinite(record.train_loss) for record in records)


def test_what_diverged_may_go_on_with_a_smaller_rate() -> None:
    of = course(activation=Linear(), head=Head("linear", "half-squared"), optimizer=SGD(10.0))
    progress = start(of)
    list(train(of, progress))
    calm = replace(of, optimizer=SGD(0.001))
    again = start(calm)
    again.diverged = progress.diverged
    again.adopt(of, calm)
    assert again.diverged is None
    assert train_epoch(calm, again) is not None


@pytest.mark.parametrize(
    ("theta", "layer", "what"),
    [
        ((1.0, 1e200), 1, "the loss of the output"),
        ((1e308, 1.0), 0, "the values of layer 1"),
        ((1e-8, 1e148), 0, "the weights of layer 1"),
    ],
)
def test_divergence_names_the_first_layer(
    theta: tuple[float, float], layer: int, what: str
) -> None:
    of = course(hidden=(1,), activation=Linear(), head=Head("linear", "half-squared"))
    of = replace(of, train_inputs=of.train_inputs * 0.0 + 1e12)
    progress = Progress.start(of, np.array([theta[0], 0.0, 0.0, theta[1], 0.0]))
    train_batch(of, progress)
    assert progress.diverged is not None
    assert progress.diverged.layer == layer
    assert what in progress.diverged.why
    assert len(progress.diverged.norms) == 2


def test_a_loss_that_is_not_finite_after_the_last_update_ends_the_run_too() -> None:
    of = course(hidden=(), head=Head("linear", "half-squared"), batch=60)
    of = replace(of, train_inputs=of.train_inputs * 1e100, optimizer=SGD(10.0))
    progress = Progress.start(of, np.zeros(of.network.size))
    assert train_epoch(of, progress) is None
    assert progress.diverged is not None
    assert (progress.diverged.epoch, progress.diverged.batch) == (1, 1)
    assert np.isfinite(progress.theta).all()


def test_regression_has_no_accuracy() -> None:
    of = course(head=Head("linear", "half-squared"), classes=0)
    record = measure(of, first_theta(of))
    assert np.isnan([record.train_accuracy, record.test_accuracy]).all()
    assert np.isfinite([record.train_loss, record.test_loss]).all()


def test_an_empty_test_set_has_no_numbers() -> None:
    of = course()
    of = replace(of, test_inputs=np.empty((2, 0)), test_targets=np.empty((1, 0)))
    record = measure(of, first_theta(of))
    assert np.isnan([record.test_loss, record.test_accuracy]).all()
    assert np.isfinite(record.train_loss)


def test_a_log_grows_and_what_was_seen_stays() -> None:
    log = Log()
    log.add(Record(1.0, 2.0, 3.0, 4.0, 0.1))
    seen = log.train_loss
    for number in range(5):
        log.add(Record(float(number), 0.0, 0.0, 0.0, 0.2))
    assert len(log) == 6
    assert seen.tolist() == [1.0]
    assert log.train_loss.tolist() == [1.0, 0.0, 1.0, 2.0, 3.0, 4.0]
    assert log.test_loss[0] == 2.0
    assert log.train_accuracy[0] == 3.0
    assert log.test_accuracy[0] == 4.0
    assert log.learning_rate.tolist() == [0.1] + [0.2] * 5


def test_in_a_compact_log_what_is_finite_stays_finite() -> None:
    log = Log(compact=True)
    log.add(Record(0.1, np.nan, 1.0, np.nan, 0.03))
    log.add(Record(1e300, np.nan, np.inf, np.nan, 1e-40))
    assert log.train_loss[0] == pytest.approx(0.1, rel=1e-6)
    assert 1e38 < log.train_loss[1] < np.inf
    assert np.isnan(log.test_loss).all()
    assert log.train_accuracy.tolist() == [1.0, np.inf]
    assert log.learning_rate.tolist() == [0.03, 1e-40]


@every_optimizer
def test_the_slope_of_the_next_update_leads_where_training_goes(optimizer: Optimizer) -> None:
    of = replace(course(optimizer=optimizer, penalty=L2(0.1), dropout=(0.2, 0.1)), held=(1, 4))
    progress = start(of)
    for _ in range(9):
        slope = next_slope(of, progress)
        assert slope is not None
        t, rate = progress.steps + 1, progress.rate(of)
        theta, memory = optimizer.step(progress.theta, slope, progress.memory, t, rate)
        theta[[1, 4]] = progress.theta[[1, 4]]
        train_batch(of, progress)
        np.testing.assert_array_equal(progress.theta, theta)
        np.testing.assert_array_equal(progress.memory, memory)


def test_where_no_update_follows_there_is_no_slope() -> None:
    waits = course(batch=50, rules=PlaygroundRules())
    progress = start(waits)
    assert next_slope(waits, progress) is not None
    train_batch(waits, progress)
    assert next_slope(waits, progress) is None, "ten of sixty samples are left over"
    progress.stopped = True
    assert next_slope(course(), progress) is None
