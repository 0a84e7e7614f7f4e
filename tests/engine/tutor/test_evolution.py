from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.adaptive import Adam
from nnviz.engine.learned import NUMBERS, UNITS, pupil
from nnviz.engine.tutor.evolution import Recipe, descend, first, taught, units_of
from nnviz.engine.tutor.tasks import plains

TINY = Recipe(rounds=2, pairs=2, tasks=2, steps=3)


def test_the_same_recipe_makes_the_same_optimizer() -> None:
    one, other = (list(taught(TINY)) for _ in range(2))
    assert [score for _, score in one] == [score for _, score in other]
    np.testing.assert_array_equal(one[-1][0], other[-1][0])


def test_another_seed_makes_another() -> None:
    ends = [list(taught(Recipe(seed, 2, 2, 2, 3)))[-1][0] for seed in (1, 2)]
    assert (ends[0] != ends[1]).all()


def test_it_begins_about_as_adam() -> None:
    begun, adam = pupil(first(1).reshape(UNITS, NUMBERS).tolist()), Adam(rate=0.01)
    ways = []
    for optimizer in (begun, adam):
        theta = np.array([1.0, -3.0])
        memory = optimizer.remember(theta)
        for t in range(1, 31):
            theta, memory = optimizer.step(theta, 2.0 * theta, memory, t)
        ways.append(theta - np.array([1.0, -3.0]))
    assert np.all(np.abs(ways[0]) < np.abs(ways[1]))
    np.testing.assert_allclose(ways[0], ways[1], rtol=0.4)


def test_a_crowd_goes_as_each_of_it_would_alone() -> None:
    rng = np.random.default_rng(3)
    tasks = plains(rng, 4)
    crowd = first(1) + 0.1 * rng.normal(size=(3, UNITS * NUMBERS))
    rates = np.full((4, 1), 0.05)
    losses = descend(crowd, tasks, rates, 12, rng)
    assert losses.shape == (13, 3, 4)
    for place, each in enumerate(crowd):
        alone = descend(each[None], tasks, rates, 12, rng)
        np.testing.assert_allclose(alone[:, 0], losses[:, place], rtol=1e-12)


def test_networks_have_room_for_tasks_and_parameters() -> None:
    units = units_of(np.zeros((5, UNITS * NUMBERS)))
    assert len(units) == UNITS
    assert {number.shape for unit in units for number in unit} == {(5, 1, 1)}


def test_some_rounds_make_it_better() -> None:
    recipe = Recipe(rounds=12, pairs=4, tasks=4, steps=20)
    scores = [score for _, score in taught(recipe)]
    assert np.mean(scores[-4:]) < np.mean(scores[:2])


@pytest.mark.parametrize("name", ["low", "high"])
def test_rates_are_ones_that_an_optimizer_may_have(name: str) -> None:
    assert 1e-5 <= getattr(Recipe(), name) <= 10.0
