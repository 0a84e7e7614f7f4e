from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import SGD, Adam, Optimizer
from nnviz.engine.schedules import Drawn
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE, Racer
from nnviz.runtime.trainer import RACE_STEPS
from nnviz.ui.canvas.schedule_pad import COLUMNS
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.popover import Popover
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.racers import style_of
from nnviz.ui.theme import LIGHT
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
    pick(panel.head.surface, key)
    picture = bench.paint(epochs=4)
    assert bench.experiment.landscape.surface == key
    assert panel.legend.steps.text == str(picture.frame.race.paths.shape[1] - 1)


def test_a_click_sets_the_start_in_one_step(panel: LandscapePanel, bench: Bench) -> None:
    assert not panel.head.restart.isEnabled()
    panel.canvas.start_picked.emit(0.5, 0.25)
    assert bench.experiment.landscape.starts == ((0.5, 0.25),)
    assert panel.head.restart.isEnabled()
    bench.store.undo()
    assert not bench.experiment.landscape.starts


def test_the_default_start_is_one_click_away(panel: LandscapePanel, bench: Bench) -> None:
    panel.canvas.start_picked.emit(0.5, 0.25)
    QTest.mouseClick(panel.head.restart, LEFT)
    assert bench.experiment.landscape.starts == ()


def optimizers(bench: Bench) -> list[Optimizer]:
    return [each.optimizer for each in bench.experiment.landscape.racers]


def test_a_racer_is_switched_off_and_on_with_its_settings(
    panel: LandscapePanel, bench: Bench
) -> None:
    bench.store.edit("racer", lambda it: edits.with_racer(it, 3, optimizer=Adam(rate=0.7)))
    line = panel.legend.roster.rows[3].line
    QTest.mouseClick(line, LEFT)
    assert 3 not in bench.experiment.landscape.running
    QTest.mouseClick(line, LEFT)
    assert 3 in bench.experiment.landscape.running
    assert Adam(rate=0.7) in optimizers(bench)
    bench.paint(epochs=1)


def test_another_kind_comes_with_a_rate_for_the_surface(
    panel: LandscapePanel, bench: Bench
) -> None:
    panel.legend.kinds["lion"].trigger()
    assert optimizers(bench)[-1] == edits.racer_for("rosenbrock", "lion")
    assert [row.isVisible() for row in panel.legend.roster.rows] == [True] * 5
    bench.store.undo()
    assert [row.isVisible() for row in panel.legend.roster.rows] == [True] * 4 + [False]


def test_a_second_one_of_a_kind_has_a_number_and_a_color_of_its_own(
    panel: LandscapePanel, bench: Bench
) -> None:
    panel.legend.kinds["adam"].trigger()
    panel.legend.kinds["adam"].trigger()
    racers = bench.experiment.landscape.racers
    assert [each.label for each in racers[3:]] == ["Adam", "Adam 2", "Adam 3"]
    assert len({style_of(each, LIGHT).color for each in racers}) == 6


def test_there_may_only_be_so_many_racers(panel: LandscapePanel, bench: Bench) -> None:
    racers = bench.experiment.landscape.racers * 6
    bench.store.edit("racers", lambda it: edits.with_racers(it, racers))
    assert not panel.legend.add.isEnabled()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_racer_is_renamed_dressed_doubled_and_removed(
    panel: LandscapePanel, bench: Bench
) -> None:
    panel.legend.roster.knobs_asked.emit(1)
    settings = panel.legend.settings
    settings.name.setText("Ball")
    settings.name.editingFinished.emit()
    settings.hues.buttons[6].click()
    settings.symbols.buttons[2].click()
    settings.dashes.buttons[1].click()
    racer = bench.experiment.landscape.racers[1]
    assert (racer.name, racer.hue, racer.symbol, racer.dash) == ("Ball", 6, "diamond", "dashed")
    assert panel.legend.roster.rows[1].line.text() == "Ball"
    settings.double.click()
    labels = [each.label for each in bench.experiment.landscape.racers]
    assert labels == ["SGD", "Ball", "Ball 2", "RMSprop", "Adam"]
    assert settings.place == 2
    settings.remove.click()
    assert not settings.isVisible()
    assert len(bench.experiment.landscape.racers) == 4
    for _ in range(6):
        bench.store.undo()
    settings.window().close()
    assert bench.experiment.landscape.racers[1].label == "Momentum"


