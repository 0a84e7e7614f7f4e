from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from nnviz.knob import Knob
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.numbers import PERCENT
from nnviz.ui.controls.stop_slider import Stop, StopSlider
from nnviz.ui.controls.track import Track

RATE = Knob(0.03, 1e-5, 10.0, log=True, hint="learning rate")
LEFT = Qt.MouseButton.LeftButton
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Heard:
    """What a slider told, in order."""

    def __init__(self, slider: KnobSlider | StopSlider) -> None:
        self.told: list[object] = []
        picked = slider.turned if isinstance(slider, KnobSlider) else slider.picked
        picked.connect(self.told.append)
        slider.settled.connect(lambda: self.told.append("settled"))


@pytest.fixture
def slider(qtbot: QtBot) -> KnobSlider:
    slider = KnobSlider("Learning rate", RATE)
    qtbot.addWidget(slider)
    slider.resize(240, 44)
    slider.show()
    return slider


@pytest.fixture
def stops(qtbot: QtBot) -> StopSlider:
    slider = StopSlider("Activation", "b", hint="Which one.", widest="Three")
    qtbot.addWidget(slider)
    slider.show_stops([Stop(key, key.upper(), partial(QPixmap, 20, 20)) for key in "abc"])
    slider.resize(240, 48)
    slider.show()
    return slider


def press_key(track: Track, key: Qt.Key) -> None:
    QTest.keyClick(track, key)


