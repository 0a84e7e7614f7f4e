from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

from nnviz.engine.activations import Linear
from nnviz.engine.optimizers import EVERY_OPTIMIZER, SGD, Adam
from nnviz.engine.penalties import L2, NoPenalty, Penalty
from nnviz.engine.racing import racing
from nnviz.engine.rules import NNVizRules, PlaygroundRules, Rules
from nnviz.experiment import edits
from nnviz.experiment.build import build
from nnviz.experiment.landscape import Racer
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer, Rival
from nnviz.runtime import inside
from nnviz.runtime.frames import Frame, Picture, Wishes
from nnviz.runtime.inside import (
    anatomy_of,
    bared_moments,
    inside_of,
    studied_insight,
    studied_moment,
    studied_row,
    studied_run,
)
from nnviz.runtime.painter import paint
from nnviz.runtime.trainer import Trainer

SMALL = replace(Experiment(), data=Data(samples=40))

WHOLE = edits.with_race(replace(SMALL, rivals=(Rival("A", optimizer=Adam()),)), "run")


def whole(**changes: Any) -> Experiment:
    """The run and Adam on the whole network, looked inside."""
    return edits.with_terrain(WHOLE, inside=True, **changes)


def picture(experiment: Experiment, epochs: int = 7) -> Picture:
    wishes = Wishes(
        stops=np.zeros((3, 3), np.uint8),
        classes=np.zeros((2, 3), np.uint8),
        ground=(255, 255, 255),
        boundary_cells=8,
        neuron_cells=4,
        surface_cells=8,
    )
    return paint(frame(experiment, epochs), wishes)


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


def test_arrows_are_those_of_the_studied_racer_or_of_all_that_are_there() -> None:
    asked = edits.with_terrain(SMALL, inside=True, studied=1)
    shown = frame(asked)
    assert bared_moments(frame(SMALL)) == ()
    assert bared_moments(shown) == (shown.race.moments[1],)
    everybody = frame(edits.with_terrain(asked, arrows="all"))
    assert bared_moments(everybody) == everybody.race.moments
    gone = replace(everybody.race, diverged=(True, False, False, True))
    some = bared_moments(replace(everybody, race=gone))
    assert some == everybody.race.moments[1:3]


def test_a_race_that_rests_keeps_its_updates() -> None:
    trainer = Trainer(edits.with_terrain(SMALL, inside=True))
    trainer.work(3, inf)
    before = trainer.frame().race.moments
    assert all(one is two for one, two in zip(before, trainer.frame().race.moments, strict=True))
    trainer.work(1, inf)
    assert [each.t for each in trainer.frame().race.moments] == [5] * len(before)


def test_the_painter_takes_apart_what_the_window_will_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = picture(edits.with_terrain(SMALL, inside=True, arrows="all"))
    monkeypatch.setattr(inside, "dissect", None)
    assert all(anatomy_of(each).arrows for each in shown.frame.race.moments)


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


@pytest.mark.parametrize("run", [0, 1])
def test_the_next_update_of_a_run_leads_where_it_goes(run: int) -> None:
    trainer = Trainer(whole(studied=run))
    trainer.work(3, inf)
    now = trainer.frame()
    moment = (now.coming, now.rivals[0].coming)[run]
    assert moment is not None
    assert (now.coming is None) == (run == 1), "only who is studied"
    main = Trainer(whole(studied=run) if run == 0 else edits.with_optimizer(SMALL, Adam()))
    main.work(3, inf)
    main.step_batch()
    np.testing.assert_array_equal(main.frame().theta, moment.after)


def test_over_two_weights_their_numbers_are_told_and_the_arrows_are_theirs() -> None:
    shown = picture(whole(plane="axes", axes=(0, 3), studied=1))
    insight, inside = studied_insight(shown), inside_of(shown)
    assert insight is not None
    assert inside is not None
    coming = shown.frame.rivals[0].coming
    assert coming is not None
    np.testing.assert_array_equal(inside.moment.point, coming.point[[0, 3]])
    np.testing.assert_allclose(insight.point, coming.point[[0, 3]])
    phases = anatomy_of(inside.moment).phases
    for phase, arrows in zip(phases, insight.phases, strict=True):
        for one, projected in zip(phase.arrows, arrows, strict=True):
            np.testing.assert_allclose(projected.vector, one.vector, atol=1e-12)
    assert (inside.name, inside.axes) == ("A", ("w 1→1", "w 2→2"))
    assert inside.remark.endswith("over which the surface is cut.")


@pytest.mark.parametrize(
    ("rules", "penalty", "is_said"),
    [
        (PlaygroundRules(), L2(0.01), True),
        (PlaygroundRules(), NoPenalty(), False),
        (NNVizRules(), L2(0.01), False),
    ],
)
def test_a_penalty_that_pushes_afterwards_is_told(
    rules: Rules, penalty: Penalty, *, is_said: bool
) -> None:
    asked = whole(studied=0)
    training = replace(asked.training, rules=rules, penalty=penalty)
    inside = inside_of(picture(replace(asked, training=training)))
    assert inside is not None
    assert ("penalty" in inside.remark) == is_said


def test_across_all_weights_those_are_told_that_move_most() -> None:
    shown = picture(whole(studied=0))
    insight, inside, coming = studied_insight(shown), inside_of(shown), shown.frame.coming
    assert insight is not None
    assert inside is not None
    assert coming is not None
    moved = np.abs(coming.after - coming.point)
    first, second = np.argsort(-moved)[:2]
    np.testing.assert_array_equal(inside.moment.point, coming.point[[first, second]])
    network = build(shown.frame.experiment).network
    assert network.place_name(int(first)) in inside.remark
    assert "projected" in inside.remark
    laid = shown.frame.laid
    assert laid is not None
    expected = laid.plane.place(coming.after) - laid.plane.place(coming.point)
    step = next(each for each in insight.step if each.label == "step")
    np.testing.assert_allclose(step.vector, expected, atol=1e-12)


def test_all_who_train_are_looked_inside_if_all_arrows_are_wished_for() -> None:
    insights = picture(whole(arrows="all")).findings.insights
    assert [each.run for each in insights] == [0, 1]


def test_over_one_weight_there_is_one_number() -> None:
    inside = inside_of(picture(whole(plane="line", axes=(2, 3))))
    assert inside is not None
    assert inside.axes == ("w 1→2",)
    assert inside.moment.point.shape == (1,)


def test_of_a_run_that_has_left_nothing_is_known() -> None:
    wild = replace(whole(), architecture=Architecture((Layer(4, Linear()),), output="linear"))
    shown = picture(edits.with_optimizer(wild, SGD(10.0)), 60)
    assert shown.frame.diverged is not None
    assert inside_of(shown) is None


def test_a_rival_that_is_gone_is_stood_in_for_by_the_last() -> None:
    assert studied_run(whole(studied=5)) == 1
    assert studied_run(replace(whole(studied=5), rivals=())) == 0
