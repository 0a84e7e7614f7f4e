"""Rivals are let in, changed, watched, taken along to a branch, and come back from a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from nnviz.app import Laboratory
from nnviz.experiment import edits
from nnviz.runtime.frames import Frame
from nnviz.ui.panels.compare import ComparePanel
from nnviz.ui.panels.past import PastPanel
from nnviz.ui.panels.winners import WinnersPanel
from tests.journeys.story import CTRL, Person, frame_of, leave, part


def compare(laboratory: Laboratory, person: Person) -> ComparePanel:
    """Open the workspace by its key, and let five learning rates race."""
    laboratory.parts.store.edit("samples", partial(edits.with_data, samples=40))
    person.press(laboratory.window, Qt.Key.Key_3)
    panel = part(laboratory, ComparePanel)
    person.wait(panel.isVisible)
    person.click(panel.starters["rates"])
    person.wait(lambda: len(frame_of(laboratory).rivals) == len(rivals(laboratory)) > 0)
    return panel


def rivals(laboratory: Laboratory) -> tuple[object, ...]:
    return laboratory.parts.store.experiment.rivals


def train_to(laboratory: Laboratory, person: Person, epoch: int) -> None:
    """Train until all are there, and pause."""
    player = laboratory.parts.player
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).head >= epoch)
    player.pause()
    person.wait(lambda: in_step(frame_of(laboratory)))


def in_step(frame: Frame) -> bool:
    return not frame.is_playing and all(each.epoch == frame.epoch for each in frame.rivals)


def choose(menu: QMenu, *labels: str) -> None:
    """Choose from a menu, through the menus within it."""
    menu.aboutToShow.emit()
    for label in labels[:-1]:
        inner = next(each for each in menu.actions() if each.text() == label).menu()
        assert isinstance(inner, QMenu)
        menu = inner
    next(each for each in menu.actions() if each.text() == labels[-1]).trigger()


def test_a_preset_is_raced_and_somebody_wins(laboratory: Laboratory, person: Person) -> None:
    panel = compare(laboratory, person)
    train_to(laboratory, person, 30)
    frame = frame_of(laboratory)
    assert [len(each.history) for each in frame.rivals] == [frame.head + 1] * len(frame.rivals)
    assert len(panel.shown) == 1 + len(frame.rivals)
    table = part(laboratory, WinnersPanel).table
    cells = [table.item(line, 2) for line in range(table.rowCount())]
    losses = [each.text() for each in cells if each is not None]
    assert len(losses) == len(panel.shown)
    assert sum(each.startswith("★") for each in losses) >= 1


def test_a_rival_is_added_on_the_way_changed_and_catches_up(
    laboratory: Laboratory, person: Person
) -> None:
    panel = compare(laboratory, person)
    train_to(laboratory, person, 30)
    known = len(rivals(laboratory))
    choose(panel.add.menu(), "Batch", "batch 5")
    assert len(rivals(laboratory)) == known + 1
    person.wait(lambda: len(frame_of(laboratory).rivals) == known + 1)
    person.wait(lambda: in_step(frame_of(laboratory)))
    assert frame_of(laboratory).rivals[-1].epoch == frame_of(laboratory).head >= 30
    person.click(panel.shown[-1].remove)
    assert len(rivals(laboratory)) == known
    person.press(laboratory.window, Qt.Key.Key_Z, CTRL)
    assert len(rivals(laboratory)) == known + 1
    person.wait(panel.shown[-1].isVisible)


def test_a_branch_takes_the_rivals_along(laboratory: Laboratory, person: Person) -> None:
    compare(laboratory, person)
    train_to(laboratory, person, 40)
    past = part(laboratory, PastPanel)
    past.timeline.looked.emit(15)
    person.wait(lambda: {each.epoch for each in frame_of(laboratory).rivals} == {15})
    past.branch.click()
    person.wait(lambda: frame_of(laboratory).head == 15)
    assert all(len(each.history) == 16 for each in frame_of(laboratory).rivals)


def test_a_race_comes_back_from_its_file(start: Callable[[], Laboratory], person: Person) -> None:
    first = start()
    compare(first, person)
    train_to(first, person, 30)
    part(first, PastPanel).timeline.looked.emit(12)
    person.wait(lambda: frame_of(first).epoch == 12)
    then = frame_of(first)
    person.press(first.window, Qt.Key.Key_B)
    person.press(first.window, Qt.Key.Key_L)
    person.wait(lambda: not frame_of(first).is_past)
    person.press(first.window, Qt.Key.Key_S, CTRL)
    last = frame_of(first)
    leave(first)
    again = start()
    again.documents.open()
    person.wait(lambda: frame_of(again).head == last.head)
    person.wait(lambda: in_step(frame_of(again)))
    for ours, theirs in zip(frame_of(again).rivals, last.rivals, strict=True):
        np.testing.assert_array_equal(ours.theta, theirs.theta)
        np.testing.assert_array_equal(ours.history.test_loss, theirs.history.test_loss)
    person.press(again.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.wait(lambda: frame_of(again).epoch == 12)
    person.wait(lambda: {each.epoch for each in frame_of(again).rivals} == {12})
    np.testing.assert_array_equal(frame_of(again).theta, then.theta)
