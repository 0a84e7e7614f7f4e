from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam, Optimizer
from nnviz.engine.rate_range import DIVERGENT, SLOW, STABLE, Heat, rate_range, rate_ranges
from nnviz.engine.schedules import Cosine, Plateau
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Noise, Race

BOWL = SURFACES["bowl"]
RATES = np.geomspace(1e-5, 10.0, 25)


@pytest.mark.parametrize("optimizer", [kind() for kind in OPTIMIZERS], ids=lambda each: each.key)
def test_each_rate_ends_where_a_race_at_that_rate_does(optimizer: Optimizer) -> None:
    valley = SURFACES["valley"]
    found = rate_range(Heat(valley, valley.start, 40), optimizer, RATES)
    kind = type(optimizer)
    race = Race(valley, [kind(rate=rate) for rate in RATES.tolist()], valley.start)  # type: ignore[call-arg]
    race.advance(40)
    ends = np.where(race.diverged, np.inf, race.paths[:, -1, 2])
    np.testing.assert_allclose(found.losses, ends, rtol=1e-12)
    assert found.first == race.paths[0, 0, 2]


def test_descent_into_a_bowl_is_slow_then_stable_then_divergent() -> None:
    found = rate_range(Heat(BOWL, BOWL.start, 100), SGD(), RATES)
    changes = found.zones[np.flatnonzero(np.diff(found.zones, prepend=-1))]
    assert changes.tolist() == [SLOW, STABLE, DIVERGENT]
    assert (found.zones[found.rates > 1.0] == DIVERGENT).all(), "2 / lambda is 1 here"
    assert (found.zones[found.rates < 1e-3] == SLOW).all()
    assert 0.1 < found.best < 1.0


def test_it_may_be_had_in_bites() -> None:
    heat = Heat(BOWL, BOWL.start, 100)
    *bites, whole = rate_ranges(heat, Adam(), RATES, every=30)
    assert bites == [None] * 3
    assert whole is not None
    np.testing.assert_array_equal(whole.losses, rate_range(heat, Adam(), RATES).losses)


def test_what_left_once_does_not_count_when_it_comes_back() -> None:
    found = rate_range(Heat(BOWL, BOWL.start, 400), SGD(), np.array([0.1, 10.0]))
    assert np.isinf(found.losses[1])
    assert found.zones.tolist() == [STABLE, DIVERGENT]


def test_noise_and_a_schedule_count() -> None:
    plain = rate_range(Heat(BOWL, BOWL.start, 30), SGD(), RATES)
    noisy = rate_range(Heat(BOWL, BOWL.start, 30, noise=Noise(1.0)), SGD(), RATES)
    falling = rate_range(Heat(BOWL, BOWL.start, 30, schedule=Cosine(30)), SGD(), RATES)
    plateau = Plateau(patience=0, threshold=0.0)
    cutting = rate_range(Heat(BOWL, BOWL.start, 30, schedule=plateau), SGD(), RATES)
    assert (noisy.losses != plain.losses).any()
    assert (falling.losses[RATES < 0.1] > plain.losses[RATES < 0.1]).all()
    np.testing.assert_array_equal(cutting.losses[RATES < 0.5], plain.losses[RATES < 0.5])
    assert cutting.losses[-1] < plain.losses[-1], "where the loss rises, the rate is cut"
