from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import inf

import pytest

from nnviz.engine.activations import ACTIVATIONS, ELU, Tanh
from nnviz.engine.datasets import DATASETS
from nnviz.engine.features import FEATURES
from nnviz.engine.optimizers import OPTIMIZERS, Adam
from nnviz.engine.penalties import L2, PENALTIES
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment import edits
from nnviz.experiment.build import check, network_of
from nnviz.experiment.landscape import NETWORK_SURFACE, Racer
from nnviz.experiment.spec import Architecture, Experiment, Layer
from nnviz.knob import SEED_LIMIT
from nnviz.mistake import Mistake

EDITS: dict[str, edits.Edit] = {
    **{f"data {key}": partial(edits.with_dataset, key=key) for key in DATASETS.keys},
    **{
        f"activation {each.key}": partial(edits.with_activation, activation=each())
        for each in ACTIVATIONS
    },
    **{
        f"optimizer {each.key}": partial(edits.with_optimizer, optimizer=each())
        for each in OPTIMIZERS
    },
    **{f"penalty {each.key}": partial(edits.with_penalty, penalty=each()) for each in PENALTIES},
    **{
        f"surface {key}": partial(edits.with_surface, key=key)
        for key in (*SURFACES.keys, NETWORK_SURFACE)
    },
    **{f"feature {key}": partial(edits.with_feature_toggled, key=key) for key in FEATURES.keys},
    "layer added": edits.with_layer_added,
    "layer removed": edits.with_layer_removed,
    "neuron added": partial(edits.with_neuron_added, layer=0),
    "neuron removed": partial(edits.with_neuron_removed, layer=0),
    "new points": edits.regenerated,
    "new start": edits.with_new_start,
    "layer inserted": partial(edits.with_layer_inserted, at=0),
    "layer moved": partial(edits.with_layer_moved, start=0, end=1),
    "layer's activation": partial(edits.with_layer_activation, layer=1, activation=ELU()),
    "layer's dropout": partial(edits.with_layer_dropout, layer=0, chance=0.2),
    "layer's initializer": partial(edits.with_layer_initializer, layer=0, key="he"),
    "held": partial(edits.with_held, places=(3, 1), held=True),
    "cut": partial(edits.with_cut, places=(3, 1), cut=True),
    "feature replaced": partial(edits.with_feature_replaced, old="x1", new="sin-x1"),
    "initializer": partial(edits.with_initializer, key="he"),
    "start of the race": partial(edits.with_race_starts, starts=((0.5, -0.5),)),
    "axes": partial(edits.with_axes, axes=(3, 4)),
    "loss": partial(edits.with_loss, key="cross-entropy"),
    "rate": partial(edits.with_rate, rate=0.1),
    "batch": partial(edits.with_training, batch=7),
    "noise": partial(edits.with_data, noise=0.2),
    "view": partial(edits.with_view, discretize=True),
}


@pytest.fixture
def experiment() -> Experiment:
    return Experiment()


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_every_edit_leaves_what_can_be_built(edit: edits.Edit, experiment: Experiment) -> None:
    check(edit(experiment))


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_every_edit_leaves_the_old_experiment_alone(edit: edits.Edit) -> None:
    experiment = Experiment()
    edit(experiment)
    assert experiment == Experiment()


def test_a_regression_takes_a_loss_that_fits(experiment: Experiment) -> None:
    classes = edits.with_loss(experiment, "binary-cross-entropy")
    assert edits.with_dataset(classes, "reg-plane").training.loss == "half-squared"
    assert edits.with_dataset(classes, "spiral").training.loss == "binary-cross-entropy"


def test_another_loss_takes_the_output_that_fits(experiment: Experiment) -> None:
    fixed = replace(experiment, architecture=replace(experiment.architecture, output="tanh"))
    assert edits.with_loss(fixed, "cross-entropy").architecture.output == "auto"


def test_features_keep_the_order_of_the_table(experiment: Experiment) -> None:
    for key in ("sin-x2", "x1-squared"):
        experiment = edits.with_feature_toggled(experiment, key)
    assert experiment.features == ("x1", "x2", "x1-squared", "sin-x2")


def test_the_last_feature_stays(experiment: Experiment) -> None:
    one = edits.with_feature_toggled(experiment, "x1")
    with pytest.raises(Mistake, match="at least one input"):
        edits.with_feature_toggled(one, "x2")


def test_a_new_layer_has_the_activation_of_the_others(experiment: Experiment) -> None:
    bent = edits.with_activation(experiment, ELU(0.5))
    assert edits.with_layer_added(bent).architecture.hidden[-1].activation == ELU(0.5)


def test_without_hidden_layers_the_activation_is_the_usual_one(experiment: Experiment) -> None:
    flat = edits.experiment_with_architecture(experiment, Architecture(hidden=()))
    assert edits.activation_of(flat) == Tanh()
    assert edits.with_activation(flat, ELU()) == flat


def _deep() -> Experiment:
    full = Architecture(hidden=(Layer(edits.WIDTH_LIMIT),) * edits.LAYER_LIMIT)
    return edits.experiment_with_architecture(Experiment(), full)


def _flat() -> Experiment:
    return edits.experiment_with_architecture(Experiment(), Architecture(hidden=()))


def _thin() -> Experiment:
    return edits.experiment_with_architecture(Experiment(), Architecture(hidden=(Layer(1),)))


