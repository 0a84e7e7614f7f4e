"""A lesson from beginning to end, in the real window, as a lecturer would give it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import Qt

from nnviz.app import Laboratory
from nnviz.experiment.files import load
from nnviz.ui.dialogs.export import AnimationDialog
from nnviz.ui.dialogs.export_fields import CUSTOM
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.toolbar import ToolbarPanel
from tests.journeys.story import CTRL, SHIFT, Person, frame_of, leave, part


@pytest.fixture
def toolbar(laboratory: Laboratory) -> ToolbarPanel:
    return part(laboratory, ToolbarPanel)


def accuracy(laboratory: Laboratory) -> float:
    return float(frame_of(laboratory).history.test_accuracy[-1])


def play_until_separated(laboratory: Laboratory, person: Person) -> None:
    """Play flat out until the circle is told from what is around it, then pause."""
    toolbar = part(laboratory, ToolbarPanel)
    person.press(toolbar.speed.focusProxy() or toolbar.speed, Qt.Key.Key_End)
    person.press(laboratory.window, Qt.Key.Key_Space)
    assert laboratory.parts.player.is_playing
    person.wait(lambda: accuracy(laboratory) >= 0.95)
    person.press(laboratory.window, Qt.Key.Key_Space)
    stand_still(laboratory, person)


def stand_still(laboratory: Laboratory, person: Person) -> None:
    """Wait for the picture of the moment at which training paused.

    Orders are obeyed one after another: what is centered anew, after the pause, is that moment.
    """
    assert not laboratory.parts.player.is_playing
    laboratory.parts.player.recenter()

    def is_centered() -> bool:
        frame = frame_of(laboratory)
        return np.array_equal(frame.anchor, frame.theta)

    person.wait(is_centered)


def test_the_circle_is_separated(laboratory: Laboratory, person: Person) -> None:
    assert accuracy(laboratory) < 0.95
    play_until_separated(laboratory, person)
    assert accuracy(laboratory) >= 0.95
    assert frame_of(laboratory).epoch > 0


def test_a_drag_of_the_rate_acts_at_once_and_is_one_step(
    laboratory: Laboratory, toolbar: ToolbarPanel, person: Person
) -> None:
    store = laboratory.parts.store
    before = store.experiment
    person.press(laboratory.window, Qt.Key.Key_Space)
    person.wait(lambda: frame_of(laboratory).epoch > 0)
    run = frame_of(laboratory).run
    person.drag(toolbar.rate.track, (0.6, 0.65, 0.7, 0.75, 0.8))
    dragged = store.experiment.training.optimizer.rate
    assert dragged > 2 * before.training.optimizer.rate
    person.wait(lambda: frame_of(laboratory).history.learning_rate[-1] == dragged)
    assert frame_of(laboratory).run == run
    assert store.undo_label == "learning rate"
    person.press(laboratory.window, Qt.Key.Key_Z, CTRL)
    assert store.experiment == before
    assert store.undo_label is None
    person.press(laboratory.window, Qt.Key.Key_Y, CTRL)
    assert store.experiment.training.optimizer.rate == dragged


def test_another_activation_keeps_the_weights(
    laboratory: Laboratory, toolbar: ToolbarPanel, person: Person
) -> None:
    play_until_separated(laboratory, person)
    before = frame_of(laboratory)
    person.drag(toolbar.activation.track, (0.0, 0.2, 0.34))
    chosen = laboratory.parts.store.experiment.architecture.hidden[0].activation
    assert chosen.key != before.experiment.architecture.hidden[0].activation.key
    person.wait(lambda: frame_of(laboratory).experiment is laboratory.parts.store.experiment)
    after = frame_of(laboratory)
    assert (after.run, after.epoch, after.batch) == (before.run, before.epoch, before.batch)
    assert np.array_equal(after.theta, before.theta)


def test_optimizers_race_down_the_valley(laboratory: Laboratory, person: Person) -> None:
    panel = part(laboratory, LandscapePanel)
    for key in ("himmelblau", "rosenbrock"):
        panel.head.surface.show_key(key)
        panel.head.surface.picked.emit(key)
    panel.legend.kinds["nesterov"].trigger()
    racers = [each.optimizer.key for each in laboratory.parts.store.experiment.landscape.racers]
    assert "nesterov" in racers
    person.wait(lambda: len(frame_of(laboratory).race.paths) == len(racers))
    laboratory.parts.player.set_speed(float("inf"))
    person.press(laboratory.window, Qt.Key.Key_Space)
    person.wait(lambda: frame_of(laboratory).race.paths.shape[1] > 150)
    person.press(laboratory.window, Qt.Key.Key_Space)
    race = frame_of(laboratory).race
    assert (race.paths[:, -1, 2] < race.paths[:, 0, 2]).all()
    assert race.paths[:, -1, 2].min() < 0.5
    assert not any(race.diverged)


def test_a_saved_run_comes_back_bit_by_bit(start: Callable[[], Laboratory], person: Person) -> None:
    first = start()
    play_until_separated(first, person)
    person.press(first.window, Qt.Key.Key_S, CTRL)
    saved = frame_of(first)
    leave(first)
    assert load(person.path).experiment == saved.experiment

    second = start()
    person.press(second.window, Qt.Key.Key_O, CTRL)
    person.wait(lambda: frame_of(second).epoch == saved.epoch)
    reopened = frame_of(second)
    assert reopened.batch == saved.batch
    assert np.array_equal(reopened.theta, saved.theta)
    assert np.array_equal(reopened.history.train_loss, saved.history.train_loss)
    assert not second.documents.is_modified


def test_the_film_of_a_run_moves(laboratory: Laboratory, person: Person, tmp_path: Path) -> None:
    laboratory.parts.player.play()
    person.press(laboratory.window, Qt.Key.Key_E, CTRL | SHIFT)
    dialog = part(laboratory, AnimationDialog)
    dialog.view.show_key("boundary")
    dialog.epochs.setValue(30)
    dialog.every.setValue(10)
    dialog.size_field.choice.show_key(CUSTOM)
    dialog.size_field.choice.picked.emit(CUSTOM)
    dialog.file.line.setText(str(tmp_path / "film.gif"))
    person.click(dialog.begin)
    person.wait(lambda: not dialog.is_working)
    dialog.close()
    with Image.open(tmp_path / "film.gif") as film:
        frames = [np.asarray(each.convert("RGB")) for each in ImageSequence.Iterator(film)]
    assert len(frames) == 4
    assert all((frames[0] != each).any() for each in frames[1:])
    epoch = frame_of(laboratory).epoch
    person.wait(lambda: frame_of(laboratory).epoch > epoch)
