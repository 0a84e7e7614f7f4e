from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.optimizers import EVERY_OPTIMIZER
from nnviz.engine.racing import racing
from nnviz.experiment import edits
from nnviz.experiment.landscape import Racer
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime.frames import Frame
from nnviz.runtime.inside import anatomy_of, studied_moment, studied_row
from nnviz.runtime.trainer import Trainer

SMALL = replace(Experiment(), data=Data(samples=40))


def frame(experiment: Experiment, epochs: int = 7) -> Frame:
    trainer = Trainer(experiment)
    trainer.work(epochs, inf)
    return trainer.frame()


def test_nothing_is_known_unless_it_is_asked_for() -> None:
    assert studied_row(frame(SMALL)) is None
    assert studied_moment(frame(SMALL)) is None


def test_the_racer_that_is_studied_is_found_among_those_that_run() -> None:
    asked = edits.with_terrain(SMALL, inside=True, studied=3)
    assert studied_row(frame(asked)) == 3
    assert studied_row(frame(edits.with_racer(asked, 0, on=False))) == 2


def test_one_that_sits_out_is_stood_in_for_by_the_first() -> None:
    asked = edits.with_terrain(SMALL, inside=True, studied=3)
    assert studied_row(frame(edits.with_racer(asked, 3, on=False))) == 0


def test_of_several_starts_the_first_is_studied() -> None:
    asked = edits.with_terrain(SMALL, inside=True, studied=1)
    assert studied_row(frame(edits.with_race_starts(asked, ((0.0, 1.0), (1.0, 2.0))))) == 2


@pytest.mark.parametrize("key", EVERY_OPTIMIZER.keys)
def test_the_anatomy_leads_where_the_race_goes(key: str) -> None:
    racers = (Racer(racing("rosenbrock", key)),)
    asked = edits.with_terrain(edits.with_racers(SMALL, racers), inside=True)
    now, later = frame(asked, 7), frame(asked, 8)
    moment = studied_moment(now)
    assert moment is not None
    np.testing.assert_array_equal(anatomy_of(moment).theta, later.race.paths[0, 8, :2])
    np.testing.assert_array_equal(anatomy_of(moment).memory, moment.kept)


def test_along_one_axis_there_is_one_number() -> None:
    moment = studied_moment(frame(edits.with_terrain(SMALL, inside=True)))
    assert moment is not None
    assert anatomy_of(moment, 1).theta.shape == (1,)


def test_the_past_has_its_own_inner_state() -> None:
    asked = edits.with_terrain(SMALL, inside=True, studied=3)
    trainer = Trainer(asked)
    trainer.work(9, inf)
    trainer.look(4)
    trainer.catch_up(inf)
    moment = studied_moment(trainer.frame())
    assert moment is not None
    assert moment.t == 5
    newest = studied_moment(frame(asked, 4))
    assert newest is not None
    np.testing.assert_array_equal(moment.memory, newest.memory)
