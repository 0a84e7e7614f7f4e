"""Whole runs of TensorFlow Playground, number by number, on both loops."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.engine.course import Progress
from nnviz.engine.optimizers import Adam
from nnviz.engine.training import Loop, NumpyLoop
from nnviz.experiment.build import build
from nnviz.experiment.files import Document, decode, encode
from nnviz.experiment.page import from_address
from nnviz.experiment.run import CURVES, Curves, Run
from nnviz.experiment.stand import stand_of

RUNS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "playground.json").read_text(encoding="utf-8")
)
every_run = pytest.mark.parametrize("run", RUNS, ids=lambda run: run["url"].partition("#")[2][:40])


@pytest.fixture(params=["numpy", "compiled"])
def loop(request: pytest.FixtureRequest) -> Loop:
    """Either loop."""
    if request.param == "numpy":
        return NumpyLoop()
    found: Loop = request.getfixturevalue("compiled")
    return found


@every_run
def test_a_run_of_the_page_is_repeated(run: dict[str, Any], loop: Loop) -> None:
    setup = build(from_address(run["url"])[0])
    progress = Progress.start(setup.course, setup.theta)
    wanted = {each["epoch"]: each for each in run["history"]}
    records = loop.advance(setup.course, progress, max(wanted) * setup.course.updates)
    for epoch, losses in wanted.items():
        if epoch == 0:
            continue
        got = records[epoch - 1]
        close = 1e-9 if epoch <= 10 else 1e-6
        assert got.train_loss == pytest.approx(losses["train_loss"], rel=close)
        assert got.test_loss == pytest.approx(losses["test_loss"], rel=close)
    for layer, weights, biases in zip(
        setup.network.layers(progress.theta),
        run["final"]["weights"],
        run["final"]["biases"],
        strict=True,
    ):
        np.testing.assert_allclose(layer.weights, weights, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(layer.biases, biases, rtol=1e-6, atol=1e-9)


@every_run
def test_a_run_that_was_saved_on_the_way_ends_in_the_same_bits(
    run: dict[str, Any], loop: Loop
) -> None:
    experiment = from_address(run["url"])[0]
    experiment = replace(experiment, training=replace(experiment.training, optimizer=Adam(0.01)))
    setup = build(experiment)
    course, updates = setup.course, setup.course.updates
    whole = Progress.start(course, setup.theta)
    loop.advance(course, whole, 9 * updates)
    first = Progress.start(course, setup.theta)
    loop.advance(course, first, 4 * updates + updates // 2)
    curves = dict.fromkeys(CURVES, np.zeros(first.epoch + 1))
    saved = decode(
        encode(Document(experiment, Run(**stand_of(first), curves=Curves.of(curves))))
    ).run
    assert saved is not None
    second = saved.progress(course)
    loop.advance(course, second, 5 * updates - updates // 2)
    np.testing.assert_array_equal(second.theta, whole.theta)
    np.testing.assert_array_equal(second.memory, whole.memory)
    np.testing.assert_array_equal(second.carry.sums, whole.carry.sums)
    np.testing.assert_array_equal(second.carry.dead, whole.carry.dead)
    assert (second.steps, second.epoch, second.batch) == (whole.steps, 9, 0)
    assert second.carry.count == whole.carry.count


def test_a_batch_larger_than_the_training_set_never_updates(loop: Loop) -> None:
    setup = build(from_address("#seed=1&batchSize=251")[0])
    progress = Progress.start(setup.course, setup.theta)
    records = loop.advance(setup.course, progress, 3)
    np.testing.assert_array_equal(progress.theta, setup.theta)
    assert (len(records), progress.steps, progress.carry.count) == (3, 0, 750)


def test_samples_left_over_wait_for_the_next_epoch(loop: Loop) -> None:
    setup = build(from_address("#seed=1&batchSize=30")[0])
    progress = Progress.start(setup.course, setup.theta)
    counts = []
    for _ in range(10):
        loop.advance(setup.course, progress, 1)
        counts.append((progress.steps, progress.carry.count))
    assert counts == [*((step, 0) for step in range(1, 9)), (8, 10), (9, 0)]


def test_links_that_the_penalty_kills_stay_dead(loop: Loop) -> None:
    address = "#seed=1&regularization=L1&regularizationRate=0.3&learningRate=0.1"
    setup = build(from_address(address)[0])
    progress = Progress.start(setup.course, setup.theta)
    loop.advance(setup.course, progress, 30 * setup.course.updates)
    dead = progress.carry.dead
    assert dead.any()
    assert not dead[~setup.network.is_weight].any()
    assert not progress.theta[dead].any()
    calm = replace(setup.course, penalty=build(from_address("#seed=1")[0]).course.penalty)
    progress.adopt(setup.course, calm)
    loop.advance(calm, progress, 5 * calm.updates)
    assert not progress.theta[dead].any()
