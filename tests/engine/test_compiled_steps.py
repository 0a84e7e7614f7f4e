from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import compiled, kernel
from nnviz.engine.optimizers import EVERY_OPTIMIZER, SGD, Adam
from nnviz.engine.particles import Swarm, Terms
from nnviz.engine.schedules import Plateau
from nnviz.engine.stepping import NumpyStepper
from nnviz.engine.surfaces import SURFACES, surface_of
from nnviz.engine.swarm import Noise

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.mark.parametrize("key", EVERY_OPTIMIZER.keys)
@pytest.mark.parametrize("surface", ["himmelblau", "rastrigin"])
def test_compiled_swarms_go_the_ways_of_those_in_numpy(
    key: str, surface: str, rng: np.random.Generator
) -> None:
    starts = rng.uniform(-1, 1, (50, 2))
    terms = Terms(SURFACES[surface], Noise(0.1, seed=3))
    ours, theirs = (
        Swarm(terms, replace(EVERY_OPTIMIZER[key](), rate=0.002), starts, stepper)
        for stepper in (kernel.stepper(), NumpyStepper())
    )
    assert type(kernel.stepper()) is not NumpyStepper
    for _ in range(3):
        ours.advance(5)
        theirs.advance(5)
        ours.keep(kept := np.arange(ours.diverged.size) % 7 > 0)
        theirs.keep(kept)
        np.testing.assert_allclose(ours.places, theirs.places, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(
            ours.snapshot.memory, theirs.snapshot.memory, rtol=1e-7, atol=1e-9
        )


def test_all_of_a_step_is_in_the_kernel(rng: np.random.Generator) -> None:
    for terms in (Terms(SURFACES["bowl"]), Terms(SURFACES["cliff"], Noise(0.1))):
        for key in EVERY_OPTIMIZER.keys:
            starts = rng.uniform(-1, 1, (9, 2))
            Swarm(terms, EVERY_OPTIMIZER[key](), starts, kernel.stepper()).advance(2)
    known = compiled.stride().stats
    assert known.cache_hits
    assert not known.cache_misses


def test_from_a_snapshot_compiled_swarms_come_to_the_same_bits(rng: np.random.Generator) -> None:
    swarm = Swarm(
        Terms(SURFACES["himmelblau"]), Adam(0.3), rng.normal(size=(30, 2)), kernel.stepper()
    )
    swarm.advance(7)
    kept = swarm.snapshot
    swarm.advance(50)
    there = swarm.places
    swarm.restore(kept)
    swarm.advance(50)
    np.testing.assert_array_equal(swarm.places, there)


@pytest.mark.parametrize("key", SURFACES.keys)
def test_compiled_surfaces_are_those_in_numpy(key: str, rng: np.random.Generator) -> None:
    x_min, x_max, y_min, y_max = SURFACES[key].domain
    starts = rng.uniform((x_min, y_min), (x_max, y_max), (97, 2))
    ours, theirs = (
        Swarm(Terms(SURFACES[key]), SGD(1e-4), starts, stepper)
        for stepper in (kernel.stepper(), NumpyStepper())
    )
    for each in (ours, theirs):
        each.advance(20)
    np.testing.assert_allclose(ours.places, theirs.places, rtol=1e-11, atol=1e-11)


def test_who_is_lost_stays_where_it_was_in_compiled_code_too() -> None:
    starts = np.array([[0.1, 0.0], [2.0, 3.0], [-2.0, -1.0], [np.nan, 0.0], [0.0, 0.0]])
    ours, theirs = (
        Swarm(Terms(SURFACES["rosenbrock"]), SGD(0.002), starts, stepper)
        for stepper in (kernel.stepper(), NumpyStepper())
    )
    for _ in range(60):
        ours.advance(1)
        theirs.advance(1)
        assert ours.diverged.tolist() == theirs.diverged.tolist()
        np.testing.assert_allclose(ours.places, theirs.places, rtol=1e-6)
    assert 0 < ours.diverged[:3].sum() < 3


@pytest.mark.parametrize(
    "terms",
    [
        Terms(surface_of("x^2 + sin(y)^2")),
        Terms(SURFACES["himmelblau"], schedule=Plateau(0.5, patience=1)),
    ],
)
def test_what_is_not_compiled_is_left_to_numpy(terms: Terms, rng: np.random.Generator) -> None:
    starts = rng.uniform(-1, 1, (40, 2))
    ours, theirs = (
        Swarm(terms, Adam(0.05), starts, stepper) for stepper in (kernel.stepper(), None)
    )
    ours.advance(30)
    for _ in range(30):
        assert len(list(theirs.stepping(7))) == 6
    np.testing.assert_allclose(ours.places, theirs.places, rtol=1e-9, atol=1e-9)
