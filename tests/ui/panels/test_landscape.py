from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment import edits
from nnviz.experiment.spec import NETWORK_SURFACE
from nnviz.runtime.trainer import RACE_STEPS
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.popover import Popover
from nnviz.ui.panels.landscape import LandscapePanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> LandscapePanel:
    panel = LandscapePanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(600, 300)
    panel.show()
    bench.paint()
    return panel


def pick(choice: Choice, key: str) -> None:
    """Pick as a person does."""
    place = choice.findData(key)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


@pytest.mark.parametrize("key", [*SURFACES.keys, NETWORK_SURFACE])
def test_every_surface_can_be_raced_on(key: str, panel: LandscapePanel, bench: Bench) -> None:
    pick(panel.surface, key)
    picture = bench.paint(epochs=4)
    assert bench.experiment.landscape.surface == key
    assert panel.steps.text == str(picture.frame.race.paths.shape[1] - 1)


def test_a_click_sets_the_start_in_one_step(panel: LandscapePanel, bench: Bench) -> None:
    assert not panel.restart.isEnabled()
    panel.canvas.start_picked.emit(0.5, 0.25)
    assert bench.experiment.landscape.start == (0.5, 0.25)
    assert panel.restart.isEnabled()
    bench.store.undo()
    assert bench.experiment.landscape.start is None


def test_the_default_start_is_one_click_away(panel: LandscapePanel, bench: Bench) -> None:
    panel.canvas.start_picked.emit(0.5, 0.25)
    QTest.mouseClick(panel.restart, LEFT)
    assert bench.experiment.landscape.start is None


def test_a_racer_is_switched_off_and_on_with_its_settings(
    panel: LandscapePanel, bench: Bench
) -> None:
    bench.store.edit("racer", lambda it: edits.with_racer(it, Adam(rate=0.7)))
    row = panel.rows["adam"]
    QTest.mouseClick(row.line, LEFT)
    assert "adam" not in [each.key for each in bench.experiment.landscape.racers]
    QTest.mouseClick(row.line, LEFT)
    assert Adam(rate=0.7) in bench.experiment.landscape.racers
    bench.paint(epochs=1)


def test_a_surface_remembers_the_settings_of_its_racers(
    panel: LandscapePanel, bench: Bench
) -> None:
    bench.store.edit("racer", lambda it: edits.with_racer(it, Adam(rate=0.7)))
    pick(panel.surface, "bowl")
    assert Adam(rate=0.7) not in bench.experiment.landscape.racers
    pick(panel.surface, "rosenbrock")
    assert Adam(rate=0.7) in bench.experiment.landscape.racers


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_settings_open_beside_the_racer(panel: LandscapePanel, bench: Bench, qtbot: QtBot) -> None:
    QTest.mouseClick(panel.rows["sgd"].gear, LEFT)
    qtbot.waitUntil(panel.form.isVisible)
    QTest.keyClick(panel.form.sliders["rate"].track, Qt.Key.Key_End)
    assert SGD(rate=10.0) in bench.experiment.landscape.racers
    bench.store.undo()
    assert panel.form.sliders["rate"].number == edits.racer_for("rosenbrock", "sgd").rate
    panel.form.window().close()


def test_who_left_is_named(panel: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("racer", lambda it: edits.with_racer(it, SGD(rate=10.0)))
    bench.paint(epochs=60)
    assert "SGD left for good: a rate of 10 is too high" in panel.message.text()
    bench.store.edit("racer", lambda it: edits.with_racer(it, SGD(rate=0.0005)))
    bench.paint(epochs=5)
    assert panel.message.text() == ""


def test_weights_are_offered_only_for_the_network(panel: LandscapePanel, bench: Bench) -> None:
    assert all(each.isHidden() for each in panel.axes)
    assert panel.formula.text() == SURFACES["rosenbrock"].formula
    pick(panel.surface, NETWORK_SURFACE)
    assert not any(each.isHidden() for each in panel.axes)
    assert panel.axes[0].count() == 25
    pick(panel.axes[1], "24")
    assert bench.experiment.landscape.axes == (0, 24)
    pick(panel.axes[0], "24")
    assert bench.experiment.landscape.axes == (24, 0)


def test_axes_follow_a_network_that_shrinks(panel: LandscapePanel, bench: Bench) -> None:
    pick(panel.surface, NETWORK_SURFACE)
    pick(panel.axes[1], "24")
    bench.store.edit("layer", edits.with_layer_removed)
    assert panel.axes[1].count() == 17
    assert panel.axes[1].key == str(bench.experiment.landscape.axes[1])
    bench.paint(epochs=1)


def test_recentering_tells_through_what_the_slice_is_cut(
    panel: LandscapePanel, bench: Bench
) -> None:
    pick(panel.surface, NETWORK_SURFACE)
    bench.paint()
    assert "at epoch 0" in panel.recenter.toolTip()
    QTest.mouseClick(panel.recenter, LEFT)
    assert bench.player.told == ["recenter"]


def test_a_race_without_racers_is_only_a_surface(panel: LandscapePanel, bench: Bench) -> None:
    for each in bench.experiment.landscape.racers:
        QTest.mouseClick(panel.rows[each.key].line, LEFT)
    bench.paint(epochs=2)
    assert bench.experiment.landscape.racers == ()


def test_another_theme_is_taken(panel: LandscapePanel, bench: Bench) -> None:
    bench.darken()
    bench.paint(epochs=2)


def test_a_race_that_has_ended_says_so(panel: LandscapePanel, bench: Bench) -> None:
    picture = bench.paint(epochs=2)
    assert panel.step_name.text() == "Step"
    race = picture.frame.race
    paths = np.repeat(race.paths[:, :1], RACE_STEPS + 1, axis=1)
    frame = replace(picture.frame, race=replace(race, paths=paths))
    bench.player.show_picture(replace(picture, frame=frame))
    assert panel.step_name.text() == "Ended at"
    assert panel.steps.text == "5,000"


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_settings_open_within_the_window(panel: LandscapePanel) -> None:
    panel.resize(600, 500)
    for key, each in panel.rows.items():
        if each.gear.isVisible():
            QTest.mouseClick(each.gear, LEFT)
            [popover] = [it for it in panel.findChildren(Popover) if it.isVisible()]
            assert panel.geometry().contains(popover.geometry()), key
            popover.close()
