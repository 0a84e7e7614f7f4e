"""A lecturer lets every optimizer train the same network at once, and goes back to see why."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from nnviz.app import Laboratory
from nnviz.experiment import edits
from nnviz.experiment.landscape import Racer
from nnviz.runtime.inside import inside_of
from nnviz.runtime.tracks import Ways
from nnviz.ui.dialogs.export import export_picture
from nnviz.ui.panels.inside import InsidePanel
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.past import PastPanel
from tests.journeys.story import Person, frame_of, part

SEVEN = ("momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "lion")


def ways_of(laboratory: Laboratory) -> Ways:
    picture = laboratory.parts.player.picture
    assert picture is not None
    assert picture.ways is not None
    return picture.ways


def test_seven_optimizers_race_on_the_network_and_are_rewound(
    laboratory: Laboratory, person: Person
) -> None:
    store, player = laboratory.parts.store, laboratory.parts.player
    panel = part(laboratory, LandscapePanel)
    racers = tuple(Racer(edits.racer_for("network", key)) for key in SEVEN)
    store.edit("racers", lambda it: edits.with_racers(it, racers))
    person.click(panel.side.race.segments["run"])
    person.wait(lambda: len(frame_of(laboratory).rivals) == len(SEVEN))
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).head >= 25)
    player.pause()
    person.wait(lambda: not frame_of(laboratory).is_playing)
    person.wait(lambda: ways_of(laboratory).runs == tuple(range(8)))
    head, laid = frame_of(laboratory).head, frame_of(laboratory).laid
    assert laid is not None
    assert all(each.numbers[0] for each in panel.side.entrants.rows)
    part(laboratory, PastPanel).timeline.looked.emit(12)
    person.wait(lambda: frame_of(laboratory).epoch == 12)
    frame, ways = frame_of(laboratory), ways_of(laboratory)
    assert ways.epochs[-1] == 12
    assert frame.laid is laid
    thetas = np.stack([frame.theta, *(each.theta for each in frame.rivals)])
    np.testing.assert_allclose(ways.paths[:, -1, :2], laid.plane.place(thetas))
    part(laboratory, PastPanel).now.click()
    person.wait(lambda: frame_of(laboratory).epoch == head)
    store.undo()
    person.wait(lambda: not frame_of(laboratory).rivals)


def race_all(laboratory: Laboratory, person: Person, epochs: int) -> LandscapePanel:
    """Seven optimizers as rivals on the whole network, trained for some epochs."""
    person.press(laboratory.window, Qt.Key.Key_2)
    panel = part(laboratory, LandscapePanel)
    racers = tuple(Racer(edits.racer_for("network", key)) for key in SEVEN)
    laboratory.parts.store.edit("racers", lambda it: edits.with_racers(it, racers))
    person.click(panel.side.race.segments["run"])
    person.wait(lambda: len(frame_of(laboratory).rivals) == len(SEVEN))
    player = laboratory.parts.player
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).head >= epochs)
    player.pause()
    person.wait(lambda: not frame_of(laboratory).is_playing)
    person.wait(lambda: ways_of(laboratory).runs == tuple(range(8)))
    return panel


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_step_of_adam_in_that_race_is_walked_through_and_exported(
    laboratory: Laboratory, person: Person
) -> None:
    landscape = race_all(laboratory, person, 25)
    part(laboratory, PastPanel).timeline.looked.emit(12)
    person.wait(lambda: frame_of(laboratory).epoch == 12)
    person.press(laboratory.window, Qt.Key.Key_I)
    panel = part(laboratory, InsidePanel)
    person.wait(lambda: panel.isVisible() and panel.steps.titles != ())
    rows = landscape.side.entrants.rows
    adam = next(n for n, each in enumerate(rows) if each.accessibleName() == "Adam")
    person.click(rows[adam])
    person.wait(lambda: len(panel.steps.titles) == 9)
    assert panel.head.racer.currentText() == "Adam"

    def inner() -> tuple[int, int]:
        picture = laboratory.parts.player.picture
        assert picture is not None
        inside = inside_of(picture)
        assert inside is not None
        return inside.count, picture.frame.experiment.landscape.phase

    panel.steps.setFocus()
    for phase in range(1, 9):
        person.press(panel.steps, Qt.Key.Key_Right)
        person.wait(lambda phase=phase: inner() == (12, phase))  # type: ignore[misc]
    person.press(panel.steps, Qt.Key.Key_Right)
    person.wait(lambda: inner() == (13, 0))
    person.press(panel.steps, Qt.Key.Key_Left)
    person.wait(lambda: inner() == (12, 8))
    picture = laboratory.parts.player.picture
    assert picture is not None
    coming = picture.frame.rivals[adam - 1].coming
    assert coming is not None
    assert landscape.display.map.inner.bared
    assert "projected on its plane" in panel.remark.text()
    person.wait(lambda: panel.typesetter.formula(panel.formulas.lines[-1].latex) is not None)

    dialog = export_picture(laboratory.parts, laboratory.window)
    place = dialog.view.findData("step")
    dialog.view.setCurrentIndex(place)
    dialog.view.activated.emit(place)
    target = person.path.with_suffix(".png")
    dialog.file.line.setText(str(target))
    dialog.begin.click()
    person.wait(lambda: not dialog.is_working)
    dialog.close()
    with Image.open(target) as shown:
        seen = np.asarray(shown.convert("RGB"))
    assert len(np.unique(seen.reshape(-1, 3), axis=0)) > 50, "formulas, arrows and squares"
