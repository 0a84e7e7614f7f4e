from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.activations import ReLU
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.penalties import L2
from nnviz.experiment.build import build
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape, Racer
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Training
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Frame
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer

EXPERIMENT = replace(Experiment(), data=Data(samples=40))
WILD = Experiment(
    data=Data("reg-plane", samples=40),
    architecture=Architecture(()),
    training=Training(optimizer=SGD(rate=10)),
)


def with_training(experiment: Experiment, **changes: object) -> Experiment:
    return replace(experiment, training=replace(experiment.training, **changes))  # type: ignore[arg-type]


def trained(epochs: int, experiment: Experiment = EXPERIMENT) -> Trainer:
    trainer = Trainer(experiment)
    trainer.work(epochs, inf)
    return trainer


def same_moment(one: Frame, other: Frame) -> bool:
    return bool(
        (one.epoch, one.batch, one.steps) == (other.epoch, other.batch, other.steps)
        and np.array_equal(one.theta, other.theta)
        and np.array_equal(one.history.train_loss, other.history.train_loss)
        and np.array_equal(one.race.paths, other.race.paths)
    )


def test_the_first_frame_is_the_start() -> None:
    frame = Trainer(EXPERIMENT).frame()
    assert (frame.run, frame.epoch, frame.batch) == (1, 0, 0)
    assert len(frame.history.train_loss) == 1
    assert frame.race.paths.shape == (4, 1, 3)
    assert np.array_equal(frame.anchor, frame.theta)


def test_every_epoch_leaves_its_numbers_and_a_step_of_the_race() -> None:
    trainer = trained(7)
    frame = trainer.frame()
    assert frame.epoch == 7
    assert len(frame.history.train_loss) == 8
    assert frame.race.paths.shape == (4, 8, 3)


def test_a_frame_stays_what_it_was() -> None:
    trainer = trained(3)
    frame = trainer.frame()
    theta, losses = frame.theta.copy(), frame.history.train_loss.copy()
    trainer.work(5, inf)
    assert np.array_equal(frame.theta, theta)
    assert np.array_equal(frame.history.train_loss, losses)


def test_work_ends_when_its_time_has_come() -> None:
    trainer = Trainer(EXPERIMENT)
    assert trainer.work(inf, until=0.0) <= 40


def test_batches_one_by_one_make_the_epoch() -> None:
    slow = Trainer(EXPERIMENT)
    slow.step_batch()
    assert (slow.frame().epoch, slow.frame().batch) == (0, 1)
    slow.step_batch()
    assert same_moment(slow.frame(), trained(1).frame())


def test_reset_is_the_same_start_again() -> None:
    trainer = trained(3)
    trainer.reset()
    again, first = trainer.frame(), Trainer(EXPERIMENT).frame()
    assert same_moment(again, first)
    assert again.run == 2


@pytest.mark.parametrize(
    "changed",
    [
        with_training(EXPERIMENT, optimizer=SGD(rate=0.3)),
        with_training(EXPERIMENT, optimizer=Adam()),
        with_training(EXPERIMENT, penalty=L2(rate=0.1)),
        with_training(EXPERIMENT, batch=3),
        replace(EXPERIMENT, architecture=Architecture((Layer(4, ReLU()), Layer(2, ReLU())))),
    ],
)
def test_what_acts_at_once_keeps_the_weights(changed: Experiment) -> None:
    trainer = trained(3)
    before = trainer.frame()
    trainer.adopt(changed)
    after = trainer.frame()
    assert np.array_equal(before.theta, after.theta)
    assert (after.run, after.epoch) == (1, 3)
    trainer.work(2, inf)
    assert trainer.frame().epoch == 5


@pytest.mark.parametrize(
    "changed",
    [
        replace(EXPERIMENT, data=Data("xor", samples=40)),
        replace(EXPERIMENT, features=("x1",)),
        replace(EXPERIMENT, architecture=Architecture((Layer(3),))),
        with_training(EXPERIMENT, seed=9),
    ],
)
def test_what_changes_the_start_begins_a_new_run(changed: Experiment) -> None:
    trainer = trained(3)
    trainer.adopt(changed)
    frame = trainer.frame()
    assert (frame.run, frame.epoch) == (2, 0)
    assert same_moment(frame, Trainer(changed).frame())


