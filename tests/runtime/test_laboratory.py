from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.optimizers import SGD, Adam
from nnviz.engine.particles import scattered
from nnviz.engine.schedules import SCHEDULES
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race
from nnviz.experiment.landscape import Landscape, Racer
from nnviz.experiment.spec import Experiment
from nnviz.runtime import crowd as crowds
from nnviz.runtime import laboratory
from nnviz.runtime.findings import Findings, Glass
from nnviz.runtime.frames import Frame, RaceFrame, Wishes
from nnviz.runtime.pace import PATIENCE_S
from nnviz.runtime.painter import Studio
from nnviz.runtime.placings import placings_of
from nnviz.runtime.trainer import Trainer

GLASS = Glass((-5.0, 5.0, -5.0, 5.0), 60, 40, ((200, 0, 0), (0, 0, 200)))
RACERS = (Racer(SGD(0.001)), Racer(Adam(0.05)))


def experiment(**landscape: object) -> Experiment:
    base = Landscape(surface="himmelblau", racers=RACERS, particles=100)
    return Experiment(landscape=replace(base, **landscape))  # type: ignore[arg-type]


def at_epochs(told: Experiment, *epochs: int) -> list[Frame]:
    trainer, frames = Trainer(told), []
    for epoch in epochs:
        while trainer.epoch < epoch:
            trainer.work(epoch - trainer.epoch, np.inf)
        frames.append(trainer.frame())
    return frames


@pytest.fixture
def wishes() -> Wishes:
    stops = np.array([[200, 100, 0], [230, 230, 230], [0, 100, 200]], np.uint8)
    return Wishes(stops, stops, (255, 255, 255), 8, 4, 16, glass=GLASS)


def found(studio: Studio, frame: Frame, wishes: Wishes) -> Findings:
    studio.paint(frame, wishes, 8)
    while not studio.is_measured:
        studio.measure()
    picture = studio.develop()
    assert picture is not None
    return picture.findings


def test_the_swarm_comes_to_where_the_racers_are(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(crowd="grid"), 30)
    swarm = found(Studio(), frame, wishes).swarm
    assert swarm is not None
    assert (swarm.step, swarm.is_late, swarm.racers, swarm.lost) == (30, False, (0, 1), (0, 0))
    assert swarm.particles == 100
    starts = swarm.places[0].shape
    assert starts == (2, 100)
    assert swarm.rgba.shape == (40, 60, 4)
    assert swarm.rgba[..., 3].any()


def test_its_particles_go_the_way_of_single_racers(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(crowd="grid"), 25)
    swarm = found(Studio(), frame, wishes).swarm
    race = Race(SURFACES["himmelblau"], [Adam(0.05)], (-4.5, -4.5))
    race.advance(25)
    assert swarm is not None
    np.testing.assert_allclose(swarm.places[1][:, 0], race.paths[0, -1, :2], rtol=1e-9)


@pytest.mark.parametrize("key", SCHEDULES.keys)
def test_its_particles_follow_the_schedule_of_the_race(key: str, wishes: Wishes) -> None:
    told = experiment(crowd="grid", schedule=SCHEDULES[key](), racers=RACERS[:1], particles=10)
    (frame,) = at_epochs(told, 40)
    swarm = found(Studio(), frame, wishes).swarm
    assert swarm is not None
    starts = scattered(SURFACES["himmelblau"].domain, 10)
    schedule = told.landscape.schedule
    race = Race(SURFACES["himmelblau"], [SGD(0.001)] * len(starts), starts, schedule=schedule)
    race.advance(40)
    np.testing.assert_allclose(swarm.places[0].T, race.paths[:, -1, :2], rtol=1e-9)


