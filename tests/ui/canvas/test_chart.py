from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.chart import Chart
from nnviz.ui.canvas.rate_plot import RatePlot
from nnviz.ui.theme import DARK, LIGHT

RATES = np.geomspace(1e-5, 10.0, 50)
LOSSES = 0.5 + 0.1 * np.cos(np.linspace(0.0, 6.0, 50))


@pytest.fixture
def plot(qtbot: QtBot) -> RatePlot:
    plot = RatePlot(LIGHT, 1e-5, 10.0)
    qtbot.addWidget(plot)
    plot.resize(560, 280)
    plot.show()
    qtbot.waitExposed(plot)
    plot.show_losses(RATES, LOSSES)
    return plot


def pixel_of(plot: Chart, x: float, y: float) -> QPoint:
    box = plot.plot.getViewBox()
    (x0, x1), (y0, y1) = box.viewRange()
    area = box.sceneBoundingRect()
    return QPoint(
        round(area.left() + (x - x0) / (x1 - x0) * area.width()),
        round(area.bottom() - (y - y0) / (y1 - y0) * area.height()),
    )


def test_a_click_picks_the_rate_below_it(plot: RatePlot) -> None:
    told: list[float] = []
    plot.rate_picked.connect(told.append)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel_of(plot, -2.0, 0.3))
    assert told == [pytest.approx(0.01, rel=0.05)]


def test_all_rates_are_seen_until_somebody_zooms(plot: RatePlot, qtbot: QtBot) -> None:
    box = plot.plot.getViewBox()
    assert box.viewRange()[0] == pytest.approx([-5.0, 1.0])
    box.scaleBy(x=0.25)
    low, high = box.viewRange()[0]
    assert high - low == pytest.approx(1.5)
    plot.show_all()
    assert box.viewRange()[0] == pytest.approx([-5.0, 1.0])


def test_what_rises_far_leaves_the_picture(plot: RatePlot) -> None:
    plot.show_losses(RATES, np.append(LOSSES[:-1], 1e9))
    assert plot.plot.getViewBox().viewRange()[1][1] == pytest.approx(1.25 * LOSSES[0])


def test_marks_take_the_place_of_those_before(plot: RatePlot) -> None:
    plot.show_rates(((0.03, "now 0.03", "muted"), (0.5, "chosen 0.5", "good")))
    plot.show_rates(((0.03, "now 0.03", "muted"), (1.0, "chosen 1", "good")))
    names = [item.label.format for item in plot.plot.items if hasattr(item, "label")]
    assert names == ["now 0.03", "chosen 1"]


def test_a_chart_has_the_colors_of_its_theme(qtbot: QtBot) -> None:
    plot = RatePlot(DARK, 1e-5, 10.0)
    qtbot.addWidget(plot)
    assert plot.backgroundBrush().color().name() == DARK.panel
