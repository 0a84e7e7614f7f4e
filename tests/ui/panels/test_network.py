from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.activations import PReLU
from nnviz.engine.datasets import PLANE
from nnviz.engine.features import FEATURES
from nnviz.experiment import edits
from nnviz.experiment.build import build, network_of
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Overlay
from nnviz.ui.canvas.network_view import FEATURES as FEATURE_LAYER
from nnviz.ui.canvas.network_view import Picked
from nnviz.ui.network.menus import Entry
from nnviz.ui.network.portrait import Portrait, feature_maps
from nnviz.ui.panels.network import NetworkPanel
from tests.ui.panels.bench import Bench


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> NetworkPanel:
    panel = NetworkPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    bench.paint()
    return panel


def test_layers_and_neurons_come_and_go(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.layer_added.emit()
    panel.canvas.neuron_added.emit(2)
    panel.canvas.neuron_removed.emit(0)
    assert [each.width for each in bench.experiment.architecture.hidden] == [3, 2, 3]
    panel.canvas.layer_removed.emit()
    assert [each.width for each in bench.experiment.architecture.hidden] == [3, 2]


def test_features_are_switched(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.feature_toggled.emit("x1-x2")
    fed = [bench.experiment.features]
    bench.paint()
    bench.store.undo()
    fed.append(bench.experiment.features)
    assert fed == [("x1", "x2", "x1-x2"), ("x1", "x2")]


def test_a_limit_is_a_word_and_not_a_change(panel: NetworkPanel, bench: Bench) -> None:
    for _ in range(edits.LAYER_LIMIT + 1):
        panel.canvas.layer_added.emit()
    assert len(bench.experiment.architecture.hidden) == edits.LAYER_LIMIT
    assert "8 hidden layers" in panel.message.text()
    panel.canvas.layer_removed.emit()
    assert panel.message.sentence == ""
    assert "weights" in panel.message.text()


def test_the_summary_counts_what_is_learned(panel: NetworkPanel, bench: Bench) -> None:
    panel.message.resize(300, 20)
    assert panel.message.text() == "2–4–2–1 · 25 weights and biases"
    panel.message.resize(180, 20)
    assert panel.message.text() == "25 weights and biases"
    bench.store.edit("data", lambda it: edits.with_dataset(it, "iris"))
    assert "31 weights" in panel.message.text()


def test_pointing_at_a_unit_shows_it_large(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.unit_hovered.emit((1, 3))
    assert bench.player.wishes.unit == (1, 3)
    panel.canvas.unit_hovered.emit(None)
    assert bench.player.wishes.unit is None


def test_a_feature_is_counted_among_those_that_are_on(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.feature_toggled.emit("sin-x1")
    bench.paint()
    place = FEATURES.keys.index("sin-x1")
    panel.canvas.unit_hovered.emit((0, place))
    assert bench.player.wishes.unit == (0, 2)
    panel.canvas.unit_hovered.emit((0, place + 1))
    assert bench.player.wishes.unit is None


def test_another_start_is_another_seed(panel: NetworkPanel, bench: Bench) -> None:
    before = bench.experiment.training.seed
    panel.new_start.click()
    assert bench.experiment.training.seed != before


def test_the_view_has_all_features_and_the_weights_of_those_that_are_on() -> None:
    experiment = edits.with_feature_toggled(edits.with_dataset(Experiment(), "iris"), "sin-x2")
    view = Portrait.of(experiment).view(build(experiment).theta)
    assert [each.is_on for each in view.features] == [True, True, *[False] * 4, True]
    assert [each.shape for each in view.weights] == [(4, 3), (2, 4), (3, 2)]
    assert view.activations == ("Tanh", "Tanh", "Tanh")


def test_what_flows_through_links_may_be_beyond_all_numbers() -> None:
    portrait = Portrait.of(edits.with_view(Experiment(), overlay="activity"))
    theta = np.full(portrait.network.size, -1e200)
    said = tuple(np.full(width, 1e200) for width in portrait.network.widths)
    view = portrait.view(theta, Overlay(activity=said))
    assert all(np.isneginf(each).all() for each in view.shown)


def test_every_feature_has_a_map(bench: Bench) -> None:
    maps = feature_maps(FEATURES.keys, bench.player.wishes.stops.tobytes(), PLANE, 8)
    assert maps.shape == (len(FEATURES), 8, 8, 4)
    assert len({each.tobytes() for each in maps}) == len(FEATURES)


WEIGHT = Picked(weights=((0, 1, 0),))
BIAS = Picked(biases=((1, 0),))
HERE = QRect(40, 40, 20, 20)


def labels(entries: Iterable[Entry | None]) -> list[str]:
    return [each.label for each in entries if each is not None]


def choose(entries: Iterable[Entry | None], label: str) -> None:
    found = next(each for each in entries if each is not None and each.label == label)
    assert found.act is not None
    found.act()


def held_and_cut(bench: Bench) -> list[int]:
    architecture = bench.experiment.architecture
    return [len(architecture.held), len(architecture.cut)]


def test_a_number_is_typed_without_a_mouse(panel: NetworkPanel, bench: Bench, qtbot: QtBot) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    field = panel.editing.editor.slider.field
    assert field.hasFocus()
    QTest.keyClicks(field, "-1.25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bench.player.told[-1] == ((2,), (-1.25,))
    track = panel.editing.editor.slider.track
    assert track.hasFocus()
    QTest.keyClick(track, Qt.Key.Key_Tab)
    assert panel.floating.isAncestorOf(panel.focusWidget())
    QTest.keyClick(track, Qt.Key.Key_Escape)
    assert not panel.editing.is_open
    assert panel.canvas.hasFocus()


def test_the_editor_takes_what_is_picked_next(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    assert panel.floating.title == "x₁ → neuron 2"
    panel.canvas.picked.emit(BIAS)
    assert panel.floating.title == "Bias of neuron 1"
    assert panel.editing.editor.cut.isHidden()
    panel.canvas.picked.emit(Picked())
    assert not panel.editing.is_open


def test_the_editor_goes_with_its_network(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    bench.store.edit("layer", edits.with_layer_added)
    bench.paint()
    assert not panel.editing.is_open


def test_the_slope_that_a_layer_learns_is_edited(panel: NetworkPanel, bench: Bench) -> None:
    bench.store.edit("prelu", lambda it: edits.with_activation(it, PReLU()))
    bench.paint()
    choose(panel.entries(0, QPoint(50, 50)), "Learned slope…")
    assert panel.editing.editor.numbers.values == (0.25,)
    panel.editing.editor.slider.field.typed.emit("0.1")
    alphas = network_of(bench.experiment).places[0].alphas
    assert bench.player.told[-1] == ((alphas.start,), (0.1,))


def test_a_weight_is_edited_live(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    assert panel.editing.is_open
    assert bench.player.wishes.numbers
    editor = panel.editing.editor
    bench.paint()
    assert editor.figures["gradient"].text not in {"", "–"}
    editor.slider.field.typed.emit("0.75")
    assert bench.player.told[-1] == ((2,), (0.75,))
    panel.floating.close_down()
    panel.canvas.picked.emit(Picked())
    assert not bench.player.wishes.numbers


def test_what_cannot_be_a_weight_is_said(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    said: list[str] = []
    panel.editing.editor.slider.refused.connect(said.append)
    panel.editing.editor.slider.field.typed.emit("much")
    assert "cannot be 'much'" in said[0]
    assert bench.player.told == []


def test_several_numbers_are_set_or_scaled(panel: NetworkPanel, bench: Bench) -> None:
    both = Picked(weights=((0, 0, 0), (0, 0, 1)))
    panel.canvas.edit_asked.emit(both, HERE)
    editor, theta = panel.editing.editor, build(bench.experiment).theta
    editor.modes.segments["scale"].click()
    editor.slider.field.typed.emit("2")
    assert bench.player.told[-1] == ((0, 1), tuple(2.0 * theta[:2]))
    editor.modes.segments["set"].click()
    editor.slider.field.typed.emit("0.5")
    assert bench.player.told[-1] == ((0, 1), (0.5, 0.5))


def test_a_nudge_is_a_tenth_and_nudges_add_up(panel: NetworkPanel, bench: Bench) -> None:
    theta = build(bench.experiment).theta
    panel.canvas.nudged.emit(WEIGHT, 1)
    panel.canvas.nudged.emit(WEIGHT, 2)
    assert bench.player.told[-1] == ((2,), (pytest.approx(theta[2] + 0.3),))


def test_numbers_are_locked_and_links_are_cut(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.lock_asked.emit(BIAS)
    assert held_and_cut(bench) == [1, 0]
    panel.canvas.lock_asked.emit(BIAS)
    assert held_and_cut(bench) == [0, 0]
    panel.canvas.cut_asked.emit(WEIGHT)
    assert held_and_cut(bench) == [0, 1]
    bench.paint()
    panel.canvas.nudged.emit(WEIGHT, 1)
    assert bench.player.told == []
    panel.canvas.cut_asked.emit(WEIGHT)
    assert held_and_cut(bench) == [0, 0]
    assert bench.player.told[-1] == ((2,), (build(bench.experiment).theta[2],))
    bench.store.undo()
    assert held_and_cut(bench) == [0, 1]


def test_a_reset_puts_the_number_back_that_training_began_with(
    panel: NetworkPanel, bench: Bench
) -> None:
    begun = build(bench.experiment).theta[2]
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    panel.editing.editor.slider.field.typed.emit("2.5")
    panel.editing.editor.reset.click()
    assert bench.player.told == [((2,), (2.5,)), ((2,), (begun,))]
    bench.store.undo()
    assert bench.player.told[-1] == ((2,), (2.5,))


def test_numbers_that_were_set_are_undone_and_set_again(panel: NetworkPanel, bench: Bench) -> None:
    begun = build(bench.experiment).theta[2]
    panel.canvas.edit_asked.emit(WEIGHT, HERE)
    slider = panel.editing.editor.slider
    for number in (0.5, 1.0, 1.5):
        slider.turned.emit(number)
    slider.settled.emit()
    assert bench.store.undo_label == "weight"
    slider.field.typed.emit("2.5")
    for number in (1.5, begun):
        bench.store.undo()
        assert bench.player.told[-1] == ((2,), (number,))
    assert bench.store.undo_label is None
    bench.store.redo()
    bench.store.redo()
    assert bench.player.told[-1] == ((2,), (2.5,))


def test_a_number_of_a_run_that_is_over_is_not_undone(panel: NetworkPanel, bench: Bench) -> None:
    bench.store.edit("test data", lambda it: edits.with_view(it, show_test=True))
    panel.canvas.nudged.emit(WEIGHT, 1)
    assert bench.store.undo_label == "weight"
    told = list(bench.player.told)
    bench.begin_again()
    assert bench.store.undo_label == "test data"
    bench.store.undo()
    assert bench.player.told == told
    assert not bench.experiment.view.show_test


def test_undoing_a_cut_gives_the_weight_back(panel: NetworkPanel, bench: Bench) -> None:
    begun = build(bench.experiment).theta[2]
    panel.canvas.cut_asked.emit(WEIGHT)
    bench.paint()
    bench.store.undo()
    assert held_and_cut(bench) == [0, 0]
    assert bench.player.told[-1] == ((2,), (begun,))


def test_a_layer_has_a_menu(panel: NetworkPanel, bench: Bench) -> None:
    offered = panel.entries(1, QPoint(50, 50))
    assert labels(offered)[:2] == ["Activation", "Initial weights"]
    choose(offered, "Move left")
    assert [each.width for each in bench.experiment.architecture.hidden] == [2, 4]
    activation = next(each for each in offered if each is not None and each.inner)
    choose(activation.inner, "ReLU")
    assert bench.experiment.architecture.hidden[1].activation.key == "relu"
    choose(offered, "Remove this layer")
    assert [each.width for each in bench.experiment.architecture.hidden] == [2]
    assert labels(panel.entries(1, QPoint(50, 50))) == ["Add a layer before"]


def test_the_sliders_of_a_layer_turn_that_layer(panel: NetworkPanel, bench: Bench) -> None:
    choose(panel.entries(0, QPoint(50, 50)), "Dropout and shape…")
    assert panel.floating.content is panel.layer_form
    panel.layer_form.dropout.turned.emit(0.3)
    assert [each.dropout for each in bench.experiment.architecture.hidden] == [0.3, 0.0]


def test_an_own_feature_is_typed_changed_and_removed(panel: NetworkPanel, bench: Bench) -> None:
    panel.canvas.feature_asked.emit()
    form = panel.features.form
    form.line.setText("x1 *")
    assert not form.take.isEnabled()
    assert form.verdict.text()
    form.line.setText("x1*x2^2")
    assert form.take.isEnabled()
    assert not form.picture.pixmap().isNull()
    form.take.click()
    bench.paint()
    own = bench.experiment.features[2]
    tile = Picked(units=((FEATURE_LAYER, len(FEATURES)),))
    choose(panel.entries(tile, QPoint(9, 9)), "Change the formula…")
    form.line.setText("sin(3*x1)")
    form.take.click()
    assert bench.experiment.features[2] not in {own, "x1", "x2"}
    bench.paint()
    choose(panel.entries(tile, QPoint(9, 9)), "Remove")
    assert bench.experiment.features == ("x1", "x2")


def test_a_typed_feature_that_is_off_keeps_its_tile(panel: NetworkPanel, bench: Bench) -> None:
    for _ in range(2):
        panel.canvas.feature_toggled.emit("x1*x2^2")
        bench.paint()
    assert bench.experiment.features == ("x1", "x2")
    tile = Picked(units=((FEATURE_LAYER, len(FEATURES)),))
    assert labels(panel.entries(tile, QPoint(9, 9)))[0] == "Switch on"


def test_overlay_and_probe_are_chosen_in_the_head(panel: NetworkPanel, bench: Bench) -> None:
    panel.overlay.segments["activity"].click()
    assert bench.experiment.view.overlay == "activity"
    assert panel.probe.isChecked()
    panel.probe.click()
    assert bench.experiment.view.overlay == "weight"
    assert panel.overlay.key == "weight"


def test_a_neuron_is_pinned_by_its_menu(panel: NetworkPanel, bench: Bench) -> None:
    neuron = Picked(units=((0, 2),))
    choose(panel.entries(neuron, QPoint(9, 9)), "Pin to the output")
    assert bench.experiment.view.pinned == (1, 2)
    bench.paint()
    choose(panel.entries(neuron, QPoint(9, 9)), "Take the pin from the output")
    assert bench.experiment.view.pinned is None


def test_columns_follow_the_tiles_whatever_the_order_of_a_file() -> None:
    experiment = Experiment(features=("x2", "x1*x2^2", "x1"))
    portrait, theta = Portrait.of(experiment), build(experiment).theta
    view = portrait.view(theta)
    assert portrait.sources == (2, 0, 1)
    assert view.weights[0][0].tolist() == [theta[2], theta[0], theta[1]]
    assert portrait.places(Picked(weights=((0, 0, 0),))) == (2,)


@pytest.mark.parametrize("overlay", ["weight", "gradient", "update", "activity"])
def test_every_overlay_has_numbers_of_the_shape_of_the_weights(overlay: str, bench: Bench) -> None:
    bench.store.edit("overlay", lambda it: edits.with_overlay(it, overlay))
    picture = bench.paint(epochs=1)
    view = Portrait.of(bench.experiment).view(picture.frame.theta, picture.overlay)
    assert view.overlay == overlay
    for shown, weights in zip(view.shown or view.weights, view.weights, strict=True):
        assert shown.shape == weights.shape
        assert np.isfinite(shown).all()
