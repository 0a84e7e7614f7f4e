from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnviz.engine.activations import PReLU
from nnviz.engine.datasets import DATASETS
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.losses import LOSSES, OUTPUTS
from nnviz.engine.rules import PlaygroundRules
from nnviz.experiment.build import Setup, build
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Training, same_start
from nnviz.mistake import Mistake


def with_data(key: str, **settings: Any) -> Experiment:
    return Experiment(data=replace(Data(dataset=key), **settings))


@pytest.mark.parametrize("key", DATASETS.keys)
def test_every_data_set_can_be_learned_from_at_once(key: str) -> None:
    setup = build(with_data(key))
    outputs = setup.network.forward(setup.theta, setup.course.train_inputs)[-1]
    assert outputs.shape == setup.course.train_targets.shape
    assert setup.theta.shape == (setup.network.size,)
    assert np.isfinite(setup.theta).all()


def same(one: Setup, other: Setup) -> bool:
    return bool(
        np.array_equal(one.theta, other.theta)
        and np.array_equal(one.points, other.points)
        and np.array_equal(one.course.train_inputs, other.course.train_inputs)
    )


def test_the_same_experiment_builds_the_same_to_the_last_bit() -> None:
    assert same(build(Experiment()), build(Experiment()))


@pytest.mark.parametrize(
    "other",
    [with_data("circle", seed=2), Experiment(training=Training(seed=2))],
)
def test_another_seed_builds_something_else(other: Experiment) -> None:
    assert not same(build(Experiment()), build(other))


def test_more_training_data_keeps_what_was_there() -> None:
    few, many = build(with_data("circle", share=0.3)), build(with_data("circle", share=0.6))
    assert set(few.train) <= set(many.train)
    assert np.array_equal(few.points, many.points)


def test_a_gate_is_learned_and_tested_on_all_its_points() -> None:
    setup = build(with_data("gate-xor"))
    assert sorted(setup.train) == sorted(setup.test) == [0, 1, 2, 3]


def test_iris_gets_an_output_for_each_species() -> None:
    assert build(with_data("iris")).network.widths[-1] == 3


@pytest.mark.parametrize("initializer", INITIALIZERS.keys)
def test_every_initializer_starts_a_network(initializer: str) -> None:
    architecture = Architecture(initializer=initializer)
    assert np.isfinite(build(Experiment(architecture=architecture)).theta).all()


@pytest.mark.parametrize("loss", LOSSES.keys)
@pytest.mark.parametrize("key", ["circle", "iris"])
def test_every_loss_finds_an_output_for_classes(loss: str, key: str) -> None:
    experiment = replace(with_data(key), training=Training(loss=loss))
    assert build(experiment).network.head.output_key in LOSSES[loss].outputs


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (with_data("cirle"), "experiment.data.dataset: There is no data set 'cirle'"),
        (Experiment(features=("x1", "x9")), "experiment.features[1]: There is no feature 'x9'"),
        (Experiment(features=()), "experiment.features must name at least one feature"),
        (Experiment(features=("x1", "x1")), "each only once"),
        (Experiment(training=Training(loss="hinge")), "experiment.training.loss: There is no"),
        (
            replace(with_data("reg-plane"), training=Training(loss="cross-entropy")),
            "experiment.training.loss: The loss 'cross-entropy' needs classes",
        ),
        (
            Experiment(architecture=Architecture(output="softmax")),
            "The loss 'half-squared' does not fit the output 'softmax'",
        ),
        (
            Experiment(architecture=Architecture(output="relu")),
            "experiment.architecture.output: There is no output 'relu'",
        ),
        (
            Experiment(architecture=Architecture(initializer="ones")),
            "experiment.architecture.initializer: There is no initializer 'ones'",
        ),
        (
            Experiment(landscape=Landscape(surface="everest")),
            "experiment.landscape.surface: There is no surface 'everest'",
        ),
        (
            Experiment(architecture=Architecture(hidden=(Layer(1),) * 99)),
            "experiment.architecture.hidden has 99 layers",
        ),
        (
            Experiment(architecture=Architecture(hidden=(Layer(1024),) * 3)),
            "there may be up to 1,000,000",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(wrong: Experiment, sentence: str) -> None:
    with pytest.raises(Mistake) as caught:
        build(wrong)
    assert sentence in str(caught.value)


def test_an_output_may_be_chosen_where_it_fits() -> None:
    for key in LOSSES["half-squared"].outputs:
        setup = build(Experiment(architecture=Architecture(output=key)))
        assert setup.network.head.output is OUTPUTS[key]


def test_axes_beyond_the_network_fall_back_to_its_first_places() -> None:
    experiment = Experiment(landscape=Landscape(axes=(3, 5000)))
    assert build(experiment).slice_axes == (0, 1)


def test_the_default_has_racers_and_goes_on_as_itself() -> None:
    experiment = Experiment()
    assert [racer.optimizer.key for racer in experiment.landscape.racers] == [
        "sgd",
        "momentum",
        "rmsprop",
        "adam",
    ]
    assert same_start(experiment, replace(experiment, landscape=Landscape()))
    assert not same_start(experiment, replace(experiment, features=("x1",)))


PAGE = Training(rules=PlaygroundRules("0.5"))


def test_a_layer_may_start_in_a_way_of_its_own() -> None:
    plain = build(Experiment())
    hidden = (Layer(4), Layer(2, initializer="zero"))
    first, second, third = build(Experiment(architecture=Architecture(hidden))).network.layers(
        build(Experiment(architecture=Architecture(hidden))).theta
    )
    np.testing.assert_array_equal(first.weights, plain.network.layers(plain.theta)[0].weights)
    assert not second.weights.any()
    assert third.weights.any()


def test_a_layer_of_its_own_way_leaves_the_others_to_the_page() -> None:
    hidden = (Layer(4, PReLU()), Layer(2, initializer="zero"))
    page = build(Experiment(architecture=Architecture(initializer="playground"), training=PAGE))
    own = build(Experiment(architecture=Architecture(hidden, "auto", "playground"), training=PAGE))
    ours, theirs = own.network.layers(own.theta), page.network.layers(page.theta)
    for at in (0, 2):
        np.testing.assert_array_equal(ours[at].weights, theirs[at].weights)
        np.testing.assert_array_equal(ours[at].biases, theirs[at].biases)
    assert ours[0].alphas.tolist() == [0.25]
    assert not ours[1].weights.any()


def test_what_is_cut_starts_at_zero_and_is_held() -> None:
    setup = build(Experiment(architecture=Architecture(held=(2, 5), cut=(5, 7))))
    assert setup.course.held == (2, 5, 7)
    assert setup.course.cut == (5, 7)
    assert setup.theta[[5, 7]].tolist() == [0.0, 0.0]
    whole = build(Experiment()).theta
    np.testing.assert_array_equal(np.delete(setup.theta, [5, 7]), np.delete(whole, [5, 7]))


@pytest.mark.parametrize(
    ("architecture", "sentence"),
    [
        (Architecture(held=(3, 25)), "architecture.held names place 25; theta has .* 0 to 24"),
        (Architecture(cut=(99,)), "architecture.cut names place 99"),
        (
            Architecture((Layer(2), Layer(2, initializer="hee"))),
            r"architecture.hidden\[1\].initializer: There is no initializer 'hee'",
        ),
    ],
)
def test_places_and_ways_to_start_that_there_are_not_are_named(
    architecture: Architecture, sentence: str
) -> None:
    with pytest.raises(Mistake, match=sentence):
        build(Experiment(architecture=architecture))
