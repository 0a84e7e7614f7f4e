"""Rivals go in step with the run; one that joins on the way catches up and does not hold it up."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from time import perf_counter

import numpy as np

from nnviz.engine.optimizers import Adam
from nnviz.experiment.spec import Data, Experiment, Rival
from nnviz.runtime.standings import Standings
from nnviz.runtime.trainer import Trainer

PLAIN = Experiment(data=Data(samples=40))
BOLD = Rival("bold", optimizer=Adam(0.05))
WITH_BOLD = replace(PLAIN, rivals=(BOLD,))


def joined(epochs: int = 60) -> Trainer:
    trainer = Trainer(PLAIN)
    trainer.work(epochs, inf)
    trainer.adopt(WITH_BOLD)
    return trainer


def test_those_who_start_together_stay_together() -> None:
    trainer = Trainer(WITH_BOLD)
    trainer.work(20, inf)
    frame = trainer.frame()
    assert (frame.epoch, frame.rivals[0].epoch, frame.rivals[0].is_late) == (20, 20, False)


def test_who_joins_on_the_way_does_not_hold_the_run_up() -> None:
    trainer, behind = joined(), []
    while not trainer.is_in_step:
        trainer.work(inf, perf_counter())
        frame = trainer.frame()
        behind.append((frame.epoch, frame.rivals[0].epoch, frame.rivals[0].is_late))
    epochs = [epoch for epoch, _, _ in behind]
    assert max(epoch for epoch, _, late in behind if late) > 60
    assert epochs[-1] < 60 * 1.7
    assert behind[-1][0] == behind[-1][1]
    assert not behind[-1][2]


def test_who_caught_up_is_where_it_would_be_from_the_start() -> None:
    trainer, other = joined(), Trainer(WITH_BOLD)
    while not trainer.is_in_step:
        trainer.work(inf, perf_counter())
    other.work(trainer.epoch, inf)
    ours, theirs = trainer.frame(), other.frame()
    np.testing.assert_array_equal(ours.theta, theirs.theta)
    np.testing.assert_array_equal(ours.rivals[0].theta, theirs.rivals[0].theta)


def test_a_run_that_stands_lets_the_late_ones_come() -> None:
    trainer = joined()
    assert trainer.is_behind
    trainer.catch_up(inf)
    frame = trainer.frame()
    assert (frame.epoch, frame.rivals[0].epoch, frame.rivals[0].is_late) == (60, 60, False)


def test_who_is_late_wins_nothing_yet() -> None:
    trainer = joined()
    main, bold = Standings().of(trainer.frame(), 10.0)
    assert (main.late, bold.late) == (None, 0)
    assert not bold.wins
    trainer.catch_up(inf)
    assert Standings().of(trainer.frame(), 10.0)[1].late is None
