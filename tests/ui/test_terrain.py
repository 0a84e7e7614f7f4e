from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.surfaces import SURFACES
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.experiment.spec import Experiment
from nnviz.ui.store import Store
from nnviz.ui.terrain import TYPED, TerrainSettings, surface_choices


@pytest.fixture
def store() -> Store:
    return Store(Experiment())


@pytest.fixture
def terrain(store: Store, qtbot: QtBot) -> TerrainSettings:
    settings = TerrainSettings(store)
    qtbot.addWidget(settings)
    store.changed.connect(lambda _, new: settings.show_experiment(new))
    settings.show_experiment(store.experiment)
    return settings


def type_in(terrain: TerrainSettings, text: str) -> None:
    terrain.formula.line.setText(text)
    terrain.formula.line.textEdited.emit(text)
    terrain.formula.line.editingFinished.emit()


def test_a_typed_formula_is_a_surface(terrain: TerrainSettings, store: Store) -> None:
    type_in(terrain, "x^2 + 3*y^2")
    assert store.experiment.landscape.surface == "x^2 + 3*y^2"
    assert [each.optimizer.key for each in store.experiment.landscape.racers] == [
        each.optimizer.key for each in Experiment().landscape.racers
    ]
    store.undo()
    assert store.experiment == Experiment()


def test_a_formula_that_cannot_be_read_changes_nothing(
    terrain: TerrainSettings, store: Store
) -> None:
    terrain.formula.line.textEdited.emit("x^2 + (y")
    assert "character" in terrain.formula.verdict.text()
    terrain.formula.line.editingFinished.emit()
    assert store.experiment == Experiment()


def test_noise_is_turned_on_a_test_surface(terrain: TerrainSettings, store: Store) -> None:
    terrain.noise.turned.emit(0.5)
    assert store.experiment.landscape.noise == 0.5
    assert terrain.radius.isHidden()


def test_the_networks_loss_has_settings_of_its_own(terrain: TerrainSettings, store: Store) -> None:
    store.edit("surface", lambda it: edits.with_surface(it, NETWORK_SURFACE))
    assert terrain.formula.isHidden()
    terrain.loss.segments["test"].click()
    terrain.penalized.picked.emit(False)
    terrain.radius.turned.emit(2.0)
    terrain.follow.picked.emit(True)
    landscape = store.experiment.landscape
    assert (landscape.loss, landscape.penalized, landscape.radius) == ("test", False, 2.0)
    assert landscape.follow
    for _ in range(4):
        store.undo()
    assert store.experiment.landscape == edits.with_surface(Experiment(), NETWORK_SURFACE).landscape


def test_height_lines_are_counted_and_spaced_as_wished(
    terrain: TerrainSettings, store: Store
) -> None:
    terrain.levels.turned.emit(21.0)
    terrain.log_height.picked.emit(False)
    landscape = store.experiment.landscape
    assert (landscape.levels, landscape.log_height) == (21, False)


def test_planes_of_their_own_scale_are_reached_by_a_factor(
    terrain: TerrainSettings, store: Store
) -> None:
    store.edit("surface", lambda it: edits.with_surface(it, NETWORK_SURFACE))
    store.edit("plane", lambda it: edits.with_plane(it, "random"))
    assert terrain.radius.number == 1.0
    terrain.radius.turned.emit(2.0)
    assert store.experiment.landscape.radius == 8.0
    assert all(each.isHidden() for each in terrain.axis_cells)


def test_weights_are_chosen_along_the_axes(terrain: TerrainSettings, store: Store) -> None:
    assert all(each.isHidden() for each in terrain.axis_cells)
    store.edit("surface", lambda it: edits.with_surface(it, NETWORK_SURFACE))
    first, second = terrain.axes
    assert first.count() == 25
    second.picked.emit("24")
    assert store.experiment.landscape.axes == (0, 24)
    first.picked.emit("24")
    assert store.experiment.landscape.axes == (24, 0)
    store.edit("plane", lambda it: edits.with_plane(it, "line"))
    assert [each.isHidden() for each in terrain.axis_cells] == [False, True]


def test_axes_follow_a_network_that_shrinks(terrain: TerrainSettings, store: Store) -> None:
    store.edit("surface", lambda it: edits.with_surface(it, NETWORK_SURFACE))
    terrain.axes[1].picked.emit("24")
    store.edit("layer", edits.with_layer_removed)
    assert terrain.axes[1].count() == 17
    assert terrain.axes[1].key == str(store.experiment.landscape.axes[1])


def test_what_is_typed_stands_among_the_choices() -> None:
    keys = [key for key, _ in surface_choices("x^2 + y^2")]
    assert keys == [NETWORK_SURFACE, *SURFACES.keys, "x^2 + y^2", TYPED]
    assert len(surface_choices("bowl")) == len(keys) - 1
