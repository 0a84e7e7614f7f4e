from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.knob import check_knobs, knob
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.knob_form import KnobForm
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.racer_row import RacerRow
from nnviz.ui.controls.roster import Entry, Roster
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.thumbnails import Choosable, ThumbnailGrid
from nnviz.ui.theme import LIGHT, style_sheet

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True, slots=True)
class Ball:
    rate: float = knob(0.1, 0.001, 1.0, log=True)
    size: int = knob(3, 1, 9, whole=True)

    def __post_init__(self) -> None:
        check_knobs(self)


@dataclass(frozen=True, slots=True)
class Stone:
    weight: float = knob(1.0, 0.0, 5.0)


def test_a_choice_tells_only_what_the_person_picks(qtbot: QtBot) -> None:
    choice = Choice("Fruit", "Which fruit.")
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.picked.connect(told.append)
    choice.show_choices([("a", "Apple"), ("b", "Banana")])
    choice.show_key("b")
    assert (choice.key, choice.currentText(), told) == ("b", "Banana", [])
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert (choice.key, told) == ("a", ["a"])


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_a_choice_shows_all_that_there_is_to_choose(qtbot: QtBot) -> None:
    choice = Choice("Fruit", "Which fruit.")
    qtbot.addWidget(choice)
    choice.setStyleSheet(style_sheet(LIGHT))
    choice.show_choices((str(each), f"Fruit {each}") for each in range(12))
    choice.show()
    choice.showPopup()
    choice.view().setFocus()
    assert choice.view().verticalScrollBar().maximum() == 0
    last = choice.view().visualRect(choice.model().index(11, 0))
    assert choice.view().viewport().rect().contains(last)
    choice.hidePopup()


def test_a_choice_keeps_its_key_when_others_are_offered(qtbot: QtBot) -> None:
    choice = Choice("Fruit", "Which fruit.")
    qtbot.addWidget(choice)
    choice.show_choices([("a", "Apple"), ("b", "Banana")])
    choice.show_key("b")
    choice.show_choices([("b", "Banana"), ("c", "Cherry")])
    assert choice.currentText() == "Banana"
    choice.show_key(None)
    assert choice.currentText() == ""


def test_a_switch_tells_only_what_the_person_does(qtbot: QtBot) -> None:
    switch = Switch("Test data", "Show it.")
    qtbot.addWidget(switch)
    told: list[bool] = []
    switch.picked.connect(told.append)
    switch.show_on(True)
    assert told == []
    QTest.mouseClick(switch, LEFT)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert told == [False, True]


@pytest.fixture
def grid(qtbot: QtBot) -> ThumbnailGrid:
    grid = ThumbnailGrid(
        [
            Choosable(key, key.upper(), f"{key}.", "first" if key < "c" else "second")
            for key in "abcd"
        ],
        columns=2,
    )
    qtbot.addWidget(grid)
    grid.show()
    return grid


def test_a_thumbnail_is_picked_once(grid: ThumbnailGrid) -> None:
    told: list[str] = []
    grid.picked.connect(told.append)
    grid.show_key("a")
    assert told == []
    for _ in range(2):
        QTest.mouseClick(grid.button("c"), LEFT)
    assert told == ["c"]
    assert grid.button("c").isChecked()
    assert not grid.button("a").isChecked()


def test_arrows_walk_through_the_thumbnails(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    first = grid.button("a")
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert grid.button("b").hasFocus()
    QTest.keyClick(grid.button("b"), Qt.Key.Key_Down)
    assert grid.button("d").hasFocus()
    QTest.keyClick(grid.button("d"), Qt.Key.Key_Space)
    assert grid.button("d").isChecked()


def test_a_grid_knows_whether_pictures_are_missing(grid: ThumbnailGrid) -> None:
    for key in "abcd":
        assert grid.is_blank
        grid.show_pixmap(key, QPixmap(10, 10))
    assert not grid.is_blank


def test_a_form_has_a_slider_for_each_knob_and_gives_the_value_changed(qtbot: QtBot) -> None:
    form = KnobForm()
    qtbot.addWidget(form)
    told: list[object] = []
    form.turned.connect(told.append)
    form.show_value(Ball())
    assert list(form.sliders) == ["rate", "size"]
    assert told == []
    QTest.keyClick(form.sliders["size"].track, Qt.Key.Key_Right)
    QTest.keyClick(form.sliders["rate"].track, Qt.Key.Key_PageUp)
    assert told == [Ball(size=4), Ball(rate=0.3, size=4)]


def test_another_kind_of_value_has_other_sliders(qtbot: QtBot) -> None:
    form = KnobForm(leave_out=("rate",))
    qtbot.addWidget(form)
    form.show_value(Ball())
    assert list(form.sliders) == ["size"]
    form.show_value(Stone())
    assert list(form.sliders) == ["weight"]
    assert form.has_knobs()


def test_a_message_goes_away_when_there_is_none(qtbot: QtBot) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.show_sentence("There is room for six.", stays=True)
    assert not line.isHidden()
    line.show_sentence("")
    assert line.isHidden()


def test_a_message_gives_way_to_the_quiet_text(qtbot: QtBot) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.show_quiet("25 weights")
    line.show_sentence("No more.")
    assert line.text() == line.sentence == "No more."
    line.show_quiet("26 weights")
    assert line.text() == "No more."
    line.show_sentence("")
    assert line.text() == "26 weights"


def test_a_racer_row_switches_and_opens(qtbot: QtBot) -> None:
    row = RacerRow("Adam")
    qtbot.addWidget(row)
    row.show_on(on=True)
    told: list[object] = []
    row.picked.connect(told.append)
    row.knobs_asked.connect(lambda: told.append("knobs"))
    QTest.mouseClick(row.gear, LEFT)
    QTest.mouseClick(row.line, LEFT)
    assert told == ["knobs", False]


def test_a_roster_has_a_line_for_everyone(qtbot: QtBot) -> None:
    roster = Roster()
    qtbot.addWidget(roster)
    roster.resize(200, 200)
    roster.show()
    roster.show_entries([Entry("first", on=True), Entry("2", on=False), Entry("D", on=True)])
    assert [row.line.isChecked() for row in roster.rows] == [True, False, True]
    assert [row.line.text() for row in roster.rows] == ["first", "2", "D"]
    told: list[object] = []
    roster.switched.connect(lambda place, on: told.append((place, on)))
    roster.knobs_asked.connect(told.append)
    QTest.mouseClick(roster.rows[2].line, LEFT)
    QTest.mouseClick(roster.rows[2].gear, LEFT)
    assert told == [(2, False), 2]
    roster.show_entries([Entry("first", on=True)])
    assert [row.isVisible() for row in roster.rows] == [True, False, False]


def test_many_entries_scroll(qtbot: QtBot) -> None:
    roster = Roster()
    qtbot.addWidget(roster)
    roster.resize(200, 120)
    roster.show()
    roster.show_entries([Entry(str(number), on=True) for number in range(20)])
    qtbot.waitUntil(lambda: roster.verticalScrollBar().maximum() > 0)