def roll(track: Track, notches: int) -> None:
    middle = QPointF(track.rect().center())
    event = QWheelEvent(
        middle,
        track.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(track, event)


def test_showing_a_number_is_silent(slider: KnobSlider) -> None:
    heard = Heard(slider)
    slider.show_number(0.5)
    assert slider.number == 0.5
    assert slider.field.text() == "0.5"
    assert heard.told == []


def test_a_drag_tells_numbers_and_settles_once(slider: KnobSlider) -> None:
    heard = Heard(slider)
    track = slider.track
    middle = track.height() // 2
    QTest.mousePress(track, LEFT, pos=QPoint(track.width() // 2, middle))
    for x in (140, 160, 180):
        QTest.mouseMove(track, QPoint(x, middle))
    QTest.mouseRelease(track, LEFT, pos=QPoint(180, middle))
    *numbers, last = heard.told
    assert last == "settled"
    assert len(numbers) >= 2
    assert numbers == sorted(numbers, key=str)
    assert slider.number == numbers[-1]


def test_grabbing_the_thumb_does_not_move_it(slider: KnobSlider) -> None:
    heard = Heard(slider)
    track = slider.track
    x = round(9 + track.turn * (track.width() - 18)) + 3
    QTest.mouseClick(track, LEFT, pos=QPoint(x, track.height() // 2))
    assert heard.told == ["settled"]


def test_a_double_click_goes_back_to_the_default(slider: KnobSlider) -> None:
    slider.show_number(5.0)
    heard = Heard(slider)
    QTest.mouseDClick(slider.track, LEFT, pos=QPoint(5, 5))
    assert slider.number == RATE.default
    assert heard.told[-2:] == [RATE.default, "settled"]


@pytest.mark.parametrize(
    ("key", "number"),
    [
        (Qt.Key.Key_PageUp, 0.1),
        (Qt.Key.Key_PageDown, 0.01),
        (Qt.Key.Key_Home, 1e-5),
        (Qt.Key.Key_End, 10.0),
        (Qt.Key.Key_Right, 0.034),
        (Qt.Key.Key_Left, 0.026),
    ],
)
def test_keys_turn_the_knob(slider: KnobSlider, key: Qt.Key, number: float) -> None:
    heard = Heard(slider)
    press_key(slider.track, key)
    assert slider.number == number
    assert heard.told == [number, "settled"]


def test_a_key_held_down_settles_when_it_is_let_go(slider: KnobSlider) -> None:
    heard = Heard(slider)
    for repeated in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", repeated
        )
        QApplication.sendEvent(slider.track, event)
    assert "settled" not in heard.told
    QTest.keyRelease(slider.track, Qt.Key.Key_Right)
    assert heard.told[-1] == "settled"


def test_the_wheel_turns_only_what_has_the_focus(slider: KnobSlider, qtbot: QtBot) -> None:
    heard = Heard(slider)
    roll(slider.track, 2)
    assert heard.told == []
    slider.track.setFocus()
    qtbot.waitUntil(slider.track.hasFocus)
    roll(slider.track, 2)
    assert len(heard.told) == 2
    qtbot.waitUntil(lambda: heard.told[-1] == "settled")


def type_in(slider: KnobSlider, text: str) -> None:
    slider.field.setFocus()
    slider.field.selectAll()
    QTest.keyClicks(slider.field, text)
    QTest.keyClick(slider.field, Qt.Key.Key_Return)


def test_a_typed_number_is_taken(slider: KnobSlider) -> None:
    heard = Heard(slider)
    type_in(slider, "0,25")
    assert heard.told == [0.25, "settled"]
    assert slider.field.text() == "0.25"


@pytest.mark.parametrize("text", ["abc", "-1", "11", "nan", "inf"])
def test_a_number_that_cannot_be_is_refused_in_one_sentence(
    slider: KnobSlider, text: str, qtbot: QtBot
) -> None:
    heard = Heard(slider)
    with qtbot.waitSignal(slider.refused) as refused:
        type_in(slider, text)
    assert refused.args is not None
    (sentence,) = refused.args
    assert text in sentence
    assert sentence.endswith("it must be a number from 1e-5 to 10.")
    assert heard.told == []
    assert slider.field.text() == "0.03"


def test_return_gives_the_focus_back_unless_the_number_is_refused(
    slider: KnobSlider, qtbot: QtBot
) -> None:
    slider.activateWindow()
    slider.field.setFocus()
    qtbot.waitUntil(slider.field.hasFocus)
    slider.field.setText("much")
    QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert slider.field.hasFocus()
    qtbot.waitUntil(lambda: bool(QToolTip.text()))
    slider.field.setText("0.5")
    QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert slider.track.hasFocus()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_escape_takes_back_what_was_being_typed(slider: KnobSlider) -> None:
    slider.field.setFocus()
    slider.field.selectAll()
    QTest.keyClicks(slider.field, "7")
    QTest.keyClick(slider.field, Qt.Key.Key_Escape)
    assert slider.field.text() == "0.03"


def test_what_is_being_typed_is_not_overwritten(slider: KnobSlider) -> None:
    slider.field.setFocus()
    slider.field.selectAll()
    QTest.keyClicks(slider.field, "7")
    slider.show_number(0.5)
    assert slider.field.text() == "7"
    QTest.keyClick(slider.field, Qt.Key.Key_Escape)
    assert slider.field.text() == "0.5"


def test_a_number_that_changes_by_itself_is_typed_over(slider: KnobSlider) -> None:
    heard = Heard(slider)
    slider.field.setFocus()
    slider.field.selectAll()
    for number in (0.5, 0.5, 0.25):
        slider.show_number(number)
    QTest.keyClicks(slider.field, "7")
    QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert heard.told == [7.0, "settled"]


def test_the_first_click_takes_all_of_a_number_and_the_next_holds_it(
    slider: KnobSlider, qtbot: QtBot
) -> None:
    field = slider.field
    slider.activateWindow()
    slider.track.setFocus()
    qtbot.waitUntil(slider.track.hasFocus)
    QTest.mouseClick(field, LEFT)
    assert field.selectedText() == "0.03"
    slider.show_number(0.5)
    assert field.selectedText() == "0.5"
    QTest.mouseClick(field, LEFT, pos=QPoint(field.width() - 3, 8))
    slider.show_number(0.25)
    assert field.text() == "0.5"
    heard = Heard(slider)
    QTest.keyClicks(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard.told == [0.52, "settled"]


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Space, NONE), (Qt.Key.Key_Z, CONTROL)])
def test_space_and_undo_are_commands_of_the_window_until_something_is_typed(
    slider: KnobSlider, keys: tuple[Qt.Key, Qt.KeyboardModifier], qtbot: QtBot
) -> None:
    told: list[str] = []
    action = QAction(slider)
    action.setShortcut(QKeySequence(QKeyCombination(keys[1], keys[0])))
    action.triggered.connect(lambda: told.append("done"))
    slider.addAction(action)
    slider.activateWindow()
    slider.track.setFocus()
    qtbot.waitUntil(slider.track.hasFocus)
    QTest.mouseClick(slider.field, LEFT)
    QTest.keyClick(slider.field, *keys)
    assert told == ["done"]
    assert slider.field.text() == "0.03"
    QTest.keyClicks(slider.field, "7")
    QTest.keyClick(slider.field, *keys)
    assert told == ["done"]


def test_a_number_that_was_only_looked_at_is_not_taken_for_typed(slider: KnobSlider) -> None:
    heard = Heard(slider)
    slider.field.setFocus()
    QTest.keyClick(slider.field, Qt.Key.Key_End)
    slider.show_number(0.5)
    slider.field.clearFocus()
    assert heard.told == []
    assert slider.field.text() == "0.5"


def test_more_may_be_typed_than_the_track_reaches(qtbot: QtBot) -> None:
    track = Knob(500, 20, 5000, log=True, whole=True)
    slider = KnobSlider("Points", track)
    qtbot.addWidget(slider)
    slider.show_knob(track, allowed=Knob(500, 4, 100_000, whole=True))
    type_in(slider, "100000")
    assert slider.number == 100_000
    assert slider.track.turn == 1.0


def test_percentages_are_named_in_the_refusal(qtbot: QtBot) -> None:
    slider = KnobSlider("Train share", Knob(0.5, 0.1, 0.9), notation=PERCENT)
    qtbot.addWidget(slider)
    with qtbot.waitSignal(slider.refused) as refused:
        type_in(slider, "95")
    assert refused.args == ["Train share cannot be '95'; it must be a number from 10 % to 90 %."]


def test_it_can_be_heard_and_explained(slider: KnobSlider) -> None:
    assert slider.track.accessibleName() == "Learning rate"
    assert slider.track.accessibleDescription() == "0.03"
    assert slider.toolTip().endswith(".")


def test_stops_are_picked_by_dragging(stops: StopSlider) -> None:
    heard = Heard(stops)
    track = stops.track
    QTest.mouseClick(track, LEFT, pos=QPoint(track.width() - 4, 12))
    assert heard.told == ["c", "settled"]
    assert track.accessibleDescription() == "C"


@pytest.mark.parametrize(
    ("key", "stop"),
    [
        (Qt.Key.Key_Right, "c"),
        (Qt.Key.Key_Left, "a"),
        (Qt.Key.Key_Home, "a"),
        (Qt.Key.Key_End, "c"),
    ],
)
def test_stops_are_picked_by_keys(stops: StopSlider, key: Qt.Key, stop: str) -> None:
    press_key(stops.track, key)
    assert stops.key == stop


def test_the_last_stop_is_the_last(stops: StopSlider) -> None:
    stops.show_key("c")
    heard = Heard(stops)
    press_key(stops.track, Qt.Key.Key_Right)
    assert heard.told == ["settled"]


def test_other_pictures_keep_the_stop(stops: StopSlider) -> None:
    heard = Heard(stops)
    stops.show_key("c")
    stops.show_stops([Stop(key, key, partial(QPixmap, 20, 20)) for key in "abc"])
    assert stops.key == "c"
    assert heard.told == []
