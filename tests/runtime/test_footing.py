from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import pytest

from nnviz.engine.optimizers import Adam
from nnviz.experiment.build import network_of
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.spec import Data, Experiment, Rival
from nnviz.runtime.frames import Frame
from nnviz.runtime.ground import ground
from nnviz.runtime.trainer import Trainer

EXPERIMENT = Experiment(data=Data(samples=60))
SHAPE = network_of(EXPERIMENT)


def on_network(**changes: Any) -> Experiment:
    rivals = changes.pop("rivals", ())
    landscape = Landscape(NETWORK_SURFACE, axes=(0, 3), **changes)
    return replace(EXPERIMENT, landscape=landscape, rivals=rivals)


def trained(experiment: Experiment, *epochs: int) -> tuple[Trainer, list[Frame]]:
    trainer = Trainer(experiment)
    frames = []
    for each in epochs:
        trainer.work(each - trainer.epoch, inf)
        frames.append(trainer.frame())
    return trainer, frames


@pytest.mark.parametrize("plane", ["axes", "line", "random"])
def test_a_cut_stays_where_it_is(plane: str) -> None:
    _, [frame] = trained(on_network(plane=plane), 70)
    assert frame.anchor_epoch == 0
    assert frame.laid is None


@pytest.mark.parametrize("plane", ["axes", "line", "random"])
def test_a_cut_that_follows_goes_with_the_network_now_and_then(plane: str) -> None:
    _, frames = trained(on_network(plane=plane, follow=True), *range(1, 70))
    epochs = [frame.anchor_epoch for frame in frames]
    assert epochs == sorted(epochs)
    assert epochs[-1] > 20
    assert len(set(epochs)) < 12
    last = frames[-1]
    assert last.race.began == last.anchor_epoch


def test_the_same_run_is_followed_in_the_same_steps() -> None:
    experiment = on_network(follow=True)
    _, slowly = trained(experiment, *range(1, 70))
    _, [at_once] = trained(experiment, 69)
    assert at_once.anchor_epoch == slowly[-1].anchor_epoch
    np.testing.assert_array_equal(at_once.anchor, slowly[-1].anchor)
    np.testing.assert_array_equal(at_once.race.paths, slowly[-1].race.paths)


def test_the_plane_of_a_run_is_laid_through_it_and_made_anew_as_it_grows() -> None:
    _, frames = trained(on_network(plane="run"), *range(1, 120))
    laid = [frame.laid for frame in frames]
    assert laid[0] is None
    assert laid[-1] is not None
    different = {id(each) for each in laid}
    assert 3 <= len(different) <= 16
    last = frames[-1]
    assert last.laid is not None
    x0, x1, y0, y1 = last.laid.domain
    places = last.laid.plane.place(last.tracks[0].thetas)
    assert ((places >= [x0, y0]) & (places <= [x1, y1])).all()
    assert sum(last.laid.plane.shares or ()) > 0.7


def test_the_plane_of_a_run_does_not_flip() -> None:
    _, frames = trained(on_network(plane="run"), *range(1, 120))
    planes = list(dict.fromkeys(frame.laid.plane for frame in frames if frame.laid))
    for before, after in pairwise(planes):
        assert before.across @ after.across > 0.0
        assert before.up @ after.up > 0.0


def test_the_runs_plane_goes_through_the_network_as_it_was_then() -> None:
    trainer, [frame] = trained(on_network(plane="run"), 40)
    trainer.recenter()
    frame = trainer.frame()
    assert frame.laid is not None
    np.testing.assert_array_equal(frame.laid.plane.origin, frame.theta)
    assert frame.anchor_epoch == 40


def test_who_asks_for_the_runs_plane_later_gets_it_at_once() -> None:
    trainer, _ = trained(on_network(), 40)
    trainer.adopt(on_network(plane="run"))
    assert trainer.frame().laid is not None


def test_a_race_on_the_whole_network_has_no_racers_of_its_own() -> None:
    rivals = (Rival(optimizer=Adam()),)
    _, [frame] = trained(on_network(plane="run", race="run", rivals=rivals), 30)
    assert frame.race.racers == ()
    assert frame.race.paths.shape[0] == 0
    assert frame.laid is not None
    places = frame.laid.plane.place(frame.tracks[1].thetas)
    x0, x1, _, _ = frame.laid.domain
    assert ((places[:, 0] >= x0) & (places[:, 0] <= x1)).all()


def test_a_rival_that_goes_wild_does_not_spoil_the_picture() -> None:
    calm = (Rival(optimizer=Adam()),)
    wild = (*calm, Rival(optimizer=Adam(1.0)))
    sizes = []
    for rivals in (calm, wild):
        _, [frame] = trained(on_network(plane="run", race="run", rivals=rivals), 30)
        assert frame.laid is not None
        sizes.append(frame.laid.domain[1] - frame.laid.domain[0])
    assert sizes[1] < 8 * sizes[0]


def test_over_the_batch_racers_step_on_the_loss_of_each_epochs_first_batch() -> None:
    trainer, [frame] = trained(on_network(loss="batch"), 5)
    path, setup = frame.race.paths[0], trainer._main.setup  # noqa: SLF001 - its setup
    for step in range(6):
        field = ground(setup, frame.anchor, moment=(step, 0)).field
        assert path[step, 2] == pytest.approx(float(field.value(path[step, :2])))


def test_back_in_the_past_the_plane_stays() -> None:
    trainer, [frame] = trained(on_network(plane="run"), 60)
    trainer.look(20)
    trainer.catch_up(inf)
    past = trainer.frame()
    assert past.epoch == 20
    assert past.laid is frame.laid


def test_what_is_branched_off_is_gone_from_the_cut() -> None:
    trainer, _ = trained(on_network(plane="run"), 60)
    trainer.look(20)
    trainer.branch()
    assert trainer.frame().anchor_epoch <= 20
    trainer.work(20, inf)
    assert trainer.frame().anchor_epoch > 20
