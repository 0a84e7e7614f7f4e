from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.ui.controls.steps import Steps

LEFT = Qt.MouseButton.LeftButton
TITLES = ("Gradient", "Square", "Division", "Step")


@pytest.fixture
def steps(qtbot: QtBot) -> Steps:
    made = Steps("Phases", "The phases of this step.")
    qtbot.addWidget(made)
    made.show_steps(TITLES, 1)
    made.resize(made.sizeHint())
    made.show()
    return made


def picked(steps: Steps) -> list[int]:
    told: list[int] = []
    steps.picked.connect(told.append)
    return told


def test_showing_a_step_is_silent(steps: Steps) -> None:
    told = picked(steps)
    steps.show_steps(TITLES, 2)
    assert steps.at == 2
    assert told == []


def test_it_tells_in_words_where_it_stands(steps: Steps) -> None:
    assert steps.accessibleName() == "Phases"
    assert steps.accessibleDescription() == "2 of 4: Square"


def test_arrow_keys_walk_and_lead_beyond_the_ends(steps: Steps) -> None:
    told = picked(steps)
    passed: list[int] = []
    steps.passed.connect(passed.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(steps, key)
    assert told == [2, 0, 0, 3]
    steps.show_steps(TITLES, 3)
    QTest.keyClick(steps, Qt.Key.Key_Right)
    steps.show_steps(TITLES, 0)
    QTest.keyClick(steps, Qt.Key.Key_Left)
    assert passed == [1, -1]


@pytest.mark.parametrize("place", range(4))
def test_a_click_picks_the_dot_below_it(steps: Steps, place: int) -> None:
    told = picked(steps)
    x = round((place + 0.5) * steps.width() / len(TITLES))
    QTest.mouseClick(steps, LEFT, pos=QPoint(x, steps.height() // 2))
    assert told == [place]


def test_without_steps_there_is_nowhere_to_go(qtbot: QtBot) -> None:
    empty = Steps("Phases", "None yet.")
    qtbot.addWidget(empty)
    told = picked(empty)
    passed: list[int] = []
    empty.passed.connect(passed.append)
    empty.resize(100, 30)
    empty.show()
    QTest.keyClick(empty, Qt.Key.Key_Right)
    QTest.keyClick(empty, Qt.Key.Key_End)
    QTest.mouseClick(empty, LEFT, pos=QPoint(10, 10))
    assert told == passed == []
