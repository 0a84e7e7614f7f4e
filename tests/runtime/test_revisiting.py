"""However an epoch is come to, it is the same to the last bit, on both loops."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.compiled import CompiledLoop
from nnviz.engine.optimizers import Adam
from nnviz.engine.penalties import L2
from nnviz.engine.rules import PlaygroundRules
from nnviz.engine.training import Loop, NumpyLoop
from nnviz.experiment import edits
from nnviz.experiment.spec import Data, Experiment, Rival
from nnviz.runtime.saving import run_of
from nnviz.runtime.trainer import Trainer

PLAIN = replace(Experiment(), data=Data(samples=40))
KINDS = {
    "adam, dropout and a penalty": edits.with_training(
        edits.with_dropout(PLAIN, 0.2), batch=7, optimizer=Adam(0.01), penalty=L2(0.01)
    ),
    "early stopping": edits.with_training(PLAIN, patience=1000),
    "Playground": edits.with_training(PLAIN, rules=PlaygroundRules("0.5")),
}
LOOPS: dict[str, type[Loop]] = {"numpy": NumpyLoop, "compiled": CompiledLoop}

each_kind = pytest.mark.parametrize("kind", KINDS)
each_loop = pytest.mark.parametrize("loop", LOOPS)


def trainer_of(experiment: Experiment, loop: str) -> Trainer:
    trainer = Trainer(experiment)
    trainer.use(LOOPS[loop](), loop)
    return trainer


def settle(trainer: Trainer) -> None:
    while not trainer.is_in_step:
        trainer.catch_up(inf)


@each_kind
@each_loop
def test_rewinding_and_going_on_comes_to_the_same_bits(kind: str, loop: str) -> None:
    once, other = (trainer_of(KINDS[kind], loop) for _ in range(2))
    once.work(50, inf)
    wanted = once.frame()
    other.work(70, inf)
    other.look(20)
    settle(other)
    other.branch()
    assert other.frame().head == 20
    for _ in range(10):
        other.work(3, inf)
    frame = other.frame()
    assert frame.epoch == 50
    np.testing.assert_array_equal(frame.theta, wanted.theta)
    np.testing.assert_array_equal(frame.history.train_loss, wanted.history.train_loss)


@each_kind
@each_loop
def test_a_save_in_between_comes_to_the_same_bits(kind: str, loop: str) -> None:
    once = trainer_of(KINDS[kind], loop)
    once.work(50, inf)
    first = trainer_of(KINDS[kind], loop)
    first.work(20, inf)
    second = trainer_of(KINDS[kind], loop)
    second.restore(run_of(first.frame()))
    second.work(30, inf)
    np.testing.assert_array_equal(second.frame().theta, once.frame().theta)


@each_loop
def test_rivals_stand_where_they_would_alone(loop: str) -> None:
    bold = Rival(optimizer=Adam(0.05))
    together = trainer_of(replace(PLAIN, rivals=(Rival(), bold)), loop)
    together.work(30, inf)
    settle(together)
    frame = together.frame()
    same, other = frame.rivals
    np.testing.assert_array_equal(same.theta, frame.theta)
    alone = trainer_of(edits.with_training(PLAIN, optimizer=Adam(0.05)), loop)
    alone.work(30, inf)
    np.testing.assert_array_equal(other.theta, alone.frame().theta)
    assert len(other.history.train_loss) == len(frame.history.train_loss) == 31
