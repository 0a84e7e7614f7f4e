"""Milliseconds a step of eight optimizers: one racer each, or ten thousand particles each."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.racing import racing
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race, Swarm

KEYS = OPTIMIZERS.keys[:8]
PARTICLES = 10_000


@pytest.mark.parametrize("surface", ["bowl", "rosenbrock", "rastrigin"])
def test_race(benchmark: BenchmarkFixture, surface: str) -> None:
    racers = [racing(surface, key) for key in KEYS]
    race = Race(SURFACES[surface], racers, SURFACES[surface].start)
    benchmark(race.advance, 1)
    assert np.isfinite(race.paths).all()


@pytest.mark.parametrize("surface", ["bowl", "rosenbrock", "rastrigin"])
def test_swarm(benchmark: BenchmarkFixture, rng: np.random.Generator, surface: str) -> None:
    x_min, x_max, y_min, y_max = SURFACES[surface].domain
    starts = rng.uniform((x_min, y_min), (x_max, y_max), (PARTICLES, 2))
    swarms = [Swarm(SURFACES[surface], racing(surface, key), starts) for key in KEYS]

    def step() -> None:
        for each in swarms:
            each.advance(1)

    benchmark(step)
    assert all(np.isfinite(each.points).all() for each in swarms)
