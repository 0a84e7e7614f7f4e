from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.experiment import edits
from nnviz.experiment.spec import Rival, View
from nnviz.runtime.multiples import AT_ONCE, Multiples
from nnviz.runtime.painter import Studio, paint
from nnviz.runtime.trainer import Trainer
from tests.runtime.test_painter import EXPERIMENT, WISHES, frame_of

SIX = edits.with_preset(EXPERIMENT, "optimizers")
WISHED = replace(WISHES, multiples=16)


def test_nothing_is_painted_that_nobody_wishes_for() -> None:
    assert paint(frame_of(SIX), WISHES).multiples == ()


def test_there_is_a_map_of_the_main_run_and_of_each_rival() -> None:
    maps = paint(frame_of(SIX, epochs=3), WISHED).multiples
    assert len(maps) == 7
    assert all(each.shape == (16, 16, 4) for each in maps)
    assert not np.array_equal(maps[0], maps[6])


def test_a_rival_like_the_main_run_looks_like_it_whatever_is_pinned() -> None:
    pinned = replace(EXPERIMENT, rivals=(Rival(),), view=View(pinned=(1, 0), levels=True))
    one, other = paint(frame_of(pinned, epochs=5), WISHED).multiples
    plain = paint(frame_of(EXPERIMENT, epochs=5), WISHED).multiples[0]
    assert np.array_equal(one, other)
    assert np.array_equal(one, plain)


@pytest.mark.parametrize("exact", [False, True])
def test_moving_runs_are_painted_in_turns_and_all_when_they_rest(exact: bool) -> None:
    multiples, trainer = Multiples(), Trainer(SIX)
    before = multiples.show(trainer.frame(), WISHED, exact=False)
    trainer.work(5, inf)
    after = multiples.show(trainer.frame(), WISHED, exact=exact)
    painted = sum(one is not other for one, other in zip(before, after, strict=True))
    assert painted == (7 if exact else AT_ONCE)
    assert multiples.is_settled == exact


def test_a_removed_rival_leaves_no_map() -> None:
    multiples = Multiples()
    multiples.show(frame_of(SIX), WISHED, exact=True)
    assert len(multiples.show(frame_of(edits.without_rivals(SIX)), WISHED, exact=True)) == 1


def test_a_studio_settles_every_map_at_rest() -> None:
    studio, trainer = Studio(), Trainer(SIX)
    studio.paint(trainer.frame(), WISHED)
    trainer.work(4, inf)
    moving = studio.paint(trainer.frame(), WISHED)
    assert not studio.is_sharp
    rested = studio.sharpen()
    assert rested is not None
    same = [np.array_equal(a, b) for a, b in zip(moving.multiples, rested.multiples, strict=True)]
    assert not all(same)
