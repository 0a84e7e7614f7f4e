from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import ELU, ReLU, Tanh
from nnviz.engine.optimizers import Adam
from nnviz.engine.penalties import L1, L2, ElasticNet
from nnviz.engine.playground import GENERATORS
from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.engine.schedules import Cosine
from nnviz.experiment import edits
from nnviz.experiment.build import build
from nnviz.experiment.files import Document, decode, encode
from nnviz.experiment.page import ACTIVATIONS, OURS, from_address, to_address
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Training, View
from nnviz.mistake import Mistake

RUNS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "playground.json").read_text(encoding="utf-8")
)
every_run = pytest.mark.parametrize("run", RUNS, ids=lambda run: run["url"].partition("#")[2][:40])


def percents(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda percent: percent / 100)


def shown(of: str) -> st.SearchStrategy[Experiment]:
    """Experiments that the page can show."""
    samples = 1200 if of.startswith("reg-") else 500
    return st.builds(
        Experiment,
        data=st.builds(
            Data,
            dataset=st.just(of),
            noise=percents(0, 50),
            share=percents(10, 90),
            samples=st.just(samples),
        ),
        features=st.sets(st.sampled_from(list(OURS.values())), min_size=1).map(
            lambda chosen: tuple(key for key in OURS.values() if key in chosen)
        ),
        architecture=st.builds(
            lambda widths, activation, initializer: Architecture(
                tuple(Layer(width, activation) for width in widths), initializer=initializer
            ),
            st.lists(st.integers(1, 8), min_size=1, max_size=6),
            st.sampled_from(list(ACTIVATIONS.values())),
            st.sampled_from(["playground", "zero"]),
        ),
        training=st.builds(
            Training,
            penalty=st.sampled_from([L1(0.03), L2(0.0)]),
            batch=st.integers(1, 30),
            rules=st.builds(
                PlaygroundRules,
                st.text("0123456789.abc ä#&=", min_size=1).map(str.strip).filter(bool),
            ),
        ),
        view=st.builds(View, st.booleans(), st.booleans()),
    )


@given(st.sampled_from(list(GENERATORS)).flatmap(shown))
def test_what_the_page_can_show_survives_the_way_there_and_back(experiment: Experiment) -> None:
    address, lost = to_address(experiment)
    assert lost == ""
    assert from_address(address) == (experiment, "")


@every_run
def test_an_address_opens_the_points_and_weights_of_the_page(run: dict[str, Any]) -> None:
    experiment, remark = from_address(run["url"])
    setup = build(experiment)
    assert remark == ""
    assert (len(setup.train), len(setup.test)) == (run["n_train"], run["n_test"])
    count = len(run["first_points"])
    wanted = np.array(run["first_points"])
    got = np.column_stack([setup.points[:count], setup.course.train_targets[0, :count]])
    np.testing.assert_allclose(got, wanted, atol=1e-12)
    for layer, weights, biases in zip(
        setup.network.layers(setup.theta),
        run["initial"]["weights"],
        run["initial"]["biases"],
        strict=True,
    ):
        np.testing.assert_allclose(layer.weights, weights, atol=1e-12)
        np.testing.assert_array_equal(layer.biases, biases)


@every_run
def test_an_experiment_of_the_page_survives_a_save(run: dict[str, Any]) -> None:
    experiment, _ = from_address(run["url"])
    assert decode(encode(Document(experiment))).experiment == experiment


def test_weights_that_are_to_be_zero_are() -> None:
    setup = build(from_address("#initZero=true&seed=1")[0])
    assert not setup.theta.any()


@pytest.mark.parametrize(
    ("address", "remark"),
    [
        ("#seed=1", ""),
        ("#noise=5", "The address names no seed; it is 0.12345 here."),
        ("#seed=1&colour=red", "Ignored in the address: colour."),
        ("#seed=1&noise=70", ""),
        ("#seed=1&percTrainData=95", "Here the share is 0.9 instead of 0.95."),
        ("#seed=1&learningRate=0", "Here the rate is 1e-05 instead of 0."),
        ("#seed=1&regularization=L2&regularizationRate=11", "Here the rate is 10 instead of 11."),
        ("#seed=1&playButton_hide=true", "Nothing is hidden here."),
    ],
)
def test_what_is_not_taken_over_is_said(address: str, remark: str) -> None:
    assert from_address(address)[1] == remark


PAGE = from_address("#seed=1")[0]


@pytest.mark.parametrize(
    ("experiment", "what"),
    [
        (Experiment(), "NNViz's own points, first weights and order of batches"),
        (edits.with_optimizer(PAGE, Adam()), "the optimizer Adam"),
        (edits.with_penalty(PAGE, ElasticNet()), "the penalty Elastic net"),
        (edits.with_training(PAGE, schedule=Cosine()), "the schedule Cosine"),
        (edits.with_loss(PAGE, "binary-cross-entropy"), "another loss or output than its own"),
        (edits.with_training(PAGE, patience=5), "early stopping"),
        (edits.with_dropout(PAGE, 0.5), "dropout"),
        (edits.with_activation(PAGE, ELU()), "the activation ELU"),
        (edits.with_initializer(PAGE, "he"), "the initial weights 'he'"),
        (edits.with_dataset(PAGE, "moons"), "the data set 'moons'"),
        (
            replace(PAGE, architecture=Architecture((Layer(2, Tanh()), Layer(2, ReLU())))),
            "activations by layer",
        ),
    ],
)
def test_what_the_page_cannot_show_is_named(experiment: Experiment, what: str) -> None:
    address, lost = to_address(experiment)
    assert what in lost
    from_address(address)


def test_a_data_set_that_the_page_lacks_leaves_its_rules() -> None:
    assert edits.with_dataset(PAGE, "moons").training.rules == NNVizRules()
    assert edits.with_dataset(PAGE, "spiral").training.rules == PlaygroundRules("1")


@pytest.mark.parametrize("edit", [edits.regenerated, edits.with_new_start])
def test_other_points_come_from_another_seed_of_the_page(edit: edits.Edit) -> None:
    assert edit(PAGE).training.rules == PlaygroundRules("0.26945")
    assert edit(PAGE).data == PAGE.data


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (replace(PAGE, data=Data("moons")), "which has no 'moons'; it has circle, xor"),
        (replace(PAGE, features=("x2", "x1")), "experiment.features must be in order: x1, x2"),
    ],
)
def test_what_playground_has_not_is_refused(wrong: Experiment, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        build(wrong)


def test_a_seed_has_an_end() -> None:
    with pytest.raises(Mistake, match="seed has 300 letters"):
        PlaygroundRules("1" * 300)


def test_what_a_person_typed_locked_or_cut_the_page_cannot_show() -> None:
    experiment = edits.with_feature_toggled(Experiment(), "x1*x2^2")
    experiment = edits.with_cut(edits.with_held(experiment, [1], held=True), [2], cut=True)
    experiment = edits.with_layer_initializer(experiment, 0, "he")
    _, lost = to_address(experiment)
    for each in ("the feature x1*x2^2", "locked or cut links", "initial weights by layer"):
        assert each in lost
