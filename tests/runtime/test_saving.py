"""A run is saved with its rivals and its past, and all of them go on to the same bits."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.training import Loop
from nnviz.experiment import edits
from nnviz.experiment.files import Document, decode, encode
from nnviz.experiment.spec import Architecture, Bookmark, Data, Experiment, Rival, View
from nnviz.runtime.frames import Frame
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer

BOLD = Rival("bold", optimizer=Adam(0.05))
PLAIN = replace(
    Experiment(data=Data(samples=40), view=View(bookmarks=(Bookmark(12), Bookmark(33)))),
    rivals=(Rival(batch=7), BOLD),
)
NO_LAYERS = Architecture(())
FASTER = edits.with_rate(PLAIN, 0.3)


def changed(loop: Loop | None = None) -> tuple[Trainer, dict[int, Frame]]:
    """A run of 50 epochs with changes in between, and how each epoch was."""
    trainer, seen = Trainer(PLAIN), {}
    for epoch in range(51):
        if epoch == 10 and loop is not None:
            trainer.use(loop, "compiled")
        if epoch == 20:
            trainer.adopt(FASTER)
        if epoch == 30:
            trainer.set_weights((0, 3), (0.5, -0.5))
        if epoch not in {20, 30}:
            seen[epoch] = trainer.frame()
        if epoch < 50:
            trainer.work(1, inf)
            settle(trainer)
    return trainer, seen


def settle(trainer: Trainer) -> None:
    while not trainer.is_in_step:
        trainer.catch_up(inf)


def reopened(trainer: Trainer, loop: Loop | None = None) -> Trainer:
    frame = trainer.frame()
    document = decode(encode(Document(frame.experiment, run_of(frame))))
    assert document.run is not None
    again = Trainer(Experiment())
    again.restore(document.run, document.experiment)
    if loop is not None:
        again.use(loop, "compiled")
    return again


def looked_at(trainer: Trainer, epoch: int) -> Frame:
    trainer.look(epoch)
    settle(trainer)
    return trainer.frame()


def assert_same(one: Frame, other: Frame) -> None:
    assert one.epoch == other.epoch
    np.testing.assert_array_equal(one.theta, other.theta)
    np.testing.assert_array_equal(one.history.train_loss, other.history.train_loss)
    for ours, theirs in zip(one.rivals, other.rivals, strict=True):
        assert ours.epoch == theirs.epoch
        np.testing.assert_array_equal(ours.theta, theirs.theta)
        np.testing.assert_array_equal(ours.history.test_loss, theirs.history.test_loss)


@pytest.fixture(params=["numpy", "compiled"])
def loop(request: pytest.FixtureRequest) -> Loop | None:
    """Either loop, None for that in NumPy."""
    return None if request.param == "numpy" else request.getfixturevalue("compiled")


def test_run_and_rivals_go_on_as_without_a_save(loop: Loop | None) -> None:
    trainer, _ = changed(loop)
    again = reopened(trainer, loop)
    assert_same(again.frame(), trainer.frame())
    assert again.is_in_step
    for each in (trainer, again):
        each.work(20, inf)
        settle(each)
    assert_same(again.frame(), trainer.frame())


def test_every_epoch_of_before_is_seen_again(loop: Loop | None) -> None:
    trainer, seen = changed(loop)
    again = reopened(trainer, loop)
    for epoch, frame in seen.items():
        found = looked_at(again, epoch)
        np.testing.assert_array_equal(found.theta, frame.theta, err_msg=f"epoch {epoch}")
        for ours, theirs in zip(found.rivals, frame.rivals, strict=True):
            np.testing.assert_array_equal(ours.theta, theirs.theta)


def test_a_past_survives_a_second_save() -> None:
    trainer, seen = changed()
    again = reopened(trainer)
    again.work(10, inf)
    third = reopened(again)
    np.testing.assert_array_equal(looked_at(third, 33).theta, seen[33].theta)
    np.testing.assert_array_equal(looked_at(third, 12).theta, seen[12].theta)


def test_one_can_branch_off_before_the_save() -> None:
    trainer, _ = changed()
    again = reopened(trainer)
    for each in (trainer, again):
        looked_at(each, 25)
        each.branch()
        each.work(10, inf)
        settle(each)
        assert each.epoch == 35
    assert_same(again.frame(), trainer.frame())


def test_without_the_compiled_loop_its_epochs_are_seen_nearly(compiled: Loop) -> None:
    trainer, seen = changed(compiled)
    again = reopened(trainer)
    np.testing.assert_allclose(looked_at(again, 33).theta, seen[33].theta, rtol=1e-6)


def test_a_rival_that_is_another_by_now_begins_anew() -> None:
    trainer, _ = changed()
    frame = trainer.frame()
    wanted = replace(FASTER, rivals=(Rival(batch=9), replace(BOLD, name="brave")))
    run = run_of(frame, wanted)
    assert run.rivals[0] is None
    assert run.rivals[1] is not None
    assert run.rivals[1].theta == tuple(frame.rivals[1].theta.tolist())
    again = Trainer(Experiment())
    again.restore(run, wanted)
    assert [each.epoch for each in again.frame().rivals] == [0, 50]


def test_settings_that_were_not_followed_yet_are_those_that_go_on() -> None:
    trainer, seen = changed()
    wanted = edits.with_rate(FASTER, 0.001)
    again = Trainer(Experiment())
    again.restore(run_of(trainer.frame(), wanted), wanted)
    trainer.adopt(wanted)
    for each in (trainer, again):
        each.work(5, inf)
        settle(each)
    assert_same(again.frame(), trainer.frame())
    np.testing.assert_array_equal(looked_at(again, 45).theta, seen[45].theta)


def test_an_older_file_goes_on_from_where_it_ends() -> None:
    trainer, _ = changed()
    run = replace(run_of(trainer.frame()), past=None, rivals=())
    again = Trainer(Experiment())
    again.restore(run, FASTER)
    assert again.frame().first == 50
    settle(again)
    assert [each.epoch for each in again.frame().rivals] == [50, 50]
    assert looked_at(again, 10).epoch == 50


def test_a_rival_that_diverged_stays_out() -> None:
    wild = replace(PLAIN, rivals=(Rival("wild", optimizer=SGD(10.0), loss="half-squared"),))
    wild = replace(wild, data=Data("reg-plane", samples=40), architecture=NO_LAYERS)
    trainer = Trainer(wild)
    trainer.work(60, inf)
    settle(trainer)
    assert trainer.frame().rivals[0].diverged
    again = reopened(trainer)
    settle(again)
    assert again.frame().rivals[0].diverged
    assert_same(again.frame(), trainer.frame())


def test_a_saved_rival_that_was_not_in_step_catches_up() -> None:
    trainer, _ = changed()
    run = run_of(trainer.frame())
    again = Trainer(Experiment())
    again.restore(replace(run, rivals=(run.rivals[0], None)), FASTER)
    assert [each.is_late for each in again.frame().rivals] == [False, True]
    settle(again)
    assert [(each.epoch, each.is_late) for each in again.frame().rivals] == [(50, False)] * 2


def test_ways_that_were_left_come_back_as_ghosts() -> None:
    trainer = Trainer(PLAIN)
    trainer.work(30, inf)
    settle(trainer)
    trainer.look(12)
    settle(trainer)
    trainer.branch()
    assert len(trainer.frame().ghosts) == 1
    ours, theirs = trainer.frame().ghosts[0], reopened(trainer).frame().ghosts[0]
    assert (ours.from_epoch, ours.every) == (theirs.from_epoch, theirs.every) == (12, 1)
    np.testing.assert_array_equal(ours.history.test_loss, theirs.history.test_loss)
    np.testing.assert_array_equal(ours.epochs, theirs.epochs)
