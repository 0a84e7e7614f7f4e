"""The law: a run is the same to the last bit, however it was stopped, saved, and gone on with."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.penalties import L1
from nnviz.engine.rules import PlaygroundRules
from nnviz.engine.schedules import Cosine, OneCycle, Plateau
from nnviz.engine.training import Loop
from nnviz.experiment import edits
from nnviz.experiment.files import Document, decode, encode
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime.frames import Frame
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer

PLAIN = replace(Experiment(), data=Data(samples=40))
WHOLE, FIRST = 500, 200
EXPERIMENTS = {
    "plain": edits.with_training(PLAIN, batch=7, optimizer=Adam(0.01)),
    "playground": edits.with_training(
        Experiment(),
        batch=30,
        optimizer=SGD(0.03),
        penalty=L1(0.003),
        rules=PlaygroundRules("0.5"),
    ),
    "cosine": edits.with_training(PLAIN, schedule=Cosine(epochs=400), optimizer=Adam(0.01)),
    "dropout": edits.with_training(edits.with_dropout(PLAIN, 0.3), batch=6),
    "patience": edits.with_training(PLAIN, patience=60, optimizer=Adam(0.01), batch=3),
    "one cycle": edits.with_training(PLAIN, schedule=OneCycle(epochs=450)),
    "plateau": edits.with_training(
        PLAIN, schedule=Plateau(patience=2, threshold=0.01), optimizer=SGD(0.1)
    ),
}


@pytest.fixture(params=["numpy", "compiled"])
def name(request: pytest.FixtureRequest) -> str:
    """The name of a loop."""
    return str(request.param)


@pytest.fixture
def loop(name: str, request: pytest.FixtureRequest) -> Loop | None:
    """Either loop."""
    return None if name == "numpy" else request.getfixturevalue("compiled")


def begun(experiment: Experiment, loop: Loop | None) -> Trainer:
    trainer = Trainer(experiment)
    if loop is not None:
        trainer.use(loop, "compiled")
    return trainer


def assert_same(one: Frame, other: Frame) -> None:
    assert (one.epoch, one.batch, one.steps) == (other.epoch, other.batch, other.steps)
    assert (one.watch, one.stopped) == (other.watch, other.stopped)
    assert one.memory is not None
    assert other.memory is not None
    for ours, theirs in [
        (one.theta, other.theta),
        (one.memory, other.memory),
        (one.carry.sums, other.carry.sums),
        (one.carry.dead, other.carry.dead),
        (one.history.train_loss, other.history.train_loss),
        (one.history.learning_rate, other.history.learning_rate),
        (one.race.paths, other.race.paths),
    ]:
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_all_at_once_is_some_and_a_save_and_the_rest(key: str, loop: Loop | None) -> None:
    experiment = EXPERIMENTS[key]
    whole = begun(experiment, loop)
    whole.work(WHOLE, inf)
    first = begun(experiment, loop)
    first.work(FIRST, inf)
    first.step_batch()
    saved = decode(encode(Document(experiment, run_of(first.frame()))))
    assert saved.run is not None
    again = begun(PLAIN, loop)
    again.restore(saved.run, saved.experiment)
    for trainer in (again, first):
        trainer.work(WHOLE - FIRST, inf)
        assert_same(trainer.frame(), whole.frame())
    assert whole.frame().stopped or whole.frame().epoch == WHOLE
