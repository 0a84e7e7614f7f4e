"""What a hurried class does to the window: everything at once, and then the door."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QToolButton, QWidget

from nnviz.app import Laboratory
from nnviz.experiment.edits import with_rate
from nnviz.ui.controls.track import Track
from tests.journeys.story import CTRL, Person, frame_of

# Popups of the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

STEPS = 40
"""More than a storm leaves to undo."""


def play_flat_out(laboratory: Laboratory, person: Person) -> None:
    laboratory.parts.player.set_speed(float("inf"))
    laboratory.parts.player.play()
    moves_on(laboratory, person)


def moves_on(laboratory: Laboratory, person: Person) -> None:
    """Wait for a later epoch."""
    epoch = frame_of(laboratory).epoch
    person.wait(lambda: frame_of(laboratory).epoch > epoch)


def goes_on(laboratory: Laboratory, person: Person) -> None:
    """See that training and painting still work, from the start."""
    laboratory.parts.player.reset()
    person.wait(lambda: frame_of(laboratory).epoch == 0)
    play_flat_out(laboratory, person)


def close_popups() -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def within_reach(window: QWidget) -> list[QWidget]:
    """All that can be clicked on without opening a menu, which would wait for an answer."""
    kinds = (QAbstractButton, Track)
    return [
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, kinds)
        and each.isVisible()
        and each.isEnabled()
        and not (isinstance(each, QToolButton) and each.menu() is not None)
        and each.window() is window
    ]


def test_closing_while_training_flat_out(laboratory: Laboratory, person: Person) -> None:
    play_flat_out(laboratory, person)
    assert laboratory.window.close()
    assert not laboratory.window.isVisible()


@pytest.mark.parametrize("seed", [1, 2])
def test_very_fast_clicking_on_everything(
    laboratory: Laboratory, person: Person, seed: int
) -> None:
    chance = random.Random(seed)
    play_flat_out(laboratory, person)
    for _ in range(150):
        person.click(chance.choice(within_reach(laboratory.window)))
        close_popups()
    for box in laboratory.window.findChildren(QComboBox):
        if box.isVisible() and box.isEnabled():
            person.press(box, chance.choice([Qt.Key.Key_Down, Qt.Key.Key_Up]))
    goes_on(laboratory, person)


def test_resizing_while_training(laboratory: Laboratory, person: Person) -> None:
    play_flat_out(laboratory, person)
    window = laboratory.window
    for width, height in ((1280, 720), (1900, 1000), (1281, 900), (1600, 721), (1280, 720)):
        window.resize(width, height)
        moves_on(laboratory, person)
    assert (window.width(), window.height()) == (1280, 720)
    for panel in (window.deck.frames[key].panel for key in window.deck.shown):
        assert panel is not None
        assert window.rect().contains(panel.rect().translated(panel.mapTo(window, QPoint(0, 0))))


def test_storms_of_undo_and_redo(laboratory: Laboratory, person: Person) -> None:
    chance = random.Random(3)
    store, window = laboratory.parts.store, laboratory.window
    first = store.experiment
    play_flat_out(laboratory, person)
    buttons = [each for each in within_reach(window) if isinstance(each, QAbstractButton)]
    for each in chance.choices(buttons, k=25):
        if each.isVisible() and each.isEnabled():
            person.click(each)
            close_popups()
    for rate in (0.02, 0.03, 0.04, 0.05):
        store.change(with_rate(store.experiment, rate), "learning rate")
        store.settle()
    last = store.experiment
    for _ in range(STEPS):
        person.press(window, Qt.Key.Key_Z, CTRL)
    assert store.undo_label is None
    assert store.experiment == first
    for _ in range(STEPS):
        person.press(window, Qt.Key.Key_Y, CTRL)
    assert store.redo_label is None
    assert store.experiment == last
    for _ in range(40):
        chance.choice([store.undo, store.redo])()
    person.wait(lambda: frame_of(laboratory).experiment == store.experiment)
    goes_on(laboratory, person)
