"""Every epoch can be looked at as it was, to the last bit, and gone on from."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.activations import PReLU
from nnviz.engine.course import Progress
from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.schedules import Plateau
from nnviz.experiment import edits, moments, past
from nnviz.experiment.build import build
from nnviz.experiment.spec import Data, Experiment, Layer, Rival
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Frame
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer

PLAIN = replace(Experiment(), data=Data(samples=40))
KINDS = {
    "plain": edits.with_training(PLAIN, batch=7, optimizer=Adam(0.01)),
    "dropout": edits.with_training(edits.with_dropout(PLAIN, 0.3), batch=6),
    "plateau": edits.with_training(
        PLAIN, schedule=Plateau(patience=2, threshold=0.01), optimizer=SGD(0.1)
    ),
}
FASTER = edits.with_training(PLAIN, optimizer=SGD(0.3))


def changed(experiment: Experiment = PLAIN) -> tuple[Trainer, dict[int, Frame]]:
    """A run of 60 epochs with changes in between, and how each epoch was."""
    trainer, seen = Trainer(experiment), {}
    for epoch in range(60):
        if epoch == 20:
            trainer.adopt(edits.with_training(experiment, optimizer=Adam(0.02)))
        if epoch == 30:
            trainer.step_batch()
            trainer.set_weights((0, 3), (0.5, -0.5))
        if epoch == 40:
            trainer.adopt(edits.with_training(experiment, batch=5))
        seen[epoch] = trainer.frame()
        trainer.work(1, inf)
    return trainer, {epoch: frame for epoch, frame in seen.items() if frame.batch == 0}


def looked_at(trainer: Trainer, epoch: int) -> Frame:
    trainer.look(epoch)
    while not trainer.is_in_step:
        trainer.catch_up(inf)
    return trainer.frame()


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("most", [past.MOST_MOMENTS, 6])
def test_every_epoch_is_seen_as_it_was(
    key: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "MOST_MOMENTS", most)
    trainer, seen = changed(KINDS[key])
    head = trainer.frame()
    for epoch in (55, 12, 41, 0, 31, 59, 20):
        frame, was = looked_at(trainer, epoch), seen[epoch]
        assert (frame.epoch, frame.head, frame.is_past) == (epoch, 60, True)
        np.testing.assert_array_equal(frame.theta, was.theta)
        np.testing.assert_array_equal(frame.memory, was.memory)
        assert len(frame.history) == 61
    trainer.look(None)
    np.testing.assert_array_equal(trainer.frame().theta, head.theta)


def test_branching_and_going_on_is_the_run_that_never_went_further() -> None:
    trainer, short = Trainer(PLAIN), Trainer(PLAIN)
    trainer.work(500, inf)
    looked_at(trainer, 200)
    trainer.branch()
    short.work(200, inf)
    for each in (trainer, short):
        each.work(100, inf)
    one, other = trainer.frame(), short.frame()
    np.testing.assert_array_equal(one.theta, other.theta)
    np.testing.assert_array_equal(one.history.train_loss, other.history.train_loss)
    assert [ghost.from_epoch for ghost in one.ghosts] == [200]
    assert not one.is_past


def test_an_edit_of_the_past_goes_on_from_there() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(50, inf)
    was = looked_at(trainer, 20)
    trainer.adopt(FASTER)
    frame = trainer.frame()
    assert (frame.epoch, frame.head, frame.experiment) == (20, 20, FASTER)
    np.testing.assert_array_equal(frame.theta, was.theta)


def test_a_choice_of_view_leaves_the_look_where_it_is() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(50, inf)
    looked_at(trainer, 20)
    trainer.adopt(replace(PLAIN, view=replace(PLAIN.view, show_test=True)))
    frame = trainer.frame()
    assert (frame.epoch, frame.head) == (20, 50)
    assert frame.experiment.view.show_test


def test_what_is_saved_is_the_newest_moment() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(50, inf)
    assert run_of(looked_at(trainer, 20)).epoch == 50


def test_an_activation_that_learns_can_come_and_be_looked_back_from() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(10, inf)
    layers = (Layer(4, PReLU()), Layer(2, PReLU()))
    learning = replace(PLAIN, architecture=replace(PLAIN.architecture, hidden=layers))
    trainer.adopt(learning)
    trainer.work(10, inf)
    size = trainer.frame().theta.size
    frame = looked_at(trainer, 5)
    assert frame.theta.size < size
    assert frame.tracks[0].thetas.shape[1] == frame.anchor.size == frame.theta.size
    trainer.branch()
    assert trainer.frame().theta.size == size


def test_weights_are_put_where_they_are_told_to_be() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(5, inf)
    trainer.set_weights((0, 1), (0.5, -2.0))
    np.testing.assert_array_equal(trainer.frame().theta[:2], (0.5, -2.0))
    with pytest.raises(Mistake, match="finite"):
        trainer.set_weights((0,), (inf,))
    with pytest.raises(Mistake, match="places from 0"):
        trainer.set_weights((-1,), (0.0,))


def test_the_past_is_intact_after_divergence() -> None:
    wild = replace(
        PLAIN,
        data=Data("reg-plane", samples=40),
        architecture=replace(PLAIN.architecture, hidden=()),
        training=replace(PLAIN.training, optimizer=SGD(0.5)),
    )
    trainer = Trainer(wild)
    trainer.work(2, inf)
    was = trainer.frame()
    trainer.work(5000, inf)
    assert trainer.is_over
    np.testing.assert_array_equal(looked_at(trainer, 2).theta, was.theta)
    trainer.recover()
    assert trainer.frame().diverged is None


def test_rivals_stand_at_the_epoch_of_the_run() -> None:
    rivals = (Rival(optimizer=Adam(0.01)), Rival(hidden=(Layer(3),)))
    trainer = Trainer(replace(PLAIN, rivals=rivals[:1]))
    trainer.work(20, inf)
    trainer.adopt(replace(PLAIN, rivals=rivals))
    trainer.work(10, inf)
    alone = Trainer(edits.with_training(PLAIN, optimizer=Adam(0.01)))
    alone.work(30, inf)
    frame = trainer.frame()
    assert [each.epoch for each in frame.rivals] == [30, 30]
    np.testing.assert_array_equal(frame.rivals[0].theta, alone.frame().theta)
    assert [each.epoch for each in looked_at(trainer, 7).rivals] == [7, 7]


def test_a_rival_that_cannot_be_built_is_named_and_changes_nothing() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(3, inf)
    wrong = replace(PLAIN, rivals=(Rival(), Rival(features=("no such",))))
    with pytest.raises(Mistake, match=r"experiment\.rivals\[1\]: features"):
        trainer.adopt(wrong)
    assert trainer.frame().rivals == ()


def test_the_newest_epoch_is_no_past() -> None:
    trainer = Trainer(PLAIN)
    trainer.look(-1)
    assert not trainer.frame().is_past
    trainer.work(2, inf)
    trainer.look(2)
    assert not trainer.frame().is_past


def test_a_million_epochs_stay_within_their_budget() -> None:
    setup = build(PLAIN)
    progress = Progress.start(setup.course, setup.theta)
    kept = moments.Moments(budget=400_000, most=1000)
    for epoch in range(0, 1_000_000, 100):
        kept.keep(moments.Moment(setup, replace(progress, epoch=epoch), "numpy", count=epoch))
    assert kept.bytes <= 400_000
    gaps = np.diff([each.progress.epoch for each in kept])
    assert gaps.max() <= 3 * gaps.min()
