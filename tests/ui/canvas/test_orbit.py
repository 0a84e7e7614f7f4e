from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.orbit import LEAST_ZOOM, MOST_ZOOM, VIEWS, Orbit, Stand

HOME = Stand(-30.0, 40.0, 1.0)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def orbit(qapp: QApplication) -> Iterator[Orbit]:
    made = Orbit(HOME)
    yield made
    made.go(HOME)  # Whatever was still to settle has.


def mouse(kind: QEvent.Type, x: float, y: float) -> QMouseEvent:
    place = QPointF(x, y)
    return QMouseEvent(kind, place, place, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)


def drag(orbit: Orbit, *way: tuple[float, float]) -> bool:
    """Press at the first place, go over the others, let go at the last; whether it was a click."""
    orbit.press(mouse(QEvent.Type.MouseButtonPress, *way[0]))
    for place in way[1:]:
        orbit.drag(mouse(QEvent.Type.MouseMove, *place))
    return orbit.release(mouse(QEvent.Type.MouseButtonRelease, *way[-1]))


def test_a_drag_turns_and_tips_the_landscape(orbit: Orbit) -> None:
    assert not drag(orbit, (0, 0), (10, 5), (60, 25))
    assert orbit.stand.turn < HOME.turn
    assert orbit.stand.tilt > HOME.tilt
    assert orbit.stand.zoom == HOME.zoom


def test_a_drag_is_one_move_that_settles_when_it_is_let_go(orbit: Orbit, qtbot: QtBot) -> None:
    told: list[str] = []
    orbit.moved.connect(lambda: told.append("moved"))
    orbit.settled.connect(lambda: told.append("settled"))
    drag(orbit, (0, 0), (20, 0), (40, 0), (60, 0))
    assert told == ["moved", "moved", "moved", "settled"]
    assert not orbit.is_moving


def test_a_press_that_hardly_moves_is_a_click(orbit: Orbit) -> None:
    assert drag(orbit, (10, 10), (12, 11))
    assert orbit.stand == HOME


@pytest.mark.parametrize(
    ("key", "turns", "tilts", "zooms"),
    [
        (Qt.Key.Key_Left, 1, 0, 0),
        (Qt.Key.Key_Right, -1, 0, 0),
        (Qt.Key.Key_Up, 0, 1, 0),
        (Qt.Key.Key_Down, 0, -1, 0),
        (Qt.Key.Key_Plus, 0, 0, 1),
        (Qt.Key.Key_Equal, 0, 0, 1),
        (Qt.Key.Key_Minus, 0, 0, -1),
    ],
)
def test_keys_turn_tip_and_zoom(
    orbit: Orbit, key: Qt.Key, turns: int, tilts: int, zooms: int
) -> None:
    assert orbit.key(key)
    changes = [new - old for new, old in zip(orbit.stand, HOME, strict=True)]
    assert [(each > 0) - (each < 0) for each in changes] == [turns, tilts, zooms]


def test_keys_in_a_row_are_one_move(orbit: Orbit, qtbot: QtBot) -> None:
    settled: list[bool] = []
    orbit.settled.connect(lambda: settled.append(True))
    with qtbot.waitSignal(orbit.settled):
        for _ in range(4):
            orbit.key(Qt.Key.Key_Left)
        assert orbit.is_moving
    assert len(settled) == 1


@pytest.mark.parametrize("key", VIEWS)
def test_a_view_is_gone_to_at_once_and_home_goes_back(orbit: Orbit, key: Qt.Key) -> None:
    orbit.key(key)
    assert orbit.stand[:2] == VIEWS[key]
    assert not orbit.is_moving
    orbit.key(Qt.Key.Key_Home)
    assert orbit.stand == HOME


def test_another_key_is_for_somebody_else(orbit: Orbit) -> None:
    assert not orbit.key(Qt.Key.Key_R)
    assert orbit.stand == HOME


def test_the_camera_stays_above_the_floor_and_within_reach(orbit: Orbit) -> None:
    for _ in range(60):
        orbit.key(Qt.Key.Key_Up)
        orbit.key(Qt.Key.Key_Plus)
    assert orbit.stand.tilt == 90.0
    assert orbit.stand.zoom == MOST_ZOOM
    for _ in range(60):
        orbit.key(Qt.Key.Key_Down)
        orbit.key(Qt.Key.Key_Minus)
    assert orbit.stand.tilt == 0.0
    assert orbit.stand.zoom == LEAST_ZOOM


def test_all_the_way_around_is_where_it_began(orbit: Orbit) -> None:
    for _ in range(60):
        orbit.key(Qt.Key.Key_Right)
    assert orbit.stand.turn == pytest.approx(HOME.turn)
    assert -180 <= orbit.stand.turn <= 180


def test_who_moves_the_camera_keeps_it(orbit: Orbit) -> None:
    orbit.key(Qt.Key.Key_Left)
    here = orbit.stand
    orbit.show(Stand(0.0, 0.0, 2.0))
    assert orbit.stand == here


def test_what_is_shown_is_shown_silently(orbit: Orbit, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(orbit.moved):
        orbit.show(Stand(10.0, 20.0, 2.0))
    assert orbit.stand == Stand(10.0, 20.0, 2.0)
