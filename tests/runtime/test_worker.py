from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event
from time import monotonic
from typing import Any

import numpy as np
import pytest

from nnviz.engine.optimizers import SGD
from nnviz.experiment.spec import Data, Experiment, Training
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Frame
from nnviz.runtime.orders import (
    Adopt,
    Pause,
    Play,
    RaceAgain,
    RaceOn,
    Recenter,
    Recover,
    Reset,
    Restore,
    SetSpeed,
    StepBatch,
    StepEpoch,
)
from nnviz.runtime.pace import FLAT_OUT
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer
from nnviz.runtime.worker import Worker

EXPERIMENT = replace(Experiment(), data=Data(samples=40))
PATIENCE_S = 20.0


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker(EXPERIMENT)
    worker.start()
    yield worker
    worker.stop()


def wait(worker: Worker, until: Callable[[Frame], bool]) -> Frame:
    end = monotonic() + PATIENCE_S
    while monotonic() < end:
        frame = worker.frames.wait(0.1)
        if frame is not None and until(frame):
            return frame
    raise TimeoutError("no such frame came")


def test_the_start_is_shown_without_being_asked(worker: Worker) -> None:
    assert wait(worker, lambda frame: frame.epoch == 0).run == 1


def test_playing_goes_on_until_it_is_paused(worker: Worker) -> None:
    worker.post(SetSpeed(FLAT_OUT))
    worker.post(Play())
    wait(worker, lambda frame: frame.epoch >= 20)
    worker.post(Pause())
    worker.post(StepEpoch())
    last = wait(worker, lambda frame: frame.batch == 0)
    assert worker.frames.wait(0.05) is None or last.epoch >= 20


def test_an_epoch_and_a_batch_are_steps(worker: Worker) -> None:
    worker.post(StepEpoch())
    assert wait(worker, lambda frame: frame.epoch == 1).batch == 0
    worker.post(StepBatch())
    assert wait(worker, lambda frame: frame.batch == 1).epoch == 1


def test_whatever_the_speed_the_numbers_are_the_same(worker: Worker) -> None:
    worker.post(SetSpeed(FLAT_OUT))
    worker.post(Play())
    frame = wait(worker, lambda frame: frame.epoch >= 5)
    alone = Trainer(EXPERIMENT)
    alone.work(frame.epoch, float("inf"))
    for _ in range(frame.batch):
        alone.step_batch()
    assert np.array_equal(alone.frame().theta, frame.theta)


def test_a_rate_acts_while_training_runs(worker: Worker) -> None:
    worker.post(Play())
    wait(worker, lambda frame: frame.epoch >= 1)
    changed = replace(EXPERIMENT, training=Training(optimizer=SGD(rate=0.5)))
    worker.post(Adopt(changed))
    frame = wait(worker, lambda frame: frame.history.learning_rate[-1] == 0.5)
    assert frame.run == 1
    assert frame.experiment is changed


def test_reset_pauses_at_the_start(worker: Worker) -> None:
    worker.post(Play())
    wait(worker, lambda frame: frame.epoch >= 2)
    worker.post(Reset())
    frame = wait(worker, lambda frame: frame.run == 2)
    assert frame.epoch == 0


def test_the_slice_can_be_recentered(worker: Worker) -> None:
    worker.post(StepEpoch())
    worker.post(Recenter())
    frame = wait(worker, lambda frame: frame.anchor_epoch == 1)
    assert np.array_equal(frame.anchor, frame.theta)


def test_a_run_can_be_restored(worker: Worker) -> None:
    trainer = Trainer(EXPERIMENT)
    trainer.work(6, float("inf"))
    worker.post(Restore(run_of(trainer.frame()), EXPERIMENT))
    frame = wait(worker, lambda frame: frame.epoch == 6)
    assert np.array_equal(frame.theta, trainer.frame().theta)


