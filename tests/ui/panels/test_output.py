from __future__ import annotations

from unittest.mock import patch

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.activations import ACTIVATIONS
from nnviz.experiment import edits
from nnviz.experiment.spec import Data
from nnviz.ui.panels.curves import CurvesPanel
from nnviz.ui.panels.output import OutputPanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> OutputPanel:
    panel = OutputPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(380, 370)
    panel.show()
    bench.paint()
    return panel


@pytest.fixture
def curves(bench: Bench, qtbot: QtBot) -> CurvesPanel:
    panel = CurvesPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(380, 240)
    panel.show()
    return panel


def test_losses_and_accuracy_are_those_of_the_picture(panel: OutputPanel, bench: Bench) -> None:
    history = bench.paint(epochs=5).frame.history
    assert panel.train_loss.text == f"{history.train_loss[-1]:.4f}"
    assert panel.test_loss.text == f"{history.test_loss[-1]:.4f}"
    assert panel.accuracy.text == f"{100 * history.test_accuracy[-1]:.1f} %"


def test_a_regression_has_no_accuracy(panel: OutputPanel, bench: Bench) -> None:
    assert not panel.accuracy.isHidden()
    bench.store.edit("data", lambda it: edits.with_dataset(it, "reg-plane"))
    bench.paint()
    assert panel.accuracy.isHidden()


def test_switches_are_settings_that_can_be_undone(panel: OutputPanel, bench: Bench) -> None:
    QTest.mouseClick(panel.discretize, LEFT)
    QTest.mouseClick(panel.show_test, LEFT)
    assert bench.experiment.view.discretize
    assert bench.experiment.view.show_test
    bench.store.undo()
    bench.store.undo()
    assert not panel.discretize.isChecked()
    assert not panel.show_test.isChecked()


@pytest.mark.parametrize(
    ("dataset", "place", "start", "end"),
    [
        ("circle", (1.0, -2.0), "x₁ 1.00   x₂ −2.00   →  ", ("orange", "blue")),
        ("reg-plane", (0.0, 0.0), "x₁ 0.00   x₂ 0.00   →  ", ""),
        ("iris", (0.0, 0.0), "petal length 3.95 cm   petal width 1.30 cm   →  ", "a"),
        ("gate-xor", (1.0, -1.0), "x₁ 1.00   x₂ 0.00   →  ", ("0", "1")),
        ("circle", (6.0, 6.0), "x₁ 6.00   x₂ 6.00", ""),
    ],
)
def test_the_place_under_the_pointer_is_read_out(
    dataset: str,
    place: tuple[float, float],
    start: str,
    end: str | tuple[str, ...],
    panel: OutputPanel,
    bench: Bench,
) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, dataset))
    bench.paint()
    panel.canvas.place_hovered.emit(place)
    assert panel.place.text.startswith(start)
    assert panel.place.text.endswith(end)
    panel.canvas.place_hovered.emit(None)
    assert panel.place.text == ""


@pytest.mark.parametrize("unit", [(0, 1), (1, 0), (2, 1), (3, 0)])
@pytest.mark.parametrize("key", ["relu", "tanh", "sigmoid"])
def test_any_unit_can_be_shown_large(
    unit: tuple[int, int], key: str, panel: OutputPanel, bench: Bench
) -> None:
    bench.store.edit("a", lambda it: edits.with_activation(it, ACTIVATIONS[key]()))
    bench.paint(unit=unit)
    panel.canvas.place_hovered.emit((0.0, 0.0))
    assert panel.place.text


def test_a_unit_that_the_network_has_lost_counts_as_none(panel: OutputPanel, bench: Bench) -> None:
    for unit in ((0, 9), (1, 40), (9, 0), (3, 1), (-1, 0)):
        bench.paint(unit=unit)
        panel.canvas.place_hovered.emit((0.0, 0.0))
        assert panel.head.text() == ""
        assert panel.place.text.endswith(("orange", "blue"))


def test_the_name_of_a_unit_stands_in_the_title_and_moves_nothing(
    panel: OutputPanel, bench: Bench
) -> None:
    area = panel.canvas.area
    bench.paint(unit=(1, 2))
    assert panel.head.text() == "Neuron 3 of layer 1"
    assert panel.canvas.area == area


def test_the_line_between_classes_belongs_to_the_output(panel: OutputPanel, bench: Bench) -> None:
    with patch.object(panel.canvas, "show_decision") as shown:
        picture = bench.paint(epochs=3)
        shown.assert_called_with(picture.decision)
        bench.paint(epochs=3, unit=(1, 0))
        shown.assert_called_with(())
        picture = bench.paint(epochs=3, unit=(3, 0))
        shown.assert_called_with(picture.decision)


def test_numbers_stand_beside_a_wide_picture_and_below_a_high_one(
    panel: OutputPanel, qtbot: QtBot
) -> None:
    def corner() -> QPoint:
        return panel.train_loss.mapTo(panel, QPoint(0, 0))

    panel.resize(500, 320)
    qtbot.waitUntil(lambda: corner().x() > panel.canvas.width())
    panel.resize(320, 600)
    qtbot.waitUntil(lambda: corner().y() > panel.canvas.height() > 300)


def test_another_theme_is_taken(panel: OutputPanel, curves: CurvesPanel, bench: Bench) -> None:
    bench.paint(epochs=2)
    bench.darken()
    bench.paint(epochs=3)


def test_the_scale_of_the_curves_is_a_setting(curves: CurvesPanel, bench: Bench) -> None:
    bench.paint(epochs=3)
    QTest.mouseClick(curves.log, LEFT)
    assert bench.experiment.view.log_losses
    bench.store.undo()
    assert not curves.log.isChecked()


def test_only_losses_that_fit_are_offered(curves: CurvesPanel, bench: Bench) -> None:
    assert curves.loss.findData("cross-entropy") >= 0
    bench.store.edit("data", lambda it: edits.with_dataset(it, "reg-plane"))
    assert curves.loss.findData("cross-entropy") < 0
    assert curves.loss.count() == len(edits.losses_for(Data(dataset="reg-plane")))


def test_the_loss_is_picked_where_it_is_drawn(curves: CurvesPanel, bench: Bench) -> None:
    place = curves.loss.findData("cross-entropy")
    curves.loss.setCurrentIndex(place)
    curves.loss.activated.emit(place)
    assert bench.experiment.training.loss == "cross-entropy"
    bench.paint(epochs=1)