def test_the_race_can_begin_again(panel: LandscapePanel, bench: Bench) -> None:
    QTest.mouseClick(panel.legend.again, LEFT)
    assert bench.player.told == ["race again"]


def test_chance_picks_a_start_within_the_picture(panel: LandscapePanel, bench: Bench) -> None:
    bench.paint()
    QTest.mouseClick(panel.legend.chance, LEFT)
    [(x, y)] = bench.experiment.landscape.starts
    assert -2 <= x <= 2
    assert -1 <= y <= 3


def test_starts_are_added_dragged_and_taken_back_as_one(
    panel: LandscapePanel, bench: Bench
) -> None:
    panel.display.map.starts_picked.emit(((0.0, 1.0), (1.0, 2.0)))
    for x in (1.1, 1.2, 1.3):
        panel.display.map.starts_dragged.emit(((0.0, 1.0), (x, 2.0)))
    panel.display.map.drag_ended.emit()
    assert bench.experiment.landscape.starts == ((0.0, 1.0), (1.3, 2.0))
    bench.store.undo()
    assert bench.experiment.landscape.starts == ((0.0, 1.0), (1.0, 2.0))


def test_a_wide_list_tells_more(panel: LandscapePanel, bench: Bench) -> None:
    bench.paint(epochs=2)
    panel.resize(560, 260)
    narrow = panel.legend.width()
    panel.resize(1100, 500)
    assert panel.legend.width() > narrow
    bench.paint(epochs=3)
    assert "from the nearest minimum" in panel.legend.roster.rows[0].line.accessibleDescription()
    assert all(each.isVisible() for each in panel.legend.captions)


def test_a_swarm_is_wished_for_where_it_is_seen(panel: LandscapePanel, bench: Bench) -> None:
    assert bench.player.wishes.glass is None
    QTest.mouseClick(panel.head.crowding.crowd.segments["grid"], LEFT)
    glass = bench.player.wishes.glass
    assert glass is not None
    assert len(glass.hues) == 4
    picture = bench.paint(epochs=4)
    assert picture.findings.swarm is not None
    shown = panel.canvas.grab().toImage()
    QTest.mouseClick(panel.head.crowding.crowd.segments["none"], LEFT)
    assert bench.player.wishes.glass is None
    bench.paint(epochs=4)
    assert panel.canvas.grab().toImage() != shown


def test_who_is_lost_of_a_swarm_is_counted(panel: LandscapePanel, bench: Bench) -> None:
    wild = (Racer(SGD(rate=0.01)),)
    bench.store.edit("racers", lambda it: edits.with_racers(it, wild))
    bench.store.edit("swarm", lambda it: edits.with_terrain(it, crowd="grid", particles=100))
    bench.paint(epochs=30)
    assert "of 100 particles left for good" in panel.legend.message.text()


@pytest.mark.parametrize("kind", ["minima", "steps"])
def test_basins_are_told_and_shown(panel: LandscapePanel, bench: Bench, kind: str) -> None:
    pick(panel.head.surface, "himmelblau")
    bench.paint()
    plain = panel.canvas.grab().toImage()
    QTest.mouseClick(panel.head.crowding.basins.segments[kind], LEFT)
    pick(panel.head.crowding.racer, "3")
    assert bench.experiment.landscape.studied == 3
    picture = bench.paint()
    assert picture.findings.basins is not None
    assert panel.canvas.grab().toImage() != plain
    assert "(3, 2)" in panel.head.crowding.words.text()


def test_a_curve_has_no_basins(panel: LandscapePanel) -> None:
    pick(panel.head.surface, NETWORK_SURFACE)
    assert panel.head.crowding.basins.isEnabled()
    pick(panel.head.surface, "parabola")
    assert not panel.head.crowding.basins.isEnabled()
    assert "two numbers" in panel.head.crowding.words.text()


