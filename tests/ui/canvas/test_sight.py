import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.plot import Plot
from nnviz.ui.canvas.sight import Domain, Sight
from nnviz.ui.theme import LIGHT

DOMAIN: Domain = (-6.0, 6.0, 0.0, 2.0)
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    made = Plot(LIGHT)
    qtbot.addWidget(made)
    made.resize(460, 380)
    with qtbot.waitExposed(made):
        made.show()
    made.show_domain(DOMAIN)
    return made


def drag(plot: Plot, start: QPoint, way: QPoint) -> None:
    QTest.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(plot.viewport(), start + way / 2)
    QTest.mouseMove(plot.viewport(), start + way)
    QTest.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=start + way)


def turn(plot: Plot, place: QPointF, notches: int) -> None:
    angle, still = QPoint(0, 120 * notches), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), angle, NO_BUTTON, NO_KEY, still, False)
    QApplication.sendEvent(plot.viewport(), event)


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(1e-3, 50)), min_size=1))
def test_what_is_seen_never_leaves_the_domain(moves: list[tuple[float, float, float]]) -> None:
    sight = Sight(DOMAIN)
    for right, up, factor in moves:
        sight.zoom(factor, 1.5 * factor, (right, up))
        sight.move(right, up)
        (x0, x1), (y0, y1) = sight.ranges
        assert -6.0 <= x0 < x1 <= 6.0 + 1e-9
        assert 0.0 <= y0 < y1 <= 2.0 + 1e-9


def test_the_place_under_the_pointer_stays(plot: Plot) -> None:
    pixel = plot.area.topLeft() + QPointF(100.0, 60.0)
    place = plot.to_place(pixel)
    turn(plot, pixel, 3)
    assert plot.to_place(pixel) == pytest.approx(place)
    (x0, x1), (y0, y1) = plot.view.ranges
    assert (x1 - x0, y1 - y0) == pytest.approx((12.0 * 0.75**3, 2.0 * 0.75**3))


def test_the_wheel_backwards_shows_all_again(plot: Plot) -> None:
    turn(plot, plot.area.center(), 3)
    turn(plot, plot.area.center(), -5)
    assert plot.view.ranges == ((-6.0, 6.0), (0.0, 2.0))


@pytest.mark.parametrize("axis", [0, 1])
def test_beside_a_ruler_one_axis_follows(plot: Plot, axis: int) -> None:
    area = plot.area
    places = (
        QPointF(area.center().x(), area.bottom() + 10),
        QPointF(area.left() - 10, area.center().y()),
    )
    before = plot.view.ranges
    turn(plot, places[axis], 2)
    after = plot.view.ranges
    assert after[axis] != before[axis]
    assert after[1 - axis] == before[1 - axis]


def test_a_drag_moves_the_plane(plot: Plot) -> None:
    center = plot.area.center()
    turn(plot, center, 4)
    (x0, _), (y0, _) = plot.view.ranges
    held = plot.to_place(center)
    drag(plot, center.toPoint(), QPoint(-30, 20))
    assert plot.view.ranges[0][0] > x0
    assert plot.view.ranges[1][0] > y0
    assert plot.to_place(center + QPointF(-30, 20)) == pytest.approx(held, abs=0.05)


def test_a_click_moves_nothing(plot: Plot) -> None:
    turn(plot, plot.area.center(), 4)
    before = plot.view.ranges
    drag(plot, plot.area.center().toPoint(), QPoint(2, -2))
    assert plot.view.ranges == before


def test_a_double_click_shows_it_all(plot: Plot) -> None:
    turn(plot, plot.area.center(), 4)
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.area.center().toPoint())
    assert plot.view.ranges == ((-6.0, 6.0), (0.0, 2.0))