def test_a_change_that_is_taken_back_leaves_no_trace() -> None:
    trainer = trained(3)
    trainer.adopt(with_training(EXPERIMENT, optimizer=SGD(rate=1.0)))
    trainer.adopt(EXPERIMENT)
    trainer.work(4, inf)
    assert same_moment(trainer.frame(), trained(7).frame())


def test_what_cannot_be_built_changes_nothing() -> None:
    trainer = trained(3)
    before = trainer.frame()
    with pytest.raises(Mistake):
        trainer.adopt(replace(EXPERIMENT, features=()))
    assert same_moment(before, trainer.frame())
    assert trainer.experiment is EXPERIMENT


def test_another_rate_is_in_the_history() -> None:
    trainer = trained(2)
    trainer.adopt(with_training(EXPERIMENT, optimizer=SGD(rate=0.5)))
    trainer.work(1, inf)
    assert trainer.frame().history.learning_rate.tolist() == [0.03, 0.03, 0.03, 0.5]


@pytest.mark.parametrize(
    "landscape",
    [
        replace(EXPERIMENT.landscape, surface="bowl"),
        replace(EXPERIMENT.landscape, starts=((0.5, 0.5),)),
        replace(EXPERIMENT.landscape, racers=(Racer(SGD()),)),
        replace(EXPERIMENT.landscape, surface=NETWORK_SURFACE),
    ],
)
def test_another_race_begins_anew_and_training_goes_on(landscape: Landscape) -> None:
    trainer = trained(3)
    trainer.adopt(replace(EXPERIMENT, landscape=landscape))
    frame = trainer.frame()
    assert frame.race.paths.shape[1] == 1
    assert (frame.race.began, frame.epoch) == (3, 3)
    trainer.work(2, inf)
    assert trainer.frame().race.paths.shape[1] == 3


def test_another_rate_of_the_network_leaves_the_race_alone() -> None:
    trainer = trained(3)
    trainer.adopt(with_training(EXPERIMENT, optimizer=SGD(rate=0.3)))
    assert trainer.frame().race.paths.shape[1] == 4


def test_races_end_while_training_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.runtime.trainer.RACE_STEPS", 5)
    frame = trained(8).frame()
    assert frame.epoch == 8
    assert frame.race.paths.shape[1] == 6


def test_the_slice_is_cut_through_the_weights_of_the_moment_when_told() -> None:
    landscape = replace(EXPERIMENT.landscape, surface=NETWORK_SURFACE, axes=(2, 5))
    trainer = trained(3, replace(EXPERIMENT, landscape=landscape))
    assert np.array_equal(trainer.frame().anchor, build(EXPERIMENT).theta)
    trainer.recenter()
    frame = trainer.frame()
    assert np.array_equal(frame.anchor, frame.theta)
    assert frame.anchor_epoch == 3
    assert np.array_equal(frame.race.paths[0, 0, :2], frame.theta[[2, 5]])


def test_divergence_stops_training_at_the_last_finite_moment() -> None:
    trainer = trained(500, WILD)
    frame = trainer.frame()
    assert trainer.is_over
    assert frame.diverged is not None
    assert frame.diverged.epoch == frame.epoch + 1
    assert np.isfinite(frame.theta).all()
    assert np.isfinite(frame.history.train_loss).all()
    assert trainer.work(5, inf) == 0


def test_after_divergence_one_step_back_and_a_tenth_of_the_rate_go_on() -> None:
    trainer = trained(500, WILD)
    trainer.recover()
    frame = trainer.frame()
    assert frame.diverged is None
    assert frame.history.train_loss[-1] <= 10 * frame.history.train_loss.min()
    assert len(frame.history.train_loss) == frame.epoch + 1
    trainer.adopt(with_training(WILD, optimizer=SGD(rate=0.01)))
    trainer.work(50, inf)
    after = trainer.frame()
    assert after.diverged is None
    assert after.history.train_loss[-1] < frame.history.train_loss[-1]


