from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.datasets import PLANE
from nnviz.engine.features import FEATURES
from nnviz.experiment import edits
from nnviz.experiment.build import build
from nnviz.experiment.spec import Experiment
from nnviz.ui.panels.network import NetworkPanel, feature_maps, view_of
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
    view = view_of(experiment, build(experiment).theta)
    assert [each.is_on for each in view.features] == [True, True, *[False] * 4, True]
    assert [each.shape for each in view.weights] == [(4, 3), (2, 4), (3, 2)]
    assert view.activations == ("Tanh", "Tanh", "Tanh")


def test_every_feature_has_a_map(bench: Bench) -> None:
    maps = feature_maps(bench.player.wishes.stops.tobytes(), PLANE, 8)
    assert maps.shape == (len(FEATURES), 8, 8, 4)
    assert len({each.tobytes() for each in maps}) == len(FEATURES)
