from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

from nnviz.engine.optimizers import Adam
from nnviz.engine.penalties import L2
from nnviz.experiment.build import build
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.spec import Data, Experiment, Layer, Rival, Training
from nnviz.runtime.frames import Frame
from nnviz.runtime.ground import ground
from nnviz.runtime.tracks import Ways
from nnviz.runtime.trainer import Trainer
from nnviz.runtime.ways import ROOM, Wayfarers

RIVALS = (Rival(optimizer=Adam()), Rival(optimizer=Adam(0.1)))
EXPERIMENT = Experiment(data=Data(samples=60), training=Training(penalty=L2(0.01)), rivals=RIVALS)


def racing(**changes: Any) -> Experiment:
    wished: dict[str, Any] = {"plane": "run", "race": "run", **changes}
    return replace(EXPERIMENT, landscape=Landscape(NETWORK_SURFACE, axes=(0, 3), **wished))


def ways_of(frame: Frame, wayfarers: Wayfarers | None = None) -> Ways:
    setup = build(frame.experiment)
    moment = (frame.epoch, frame.batch)
    shown = ground(setup, frame.anchor, frame.laid, moment)
    ways = (wayfarers or Wayfarers()).show(setup, frame, shown)
    assert ways is not None
    return ways


def after(epochs: int, **changes: Any) -> tuple[Trainer, Frame]:
    trainer = Trainer(racing(**changes))
    trainer.work(epochs, inf)
    return trainer, trainer.frame()


@pytest.mark.parametrize("plane", ["axes", "line", "random", "run"])
@pytest.mark.parametrize("loss", ["train", "test"])
def test_everyone_is_at_the_nearest_place_with_its_true_loss(plane: str, loss: str) -> None:
    _, frame = after(30, plane=plane, loss=loss)
    ways, setup = ways_of(frame), build(frame.experiment)
    shown = ground(setup, frame.anchor, frame.laid)
    assert shown.plane is not None
    assert shown.cost is not None
    thetas = np.stack([frame.theta, *(each.theta for each in frame.rivals)])
    places = shown.plane.place(thetas)
    assert ways.runs == (0, 1, 2)
    np.testing.assert_allclose(ways.paths[:, -1, :2], places)
    np.testing.assert_allclose(ways.losses, shown.cost.at(thetas), rtol=1e-4)
    np.testing.assert_allclose(ways.heights, shown.field.value(places), rtol=1e-4)


def test_on_the_plane_there_is_no_drop() -> None:
    trainer, _ = after(30)
    trainer.recenter()
    ways = ways_of(trainer.frame())
    assert ways.heights[0] == pytest.approx(ways.losses[0], rel=1e-5)
    assert abs(ways.heights[1] - ways.losses[1]) > 1e-6


def test_before_stand_the_moments_of_the_tracks() -> None:
    _, frame = after(40)
    ways = ways_of(frame)
    assert ways.epochs[0] == 0
    assert ways.epochs[-1] == 40
    assert (np.diff(ways.epochs) > 0).all()
    assert frame.laid is not None
    np.testing.assert_allclose(
        ways.paths[0, :-1, :2], frame.laid.plane.place(frame.tracks[0].thetas[:-1])
    )
    setup = build(frame.experiment)
    cost = ground(setup, frame.anchor, frame.laid).cost
    assert cost is not None
    np.testing.assert_allclose(
        ways.paths[0, :-1, 2], cost.at(frame.tracks[0].thetas[:-1]), rtol=1e-6
    )
    np.testing.assert_allclose(ways.paths[:, 0], ways.paths[[0, 0, 0], 0])


def test_ways_grow_and_what_was_handed_out_stays() -> None:
    trainer, _ = after(40)
    wayfarers = Wayfarers()
    first = ways_of(trainer.frame(), wayfarers)
    kept = first.paths.copy()
    trainer.step_batch()
    second = ways_of(trainer.frame(), wayfarers)
    again = ways_of(trainer.frame(), wayfarers)
    assert second.paths.shape[1] == first.paths.shape[1] + 1
    assert again.paths.shape == second.paths.shape
    assert 40 < second.epochs[-1] < 41
    np.testing.assert_array_equal(second.paths[:, :-1], kept)
    np.testing.assert_array_equal(first.paths, kept)


def test_after_very_many_pictures_the_ways_are_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.runtime.ways.ROOM", 300)
    trainer, _ = after(10, plane="axes")
    wayfarers, lengths = Wayfarers(), []
    for _ in range(320):
        trainer.step_batch()
        lengths.append(ways_of(trainer.frame(), wayfarers).paths.shape[1])
    assert max(lengths) <= 300
    assert lengths[-1] < max(lengths)
    assert ROOM > 256 + 1


def test_looking_back_ways_end_at_the_looked_epoch() -> None:
    trainer, _ = after(40)
    wayfarers = Wayfarers()
    ways_of(trainer.frame(), wayfarers)
    for epoch in (25, 7, 12):
        trainer.look(epoch)
        trainer.catch_up(inf)
        frame = trainer.frame()
        ways = ways_of(frame, wayfarers)
        assert ways.epochs[-1] == epoch
        assert frame.laid is not None
        for row, theta in enumerate([frame.theta, *(each.theta for each in frame.rivals)]):
            np.testing.assert_allclose(ways.paths[row, -1, :2], frame.laid.plane.place(theta))


def test_without_a_race_the_run_has_its_way_on_its_own_plane_only() -> None:
    _, frame = after(20, race="slice")
    assert ways_of(frame).runs == (0,)
    assert ways_of(frame).paths.shape[1] > 10
    _, frame = after(20, race="slice", plane="axes")
    assert ways_of(frame).paths.shape == (1, 1, 3)


def test_a_rival_with_other_weights_is_not_on_the_plane() -> None:
    other = Rival(hidden=(Layer(3),))
    experiment = replace(racing(), rivals=(other, *RIVALS))
    trainer = Trainer(experiment)
    trainer.work(12, inf)
    assert ways_of(trainer.frame()).runs == (0, 2, 3)


def test_on_a_test_surface_nobody_is_on_the_way() -> None:
    frame = Trainer(EXPERIMENT).frame()
    setup = build(EXPERIMENT)
    assert Wayfarers().show(setup, frame, ground(setup, frame.anchor)) is None


def test_a_run_beyond_all_numbers_is_off_by_none() -> None:
    paths = np.array([[[0.0, 0.0, inf]], [[1.0, 1.0, 3.0]]])
    ways = Ways(paths, np.zeros(1), (0, 1), np.array([inf, 1.0]), (True, False))
    assert np.isnan(ways.off[0])
    assert ways.off[1] == 2.0
