"""A class goes back to where it was, marks it, and takes another way from there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from nnviz.app import Laboratory
from nnviz.experiment import edits
from nnviz.ui.panels.past import PastPanel
from tests.journeys.story import Person, frame_of, part


def train_to(laboratory: Laboratory, person: Person, epoch: int) -> None:
    player = laboratory.parts.player
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).head >= epoch)
    player.pause()
    person.wait(lambda: not frame_of(laboratory).is_playing)


def look_at(laboratory: Laboratory, person: Person, epoch: int) -> None:
    part(laboratory, PastPanel).timeline.looked.emit(epoch)
    person.wait(lambda: frame_of(laboratory).epoch == epoch)


def test_the_past_comes_back_whole(laboratory: Laboratory, person: Person) -> None:
    train_to(laboratory, person, 120)
    look_at(laboratory, person, 60)
    frame = frame_of(laboratory)
    theta = frame.theta.copy()
    assert frame.is_past
    assert frame.now.train_loss == frame.history.train_loss[60] > frame.history.train_loss[-1]
    part(laboratory, PastPanel).now.click()
    person.wait(lambda: not frame_of(laboratory).is_past)
    assert not np.array_equal(frame_of(laboratory).theta, theta)
    look_at(laboratory, person, 60)
    assert np.array_equal(frame_of(laboratory).theta, theta)


def test_training_goes_on_behind_a_look(laboratory: Laboratory, person: Person) -> None:
    player = laboratory.parts.player
    train_to(laboratory, person, 40)
    player.play()
    look_at(laboratory, person, 20)
    head = frame_of(laboratory).head
    person.wait(lambda: frame_of(laboratory).head > head)
    assert frame_of(laboratory).epoch == 20
    player.pause()


def test_a_branch_leaves_what_was_there_as_a_ghost(laboratory: Laboratory, person: Person) -> None:
    train_to(laboratory, person, 100)
    look_at(laboratory, person, 30)
    part(laboratory, PastPanel).branch.click()
    person.wait(lambda: frame_of(laboratory).head == 30)
    assert len(frame_of(laboratory).ghosts) == 1
    train_to(laboratory, person, 50)
    assert frame_of(laboratory).head >= 50


def test_a_setting_changed_in_the_past_takes_another_way(
    laboratory: Laboratory, person: Person
) -> None:
    train_to(laboratory, person, 80)
    look_at(laboratory, person, 40)
    store = laboratory.parts.store
    store.edit("learning rate", lambda experiment: edits.with_rate(experiment, 0.3))
    person.wait(lambda: frame_of(laboratory).head == 40)
    assert frame_of(laboratory).experiment.training.optimizer.rate == 0.3
    store.undo()
    person.wait(lambda: frame_of(laboratory).experiment.training.optimizer.rate != 0.3)
    assert frame_of(laboratory).head == 40


def test_an_epoch_is_marked_and_found_again(laboratory: Laboratory, person: Person) -> None:
    train_to(laboratory, person, 60)
    look_at(laboratory, person, 25)
    person.press(laboratory.window, Qt.Key.Key_B)
    assert [each.epoch for each in laboratory.parts.store.experiment.view.bookmarks] == [25]
    part(laboratory, PastPanel).now.click()
    person.wait(lambda: not frame_of(laboratory).is_past)
    person.press(laboratory.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.wait(lambda: frame_of(laboratory).epoch == 25)


def test_a_weight_put_by_hand_stays_until_training_moves_it(
    laboratory: Laboratory, person: Person
) -> None:
    player = laboratory.parts.player
    train_to(laboratory, person, 20)
    player.set_weights((0,), (2.5,))
    person.wait(lambda: frame_of(laboratory).theta[0] == 2.5)
    player.step_epoch()
    person.wait(lambda: frame_of(laboratory).theta[0] != 2.5)
    assert abs(frame_of(laboratory).theta[0] - 2.5) < 1
