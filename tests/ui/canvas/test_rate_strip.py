from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.rate_strip import RateStrip, runs, said
from nnviz.ui.theme import DARK, LIGHT

RATES = np.geomspace(1e-5, 10.0, 13)
ZONES = np.array([0] * 6 + [1] * 4 + [2] * 3)
HEIGHTS = np.linspace(0.0, 1.0, 13)


@pytest.fixture
def strip(qtbot: QtBot) -> RateStrip:
    strip = RateStrip(LIGHT)
    qtbot.addWidget(strip)
    strip.resize(218, strip.sizeHint().height())
    strip.show_ends(1e-5, 10.0)
    strip.show_rates(RATES, HEIGHTS, ZONES)
    strip.show_rate(0.01)
    strip.show()
    return strip


def picked(strip: RateStrip) -> list[float]:
    rates: list[float] = []
    strip.picked.connect(rates.append)
    return rates


def test_a_click_takes_the_rate_that_lies_there(strip: RateStrip) -> None:
    rates = picked(strip)
    for x in (9, 109, 209, 217):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert rates == pytest.approx([1e-5, 1e-2, 10.0, 10.0], rel=0.1)


def test_keys_go_from_bar_to_bar_and_enter_takes_one(strip: RateStrip) -> None:
    rates = picked(strip)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert not rates, "nothing is chosen yet"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(strip, key)
    assert rates == [pytest.approx(RATES[7])]


def test_zones_are_drawn_and_told(strip: RateStrip) -> None:
    shown = strip.grab().toImage()
    assert strip.accessibleDescription() == said(RATES, ZONES)
    assert said(RATES, ZONES).startswith("slow from 1e-05 to")
    strip.show_rates(RATES, HEIGHTS, np.zeros(13, dtype=np.int64))
    assert strip.grab().toImage() != shown
    strip.show_theme(DARK)
    strip.show_rates(np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))
    assert not strip.accessibleDescription()
    assert not strip.grab().isNull()


def test_runs_of_zones_have_ends() -> None:
    assert runs(ZONES) == [(0, 0, 5), (1, 6, 9), (2, 10, 12)]
    assert runs(np.empty(0, dtype=np.int64)) == []
