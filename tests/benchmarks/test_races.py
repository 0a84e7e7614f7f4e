"""Milliseconds a step of eight optimizers: one racer each, or ten thousand particles each."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.particles import Swarm, Terms
from nnviz.engine.racing import racing
from nnviz.engine.splash import splashed
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race

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
    swarms = [Swarm(Terms(SURFACES[surface]), racing(surface, key), starts) for key in KEYS]

    def step() -> None:
        for each in swarms:
            each.advance(1)

    benchmark(step)
    assert all(np.isfinite(each.places).all() for each in swarms)


@pytest.mark.parametrize("surface", ["bowl", "rosenbrock", "rastrigin"])
def test_swarm_drawn(benchmark: BenchmarkFixture, rng: np.random.Generator, surface: str) -> None:
    domain = SURFACES[surface].domain
    x_min, x_max, y_min, y_max = domain
    starts = rng.uniform((x_min, y_min), (x_max, y_max), (PARTICLES, 2))
    swarms = [Swarm(Terms(SURFACES[surface]), racing(surface, key), starts) for key in KEYS]
    colors = np.arange(24).reshape(8, 3) * 10

    def step() -> None:
        for each in swarms:
            each.advance(1)
        splashed([each.places for each in swarms], colors, domain, (400, 240))

    benchmark(step)
