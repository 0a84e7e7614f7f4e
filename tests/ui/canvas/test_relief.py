from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.anatomy.notes import Arrow
from nnviz.engine.outlook import Outlook
from nnviz.engine.panorama import LIGHT_INK, draw
from nnviz.engine.raster import Heights, plane
from nnviz.engine.surfaces import surface_of
from nnviz.engine.terrain import Terrain
from nnviz.engine.vantage import CEILING, GROUND, Vantage
from nnviz.ui.canvas.inner_state import Bared
from nnviz.ui.canvas.orbit import Stand
from nnviz.ui.canvas.pens import Floats
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.canvas.relief_axes import loss_ticks, loss_words
from nnviz.ui.canvas.relief_lens import Lens
from nnviz.ui.canvas.relief_trails import Race, parted, stretches
from nnviz.ui.racers import style_of_kind
from nnviz.ui.theme import DARK, LIGHT

WIDE, TALL = 360, 280
STYLES = (style_of_kind("sgd", LIGHT), style_of_kind("nesterov", LIGHT))


@lru_cache
def outlook(key: str = "bowl", turn: float = 20.0, tilt: float = 50.0) -> Outlook:
    surface = surface_of(key)
    with np.errstate(all="ignore"):
        losses = surface.value(plane(surface.domain, 48))
    scale = Heights.of(losses)
    terrain = Terrain.of(scale.height(np.where(np.isfinite(losses), losses, np.nan)))
    vantage = Vantage(turn, tilt, 1.0, WIDE, TALL, 30.0)
    panorama = draw(terrain, vantage, LIGHT_INK, 12)
    return Outlook(surface.domain, scale, terrain, panorama)


def race(*ways: list[tuple[float, float]], gone: bool = False, honest: bool = False) -> Race:
    paths = np.array([[(x, y, x * x + y * y) for x, y in way] for way in ways])
    return Race(paths, STYLES[: len(ways)], (gone,) * len(ways), honest)


@pytest.fixture
def canvas(qtbot: QtBot) -> ReliefCanvas:
    made = ReliefCanvas(LIGHT, Stand(20.0, 50.0, 1.0))
    qtbot.addWidget(made)
    made.resize(WIDE, TALL)
    with qtbot.waitExposed(made):
        made.show()
    made.show_outlook(outlook(), ("w1", "w2"), np.zeros((1, 2)))
    return made


def seen(canvas: ReliefCanvas) -> QImage:
    return canvas.grab().toImage()


def rgb_of(color: QColor) -> Floats:
    return np.array([color.red(), color.green(), color.blue()], dtype=float)


def count(canvas: ReliefCanvas, color: str, tolerance: int = 8) -> int:
    """How many pixels are nearly of a color."""
    image = seen(canvas).convertToFormat(QImage.Format.Format_RGBX8888)
    rgb = np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)[:, :3].astype(int)
    wanted = rgb_of(QColor(color))
    return int((np.abs(rgb - wanted).max(axis=1) <= tolerance).sum())


def pixel_of(place: Floats, of: Outlook | None = None) -> QPointF:
    return Lens(of or outlook(), QSize(WIDE, TALL)).pixel(place)


def test_before_there_is_anything_it_is_empty(qtbot: QtBot) -> None:
    empty = ReliefCanvas(DARK, Stand(0.0, 0.0, 1.0))
    qtbot.addWidget(empty)
    assert seen(empty).pixelColor(5, 5) == QColor(DARK.panel)


def test_the_landscape_is_drawn_where_its_picture_says(canvas: ReliefCanvas) -> None:
    middle = pixel_of(np.array([0.5, 0.3, 0.6])).toPoint()
    wanted = outlook().panorama.rgba[middle.y(), middle.x(), :3].astype(int)
    got = rgb_of(seen(canvas).pixelColor(middle))
    assert np.abs(wanted - got).max() < 30
    assert seen(canvas).pixelColor(3, TALL // 2) == QColor(LIGHT.panel)


def test_a_click_picks_what_is_seen(canvas: ReliefCanvas, qtbot: QtBot) -> None:
    place = outlook().on_ground(np.array([1.0, -2.0]))
    with qtbot.waitSignal(canvas.start_picked) as told:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel_of(place).toPoint())
    assert told.args == pytest.approx([1.0, -2.0], abs=0.15)


