from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.experiment import edits
from nnviz.experiment.spec import Rival
from nnviz.runtime.frames import Frame
from nnviz.runtime.painter import paint
from nnviz.runtime.trainer import Trainer
from nnviz.ui.panels.curves import CurvesPanel
from nnviz.ui.theme import LIGHT
from tests.ui.panels.bench import Bench


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> CurvesPanel:
    panel = CurvesPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(620, 320)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def trainer(bench: Bench) -> Trainer:
    return Trainer(bench.experiment)


def show(bench: Bench, trainer: Trainer, epochs: int = 0) -> Frame:
    """Train for some epochs, and show everyone what has become of it."""
    if epochs:
        trainer.work(epochs, math.inf)
    picture = paint(trainer.frame(), bench.player.wishes)
    bench.player.show_picture(picture)
    return picture.frame


def colors_beside(panel: CurvesPanel, epoch: float) -> tuple[set[int], set[int]]:
    """The colors of the plane to the left of an epoch, and to the right as far as the names."""
    canvas = panel.canvas
    image = canvas.grab().toImage()
    area = canvas.area.toRect()
    x, end = (round(float(canvas.to_pixels(np.array([each, 0.0]))[0])) for each in (epoch, 36.0))
    columns = range(area.left() + 2, x - 8), range(x + 8, end)
    left, right = (
        {image.pixel(column, row) for column in side for row in range(area.top(), area.bottom())}
        for side in columns
    )
    return left, right


def test_the_whole_run_is_shown_and_pale_beyond_the_looked_epoch(
    panel: CurvesPanel, bench: Bench, trainer: Trainer
) -> None:
    show(bench, trainer, epochs=40)
    accent = QColor(LIGHT.accent).rgb()
    assert all(accent in side for side in colors_beside(panel, 20))
    trainer.look(20)
    trainer.catch_up(math.inf)
    frame = show(bench, trainer)
    assert (frame.epoch, frame.head) == (20, 40)
    assert all(len(each.curve.values) == 41 for each in panel.canvas.drawn)
    left, right = colors_beside(panel, 20)
    assert accent in left
    assert accent not in right


def test_the_best_epoch_has_a_star(panel: CurvesPanel, bench: Bench, trainer: Trainer) -> None:
    frame = show(bench, trainer, epochs=10)
    assert panel.canvas.moment.best == frame.best_epoch
    assert frame.best_epoch > 0
    starred = panel.canvas.grab().toImage()
    drawn = [each.curve for each in panel.canvas.drawn]
    panel.canvas.show_curves(drawn)
    assert panel.canvas.grab().toImage() != starred


def test_a_way_that_was_left_stays_as_pale_thin_curves(
    panel: CurvesPanel, bench: Bench, trainer: Trainer
) -> None:
    show(bench, trainer, epochs=20)
    trainer.look(5)
    trainer.catch_up(math.inf)
    trainer.branch()
    show(bench, trainer, epochs=3)
    ghosts = [each.curve for each in panel.canvas.drawn if each.curve.is_thin]
    assert [(each.first, each.last, each.name) for each in ghosts] == [(5, 20, "")] * 2
    assert {LIGHT.accent, LIGHT.text}.isdisjoint(each.color for each in ghosts)


def test_rivals_have_a_curve_with_a_name_a_color_and_a_dash(
    panel: CurvesPanel, bench: Bench
) -> None:
    bench.store.edit("rivals", lambda it: replace(it, rivals=(Rival("one"), Rival("two"))))
    rivals = show(bench, Trainer(bench.experiment), epochs=4).rivals
    curves = [each.curve for each in panel.canvas.drawn if each.curve.is_thin]
    assert [each.name for each in curves] == ["one", "two"]
    assert [each.last for each in curves] == [4, 4]
    assert curves[0].values is rivals[0].history.test_loss
    assert (curves[0].color, curves[0].dash) != (curves[1].color, curves[1].dash)


@pytest.mark.parametrize(
    ("kind", "names", "has_log"),
    [("accuracy", ["train", "test"], False), ("rate", ["rate"], True)],
)
def test_accuracies_and_rates_are_to_be_chosen_and_undone(
    panel: CurvesPanel, bench: Bench, kind: str, names: list[str], has_log: bool
) -> None:
    bench.paint(epochs=3)
    QTest.mouseClick(panel.kind.segments[kind], Qt.MouseButton.LeftButton)
    assert bench.experiment.view.curves == kind
    assert [each.curve.name for each in panel.canvas.drawn] == names
    assert panel.log.isEnabled() == has_log
    bench.store.undo()
    assert panel.kind.key == "loss"
    assert panel.log.isEnabled()
    assert [each.curve.name for each in panel.canvas.drawn] == ["train", "test"]


def test_dragging_the_line_of_the_epoch_rewinds(
    panel: CurvesPanel, bench: Bench, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(bench, trainer, epochs=20)
    trainer.look(8)
    trainer.catch_up(math.inf)
    show(bench, trainer)
    asked: list[int | None] = []
    monkeypatch.setattr(bench.player, "look", asked.append)
    canvas = panel.canvas
    canvas.grab()
    heights = sum(canvas.view.ranges[1]) / 2
    places = [
        QPoint(*(round(each) for each in canvas.to_pixels(np.array([epoch, heights])).tolist()))
        for epoch in (8.0, 12.0, 20.0)
    ]
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas.viewport(), place)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=places[-1])
    assert asked == [12, None]


def test_values_have_no_accuracy_to_show(panel: CurvesPanel, bench: Bench) -> None:
    store = bench.parts.store
    store.edit("curves", partial(edits.with_view, curves="accuracy"))
    assert panel.kind.key == "accuracy"
    store.edit("data", partial(edits.with_dataset, key="reg-plane"))
    assert panel.kind.key == "loss"
    assert not panel.kind.segments["accuracy"].isEnabled()
    assert panel.log.isEnabled()
    store.edit("data", partial(edits.with_dataset, key="circle"))
    assert panel.kind.key == "accuracy"
