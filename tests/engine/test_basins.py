from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.basins import GONE, NOWHERE, ON_THE_WAY, Basins, nearest, reach_of
from nnviz.engine.minima import local_minima
from nnviz.engine.optimizers import SGD, Optimizer
from nnviz.engine.particles import Terms
from nnviz.engine.racing import racing
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race


def basins(key: str, optimizer: Optimizer, cells: int = 24, most: int = 1000) -> Basins:
    surface = SURFACES[key]
    made = Basins(Terms(surface), optimizer, local_minima(surface), cells)
    for _ in made.follow(most):
        pass
    return made


def test_a_bowl_is_one_basin() -> None:
    made = basins("bowl", racing("bowl", "sgd"))
    assert made.is_known
    assert (made.ends == 0).all()
    assert made.steps[0, 0] > made.steps[11, 11], "from farther away it takes longer"


def test_two_wells_are_two_basins() -> None:
    made = basins("two-wells", racing("two-wells", "sgd"))
    assert set(np.unique(made.ends)) == {0, 1}
    assert len(set(made.ends[12, [0, -1]])) == 2, "one on each side"


@pytest.mark.parametrize("key", ["sgd", "momentum", "adam"])
def test_himmelblau_has_four_basins_each_around_its_minimum(key: str) -> None:
    surface, made = SURFACES["himmelblau"], basins("himmelblau", racing("himmelblau", key))
    minima = local_minima(surface)
    assert set(np.unique(made.ends)) == {0, 1, 2, 3}
    x_min, x_max, y_min, y_max = surface.domain
    for number, (x, y) in enumerate(minima):
        column, row = 24 * (x - x_min) / (x_max - x_min), 24 * (y - y_min) / (y_max - y_min)
        assert made.ends[int(row), int(column)] == number


def test_the_steps_are_those_of_a_racer_from_there() -> None:
    surface, optimizer = SURFACES["himmelblau"], racing("himmelblau", "adam")
    made = basins("himmelblau", optimizer, cells=4)
    race = Race(surface, [optimizer], (-3.75, -3.75))
    race.advance(600)
    place = local_minima(surface)[made.ends[0, 0]]
    off = np.abs(race.paths[0, :, :2] - place) / reach_of(surface.domain)
    outside = np.flatnonzero(np.hypot(off[:, 0], off[:, 1]) > 1.0)
    assert made.steps[0, 0] == outside[-1] + 1


def test_who_leaves_for_good_is_said_to_be_gone() -> None:
    made = basins("styblinski-tang", SGD(0.5))
    assert (made.ends == GONE).mean() > 0.3


def test_who_does_not_arrive_ends_nowhere() -> None:
    made = basins("rosenbrock", SGD(1e-5), most=50)
    assert (made.ends == NOWHERE).mean() > 0.9


def test_ends_are_not_known_at_first() -> None:
    surface = SURFACES["bowl"]
    made = Basins(Terms(surface), SGD(0.01), local_minima(surface), 8)
    next(made.follow(100))
    assert not made.is_known
    assert (made.ends == ON_THE_WAY).all()


def test_who_rests_elsewhere_is_not_followed_to_the_end() -> None:
    surface = SURFACES["bowl"]
    made = Basins(Terms(surface), SGD(0.1), np.array([[3.0, 3.0]]), 8)
    steps = sum(1 for _ in made.follow(100_000))
    assert steps < 1000
    assert (made.ends == NOWHERE).all()


def test_the_nearest_minimum_is_measured_in_units_of_its_reach() -> None:
    minima = np.array([[0.0, 0.0], [4.0, 0.0]])
    number, far = nearest(np.array([[1.0, 3.0], [0.0, 0.0]]), minima, np.array([2.0, 1.0]))
    assert number.tolist() == [0, 1]
    assert far.tolist() == [0.5, 0.5]