def test_a_click_beside_the_landscape_picks_nothing(canvas: ReliefCanvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(canvas.start_picked):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPointF(3, 3).toPoint())


def test_a_drag_moves_the_camera_and_picks_nothing(canvas: ReliefCanvas, qtbot: QtBot) -> None:
    begin = QPointF(150, 150).toPoint()
    with qtbot.assertNotEmitted(canvas.start_picked), qtbot.waitSignal(canvas.orbit.settled):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(canvas, QPointF(200, 170).toPoint())
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPointF(200, 170).toPoint())
    assert canvas.orbit.stand.turn != 20.0


def test_shift_and_arrows_move_a_start_and_enter_sets_it(
    canvas: ReliefCanvas, qtbot: QtBot
) -> None:
    canvas.show_starts(((0.0, 0.0),))
    for _ in range(5):
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.orbit.stand.turn == 20.0
    with qtbot.waitSignal(canvas.start_picked) as told:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    x, y = told.args or (0.0, 0.0)
    start, end = (pixel_of(outlook().on_ground(np.array(each))) for each in ((0.0, 0.0), (x, y)))
    assert end.x() > start.x() + 15
    assert abs(x) + abs(y) > 0.5


def first_of(args: list[Any] | None) -> tuple[tuple[float, float], ...]:
    """What a signal told first."""
    assert args
    starts: tuple[tuple[float, float], ...] = args[0]
    return starts


def at(point: tuple[float, float]) -> QPoint:
    return pixel_of(outlook().on_ground(np.array(point))).toPoint()


def test_with_shift_a_click_adds_a_start_or_takes_it_away(
    canvas: ReliefCanvas, qtbot: QtBot
) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    canvas.show_starts(((0.0, 0.0), (1.0, -2.0)))
    with qtbot.waitSignal(canvas.starts_picked) as told:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, shift, at((-2.0, -2.0)))
    starts = first_of(told.args)
    assert starts[:2] == ((0.0, 0.0), (1.0, -2.0))
    assert starts[2] == pytest.approx((-2.0, -2.0), abs=0.15)
    with qtbot.waitSignal(canvas.starts_picked) as told:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, shift, at((1.0, -2.0)))
    assert told.args == [((0.0, 0.0),)]


def test_a_start_is_dragged_over_the_landscape(canvas: ReliefCanvas, qtbot: QtBot) -> None:
    canvas.show_starts(((1.0, -2.0),))
    with qtbot.waitSignal(canvas.starts_dragged) as told, qtbot.waitSignal(canvas.drag_ended):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at((1.0, -2.0)))
        QTest.mouseMove(canvas, at((-1.0, -2.0)))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at((-1.0, -2.0)))
    starts = first_of(told.args)
    assert starts[0] == pytest.approx((-1.0, -2.0), abs=0.15)
    assert canvas.orbit.stand.turn == 20.0


def test_escape_forgets_where_a_start_would_be(canvas: ReliefCanvas, qtbot: QtBot) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(canvas.start_picked):
        QTest.keyClick(canvas, Qt.Key.Key_Return)


def test_a_racer_is_where_its_place_is(canvas: ReliefCanvas) -> None:
    canvas.show_race(race([(2.0, -2.0), (1.0, -1.0)]))
    at = pixel_of(outlook().on_ground(np.array([1.0, -1.0]))).toPoint()
    assert seen(canvas).pixelColor(at) == QColor(STYLES[0].color)


