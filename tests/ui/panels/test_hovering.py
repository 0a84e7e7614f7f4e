"""A network that changes under the pointer: what is pointed at may be gone at any moment."""

from __future__ import annotations

import random

import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.datasets import DATASETS
from nnviz.engine.features import FEATURES
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.ui.panels.network import NetworkPanel
from nnviz.ui.panels.output import OutputPanel
from tests.ui.panels.bench import Bench


def some_edit(chance: random.Random, before: Experiment) -> Experiment:
    layer = chance.randrange(6)
    try:
        match chance.randrange(6):
            case 0:
                return edits.with_feature_toggled(before, chance.choice(FEATURES.keys))
            case 1:
                return edits.with_layer_added(before)
            case 2:
                return edits.with_layer_removed(before)
            case 3:
                return edits.with_neuron_added(before, layer)
            case 4:
                return edits.with_neuron_removed(before, layer)
            case _:
                return edits.with_dataset(before, chance.choice(DATASETS.keys))
    except (Mistake, IndexError):
        return before


@pytest.mark.parametrize("seed", range(4))
def test_any_edit_may_come_while_a_unit_is_pointed_at(
    seed: int, bench: Bench, qtbot: QtBot
) -> None:
    chance = random.Random(seed)
    output, network = OutputPanel(bench.parts), NetworkPanel(bench.parts)
    for each in (output, network):
        qtbot.addWidget(each)
    for _ in range(60):
        unit = (chance.randrange(7), chance.randrange(8))
        if unit[0] or unit[1] < len(FEATURES):
            network.canvas.unit_hovered.emit(unit)
        output.canvas.place_hovered.emit((chance.uniform(-6, 6), chance.uniform(-6, 6)))
        bench.store.edit("anything", lambda it: some_edit(chance, it))
        bench.paint()
        assert output.place.text


def test_a_click_on_a_layer_that_is_already_gone_does_nothing(bench: Bench, qtbot: QtBot) -> None:
    network = NetworkPanel(bench.parts)
    qtbot.addWidget(network)
    before = bench.experiment
    network.canvas.neuron_added.emit(len(before.architecture.hidden))
    network.canvas.neuron_removed.emit(len(before.architecture.hidden))
    assert bench.experiment is before
