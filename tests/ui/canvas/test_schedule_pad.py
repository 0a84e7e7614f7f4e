from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.pens import Floats
from nnviz.ui.canvas.schedule_pad import COLUMNS, SchedulePad
from nnviz.ui.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(qtbot: QtBot) -> SchedulePad:
    pad = SchedulePad(LIGHT, "The learning rate over the epochs.")
    qtbot.addWidget(pad)
    pad.resize(248, 108)
    pad.show_curve(np.ones(50), 1.0)
    pad.show_shares(np.ones(COLUMNS))
    pad.show()
    return pad


def drawn(pad: SchedulePad) -> list[Floats]:
    curves: list[Floats] = []
    pad.drawn.connect(curves.append)
    return curves


def at(column: int, share: float) -> QPoint:
    return QPoint(4 + 10 * column, round(4 + 100 * (1.0 - share)))


def test_a_drag_draws_a_line_and_is_one_change(pad: SchedulePad) -> None:
    curves, settled = drawn(pad), list[None]()
    pad.settled.connect(lambda: settled.append(None))
    QTest.mousePress(pad, LEFT, pos=at(4, 1.0))
    QTest.mouseMove(pad, at(8, 0.2))
    QTest.mouseMove(pad, at(20, 0.0))
    assert not settled
    QTest.mouseRelease(pad, LEFT, pos=at(20, 0.0))
    assert len(settled) == 1
    np.testing.assert_allclose(curves[-1][4:9], [1.0, 0.8, 0.6, 0.4, 0.2], atol=0.01)
    np.testing.assert_allclose(curves[-1][8:21], np.linspace(0.2, 0.0, 13), atol=0.01)
    np.testing.assert_array_equal(curves[-1][21:], 1.0)


def test_drawing_back_and_out_of_the_pad_stays_within_it(pad: SchedulePad) -> None:
    curves = drawn(pad)
    QTest.mousePress(pad, LEFT, pos=at(10, 0.5))
    QTest.mouseMove(pad, QPoint(-50, 500))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(-50, 500))
    assert curves[-1].min() == 0.0
    assert curves[-1].max() == 1.0
    assert curves[-1][0] == 0.0
    assert 0.0 < curves[-1][9] < 0.5


def test_arrow_keys_go_along_and_lower_the_curve(pad: SchedulePad) -> None:
    curves, settled = drawn(pad), list[None]()
    pad.settled.connect(lambda: settled.append(None))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(pad, key)
    assert not curves
    QTest.keyClick(pad, Qt.Key.Key_Down)
    QTest.keyClick(pad, Qt.Key.Key_Down)
    QTest.keyClick(pad, Qt.Key.Key_Up)
    assert [curve[1] for curve in curves] == pytest.approx([0.95, 0.9, 0.95])
    assert len(settled) == 3


def test_a_rule_takes_no_pencil(pad: SchedulePad) -> None:
    pad.show_shares(None)
    curves = drawn(pad)
    QTest.mouseClick(pad, LEFT, pos=at(3, 0.3))
    QTest.keyClick(pad, Qt.Key.Key_Down)
    assert not curves
    assert pad.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_it_is_larger_and_has_knots_where_one_may_draw(pad: SchedulePad) -> None:
    shown, high = pad.grab().toImage(), pad.sizeHint().height()
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Right)
    assert pad.grab().toImage() != shown
    pad.show_shares(None)
    assert pad.sizeHint().height() < high
    assert pad.grab().toImage() != shown