def test_recovering_survives_another_optimizer() -> None:
    trainer = trained(500, WILD)
    trainer.adopt(with_training(WILD, optimizer=Adam()))
    trainer.recover()
    trainer.work(2, inf)
    assert trainer.frame().diverged is None


@pytest.mark.parametrize("batches", [0, 1])
def test_a_run_restored_goes_on_to_the_same_bits(batches: int) -> None:
    experiment = with_training(EXPERIMENT, optimizer=Adam(rate=0.01), batch=7)
    trainer = trained(3, experiment)
    for _ in range(batches):
        trainer.step_batch()
    trainer.recenter()
    other = Trainer(EXPERIMENT)
    other.restore(run_of(trainer.frame()), experiment)
    assert same_moment(other.frame(), trainer.frame())
    assert np.array_equal(other.frame().anchor, trainer.frame().anchor)
    for each in (trainer, other):
        each.work(4, inf)
    assert same_moment(other.frame(), trainer.frame())


def test_a_run_of_another_network_is_not_restored() -> None:
    trainer = trained(2)
    run = run_of(trained(1, WILD).frame())
    before = trainer.frame()
    with pytest.raises(Mistake, match=r"run\.theta has"):
        trainer.restore(run)
    assert same_moment(before, trainer.frame())


def test_a_run_that_stopped_by_itself_says_so_and_stays_so_when_saved() -> None:
    experiment = with_training(EXPERIMENT, patience=1, optimizer=Adam(0.5))
    trainer = trained(500, experiment)
    frame = trainer.frame()
    assert trainer.is_over
    assert frame.best is not None
    assert frame.stopped == f"stopped; the weights are those of epoch {frame.best.epoch}, the best"
    assert np.array_equal(frame.theta, frame.best.theta)
    other = Trainer(EXPERIMENT)
    other.restore(run_of(frame), experiment)
    assert other.is_over
    assert same_moment(other.frame(), frame)
    trainer.adopt(with_training(experiment, patience=0))
    assert not trainer.is_over
    assert trainer.work(3, inf) == 3


def test_a_race_begins_again_while_the_run_stays() -> None:
    trainer = trained(5)
    theta = trainer.frame().theta
    trainer.race_again()
    frame = trainer.frame()
    assert (frame.epoch, frame.race.began, frame.race.paths.shape[1]) == (5, 5, 1)
    assert np.array_equal(frame.theta, theta)
    trainer.work(2, float("inf"))
    assert trainer.frame().race.paths.shape[1] == 3


def test_a_race_that_begins_again_in_the_past_is_there_up_to_now() -> None:
    trainer = trained(6)
    trainer.look(4)
    trainer.catch_up(float("inf"))
    trainer.race_again()
    assert trainer.frame().race.paths.shape[1] == 1
    trainer.look(None)
    assert trainer.frame().race.paths.shape[1] == 3


def test_a_race_goes_on_alone_and_back_once_the_run_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nnviz.runtime.trainer.RACE_STEPS", 12)
    monkeypatch.setattr("nnviz.runtime.trainer.EPOCH_LIMIT", 4)
    trainer = trained(4)
    assert trainer.is_over
    assert trainer.race_on(3), "there are more"
    frame = trainer.frame()
    assert (frame.epoch, frame.race.paths.shape[1], frame.race.alone) == (4, 8, 3)
    trainer.race_on(-1)
    assert trainer.frame().race.paths.shape[1] == 7
    trainer.look(3)
    trainer.catch_up(float("inf"))
    assert trainer.frame().race.paths.shape[1] == 4
    trainer.look(None)
    assert not trainer.race_on(100), "the race is over"
    assert trainer.frame().race.paths.shape[1] == 13
    trainer.race_on(-100)
    assert trainer.frame().race.paths.shape[1] == 5


def test_a_race_does_not_go_on_alone_while_there_is_something_to_train() -> None:
    trainer = trained(2)
    assert not trainer.race_on(5)
    assert trainer.frame().race.paths.shape[1] == 3
