from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import SGD, Momentum
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race
from nnviz.ui.canvas.line import LineCanvas
from nnviz.ui.canvas.line_balls import RECENT, balls_of, written_slope
from nnviz.ui.canvas.walkers import Walkers
from nnviz.ui.racers import style_of_kind
from nnviz.ui.theme import DARK, LIGHT

PARABOLA = SURFACES["parabola"]
LEFT = Qt.MouseButton.LeftButton
XS = np.linspace(-4.0, 4.0, 257)
LINE = np.column_stack([XS, XS * XS])
STYLES = tuple(style_of_kind(key, LIGHT) for key in ("sgd", "momentum"))


@pytest.fixture
def canvas(qtbot: QtBot) -> LineCanvas:
    canvas = LineCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.resize(500, 300)
    canvas.show_line(LINE, PARABOLA.minima, ("x", "loss"))
    canvas.show_starts(((-3.0, 0.0),))
    canvas.show()
    return canvas


def at(canvas: LineCanvas, x: float, loss: float) -> QPoint:
    right, down = canvas.to_pixels(np.array([x, loss])).tolist()
    return QPoint(round(right), round(down))


def picked(canvas: LineCanvas) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    canvas.start_picked.connect(lambda x, y: places.append((x, y)))
    return places


def test_all_of_the_curve_is_seen_with_room_above(canvas: LineCanvas) -> None:
    (x0, x1), (y0, y1) = canvas.view.ranges
    assert (x0, x1) == (-4.0, 4.0)
    assert y0 < 0.0
    assert y1 > 16.0


def test_a_click_anywhere_starts_from_that_x(canvas: LineCanvas) -> None:
    places = picked(canvas)
    QTest.mouseClick(canvas.viewport(), LEFT, pos=at(canvas, 2.0, 12.0))
    ((x, y),) = places
    assert x == pytest.approx(2.0, abs=0.03)
    assert y == 0.0


def test_the_start_is_dragged_and_stays_within_the_curve(canvas: LineCanvas) -> None:
    places = picked(canvas)
    QTest.mousePress(canvas.viewport(), LEFT, pos=at(canvas, -3.0, 9.0))
    QTest.mouseMove(canvas.viewport(), at(canvas, 1.0, 9.0))
    assert not places, "only letting go sets it"
    QTest.mouseRelease(canvas.viewport(), LEFT, pos=at(canvas, 1.0, 9.0))
    ((x, _),) = places
    assert x == pytest.approx(1.0, abs=0.03)
    assert canvas.view.ranges[0] == (-4.0, 4.0), "the plane was not moved"


def test_a_start_that_is_only_touched_stays(canvas: LineCanvas) -> None:
    places = picked(canvas)
    QTest.mouseClick(canvas.viewport(), LEFT, pos=at(canvas, -3.0, 9.0))
    assert not places


def test_keys_set_the_start_too(canvas: LineCanvas) -> None:
    places = picked(canvas)
    for _ in range(10):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    ((x, y),) = places
    assert x == pytest.approx(-2.0)
    assert y == 0.0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.key)
def test_balls_roll_leave_and_come_to_rest(canvas: LineCanvas, theme: object) -> None:
    canvas.show_theme(DARK if theme is DARK else LIGHT)
    before = canvas.grab().toImage()
    race = Race(PARABOLA, [SGD(1.2), Momentum(0.01)], (-3.0, 0.0))
    for steps in (1, 5, 60):
        race.advance(steps)
        canvas.show_race(race.paths, STYLES, race.diverged)
        now = canvas.grab().toImage()
        assert now != before
        before = now
    canvas.show_walkers(walkers(np.array([[[1.0, 0.0, 3.0]]])))
    assert canvas.grab().toImage() != before


def walkers(paths: np.ndarray) -> Walkers:
    off = np.ones(len(paths))
    return Walkers(paths, STYLES[: len(paths)], off, 0.2 * off, (False,) * len(paths))


def test_only_the_last_of_a_long_way_is_kept() -> None:
    race = Race(PARABOLA, [SGD(0.01)], (-3.0, 0.0))
    race.advance(3 * RECENT)
    (ball,) = balls_of(race.paths, STYLES[:1], race.diverged)
    np.testing.assert_array_equal(ball.way, race.paths[0, -RECENT:][:, [0, 2]])


def test_an_empty_curve_is_drawn_too(qtbot: QtBot) -> None:
    canvas = LineCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.show()
    assert not canvas.grab().isNull()


@pytest.mark.parametrize(
    ("slope", "text"),
    [
        (0.0, "slope 0"),
        (-2.345, "slope −2.3"),
        (0.0312, "slope +0.031"),
        (1e-9, "slope 0"),
        (-1.0, "slope −1.0"),
        (23.4, "slope +23"),
        (1234.5, "slope +1234"),
    ],
)
def test_a_slope_is_written_with_its_sign(slope: float, text: str) -> None:
    assert written_slope(slope) == text
