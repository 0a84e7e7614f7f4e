from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.runtime.findings import BasinPicture, Glass, SwarmPicture
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.theme import DARK, LIGHT

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
DOMAIN = (-2.0, 2.0, -2.0, 2.0)


@pytest.fixture
def canvas(qtbot: QtBot) -> SurfaceCanvas:
    canvas = SurfaceCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    rgba = np.full((8, 8, 4), 200, np.uint8)
    canvas.show_surface(rgba, DOMAIN, (), (), np.zeros((1, 2)))
    canvas.show_starts(((0.0, 0.0), (1.0, 1.0)))
    canvas.show()
    return canvas


def pixel(canvas: SurfaceCanvas, x: float, y: float) -> QPoint:
    at_x, at_y = canvas.to_pixels(np.array((x, y))).tolist()
    return QPoint(round(at_x), round(at_y))


def test_shift_and_a_click_add_a_start(canvas: SurfaceCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.starts_picked) as told:
        QTest.mouseClick(canvas.viewport(), LEFT, SHIFT, pixel(canvas, -1.0, 0.5))
    [starts] = told.args
    assert starts[:2] == ((0.0, 0.0), (1.0, 1.0))
    assert starts[2] == pytest.approx((-1.0, 0.5), abs=0.05)


def test_shift_and_a_click_on_a_start_take_it_away(canvas: SurfaceCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.starts_picked) as told:
        QTest.mouseClick(canvas.viewport(), LEFT, SHIFT, pixel(canvas, 0.0, 0.0))
    assert told.args == [((1.0, 1.0),)]


def test_the_last_start_stays(canvas: SurfaceCanvas) -> None:
    canvas.show_starts(((0.0, 0.0),))
    assert canvas.starts.without(0) == ((0.0, 0.0),)


def test_a_start_is_dragged(canvas: SurfaceCanvas, qtbot: QtBot) -> None:
    told: list[object] = []
    canvas.starts_dragged.connect(told.append)
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, pos=pixel(canvas, 1.0, 1.0))
    QTest.mouseMove(view, pixel(canvas, 0.5, -1.0))
    QTest.mouseMove(view, pixel(canvas, 9.0, -1.5))
    with qtbot.waitSignal(canvas.drag_ended), qtbot.assertNotEmitted(canvas.start_picked):
        QTest.mouseRelease(view, LEFT, pos=pixel(canvas, 9.0, -1.5))
    first, last = told
    assert first[0] == (0.0, 0.0)  # type: ignore[index]
    assert first[1] == pytest.approx((0.5, -1.0), abs=0.05)  # type: ignore[index]
    assert last[1] == pytest.approx((2.0, -1.5), abs=0.05)  # type: ignore[index]


def test_a_click_elsewhere_is_the_only_start(canvas: SurfaceCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.start_picked) as told:
        QTest.mouseClick(canvas.viewport(), LEFT, pos=pixel(canvas, -1.0, -1.0))
    assert told.args == pytest.approx([-1.0, -1.0], abs=0.05)


def test_keys_add_a_start(canvas: SurfaceCanvas, qtbot: QtBot) -> None:
    for _ in range(10):
        QTest.keyClick(canvas, Qt.Key.Key_Left)
    with qtbot.waitSignal(canvas.starts_picked) as told:
        QTest.keyClick(canvas, Qt.Key.Key_Return, SHIFT)
    assert told.args[0][2] == pytest.approx((-1.0, 0.0))


def test_there_are_no_more_starts_than_there_may_be(canvas: SurfaceCanvas) -> None:
    canvas.show_starts(tuple((0.1 * number, 0.0) for number in range(8)))
    assert canvas.starts.with_one_more((1.0, 1.0)) == canvas.starts.places


def test_a_swarm_is_drawn_over_the_surface(canvas: SurfaceCanvas) -> None:
    plain = canvas.grab().toImage()
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[2, 1] = (90, 0, 0, 200)
    glass = Glass(DOMAIN, 4, 4, ((120, 0, 0),))
    swarm = SwarmPicture(rgba, glass, 3, (0,), (np.zeros((2, 1)),), (0,), is_late=False)
    canvas.show_findings(swarm, None)
    spot = pixel(canvas, -0.5, 0.5)
    assert canvas.grab().toImage().pixelColor(spot).red() < plain.pixelColor(spot).red()
    canvas.show_findings(None, None)
    assert canvas.grab().toImage() == plain


@pytest.mark.parametrize("by_steps", [False, True])
def test_basins_take_the_place_of_the_colors_and_say_what_they_mean(
    canvas: SurfaceCanvas,
    by_steps: bool,
) -> None:
    plain = canvas.grab().toImage()
    rgba = np.full((6, 6, 4), 90, np.uint8)
    basins = BasinPicture(
        rgba=rgba,
        by_steps=by_steps,
        racer=0,
        minima=np.array([[0.0, 1.0], [1.9, -1.0]]),
        colors=((90, 90, 90), (10, 90, 10)),
        shares=(0.7, 0.001),
        others=0.0,
        nowhere=0.3,
        gone=0.0,
        span=(3, 1200),
        ramp=((0, 0, 0), (255, 255, 0)),
        is_whole=True,
    )
    canvas.show_findings(None, basins)
    shown = canvas.grab().toImage()
    assert shown.pixelColor(pixel(canvas, -1.5, 1.5)).red() == 90
    assert shown != plain
    canvas.show_theme(DARK)
    assert canvas.grab().toImage() != shown
