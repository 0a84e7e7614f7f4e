from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE, Camera
from nnviz.experiment.spec import Data, Experiment
from nnviz.export.request import ExportRequest
from nnviz.ui.camera import run_export
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import LIGHT, apply
from nnviz.ui.twin import window_maker
from nnviz.ui.window import Window
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


@pytest.fixture
def relief(panel: LandscapePanel, bench: Bench) -> LandscapePanel:
    """The panel with the landscape on it."""
    QTest.mouseClick(panel.head.picture.segments["relief"], LEFT)
    bench.paint(epochs=2)
    return panel


def drag(panel: LandscapePanel, way: int = 60) -> None:
    canvas = panel.display.relief
    begin = QPoint(100, 100)
    QTest.mousePress(canvas, LEFT, pos=begin)
    for step in range(1, 5):
        QTest.mouseMove(canvas, begin + QPoint(way * step // 4, 0))
    QTest.mouseRelease(canvas, LEFT, pos=begin + QPoint(way, 0))


def test_a_map_wishes_for_no_landscape(panel: LandscapePanel, bench: Bench) -> None:
    assert bench.player.wishes.gaze is None
    assert panel.display.currentWidget() is panel.display.map


def test_the_switch_shows_the_landscape_and_the_map_again(
    relief: LandscapePanel, bench: Bench
) -> None:
    assert bench.experiment.landscape.picture == "relief"
    assert relief.display.currentWidget() is relief.display.relief
    QTest.mouseClick(relief.head.picture.segments["map"], LEFT)
    bench.paint()
    assert relief.display.currentWidget() is relief.display.map
    assert bench.player.wishes.gaze is None


def test_switching_loses_nothing_and_is_undone_in_one_step(
    relief: LandscapePanel, bench: Bench
) -> None:
    before = bench.experiment
    bench.store.undo()
    assert bench.experiment.landscape == replace(before.landscape, picture="map")
    assert relief.head.picture.key == "map"


def test_until_there_is_a_landscape_the_map_stays(panel: LandscapePanel, bench: Bench) -> None:
    picture = bench.paint()
    assert picture.outlook is None
    bench.store.edit("picture", edits.with_next_picture)
    experiment = bench.experiment
    frame = replace(picture.frame, experiment=experiment)
    bench.player.show_picture(replace(picture, frame=frame))
    assert panel.display.currentWidget() is panel.display.map
    bench.paint()
    assert panel.display.currentWidget() is panel.display.relief


def test_the_picture_is_wished_for_at_the_size_of_the_canvas(
    relief: LandscapePanel, bench: Bench
) -> None:
    gaze = bench.player.wishes.gaze
    assert gaze is not None
    size = relief.display.size()
    ratio = relief.display.devicePixelRatio()
    assert (gaze.width, gaze.height) == (size.width() * ratio, size.height() * ratio)
    relief.resize(700, 400)
    wider = bench.player.wishes.gaze
    assert wider is not None
    assert wider.width > gaze.width


def test_a_panel_that_is_not_seen_wishes_for_nothing(relief: LandscapePanel, bench: Bench) -> None:
    relief.hide()
    assert bench.player.wishes.gaze is None
    relief.show()
    assert bench.player.wishes.gaze is not None


def test_while_it_is_dragged_the_document_stays_and_then_takes_one_step(
    relief: LandscapePanel, bench: Bench, qtbot: QtBot
) -> None:
    before = bench.experiment
    gazes = []
    orbit = relief.display.relief.orbit
    orbit.moved.connect(lambda: gazes.append((bench.player.wishes.gaze, bench.experiment)))
    drag(relief)
    assert len(gazes) >= 3
    assert all(experiment is before for _, experiment in gazes)
    assert all(gaze is not None and gaze.moving for gaze, _ in gazes)
    assert bench.experiment.landscape.camera.turn < before.landscape.camera.turn
    gaze = bench.player.wishes.gaze
    assert gaze is not None
    assert not gaze.moving
    assert gaze.camera == bench.experiment.landscape.camera
    bench.store.undo()
    assert bench.experiment == before
    assert orbit.stand.turn == before.landscape.camera.turn


def test_a_document_brings_its_camera(relief: LandscapePanel, bench: Bench) -> None:
    camera = Camera(turn=100.0, tilt=60.0, zoom=2.0)
    bench.store.edit("camera", lambda it: edits.with_terrain(it, camera=camera))
    gaze = bench.player.wishes.gaze
    assert gaze is not None
    assert gaze.camera == camera


@pytest.mark.parametrize(
    ("name", "turn", "tilt"),
    [("From the front", 0.0, 0.0), ("From the side", -90.0, 0.0), ("From above", 0.0, 90.0)],
)
def test_buttons_look_along_the_axes_and_home_again(
    relief: LandscapePanel, bench: Bench, name: str, turn: float, tilt: float
) -> None:
    first = bench.experiment.landscape.camera
    buttons = {each.accessibleName(): each for each in relief.findChildren(IconButton)}
    QTest.mouseClick(buttons[name], LEFT)
    camera = bench.experiment.landscape.camera
    assert (camera.turn, camera.tilt) == (turn, tilt)
    QTest.mouseClick(buttons["Reset the view"], LEFT)
    assert bench.experiment.landscape.camera == first


def test_a_start_is_picked_on_the_landscape(relief: LandscapePanel, bench: Bench) -> None:
    picture = bench.paint()
    assert picture.outlook is not None
    canvas = relief.display.relief
    QTest.mouseClick(canvas, LEFT, pos=QPoint(canvas.width() // 2, canvas.height() // 2))
    (start,) = bench.experiment.landscape.starts
    x0, x1, y0, y1 = picture.surface.domain
    assert x0 <= start[0] <= x1
    assert y0 <= start[1] <= y1


@pytest.mark.parametrize("surface", ["himmelblau", NETWORK_SURFACE, "log(x) + y^2"])
def test_every_surface_has_its_landscape(
    relief: LandscapePanel, bench: Bench, surface: str
) -> None:
    bench.store.edit("surface", lambda it: edits.with_surface(it, surface))
    picture = bench.paint(epochs=3)
    assert picture.outlook is not None
    assert relief.display.currentWidget() is relief.display.relief
    assert not relief.grab().isNull()


def test_a_line_stays_a_curve(relief: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("surface", lambda it: edits.with_surface(it, "x^2 for x in [-2, 2]"))
    bench.paint()
    assert relief.display.currentWidget() is relief.display.line


def test_rivals_stand_at_their_true_heights(relief: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("surface", lambda it: edits.with_surface(it, NETWORK_SURFACE))
    bench.store.edit("race", lambda it: edits.with_terrain(it, race="run"))
    picture = bench.paint(epochs=5)
    assert picture.ways is not None
    assert not relief.grab().isNull()


def test_a_swarm_stands_on_the_landscape_too(relief: LandscapePanel, bench: Bench) -> None:
    change = partial(edits.with_terrain, crowd="grid", particles=100)
    bench.store.edit("swarm", change)
    assert bench.player.wishes.glass is not None
    picture = bench.paint(epochs=2)
    assert picture.spray is not None
    assert picture.spray[..., 3].any()
    bench.store.edit("picture of the surface", edits.with_next_picture)
    assert bench.paint(epochs=2).spray is None


def test_basins_color_the_landscape_too(relief: LandscapePanel, bench: Bench) -> None:
    plain = bench.paint().outlook
    bench.store.edit("basins", partial(edits.with_terrain, basins="minima"))
    colored = bench.paint().outlook
    assert plain is not None
    assert colored is not None
    assert (plain.panorama.rgba != colored.panorama.rgba).mean() > 0.1


Ask = Callable[..., ExportRequest]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    experiment = replace(Experiment(), data=Data(samples=40))
    experiment = edits.with_terrain(experiment, picture="relief")

    def made(name: str = "picture.png", **changes: object) -> ExportRequest:
        request = ExportRequest(experiment, tmp_path / name, "surface", 4, width=320, height=240)
        return replace(request, **changes)  # type: ignore[arg-type]

    return made


@pytest.fixture
def prefer(qapp: QApplication, tmp_path: Path) -> Preferences:
    apply(qapp, LIGHT)
    return Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))


def exported(request: ExportRequest, preferences: Preferences) -> list[NDArray[np.int64]]:
    """The frames that were written, each of shape (height, width, 3)."""
    run_export(request, preferences, window_maker(Window))
    with Image.open(request.path) as image:
        frames = ImageSequence.Iterator(image)
        return [np.asarray(each.convert("RGB")).astype(np.int64) for each in frames]


def test_a_picture_of_the_surface_is_the_landscape(ask: Ask, prefer: Preferences) -> None:
    flat = edits.with_terrain(ask().experiment, picture="map")
    requests = (ask(), ask("map.png", experiment=flat), ask("again.png"))
    pixels = [exported(each, prefer)[0] for each in requests]
    assert np.abs(pixels[0] - pixels[1]).mean() > 10
    np.testing.assert_array_equal(pixels[0], pixels[2])


def test_another_camera_and_theme_are_heeded(ask: Ask, prefer: Preferences) -> None:
    turned = edits.with_terrain(ask().experiment, camera=Camera(turn=120.0))
    requests = (ask(), ask("turned.png", experiment=turned), ask("dark.png", theme="dark"))
    one, other, dark = (exported(each, prefer)[0] for each in requests)
    assert np.abs(one - other).mean() > 3
    assert dark.mean() < 100 < one.mean()


def test_a_film_of_the_landscape_moves_its_racers(ask: Ask, prefer: Preferences) -> None:
    frames = exported(ask("race.gif", epochs=4, every=2, width=240, height=180), prefer)
    assert len(frames) == 3
    assert any((one != frames[0]).any() for one in frames[1:])
