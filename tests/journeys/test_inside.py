"""A class lets seven optimizers race, goes back to a moment, and takes a step of Adam apart."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from nnviz.app import Laboratory
from nnviz.engine.printed import AdamPrinted
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.inside import anatomy_of, studied_moment
from nnviz.ui.controls.choice import Choice
from nnviz.ui.dialogs.export import export_picture
from nnviz.ui.panels.inside import InsidePanel
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.past import PastPanel
from tests.journeys.story import Person, frame_of, part

SEVEN = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
MOMENT = 25


def pick(choice: Choice, key: str) -> None:
    place = choice.findData(key)
    assert place >= 0
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def race(laboratory: Laboratory, person: Person) -> None:
    """Seven optimizers down the loss of the network, for some sixty steps."""
    person.press(laboratory.window, Qt.Key.Key_2)
    landscape = part(laboratory, LandscapePanel)
    pick(landscape.head.surface, NETWORK_SURFACE)
    there = {each.optimizer.key for each in laboratory.parts.store.experiment.landscape.racers}
    for key in SEVEN:
        if key not in there:
            landscape.legend.kinds[key].trigger()
    player = laboratory.parts.player
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).race.paths.shape[1] > 60)
    player.pause()
    person.wait(lambda: not frame_of(laboratory).is_playing)
    racers = frame_of(laboratory).experiment.landscape.racers
    assert {each.optimizer.key for each in racers} == {*SEVEN}


def look_back(laboratory: Laboratory, person: Person) -> None:
    part(laboratory, PastPanel).timeline.looked.emit(MOMENT)
    person.wait(lambda: frame_of(laboratory).epoch == MOMENT)


def look_inside_adam(laboratory: Laboratory, person: Person) -> InsidePanel:
    person.press(laboratory.window, Qt.Key.Key_I)
    panel = part(laboratory, InsidePanel)
    person.wait(lambda: panel.steps.titles != ())
    assert panel.isVisible()
    racers = laboratory.parts.store.experiment.landscape.racers
    adam = next(place for place, each in enumerate(racers) if each.optimizer.key == "adam")
    pick(panel.head.racer, str(adam))
    person.wait(lambda: len(panel.steps.titles) == 9)
    return panel


def phase_of(laboratory: Laboratory) -> tuple[int, int]:
    """The step and the phase that are looked at."""
    frame = frame_of(laboratory)
    return frame.race.paths.shape[1] - 1, frame.experiment.landscape.phase


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_step_of_adam_is_walked_through_and_exported(
    laboratory: Laboratory, person: Person
) -> None:
    race(laboratory, person)
    whole = frame_of(laboratory).race.paths
    look_back(laboratory, person)
    panel = look_inside_adam(laboratory, person)
    step = frame_of(laboratory).race.paths.shape[1] - 1
    panel.steps.setFocus()
    for phase in range(1, 9):
        person.press(panel.steps, Qt.Key.Key_Right)
        person.wait(lambda phase=phase: phase_of(laboratory) == (step, phase))  # type: ignore[misc]
    moment = studied_moment(frame_of(laboratory))
    assert moment is not None
    row = frame_of(laboratory).race.racers.index(
        laboratory.parts.store.experiment.landscape.studied
    )
    np.testing.assert_array_equal(anatomy_of(moment).theta, whole[row, step + 1, :2])
    person.press(panel.steps, Qt.Key.Key_Right)
    person.wait(lambda: phase_of(laboratory) == (step + 1, 0))
    person.press(panel.steps, Qt.Key.Key_Left)
    person.wait(lambda: phase_of(laboratory) == (step, 8))
    person.press(panel.steps, Qt.Key.Key_Left)
    person.wait(lambda: phase_of(laboratory) == (step, 7))
    person.wait(lambda: panel.typesetter.formula(panel.formulas.lines[-1].latex) is not None)

    dialog = export_picture(laboratory.parts, laboratory.window)
    pick(dialog.view, "step")
    target = person.path.with_suffix(".png")
    dialog.file.line.setText(str(target))
    dialog.begin.click()
    person.wait(lambda: not dialog.is_working)
    dialog.close()
    with Image.open(target) as picture:
        seen = np.asarray(picture.convert("RGB"))
    assert len(np.unique(seen.reshape(-1, 3), axis=0)) > 50, "formulas, arrows and squares"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_what_the_lecture_prints_races_from_the_card(
    laboratory: Laboratory, person: Person
) -> None:
    race(laboratory, person)
    panel = look_inside_adam(laboratory, person)
    person.click(panel.head.rule)
    person.click(panel.card.printed)
    person.click(panel.card.race)
    panel.card.hide()
    racers = laboratory.parts.store.experiment.landscape.racers
    assert isinstance(racers[-1].optimizer, AdamPrinted)
    person.wait(lambda: len(racers) - 1 in frame_of(laboratory).race.racers)
    laboratory.window.activateWindow()
    person.wait(laboratory.window.isActiveWindow)
    person.press(laboratory.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(laboratory.parts.store.experiment.landscape.racers) == len(SEVEN)
