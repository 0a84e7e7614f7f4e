from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.engine.activations import ACTIVATIONS
from nnviz.experiment import edits
from nnviz.experiment.spec import Data
from nnviz.runtime.scenes import Pointer
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


def test_a_picture_that_nobody_sees_is_painted_coarsely(bench: Bench, qtbot: QtBot) -> None:
    bench.player.set_wishes(boundary_cells=100)
    panel = OutputPanel(bench.parts)
    qtbot.addWidget(panel)
    sides = []
    for is_seen in (True, False, True):
        panel.setVisible(is_seen)
        sides.append(len(bench.paint().output))
    assert sides[0] == sides[2] == 100
    assert sides[1] < 50


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
    panel.canvas.place_hovered.emit(place)
    bench.paint()
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
    bench.paint(unit=unit, pointer=Pointer(0.0, 0.0))
    assert panel.place.text


def test_a_unit_that_the_network_has_lost_counts_as_none(panel: OutputPanel, bench: Bench) -> None:
    for unit in ((0, 9), (1, 40), (9, 0), (3, 1), (-1, 0)):
        bench.paint(unit=unit, pointer=Pointer(0.0, 0.0))
        assert panel.head.title.text() == ""
        assert panel.place.text.endswith(("orange", "blue"))


def test_the_name_of_a_unit_stands_in_the_title_and_moves_nothing(
    panel: OutputPanel, bench: Bench
) -> None:
    area = panel.canvas.area
    bench.paint(unit=(1, 2))
    assert panel.head.title.text() == "Neuron 3 of layer 1"
    assert panel.canvas.area == area


def test_the_line_between_classes_belongs_to_the_output(panel: OutputPanel, bench: Bench) -> None:
    assert bench.paint(epochs=3).decision
    assert not bench.paint(epochs=3, unit=(1, 0)).decision
    assert bench.paint(epochs=3, unit=(3, 0)).decision


def test_a_kept_map_is_compared_with_what_comes(panel: OutputPanel, bench: Bench) -> None:
    bench.paint(epochs=2)
    QTest.mouseClick(panel.head.compare, LEFT)
    picture = bench.paint(epochs=9)
    assert picture.scene.change is not None
    assert panel.head.title.text() == "Since epoch 2"
    QTest.mouseClick(panel.head.compare, LEFT)
    assert bench.paint(epochs=9).scene.change is None
    assert panel.head.title.text() == ""


def test_a_pinned_unit_stays_until_it_is_unpinned(panel: OutputPanel, bench: Bench) -> None:
    bench.store.edit("pin", lambda it: edits.with_view(it, pinned=(1, 2)))
    bench.paint()
    assert panel.head.title.text() == "Neuron 3 of layer 1 · pinned"
    QTest.mouseClick(panel.head.pin, LEFT)
    assert bench.experiment.view.pinned is None


def test_a_drag_of_the_probe_is_one_step_back(panel: OutputPanel, bench: Bench) -> None:
    for x in (1.0, 1.5, 2.0):
        panel.canvas.probe_moved.emit(x, 0.0)
    panel.canvas.probe_dropped.emit()
    assert bench.experiment.view.probe == (2.0, 0.0)
    bench.store.undo()
    assert bench.experiment.view.probe is None


def test_a_clicked_point_becomes_the_probe(panel: OutputPanel, bench: Bench) -> None:
    sample = bench.paint().scene.sample
    panel.canvas.point_clicked.emit(3)
    assert bench.experiment.view.probe == tuple(sample.points[3])
    panel.canvas.probe_removed.emit()
    assert bench.experiment.view.probe is None


@pytest.mark.parametrize("space", ["neurons", "components"])
@pytest.mark.parametrize("layer", [0, 1, 2, 3])
@pytest.mark.parametrize("dataset", ["circle", "rings-3", "reg-plane"])
def test_a_layers_space_takes_the_place_of_the_plane(
    space: str, layer: int, dataset: str, panel: OutputPanel, bench: Bench
) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, dataset))
    change = {"space": space, "space_layer": layer, "probe": (1.0, 1.0)}
    bench.store.edit("space", lambda it: edits.with_view(it, **change))
    picture = bench.paint(epochs=2)
    assert picture.scene.space is not None
    assert panel.head.title.text()
    assert not panel.grab().isNull()


@pytest.mark.parametrize("dataset", ["circle", "blobs-8", "reg-plane"])
def test_more_figures_are_there_when_wished_for(
    dataset: str, panel: OutputPanel, bench: Bench
) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, dataset))
    assert bench.paint().scene.quality is None
    QTest.mouseClick(panel.head.more, LEFT)
    quality = bench.paint(epochs=2).scene.quality
    assert quality is not None
    assert quality.part == "test"
    assert panel.figures.isVisible()
    assert not panel.grab().isNull()


def test_zooming_in_wishes_for_that_part_alone(panel: OutputPanel, bench: Bench) -> None:
    panel.canvas.grab()
    panel.canvas.view.show((0.0, 2.0), (0.0, 2.0))
    domain = bench.player.wishes.domain
    assert domain is not None
    assert domain[0] < 0.0 < 2.0 < domain[1] < 6.0
    panel.canvas.show_all()
    assert bench.player.wishes.domain is None