def test_a_trail_grows_by_its_last_step(canvas: ReliefCanvas) -> None:
    way = [(-3.0, -3.0), (-1.0, -3.0), (1.0, -2.0), (2.0, 0.0)]
    canvas.show_race(race(way[:2]))
    short = count(canvas, STYLES[0].color, 40)
    canvas.show_race(race(way))
    long = count(canvas, STYLES[0].color, 40)
    assert long > short + 30
    canvas.show_theme(replace(LIGHT, scale=1.0001))  # Everything anew.
    assert count(canvas, STYLES[0].color, 40) == pytest.approx(long, rel=0.15)


def test_what_is_behind_a_hill_shows_through_faintly(canvas: ReliefCanvas) -> None:
    low = outlook("rosenbrock", 0.0, 12.0)
    canvas.show_outlook(low, ("x", "y"), np.empty((0, 2)))
    start = np.array([0.0, 0.0])
    assert low.is_hidden(low.on_ground(start))
    canvas.show_race(race([(0.1, 0.0), (0.0, 0.0)]))
    at = pixel_of(low.on_ground(start), low).toPoint()
    assert seen(canvas).pixelColor(at) != QColor(STYLES[0].color)
    assert seen(canvas).pixelColor(at).lightness() < 230


def test_particles_lie_over_the_landscape(canvas: ReliefCanvas) -> None:
    spray = np.zeros((TALL // 2, WIDE // 2, 4), np.uint8)
    spray[60, 90] = (200, 0, 0, 255)
    canvas.show_spray(spray)
    assert seen(canvas).pixelColor(181, 121).red() > 150
    assert seen(canvas).pixelColor(181, 121).blue() < 80
    canvas.show_spray(None)
    assert seen(canvas).pixelColor(181, 121).blue() > 80


def test_who_left_is_an_arrow_where_it_was_last_seen(canvas: ReliefCanvas) -> None:
    before = count(canvas, STYLES[0].color, 30)
    canvas.show_race(race([(0.0, 0.0), (3.8, -3.8), (30.0, -30.0)], gone=True))
    assert count(canvas, STYLES[0].color, 30) > before + 30


def test_a_true_loss_off_the_ground_is_joined_to_it(canvas: ReliefCanvas) -> None:
    way = np.array([[[1.0, -1.0, 2.0], [0.5, -1.5, 20.0]]])
    canvas.show_race(Race(way, STYLES[:1], (False,), honest=True))
    high = outlook().at_loss(way[0, -1])
    ground = outlook().on_ground(way[0, -1, :2])
    assert high[2] > ground[2] + 0.1
    image = seen(canvas)
    assert image.pixelColor(pixel_of(high).toPoint()) == QColor(STYLES[0].color)
    middle = pixel_of((high + ground) / 2).toPoint()
    near = [image.pixelColor(middle.x() + dx, middle.y()) for dx in (-1, 0, 1)]
    color = QColor(STYLES[0].color)
    assert (
        min(abs(each.red() - color.red()) + abs(each.blue() - color.blue()) for each in near) < 60
    )


@pytest.mark.parametrize("key", ["log(x) + y^2", "1/x + y", "sqrt(x^2+y^2-4)"])
def test_holes_and_what_races_into_them_are_drawn(canvas: ReliefCanvas, key: str) -> None:
    canvas.show_outlook(outlook(key), ("x", "y"), np.array([[-1.0, 0.0], [9.0, 9.0]]))
    canvas.show_race(race([(2.0, 2.0), (-1.0, 0.0), (np.nan, np.nan)], [(1, 1), (1, 2), (2, 2)]))
    canvas.show_starts(((-1.0, 0.0), (50.0, 0.0)))
    canvas.show_network_place((-1.0, 0.5))
    assert not seen(canvas).isNull()


@pytest.mark.parametrize("tilt", [0.0, 1.0, 45.0, 90.0])
@pytest.mark.parametrize("turn", [-180.0, -90.0, 0.0, 45.0])
def test_it_can_be_looked_at_from_everywhere(
    canvas: ReliefCanvas, turn: float, tilt: float
) -> None:
    canvas.show_outlook(outlook("bowl", turn, tilt), ("x", "y"), np.zeros((1, 2)))
    canvas.show_race(race([(2.0, -2.0), (1.0, -1.0)], [(2.0, 2.0), (1.0, 1.0)]))
    canvas.show_network_place((0.0, 1.0))
    assert count(canvas, LIGHT.panel, 0) < WIDE * TALL


def test_keys_of_the_camera_are_not_the_windows(canvas: ReliefCanvas) -> None:
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_X)
    assert canvas.orbit.stand[:2] == (0.0, 0.0)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.orbit.stand == Stand(20.0, 50.0, 1.0)


def test_ticks_of_the_loss_are_round_and_apart() -> None:
    for key in ("rosenbrock", "himmelblau", "rastrigin", "plateau", "styblinski-tang", "two-wells"):
        surface = surface_of(key)
        scale = Heights.of(surface.value(plane(surface.domain, 48)))
        for each in (scale, replace(scale, unit=1e6 * (scale.top - scale.floor))):
            ticks = loss_ticks(each)
            assert len(ticks) >= 2
            assert (np.diff(each.height(ticks)) > 0.1).all()
            assert ticks.min() >= each.floor
            assert ticks.max() <= each.top


@pytest.mark.parametrize(
    ("low", "high"), [(0.6054, 0.6135), (0.0004, 2500.0), (-80.0, 250.0), (1e-6, 3e-6), (7.0, 7.01)]
)
def test_words_of_the_loss_tell_its_ticks_apart(low: float, high: float) -> None:
    scale = Heights(low, 0.3 * (high - low), high)
    words = loss_words(loss_ticks(scale))
    assert len(set(words)) == len(words) >= 2


def test_a_way_is_cut_where_it_is_hidden_and_joined_at_the_cut() -> None:
    line = np.arange(12.0).reshape(6, 2)
    hidden = np.array([False, False, True, True, False, False])
    parts = list(parted(line, hidden))
    assert [behind for _, behind in parts] == [False, True, False]
    assert [len(part) for part, _ in parts] == [2, 3, 3]
    for (one, _), (other, _) in pairwise(parts):
        np.testing.assert_array_equal(one[-1], other[0])


def test_a_way_that_is_nowhere_for_a_while_has_a_gap() -> None:
    places = np.array([[-0.5, -0.5, CEILING], [-0.4, -0.5, CEILING], [np.nan] * 3,
                       [0.2, -0.5, CEILING], [0.4, -0.5, CEILING]])  # fmt: skip
    lens = Lens(outlook(), QSize(WIDE, TALL))
    (runs,) = stretches(lens, places[None])
    assert len(runs) == 2
    assert GROUND < CEILING


def test_arrows_of_the_inner_state_lie_level_at_the_racer() -> None:
    of = outlook()
    (x0, x1, _, _), lens = of.domain, Lens(of, QSize(WIDE, TALL))
    point = np.array([0.5, -0.75])
    origin, ways = lens.aim(point)
    place = of.on_ground(point)
    np.testing.assert_allclose(origin, lens.pixels(place))
    ahead = place + np.array([2 * 0.01 / (x1 - x0), 0.0, 0.0])
    np.testing.assert_allclose(ways @ [0.01, 0.0], lens.pixels(ahead) - origin, atol=0.02)
    assert np.isnan(lens.aim(np.array([99.0, 0.0]))[0]).all(), "nowhere"


def test_the_inner_state_is_drawn_on_the_landscape(canvas: ReliefCanvas) -> None:
    before = canvas.grab().toImage()
    arrow = Arrow("g", "gradient", "slope", np.array([1.0, 0.0]), np.zeros(2))
    canvas.inner.show([Bared(np.array([0.5, 0.5]), (arrow,))])
    canvas.update()
    assert canvas.grab().toImage() != before