@pytest.mark.parametrize(
    ("edit", "start", "word"),
    [
        (edits.with_layer_added, _deep, "8 hidden layers"),
        (edits.with_layer_removed, _flat, "no hidden layer"),
        (partial(edits.with_neuron_added, layer=2), _deep, "Layer 3 has 16 neurons"),
        (partial(edits.with_neuron_removed, layer=0), _thin, "keeps its last neuron"),
    ],
)
def test_limits_are_said(edit: edits.Edit, start: Callable[[], Experiment], word: str) -> None:
    with pytest.raises(Mistake, match=word):
        edit(start())


@pytest.mark.parametrize("axes", [(23, 24), (24, 0), (0, 24), (24, 23), (20, 21)])
def test_the_slice_stays_inside_a_network_that_shrinks(axes: tuple[int, int]) -> None:
    wide = edits.with_axes(Experiment(), axes)
    for edit in (
        edits.with_layer_removed,
        edits.with_layer_removed,
        partial(edits.with_feature_toggled, key="x1"),
    ):
        wide = edit(wide)
        first, second = wide.landscape.axes
        assert first != second
        assert 0 <= min(first, second) <= max(first, second) < network_of(wide).size
    assert edits.parameter_count(wide) == 2


def test_fewer_classes_shrink_the_network_too() -> None:
    iris = edits.with_dataset(Experiment(), "iris")
    last = edits.parameter_count(iris) - 1
    cut = edits.with_axes(iris, (0, last))
    assert edits.with_dataset(cut, "circle").landscape.axes[1] < last


@pytest.mark.parametrize(
    ("asked", "got"), [((1, 1), (1, 0)), ((0, 0), (1, 0)), ((5, 1), (5, 1)), ((0, 7), (0, 7))]
)
def test_the_same_weight_twice_trades_the_axes(
    asked: tuple[int, int], got: tuple[int, int]
) -> None:
    assert edits.with_axes(Experiment(), asked).landscape.axes == got


def test_another_surface_starts_afresh_with_rates_for_it(experiment: Experiment) -> None:
    begun = edits.with_race_starts(experiment, ((1.0, 1.0),))
    moved = edits.with_surface(begun, "bowl").landscape
    assert moved.starts == ()
    for racer, before in zip(moved.racers, experiment.landscape.racers, strict=True):
        rate = edits.racer_for("bowl", before.optimizer.key).rate
        assert racer == replace(before, optimizer=replace(before.optimizer, rate=rate))


def test_several_of_one_kind_may_race(experiment: Experiment) -> None:
    before = experiment.landscape.racers
    changed = edits.with_racer_added(experiment, Racer(Adam(rate=0.5), name="fast"))
    assert changed.landscape.racers == (*before, Racer(Adam(rate=0.5), name="fast"))
    changed = edits.with_racer(changed, 0, on=False)
    assert changed.landscape.running == tuple(range(1, len(before) + 1))
    assert edits.without_racer(changed, len(before)).landscape.racers[1:] == before[1:]


def test_who_is_studied_stays_among_the_racers(experiment: Experiment) -> None:
    last = len(experiment.landscape.racers) - 1
    studied = edits.with_terrain(experiment, studied=last)
    assert edits.without_racer(studied, 0).landscape.studied == last - 1
    assert edits.with_racers(studied, ()).landscape.studied == 0


def test_there_may_be_only_so_many_racers(experiment: Experiment) -> None:
    with pytest.raises(Mistake, match="racers are 25; there may be up to 24"):
        edits.with_racers(experiment, (Racer(Adam()),) * 25)


def test_seeds_go_round(experiment: Experiment) -> None:
    last = edits.with_data(experiment, seed=SEED_LIMIT)
    assert edits.regenerated(last).data.seed == 0


def test_a_penalty_keeps_the_rest_of_training(experiment: Experiment) -> None:
    changed = edits.with_penalty(experiment, L2(0.1))
    assert replace(changed.training, penalty=experiment.training.penalty) == experiment.training


def test_another_data_set_is_seen_in_its_plane() -> None:
    seen = edits.with_view(Experiment(), space="components", levels=True)
    view = edits.with_dataset(seen, "xor").view
    assert (view.space, view.levels) == ("plane", True)


@pytest.mark.parametrize("values", [(1.0, 0.0), (0.0, 0.0), tuple(map(float, range(13)))])
def test_levels_that_are_out_of_order_are_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(Mistake, match="level_values must be up to 12 numbers"):
        edits.with_view(Experiment(), level_values=values)


def test_points_of_another_file_are_seen_in_their_plane_and_painted_ones_are_not() -> None:
    layered = edits.with_view(Experiment(), space="components")
    painted = edits.with_own(layered, edits.own_of(layered))
    assert painted.view.space == "components"
    imported = edits.with_own(painted, replace(edits.own_of(painted), source="other.csv"))
    assert imported.view.space == "plane"


def test_a_probe_comes_along_into_the_plane_of_other_data() -> None:
    probed = edits.with_view(Experiment(), probe=(5.0, -5.0))
    assert edits.with_dataset(probed, "spiral").view.probe == (5.0, -5.0)
    left, right, low, high = DATASETS["gate-xor"].plane
    x, y = edits.with_dataset(probed, "gate-xor").view.probe or (inf, inf)
    assert left < x < right
    assert low < y < high


def test_spaces_and_layers_are_seen_in_turn() -> None:
    seen = [Experiment()]
    for _ in range(3):
        seen.append(edits.with_next_space(seen[-1]))
    assert [each.view.space for each in seen] == ["plane", "neurons", "components", "plane"]
    layer = edits.with_next_layer_seen(Experiment())
    assert (layer.view.space, layer.view.space_layer) == ("neurons", 1)
    after = [layer := edits.with_next_layer_seen(layer) for _ in range(3)]
    assert [each.view.space_layer for each in after] == [2, 0, 1]