def test_on_a_curve_a_swarm_lies_in_strips_at_its_foot(panel: LandscapePanel, bench: Bench) -> None:
    pick(panel.head.surface, "parabola")
    bench.store.edit("x", lambda it: edits.with_terrain(it, particles=200))
    bench.paint()
    plain = panel.canvas.grab().toImage()
    QTest.mouseClick(panel.head.crowding.crowd.segments["grid"], LEFT)
    picture = bench.paint()
    assert picture.findings.swarm is not None
    assert len(picture.findings.swarm.rgba) == 4
    assert panel.canvas.grab().toImage() != plain
    bench.store.undo()
    bench.paint()
    assert panel.canvas.grab().toImage() == plain


def test_on_the_network_ends_are_told_as_the_map_grows(
    panel: LandscapePanel, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.runtime.basin_maps.CUT_LEVELS", (4,))
    monkeypatch.setattr("nnviz.runtime.basin_maps.CUT_MOST", 20)
    pick(panel.head.surface, NETWORK_SURFACE)
    bench.store.edit("x", lambda it: edits.with_terrain(it, basins="minima"))
    picture = bench.paint()
    basins = picture.findings.basins
    assert basins is not None
    assert "Ends after 20 steps" in panel.head.crowding.words.text()
    plain = panel.canvas.grab().toImage()
    none = replace(basins, minima=np.empty((0, 2)), colors=(), shares=(), is_whole=False)
    begun = replace(none, after=(3, 20))
    told = replace(picture, findings=replace(picture.findings, basins=begun))
    bench.player.show_picture(told)
    assert "step 3 of 20" in panel.head.crowding.words.text()
    assert panel.canvas.grab().toImage() != plain


def test_two_of_one_kind_have_each_their_row(panel: LandscapePanel, bench: Bench) -> None:
    fast = Racer(Adam(rate=1.0), name="fast")
    bench.store.edit("racer", lambda it: edits.with_racer_added(it, fast))
    bench.paint(epochs=3)
    rows = panel.legend.roster.rows
    assert [each.line.text() for each in rows[-2:]] == ["Adam", "fast"]
    assert len({each.line.accessibleDescription() for each in rows}) == 5


def test_a_racer_tells_the_best_of_its_starts(panel: LandscapePanel, bench: Bench) -> None:
    starts = ((0.5, 0.25), (-1.5, 2.0))
    bench.store.edit("start", lambda it: edits.with_race_starts(it, starts))
    race = bench.paint(epochs=3).frame.race
    assert race.racers == (0, 0, 1, 1, 2, 2, 3, 3)
    assert race.paths[:, 0, :2].tolist() == [list(each) for each in starts] * 4
    told = panel.legend.roster.rows[0].line.accessibleDescription()
    loss = float(told.removeprefix("loss ").partition(",")[0])
    assert loss == pytest.approx(min(race.paths[:2, -1, 2]), abs=1e-4)


def test_a_surface_remembers_the_settings_of_its_racers(
    panel: LandscapePanel, bench: Bench
) -> None:
    bench.store.edit("racer", lambda it: edits.with_racer(it, 3, optimizer=Adam(rate=0.7)))
    pick(panel.head.surface, "bowl")
    assert Adam(rate=0.7) not in optimizers(bench)
    pick(panel.head.surface, "rosenbrock")
    assert Adam(rate=0.7) in optimizers(bench)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_settings_open_beside_the_racer(panel: LandscapePanel, bench: Bench, qtbot: QtBot) -> None:
    QTest.mouseClick(panel.legend.roster.rows[0].gear, LEFT)
    qtbot.waitUntil(panel.legend.form.isVisible)
    assert bench.player.wishes.studied == 0
    bench.paint(epochs=2)
    assert panel.legend.form.rate.limit is not None
    QTest.keyClick(panel.legend.form.rate.track, Qt.Key.Key_End)
    assert optimizers(bench)[0] == SGD(rate=10.0)
    bench.store.undo()
    assert panel.legend.form.rate.number == edits.racer_for("rosenbrock", "sgd").rate
    panel.legend.form.window().close()
    assert bench.player.wishes.studied is None


def test_who_left_is_named(panel: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("racer", lambda it: edits.with_racer(it, 0, optimizer=SGD(rate=10.0)))
    bench.paint(epochs=60)
    assert "SGD left for good: a rate of 10 is too high" in panel.legend.message.text()
    bench.store.edit("racer", lambda it: edits.with_racer(it, 0, optimizer=SGD(rate=0.0005)))
    bench.paint(epochs=5)
    assert panel.legend.message.text() == ""


def test_recentering_tells_through_what_the_slice_is_cut(
    panel: LandscapePanel, bench: Bench
) -> None:
    pick(panel.head.surface, NETWORK_SURFACE)
    bench.paint()
    assert "at epoch 0" in panel.head.cut.recenter.toolTip()
    QTest.mouseClick(panel.head.cut.recenter, LEFT)
    assert bench.player.told == ["recenter"]


def test_a_race_without_racers_is_only_a_surface(panel: LandscapePanel, bench: Bench) -> None:
    for row in panel.legend.roster.rows:
        QTest.mouseClick(row.line, LEFT)
    assert bench.paint(epochs=2).frame.race.paths.shape == (0, 3, 3)


def test_another_theme_is_taken(panel: LandscapePanel, bench: Bench) -> None:
    bench.darken()
    bench.paint(epochs=2)


def test_a_race_that_has_ended_says_so(panel: LandscapePanel, bench: Bench) -> None:
    picture = bench.paint(epochs=2)
    assert panel.legend.step_name.text() == "Step"
    race = picture.frame.race
    paths = np.repeat(race.paths[:, :1], RACE_STEPS + 1, axis=1)
    frame = replace(picture.frame, race=replace(race, paths=paths))
    bench.player.show_picture(replace(picture, frame=frame))
    assert panel.legend.step_name.text() == "Ended at"
    assert panel.legend.steps.text == "5,000"


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_settings_open_within_the_window(panel: LandscapePanel) -> None:
    panel.resize(600, 500)
    for row in panel.legend.roster.rows:
        QTest.mouseClick(row.gear, LEFT)
        [popover] = [it for it in panel.findChildren(Popover) if it.isVisible()]
        assert panel.geometry().contains(popover.geometry()), row.line.text()
        popover.close()


def test_a_surface_of_x_alone_is_a_curve_with_balls(panel: LandscapePanel, bench: Bench) -> None:
    assert panel.display.currentWidget() is panel.display.map
    pick(panel.head.surface, "double-well")
    bench.paint(epochs=3)
    assert panel.display.currentWidget() is panel.display.line
    panel.canvas.start_picked.emit(-1.0, 0.0)
    assert bench.experiment.landscape.starts == ((-1.0, 0.0),)
    bench.store.edit("surface", partial(edits.with_surface, key="x^4 - x^2 for x in [-2, 2]"))
    picture = bench.paint(epochs=3)
    assert panel.display.currentWidget() is panel.display.line
    assert picture.surface.profile is not None
    pick(panel.head.surface, "bowl")
    bench.paint()
    assert panel.display.currentWidget() is panel.display.map


def test_a_schedule_of_the_race_is_chosen_drawn_and_undone(
    panel: LandscapePanel, bench: Bench
) -> None:
    def kind() -> str:
        return bench.experiment.landscape.schedule.key

    schedule = panel.side.schedule
    schedule.choice.picked.emit("drawn")
    assert bench.experiment.landscape.schedule == Drawn()
    plain = bench.paint(epochs=30).frame.race.paths[0, -1]
    schedule.pad.drawn.emit(np.zeros(COLUMNS))
    schedule.pad.drawn.emit(np.full(COLUMNS, 0.5))
    schedule.pad.settled.emit()
    assert (bench.paint(epochs=30).frame.race.paths[0, -1] != plain).any()
    bench.store.undo()
    assert bench.experiment.landscape.schedule == Drawn()
    bench.store.undo()
    assert kind() == "constant"


def test_on_the_whole_network_everyone_has_a_schedule_of_their_own(
    panel: LandscapePanel, bench: Bench
) -> None:
    assert not panel.side.timing.isHidden()
    pick(panel.head.surface, NETWORK_SURFACE)
    panel.side.race.picked.emit("run")
    assert panel.side.timing.isHidden()
