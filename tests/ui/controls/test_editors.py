from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nnviz.mistake import Mistake
from nnviz.ui.controls.feature_form import EXAMPLES, FeatureForm
from nnviz.ui.controls.floating import Floating
from nnviz.ui.controls.formula_line import FormulaLine
from nnviz.ui.controls.number_editor import NumberEditor, Numbers, reach, written
from nnviz.ui.controls.segments import Segments


@pytest.fixture
def editor(qtbot: QtBot) -> NumberEditor:
    editor = NumberEditor()
    qtbot.addWidget(editor)
    editor.show()
    return editor


@given(st.lists(st.floats(-1e6, 1e6), max_size=5).map(tuple))
def test_a_slider_reaches_beyond_its_numbers(values: tuple[float, ...]) -> None:
    assert reach(values) >= max((2.0, *(1.2 * abs(each) for each in values)))


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((), "–"),
        ((0.0,), "0"),
        ((-0.25,), "−0.2500"),
        ((2e-5,), "+2.0e−5"),
        ((1.0, -1.0), "−1.0000 … +1.0000"),
    ],
)
def test_numbers_are_written(values: tuple[float, ...], text: str) -> None:
    assert written(values) == text


def test_a_drag_is_not_disturbed_by_news(editor: NumberEditor) -> None:
    turned: list[tuple[float, ...]] = []
    editor.turned.connect(turned.append)
    editor.show_numbers(Numbers("Weight", (0.5,)))
    editor.slider.track.dragged.emit(0.75)
    editor.show_numbers(Numbers("Weight", (0.9,)))
    assert editor.slider.number == turned[-1][0] == 1.0
    editor.slider.track.settled.emit()
    editor.show_numbers(Numbers("Weight", (0.9,)))
    assert editor.slider.number == 0.9


def test_a_cut_link_can_only_be_mended(editor: NumberEditor, qtbot: QtBot) -> None:
    editor.show_numbers(Numbers("Weight", (0.0,), cut=True))
    assert not editor.slider.isEnabled()
    editor.activateWindow()
    editor.begin()
    qtbot.waitUntil(editor.cut.hasFocus)
    assert editor.cut.text() == "Mend"
    asked: list[bool] = []
    editor.cut_asked.connect(asked.append)
    editor.cut.click()
    assert asked == [False]


def test_the_lock_has_its_key_until_something_is_typed(editor: NumberEditor) -> None:
    asked: list[bool] = []
    editor.lock_asked.connect(asked.append)
    editor.show_numbers(Numbers("Weight", (0.5,)))
    editor.begin()
    field = editor.slider.field
    QTest.keyClick(field, Qt.Key.Key_L)
    assert (asked, field.text()) == ([True], "0.5")
    claim = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier)
    assert QApplication.sendEvent(editor, claim)
    assert claim.isAccepted()
    QTest.keyClicks(field, "2l")
    assert (asked, field.text()) == ([True], "2l")


def test_what_floats_stays_in_its_window_and_goes_by_escape(qtbot: QtBot) -> None:
    window, floating, content = QWidget(), Floating(), QLabel("inside")
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    for corner in (QRect(390, 290, 5, 5), QRect(0, 0, 5, 5)):
        floating.open_beside(corner, window, content)
        assert window.rect().contains(floating.geometry())
    assert floating.content is content
    QTest.keyClick(floating, Qt.Key.Key_Escape)
    assert floating.content is None


def test_segments_are_picked_by_pointer_and_by_arrows(qtbot: QtBot) -> None:
    segments = Segments("Things", [("a", "A", "One."), ("b", "B", "Two.")])
    qtbot.addWidget(segments)
    picked: list[str] = []
    segments.picked.connect(picked.append)
    segments.show_key("a")
    assert picked == []
    segments.segments["b"].click()
    segments.segments["b"].click()
    QTest.keyClick(segments.segments["b"], Qt.Key.Key_Left)
    QTest.keyClick(segments.segments["a"], Qt.Key.Key_Left)
    assert picked == ["b", "a"]
    assert [each.isChecked() for each in segments.segments.values()] == [True, False]


def test_a_formula_is_judged_while_it_is_typed(qtbot: QtBot) -> None:
    def judge(text: str) -> QPixmap:
        if "x3" in text:
            raise Mistake("There is no x3.")
        return QPixmap(8, 8)

    form = FeatureForm(judge)
    qtbot.addWidget(form)
    taken: list[str] = []
    form.accepted.connect(taken.append)
    QTest.keyClicks(form.line, "x3")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert form.verdict.text() == "There is no x3."
    form.line.setText(EXAMPLES[0])
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert taken == [EXAMPLES[0]]


def test_enter_leaves_what_cannot_be_read_to_be_mended_and_escape_goes_back(qtbot: QtBot) -> None:
    def judge(text: str) -> None:
        if text.endswith("^"):
            raise Mistake("A power has no exponent.")

    form = FormulaLine("f(x) =", "A formula.", judge)
    qtbot.addWidget(form)
    form.show()
    form.show_text("x")
    form.activateWindow()
    form.line.setFocus()
    qtbot.waitUntil(form.line.hasFocus)
    taken: list[str] = []
    form.turned.connect(taken.append)
    QTest.keyClicks(form.line, "^")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert form.line.text() == "x^"
    assert form.verdict.text() == "A power has no exponent."
    QTest.keyClicks(form.line, "2")
    QTest.keyClick(form.line, Qt.Key.Key_Return)
    assert taken == ["x^2"]
    QTest.keyClicks(form.line, "^")
    QTest.keyClick(form.line, Qt.Key.Key_Escape)
    assert form.line.text() == "x^2"
    assert form.verdict.isHidden()