@pytest.mark.parametrize(
    ("dataset", "end"), [("circle", ("orange", "blue")), ("blobs-8", tuple("ABCDEFGH"))]
)
def test_what_the_network_says_at_the_probe_is_told(
    dataset: str, end: tuple[str, ...], panel: OutputPanel, bench: Bench
) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, dataset))
    bench.paint(epochs=2)
    assert "Probe" not in panel.place.text
    bench.store.edit("probe", lambda it: edits.with_view(it, probe=(1.25, -2.0)))
    bench.paint(epochs=2)
    told = panel.place.text
    assert told.startswith("Probe x₁ 1.25   x₂ −2.00   →  ")
    assert told.endswith(end)
    assert panel.canvas.accessibleDescription().startswith(told)
    bench.store.edit("mistakes", lambda it: edits.with_view(it, mistakes=True))
    bench.paint(epochs=2)
    assert panel.place.text.startswith("wrong:")


def test_the_value_of_a_regression_at_the_probe_is_told(panel: OutputPanel, bench: Bench) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, "reg-plane"))
    bench.store.edit("probe", lambda it: edits.with_view(it, probe=(0.0, 0.0)))
    picture = bench.paint(epochs=2)
    assert picture.overlay.activity is not None
    value = float(picture.overlay.activity[-1][0])
    assert panel.place.text.endswith(f"{value:.3f}".replace("-", "−"))


def test_zooming_into_a_space_wishes_for_that_part_of_it(panel: OutputPanel, bench: Bench) -> None:
    bench.store.edit("space", lambda it: edits.with_view(it, space="neurons", space_layer=2))
    bench.paint(epochs=2)
    panel.canvas.grab()
    panel.canvas.view.show((-0.2, 0.2), (-0.2, 0.2))
    wishes = bench.player.wishes
    assert wishes.domain is None
    assert wishes.seen is not None
    space = bench.paint(epochs=2).scene.space
    assert space is not None
    assert space.covered == wishes.seen
    assert panel.canvas.view.ranges == ((-0.2, 0.2), (-0.2, 0.2))
    panel.canvas.show_all()
    assert bench.player.wishes.seen is None


def test_figures_that_a_key_wishes_for_are_shown_and_put_away(
    panel: OutputPanel, bench: Bench
) -> None:
    bench.paint(epochs=2, quality="train")
    assert panel.figures.isVisible()
    assert panel.head.more.isChecked()
    assert panel.figures.part.key == "train"
    bench.paint(epochs=2, quality="")
    assert not panel.figures.isVisible()
    assert not panel.head.more.isChecked()


@pytest.mark.parametrize("key", ["mistakes", "levels", "ghost"])
def test_options_are_settings_that_can_be_undone(
    key: str, panel: OutputPanel, bench: Bench
) -> None:
    before = getattr(bench.experiment.view, key)
    QTest.mouseClick(panel.head.options.switches[key], LEFT)
    assert getattr(bench.experiment.view, key) is not before
    bench.paint(epochs=2)
    bench.store.undo()
    assert panel.head.options.switches[key].isChecked() is before


def test_numbers_stand_beside_a_wide_picture_and_below_a_high_one(
    panel: OutputPanel, qtbot: QtBot
) -> None:
    def corner() -> QPoint:
        return panel.train_loss.mapTo(panel, QPoint(0, 0))

    panel.resize(500, 320)
    qtbot.waitUntil(lambda: corner().x() > panel.canvas.width())
    panel.resize(320, 600)
    qtbot.waitUntil(lambda: corner().y() > panel.canvas.height() > 300)


def test_the_first_picture_asks_for_no_more_room_than_it_keeps(bench: Bench, qtbot: QtBot) -> None:
    panel = OutputPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show()
    at_once = panel.minimumSizeHint().width()
    QApplication.processEvents()
    assert at_once == panel.minimumSizeHint().width() <= 400


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


def test_levels_are_typed(panel: OutputPanel, bench: Bench) -> None:
    told: list[str] = []
    panel.told.connect(told.append)
    panel.head.options.levels.typed.emit("0.5; −0.25 0.5")
    view = bench.parts.store.experiment.view
    assert (view.levels, view.level_values) == (True, (-0.25, 0.5))
    assert panel.head.options.levels.text() == "-0.25  0.5"
    panel.head.options.levels.typed.emit("0 many")
    panel.head.options.levels.typed.emit(" ".join(map(str, range(20))))
    panel.head.options.levels.typed.emit("0 1e999")
    assert told == [
        "'many' is no number; numbers with spaces between are.",
        "These are 20 levels; there may be up to 12.",
        "'1e999' is no number; numbers with spaces between are.",
    ]
    assert bench.parts.store.experiment.view is view
    panel.head.options.levels.typed.emit("")
    assert bench.parts.store.experiment.view.level_values == ()
