from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.basins import GONE, NOWHERE, ON_THE_WAY, Basins
from nnviz.engine.elementary import Floats
from nnviz.engine.ends import Ends, ends_among, reach_of_ends
from nnviz.engine.minima import local_minima
from nnviz.engine.optimizers import SGD, Optimizer
from nnviz.engine.particles import Terms
from nnviz.engine.racing import racing
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race


def ends(key: str, optimizer: Optimizer, cells: int = 12, minima: Floats | None = None) -> Ends:
    made = Ends(Terms(SURFACES[key]), optimizer, cells, minima)
    assert (made.ends == ON_THE_WAY).all()
    for _ in made.follow(400):
        pass
    return made


def test_places_that_lie_together_are_one_end_and_the_largest_is_the_first() -> None:
    places = np.array([[0.0, 0.1, 0.0, 5.0, 5.1, 9.0], [0.0, 0.0, 0.1, 5.0, 5.0, 9.0]])
    found = ends_among(places, np.array([1.0, 1.0]))
    np.testing.assert_allclose(found, [[0.1 / 3, 0.1 / 3], [5.05, 5.0]])
    assert ends_among(places[:, -1:], np.ones(2)).shape == (0, 2), "one alone makes no end"


def test_the_ends_of_himmelblau_are_its_minima() -> None:
    surface, optimizer = SURFACES["himmelblau"], racing("himmelblau", "adam")
    made = ends("himmelblau", optimizer)
    minima = local_minima(surface)
    assert len(made.minima) == 4
    off = np.abs(made.minima[:, None] - minima).sum(axis=-1)
    assert sorted(off.argmin(axis=1).tolist()) == [0, 1, 2, 3]
    assert off.min(axis=1).max() < 0.1
    known = Basins(Terms(surface), optimizer, made.minima, 12)
    for _ in known.follow(1000):
        pass
    assert (known.ends == made.ends).mean() > 0.97


def test_the_steps_are_those_of_a_racer_from_there() -> None:
    surface, optimizer = SURFACES["himmelblau"], racing("himmelblau", "adam")
    made = ends("himmelblau", optimizer, cells=8)
    race = Race(surface, [optimizer], (-4.375, -4.375))
    race.advance(400)
    place = made.minima[made.ends[0, 0]]
    off = np.abs(race.paths[0, :, :2] - place) / reach_of_ends(surface.domain)
    assert made.steps[0, 0] == np.flatnonzero(np.hypot(off[:, 0], off[:, 1]) > 1.0)[-1] + 1


def test_a_finer_grid_has_the_ends_of_a_coarser_one() -> None:
    coarse = ends("himmelblau", racing("himmelblau", "adam"))
    fine = ends("himmelblau", racing("himmelblau", "adam"), 24, coarse.minima)
    np.testing.assert_array_equal(fine.minima, coarse.minima)
    assert fine.ends.shape == (24, 24)
    assert fine.done == 400


@pytest.mark.parametrize(("rate", "end"), [(1e-5, NOWHERE), (0.5, GONE)])
def test_who_is_slow_is_nowhere_and_who_leaves_is_gone(rate: float, end: int) -> None:
    made = ends("styblinski-tang", SGD(rate))
    assert (made.ends == end).mean() > 0.3
    assert (made.steps[made.ends == end] == 0).all()