def test_a_swarm_that_would_be_too_slow_takes_the_steps_that_are_due(
    wishes: Wishes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (frame,) = at_epochs(experiment(crowd="grid"), 30)
    studio = Studio()
    studio.paint(frame, wishes, 8)
    monkeypatch.setattr(laboratory, "STRETCH_S", 0.0)
    monkeypatch.setattr(laboratory, "LONGEST_S", 0.0)
    assert studio.measure() is None
    monkeypatch.setattr(laboratory, "LONGEST_S", np.inf)
    picture = studio.measure()
    assert picture is not None
    assert picture.findings.swarm is not None
    assert 1 <= picture.findings.swarm.step <= crowds.LEAST_PACE * PATIENCE_S


def test_it_goes_back_with_the_past_to_the_very_same_places(
    wishes: Wishes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowds, "ROOM", 20_000)
    early, late = at_epochs(experiment(crowd="random"), 37, 200)
    fresh = found(Studio(), early, wishes).swarm
    studio = Studio()
    found(studio, late, wishes)
    back = found(studio, early, wishes).swarm
    assert fresh is not None
    assert back is not None
    assert back.step == 37
    for one, other in zip(fresh.places, back.places, strict=True):
        assert np.array_equal(one, other)


def test_who_sits_out_has_no_swarm(wishes: Wishes) -> None:
    racers = (replace(RACERS[0], on=False), RACERS[1])
    (frame,) = at_epochs(experiment(crowd="grid", racers=racers), 3)
    swarm = found(Studio(), frame, wishes).swarm
    assert swarm is not None
    assert swarm.racers == (1,)


def test_there_is_no_swarm_where_none_is_wished_for(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(), 3)
    assert found(Studio(), frame, wishes).swarm is None
    (frame,) = at_epochs(experiment(crowd="grid"), 3)
    assert found(Studio(), frame, replace(wishes, glass=None)).swarm is None


def test_a_swarm_runs_on_the_networks_own_loss(wishes: Wishes) -> None:
    told = experiment(crowd="grid", surface="network", particles=16)
    (frame,) = at_epochs(told, 2)
    swarm = found(Studio(), frame, wishes).swarm
    assert swarm is not None
    assert swarm.step == 2


def test_a_glass_for_other_racers_shows_no_swarm(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(crowd="grid"), 3)
    assert wishes.glass is not None
    few = replace(wishes, glass=replace(wishes.glass, hues=wishes.glass.hues[:1]))
    studio = Studio()
    assert found(studio, frame, wishes).swarm is not None
    assert found(studio, frame, few).swarm is None
    assert found(studio, frame, wishes).swarm is not None


def test_on_a_network_a_swarm_is_no_larger_than_a_step_can_pay_for(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(crowd="grid", surface="network", particles=100_000), 1)
    swarm = found(Studio(), frame, wishes).swarm
    assert swarm is not None
    assert swarm.is_thinned
    assert crowds.FEWEST <= swarm.particles < 5_000
    (frame,) = at_epochs(experiment(crowd="grid", particles=100_000), 0)
    swarm = found(Studio(), frame, wishes).swarm
    assert swarm is not None
    assert not swarm.is_thinned
    assert swarm.particles > 99_000


def test_basins_of_himmelblau_are_told_with_their_shares(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(basins="minima", studied=1), 0)
    basins = found(Studio(), frame, wishes).basins
    assert basins is not None
    assert basins.is_whole
    assert basins.racer == 1
    assert len(basins.minima) == len(set(basins.colors)) == 4
    assert sum(basins.shares) == pytest.approx(1.0)
    assert (basins.others, basins.nowhere, basins.gone) == (0.0, 0.0, 0.0)
    assert {tuple(each) for each in basins.rgba[..., :3].reshape(-1, 3).tolist()} == set(
        basins.colors
    )


def test_basins_by_steps_have_a_scale(wishes: Wishes) -> None:
    (frame,) = at_epochs(experiment(basins="steps"), 0)
    basins = found(Studio(), frame, wishes).basins
    assert basins is not None
    assert basins.by_steps
    least, most = basins.span
    assert 0 <= least < most


def test_many_minima_share_the_last_color(wishes: Wishes) -> None:
    racers = (Racer(SGD(0.001)),)
    (frame,) = at_epochs(experiment(surface="rastrigin", basins="minima", racers=racers), 0)
    basins = found(Studio(), frame, wishes).basins
    assert basins is not None
    assert len(basins.minima) == 7
    assert basins.others > 0.5


def test_ends_on_the_network_that_lie_together_are_one_basin(
    wishes: Wishes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.runtime.basin_maps.CUT_LEVELS", (4, 6))
    monkeypatch.setattr("nnviz.runtime.basin_maps.CUT_MOST", 40)
    racers = (Racer(Adam(0.5)),)
    (frame,) = at_epochs(experiment(surface="network", basins="minima", racers=racers), 0)
    basins = found(Studio(), frame, wishes).basins
    assert basins is not None
    assert basins.is_whole
    assert basins.after == (40, 40)
    assert basins.rgba.shape == (6, 6, 4)
    total = sum(basins.shares) + basins.others + basins.nowhere + basins.gone
    assert total == pytest.approx(1.0)


def test_along_a_line_every_swarm_has_a_strip_of_its_own(wishes: Wishes) -> None:
    lined = experiment(surface="parabola", crowd="grid", particles=100)
    glass = Glass((-6.0, 6.0, 0.0, 1.0), 40, 9, ((255, 0, 0), (0, 255, 0)) * 4)
    (frame,) = at_epochs(lined, 3)
    swarm = found(Studio(), frame, replace(wishes, glass=glass)).swarm
    assert swarm is not None
    assert swarm.rgba.shape == (len(swarm.racers), 40, 4)
    first, last = swarm.rgba[-1], swarm.rgba[0]
    assert first[:, 0].any()
    assert not first[:, 1].any(), "the first is at the top, in its own color"
    assert last[:, int(swarm.racers[-1] % 2)].any()
    assert len(set(swarm.places[0][0].tolist())) == 100, "no two start at one place"


def test_along_a_line_there_are_no_basins(wishes: Wishes) -> None:
    lined = experiment(surface="network", basins="minima", plane="line")
    (frame,) = at_epochs(lined, 0)
    assert found(Studio(), frame, wishes).basins is None


def race(*ends: tuple[float, float], racers: tuple[int, ...] = ()) -> RaceFrame:
    """Ways along x from 10 to an end, with a loss."""
    paths = np.zeros((len(ends), 3, 3))
    paths[:, 0] = [4.0, 0.0, 16.0]
    for way, (x, loss) in zip(paths, ends, strict=True):
        way[1:, 0], way[1:, 2] = x, loss
    out = tuple(not np.isfinite(loss) for _, loss in ends)
    return RaceFrame(paths, out, racers or tuple(range(len(ends))))


def test_who_arrived_is_before_who_has_the_lower_loss() -> None:
    told = placings_of(
        race((0.5, 0.1), (0.01, 0.3), (2.0, np.inf), (1.0, 0.2)),
        np.zeros((1, 2)),
        (-5.0, 5.0, -5.0, 5.0),
    )
    assert [each.place for each in told] == [2, 1, 4, 3]
    assert told[1].arrived == 1
    assert np.isnan(told[0].arrived)
    assert told[0].distance == pytest.approx(0.5)
    assert told[0].speed == 0.0
    assert told[2].is_out


def test_a_racer_with_several_starts_is_told_by_its_best() -> None:
    told = placings_of(
        race((3.0, 9.0), (1.0, 1.0), (2.0, 4.0), racers=(0, 0, 1)),
        np.zeros((1, 2)),
        (-5.0, 5.0, -5.0, 5.0),
    )
    assert [(each.racer, each.loss, each.place) for each in told] == [(0, 1.0, 1), (1, 4.0, 2)]


def test_without_minima_the_loss_decides() -> None:
    told = placings_of(race((1.0, 2.0), (2.0, 1.0)), np.zeros((0, 2)), (-5.0, 5.0, -5.0, 5.0))
    assert [each.place for each in told] == [2, 1]
    assert np.isnan(told[0].distance)