def test_divergence_ends_playing_and_can_be_recovered_from(worker: Worker) -> None:
    wild = Experiment(data=Data("reg-plane", samples=40), training=Training(optimizer=SGD(10)))
    worker.post(Adopt(replace(wild, architecture=replace(wild.architecture, hidden=()))))
    worker.post(SetSpeed(FLAT_OUT))
    worker.post(Play())
    wait(worker, lambda frame: frame.diverged is not None)
    worker.post(Recover())
    assert wait(worker, lambda frame: frame.diverged is None).history.train_loss[-1] < 1e6


def test_a_race_is_played_to_its_end_when_the_run_is_over(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.runtime.trainer.RACE_STEPS", 30)
    monkeypatch.setattr("nnviz.runtime.trainer.EPOCH_LIMIT", 3)
    worker.post(Adopt(replace(EXPERIMENT, training=Training(seed=5))))
    worker.post(SetSpeed(FLAT_OUT))
    worker.post(Play())
    wait(worker, lambda frame: frame.epoch == 3 and not frame.is_playing)
    worker.post(StepEpoch())
    assert wait(worker, lambda frame: frame.race.alone == 1).race.paths.shape[1] == 5
    worker.post(RaceOn(-1))
    wait(worker, lambda frame: frame.race.alone == 0)
    worker.post(Play())
    assert wait(worker, lambda frame: frame.race.alone == 27 and not frame.is_playing).epoch == 3
    worker.post(RaceAgain())
    assert wait(worker, lambda frame: frame.race.alone == 0).race.paths.shape[1] == 1


def test_a_failure_is_a_value_and_the_thread_lives_on(worker: Worker) -> None:
    worker.post(Adopt(replace(EXPERIMENT, features=())))
    assert isinstance(worker.failures.get(timeout=PATIENCE_S).error, Mistake)
    worker.post(StepEpoch())
    assert wait(worker, lambda frame: frame.epoch == 1).run == 1


def test_an_error_of_ours_is_a_value_too(monkeypatch: pytest.MonkeyPatch, worker: Worker) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Trainer, "work", broken)
    worker.post(Play())
    assert isinstance(worker.failures.get(timeout=PATIENCE_S).error, ZeroDivisionError)
    monkeypatch.undo()
    worker.post(StepEpoch())
    wait(worker, lambda frame: frame.epoch == 1)


def test_the_loop_in_numpy_looks_whether_the_window_is_idle() -> None:
    waits: list[float | None] = []

    class Gate(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            return True

    worker = Worker(EXPERIMENT, gate=Gate())
    waits.clear()
    worker.start()
    try:
        worker.post(Play())
        wait(worker, lambda frame: frame.epoch >= 1)
    finally:
        worker.stop()
    assert waits


def test_stopping_while_it_plays_leaves_no_thread(worker: Worker) -> None:
    worker.post(SetSpeed(FLAT_OUT))
    worker.post(Play())
    wait(worker, lambda frame: frame.epoch >= 1)
    worker.stop()
    worker.stop()
    assert worker.frames.is_closed


def test_stopping_ends_work_that_would_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Event()

    def work(trainer: Trainer, *_: object) -> int:
        begun.set()
        while True:
            trainer._look_up()  # noqa: SLF001 - what work does before every bite

    monkeypatch.setattr(Trainer, "work", work)
    worker = Worker(EXPERIMENT)
    worker.start()
    worker.post(Play())
    assert begun.wait(PATIENCE_S)
    worker.stop()
    assert "trainer" not in [each.name for each in threading.enumerate()]


def test_a_thread_that_is_stuck_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, free = Event(), Event()

    def reset(_: Trainer) -> None:
        begun.set()
        free.wait(PATIENCE_S)

    monkeypatch.setattr("nnviz.runtime.worker.ENDING_S", 0.01)
    monkeypatch.setattr(Trainer, "reset", reset)
    worker = Worker(EXPERIMENT)
    worker.start()
    worker.post(Reset())
    assert begun.wait(PATIENCE_S)
    worker.stop()
    assert "trainer" in [each.name for each in threading.enumerate()]
    free.set()


def test_a_worker_that_never_began_can_be_stopped() -> None:
    Worker(EXPERIMENT).stop()


def test_an_experiment_that_cannot_be_built_is_refused_at_once() -> None:
    with pytest.raises(Mistake):
        Worker(replace(EXPERIMENT, features=()))
