from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import SGD, Adam
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE, PLANES, Racer
from nnviz.experiment.spec import Layer, Rival
from nnviz.ui.canvas.network_view import Picked
from nnviz.ui.controls.choice import Choice
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.landscape.entrants import MAP_CELLS
from nnviz.ui.panels.network import NetworkPanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> LandscapePanel:
    panel = LandscapePanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(640, 420)
    panel.show()
    bench.paint()
    return panel


@pytest.fixture
def network(bench: Bench, qtbot: QtBot) -> NetworkPanel:
    panel = NetworkPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(640, 420)
    panel.show()
    bench.paint()
    return panel


def pick(choice: Choice, key: str) -> None:
    place = choice.findData(key)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("loss", ["train", "test", "batch"])
def test_every_plane_of_every_loss_is_drawn(
    plane: str, loss: str, panel: LandscapePanel, bench: Bench
) -> None:
    pick(panel.head.surface, NETWORK_SURFACE)
    pick(panel.head.cut.plane, plane)
    panel.head.terrain.loss.segments[loss].click()
    picture = bench.paint(epochs=6)
    assert bench.experiment.landscape.plane == plane
    assert picture.ways is not None
    assert np.isfinite(picture.surface.loss).all()
    assert not panel.display.canvas.grab().isNull()


def test_how_the_network_is_cut_is_offered_only_for_the_network(
    panel: LandscapePanel, bench: Bench
) -> None:
    assert panel.head.cut.isHidden()
    pick(panel.head.surface, NETWORK_SURFACE)
    assert not panel.head.cut.isHidden()
    assert panel.head.cut.dice.isHidden()
    pick(panel.head.cut.plane, "random")
    assert not panel.head.cut.dice.isHidden()
    bench.store.undo()
    assert bench.experiment.landscape.plane == "axes"


def test_the_dice_draw_other_directions(panel: LandscapePanel, bench: Bench) -> None:
    pick(panel.head.surface, NETWORK_SURFACE)
    pick(panel.head.cut.plane, "random")
    before = bench.paint().surface.loss
    QTest.mouseClick(panel.head.cut.dice, LEFT)
    assert bench.experiment.landscape.plane_seed == 2
    assert not np.allclose(bench.paint().surface.loss, before)


def test_one_click_races_all_optimizers_on_the_whole_network(
    panel: LandscapePanel, bench: Bench
) -> None:
    panel.side.race.segments["run"].click()
    landscape = bench.experiment.landscape
    assert (landscape.surface, landscape.plane, landscape.race) == (NETWORK_SURFACE, "run", "run")
    kinds = [each.optimizer.key for each in bench.experiment.rivals if each.optimizer]
    assert kinds == ["sgd", "momentum", "rmsprop", "adam"]
    picture = bench.paint(epochs=8)
    assert picture.ways is not None
    assert picture.ways.runs == (0, 1, 2, 3, 4)
    rows = panel.side.entrants.rows
    assert [each.accessibleName() for each in rows] == [
        "Main run",
        "SGD",
        "Momentum",
        "RMSprop",
        "Adam",
    ]
    assert all(each.numbers[0] for each in rows)
    assert not panel.grab().isNull()
    bench.store.undo()
    assert not bench.experiment.rivals
    assert bench.experiment.landscape.race == "slice"


def test_racers_of_now_take_the_places_of_rivals(panel: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("rivals", lambda it: replace(it, rivals=(Rival(optimizer=Adam(0.5)),)))
    panel.side.race.segments["run"].click()
    assert len(bench.experiment.rivals) == 1
    bench.store.edit("racer", lambda it: edits.with_racer(it, 3, on=False))
    panel.side.entrants.fill.click()
    assert [each.name for each in bench.experiment.rivals] == ["SGD", "Momentum", "RMSprop"]


def test_who_trains_just_as_the_run_does_is_no_rival(bench: Bench) -> None:
    own = bench.experiment.training.optimizer
    racers = (Racer(own), Racer(Adam()), Racer(Adam(0.3)), Racer(SGD(0.5), name="fast"))
    bench.store.edit("racers", lambda it: edits.with_racers(it, racers))
    bench.store.edit("surface", lambda it: edits.with_terrain(it, surface=NETWORK_SURFACE))
    bench.store.edit("race", edits.with_racers_as_rivals)
    rivals = bench.experiment.rivals
    assert [each.optimizer for each in rivals] == [Adam(), Adam(0.3), SGD(0.5)]
    assert [each.name for each in rivals] == ["", "", "fast"]


def test_back_on_the_surface_the_racers_are_there_again(
    panel: LandscapePanel, bench: Bench
) -> None:
    panel.side.race.segments["run"].click()
    panel.side.race.segments["slice"].click()
    assert not bench.experiment.landscape.is_whole
    picture = bench.paint(epochs=4)
    assert picture.frame.race.racers == (0, 1, 2, 3)
    assert panel.legend.isVisible()


def test_small_maps_are_wished_for_while_they_are_seen(panel: LandscapePanel, bench: Bench) -> None:
    assert bench.player.wishes.multiples == 0
    panel.side.race.segments["run"].click()
    assert bench.player.wishes.multiples == MAP_CELLS
    assert len(bench.paint(epochs=2).multiples) == 5
    panel.hide()
    assert bench.player.wishes.multiples == 0


def test_a_rival_of_another_shape_is_elsewhere(panel: LandscapePanel, bench: Bench) -> None:
    rivals = (Rival("wide", hidden=(Layer(7),)), Rival(optimizer=Adam()))
    bench.store.edit("rivals", lambda it: replace(it, rivals=rivals))
    panel.side.race.segments["run"].click()
    bench.paint(epochs=5)
    rows = panel.side.entrants.rows
    assert rows[1].numbers[0] == "elsewhere"
    assert rows[2].numbers[0] != "elsewhere"


def test_two_numbers_that_are_selected_are_the_axes_of_the_surface(
    network: NetworkPanel, bench: Bench
) -> None:
    two = Picked(weights=((0, 0, 1),), biases=((1, 1),))
    entries = {each.label: each for each in network.entries(two, QPoint(9, 9)) if each}
    act = entries["Loss over these two"].act
    assert act is not None
    act()
    landscape = bench.experiment.landscape
    assert (landscape.surface, landscape.plane) == (NETWORK_SURFACE, "axes")
    names = dict(bench_view(network, bench))
    assert names == {"x": Picked(weights=((0, 0, 1),)), "y": Picked(biases=((1, 1),))}
    assert not network.grab().isNull()


def test_one_number_that_is_selected_is_the_axis_of_a_curve(
    network: NetworkPanel, bench: Bench
) -> None:
    one = Picked(weights=((0, 2, 0),))
    entries = {each.label: each for each in network.entries(one, QPoint(9, 9)) if each}
    act = entries["Loss over this weight"].act
    assert act is not None
    act()
    assert bench.experiment.landscape.plane == "line"
    assert bench_view(network, bench) == (("x", one),)
    several = Picked(units=((0, 0), (0, 1), (0, 2)))
    labels = [each.label for each in network.entries(several, QPoint(9, 9)) if each]
    assert not [each for each in labels if each.startswith("Loss over")]


def bench_view(network: NetworkPanel, bench: Bench) -> tuple[tuple[str, Picked], ...]:
    """The axes that the editor marks."""
    bench.paint()
    portrait = network._portrait  # noqa: SLF001 - what it shows
    assert portrait is not None
    return portrait.axes
