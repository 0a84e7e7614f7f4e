from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam, Momentum
from nnviz.engine.particles import Swarm, Terms, scattered
from nnviz.engine.racing import racing
from nnviz.engine.schedules import SCHEDULES, Plateau, Schedule
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Noise, Race

every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS.keys)


@every_optimizer
@pytest.mark.parametrize("surface", ["himmelblau", "rosenbrock"])
def test_a_swarm_goes_the_ways_of_single_racers(
    key: str, surface: str, rng: np.random.Generator
) -> None:
    optimizer, field = racing(surface, key), SURFACES[surface]
    starts, noise = rng.uniform(-1, 1, (7, 2)), Noise(0.2, seed=5)
    swarm = Swarm(Terms(field, noise), optimizer, starts)
    race = Race(field, [optimizer] * 7, starts, noise)
    swarm.advance(40)
    race.advance(40)
    np.testing.assert_allclose(swarm.places.T, race.paths[:, -1, :2], rtol=1e-9)
    assert swarm.diverged.tolist() == list(race.diverged)


@pytest.mark.parametrize(
    "schedule", [*(kind() for kind in SCHEDULES), Plateau(0.3, patience=2, threshold=0.05)]
)
def test_each_of_a_swarm_obeys_the_schedule_as_a_racer_does(
    schedule: Schedule, rng: np.random.Generator
) -> None:
    field, starts = SURFACES["himmelblau"], rng.uniform(-4, 4, (9, 2))
    swarm = Swarm(Terms(field, schedule=schedule), Adam(0.3), starts)
    race = Race(field, [Adam(0.3)] * 9, starts, schedule=schedule)
    swarm.advance(20)
    kept = swarm.snapshot
    swarm.advance(10)
    swarm.restore(kept)
    swarm.advance(20)
    race.advance(40)
    np.testing.assert_allclose(swarm.places.T, race.paths[:, -1, :2], rtol=1e-9)


def test_who_goes_on_without_the_others_keeps_its_own_plateau(rng: np.random.Generator) -> None:
    starts, kept = rng.uniform(-4, 4, (6, 2)), np.array([False, True, False, True, True, False])
    terms = Terms(SURFACES["himmelblau"], schedule=Plateau(0.3, patience=2, threshold=0.05))
    whole, some = (Swarm(terms, Adam(0.3), starts) for _ in range(2))
    some.advance(20)
    some.keep(kept)
    some.advance(20)
    whole.advance(40)
    assert np.array_equal(some.places, whole.places[:, kept])


def test_a_step_by_parts_is_the_same_step(rng: np.random.Generator) -> None:
    starts = rng.uniform(-4, 4, (1000, 2))
    one, other = (Swarm(Terms(SURFACES["beale"]), Adam(0.05), starts) for _ in range(2))
    one.advance(20)
    for _ in range(20):
        parts = len(list(other.stepping(64)))
        assert parts == 16
    assert np.array_equal(one.places, other.places)


def test_a_step_that_is_not_whole_does_not_count(rng: np.random.Generator) -> None:
    swarm = Swarm(Terms(SURFACES["bowl"]), Adam(0.05), rng.normal(size=(10, 2)))
    before = swarm.places
    next(swarm.stepping(4))
    assert swarm.steps == 0
    assert np.array_equal(swarm.places, before)


def test_a_snapshot_leads_to_the_same_places(rng: np.random.Generator) -> None:
    terms = Terms(SURFACES["styblinski-tang"], Noise(0.3))
    swarm = Swarm(terms, Momentum(0.02), rng.uniform(-4, 4, (50, 2)))
    swarm.advance(10)
    kept = swarm.snapshot
    swarm.advance(15)
    far = swarm.places
    swarm.restore(kept)
    assert swarm.steps == 10
    swarm.advance(15)
    assert np.array_equal(swarm.places, far)


def test_a_swarm_leaves_its_starts_alone(rng: np.random.Generator) -> None:
    starts = rng.normal(size=(8, 2))
    kept = starts.copy()
    Swarm(Terms(SURFACES["bowl"]), Adam(0.1), starts).advance(5)
    np.testing.assert_array_equal(starts, kept)


def test_lost_particles_stay_where_they_were_last() -> None:
    starts = np.array([[0.1, 0.0], [1.9, 1.9], [0.0, 0.0]])
    swarm = Swarm(Terms(SURFACES["styblinski-tang"]), SGD(0.5), starts)
    swarm.advance(60)
    assert np.isfinite(swarm.places).all()
    lost = swarm.diverged
    assert lost.any()
    before = swarm.places[:, lost]
    swarm.advance(5)
    np.testing.assert_array_equal(swarm.places[:, lost], before)


def test_some_particles_go_on_without_the_others(rng: np.random.Generator) -> None:
    starts = rng.normal(size=(6, 2))
    kept = np.array([True, False, True, True, False, False])
    whole, some = (Swarm(Terms(SURFACES["bowl"]), Adam(0.1), starts) for _ in range(2))
    some.advance(3)
    some.keep(kept)
    some.advance(4)
    whole.advance(7)
    assert np.array_equal(some.places, whole.places[:, kept])


@pytest.mark.parametrize("seed", [None, 1])
def test_particles_are_scattered_over_the_domain(seed: int | None) -> None:
    places: Floats = scattered((-2.0, 2.0, 0.0, 1.0), 10_000, seed=seed)
    assert places.shape == (10_000, 2)
    assert (np.abs(places - [0, 0.5]) <= [2, 0.5]).all()
    assert np.abs(places.mean(axis=0) - [0, 0.5]).max() < 0.05
    assert np.array_equal(places, scattered((-2.0, 2.0, 0.0, 1.0), 10_000, seed=seed))
