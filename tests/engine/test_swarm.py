from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import OPTIMIZERS, SGD, Adam, Momentum, Optimizer
from nnviz.engine.racing import racing
from nnviz.engine.schedules import Plateau, StepDecay
from nnviz.engine.stepping import FAR
from nnviz.engine.surfaces import SURFACES, Domain
from nnviz.engine.swarm import Noise, Race

every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS.keys)


class Cliff:
    """A slope that ends: beyond x = 2 there is no loss."""

    domain: Domain = (-3.0, 3.0, -3.0, 3.0)
    line = False

    def value(self, points: Floats) -> Floats:
        return self.value_and_gradient(points)[0]

    def sketch(self, points: Floats) -> Floats:
        return self.value(points)

    def gradient(self, points: Floats) -> Floats:
        return self.value_and_gradient(points)[1]

    def value_and_gradient(self, points: Floats) -> tuple[Floats, Floats]:
        x = points[..., 0]
        return np.where(x > 2, np.nan, -x), np.broadcast_to([-1.0, 0.0], points.shape)


def by_hand(optimizer: Optimizer, key: str, start: tuple[float, float], steps: int) -> Floats:
    surface = SURFACES[key]
    theta, memory = np.array(start), np.zeros((optimizer.slots, 2))
    places = [theta]
    for t in range(1, steps + 1):
        theta, memory = optimizer.step(theta, surface.gradient(theta), memory, t)
        places.append(theta)
    return np.array(places)


@every_optimizer
def test_a_racer_takes_the_steps_of_its_optimizer(key: str) -> None:
    optimizer = racing("rosenbrock", key)
    race = Race(SURFACES["rosenbrock"], [SGD(0.001), optimizer], (-1.2, 1.0))
    race.advance(30)
    places = by_hand(optimizer, "rosenbrock", (-1.2, 1.0), 30)
    np.testing.assert_allclose(race.paths[1, :, :2], places, rtol=1e-12)
    np.testing.assert_allclose(race.paths[1, :, 2], SURFACES["rosenbrock"].value(places))


def test_a_race_begins_at_its_start() -> None:
    race = Race(SURFACES["bowl"], [SGD(), Adam()], (3.0, 4.0))
    assert race.steps == 0
    np.testing.assert_array_equal(race.paths, [[[3, 4, 25]]] * 2)


def test_many_steps_at_once_are_the_same_as_one_by_one() -> None:
    one, other = (Race(SURFACES["beale"], [Momentum(0.001), Adam(0.05)], (1, 1)) for _ in range(2))
    one.advance(700)
    for _ in range(700):
        other.advance(1)
    assert one.paths.shape == (2, 701, 3)
    np.testing.assert_array_equal(one.paths, other.paths)


def test_what_was_handed_out_stays_as_it_was() -> None:
    race = Race(SURFACES["bowl"], [Adam(0.1)], (3.0, 4.0))
    race.advance(10)
    early = race.paths
    kept = early.copy()
    race.advance(2000)
    np.testing.assert_array_equal(early, kept)
    np.testing.assert_array_equal(race.paths[:, :11], kept)


def test_a_racer_that_runs_away_repeats_its_last_place() -> None:
    race = Race(SURFACES["bowl"], [SGD(5.0), SGD(0.1)], (1.0, 0.0))
    race.advance(400)
    assert race.diverged == (True, False)
    lost, well = race.paths
    assert np.isfinite(lost).all()
    assert np.abs(lost[:, :2]).max() <= FAR
    np.testing.assert_array_equal(lost[-1], lost[-200])
    assert abs(well[-1, 0]) < 1e-12


def test_where_there_is_no_loss_a_racer_stops() -> None:
    race = Race(Cliff(), [SGD(0.3)], (0.0, 0.0))
    race.advance(20)
    assert race.diverged == (True,)
    assert race.paths[0, -1].tolist() == pytest.approx([1.8, 0.0, -1.8])


def test_a_race_of_nobody_is_a_race() -> None:
    race = Race(SURFACES["bowl"], [], (1.0, 1.0))
    race.advance(3)
    assert race.paths.shape == (0, 4, 3)


def test_racers_of_one_kind_may_start_at_different_places() -> None:
    race = Race(SURFACES["bowl"], [SGD(0.1), SGD(0.1)], [[1.0, 2.0], [3.0, 4.0]])
    race.advance(1)
    np.testing.assert_allclose(race.paths[:, 1, :2], [[0.8, 1.6], [2.4, 3.2]])


def test_noise_moves_all_racers_alike_however_many_steps_are_taken_at_once() -> None:
    def race() -> Race:
        return Race(SURFACES["bowl"], [SGD(0.1), SGD(0.1)], (1.0, 1.0), Noise(0.5, seed=3))

    one, other = race(), race()
    one.advance(600)
    for _ in range(600):
        other.advance(1)
    np.testing.assert_array_equal(one.paths, other.paths)
    np.testing.assert_array_equal(one.paths[0], one.paths[1])
    assert np.std(one.paths[0, 100:, 0]) > 0.01, "it never comes to rest"


@every_optimizer
def test_a_moment_tells_the_update_that_was_made(key: str) -> None:
    bowl = SURFACES["bowl"]
    race = Race(bowl, [SGD(), OPTIMIZERS[key]()], (1.0, -2.0), Noise(0.3))
    race.advance(300)
    for step in (0, 1, 7, 299):
        moment = race.moment(1, step)
        assert moment.t == step + 1
        assert np.array_equal(moment.point, race.paths[1, step, :2])
        assert np.array_equal(moment.after, race.paths[1, step + 1, :2])
        assert np.array_equal(
            moment.gradient, bowl.gradient(moment.point) + Noise(0.3).at(step + 1)
        )
        assert np.array_equal(moment.kept, race.moment(1, step + 1).memory)
    assert not race.moment(1, 0).memory.any()


def test_a_moment_tells_the_update_to_come() -> None:
    race = Race(SURFACES["bowl"], [Momentum(rate=0.1)], (1.0, -2.0))
    race.advance(3)
    coming = race.moment(0, 3)
    race.advance(1)
    assert np.array_equal(coming.after, race.paths[0, 4, :2])


def test_a_schedule_is_taken_step_by_step() -> None:
    bowl, half = SURFACES["bowl"], StepDecay(0.5, 1)
    race = Race(bowl, [SGD(0.1), SGD(0.4)], (1.0, -2.0), schedule=half)
    race.advance(2)
    shares = np.array([[1 - 0.2, (1 - 0.2) * (1 - 0.1)], [1 - 0.8, (1 - 0.8) * (1 - 0.4)]])
    np.testing.assert_allclose(race.paths[:, 1:, 0], shares, rtol=1e-15)
    assert [race.moment(1, step).rate for step in range(4)] == pytest.approx([0.4, 0.2, 0.1, 0.05])


def test_a_moment_of_a_scheduled_race_leads_where_the_race_went() -> None:
    plateau = Plateau(gamma=0.5, patience=0)
    race = Race(
        SURFACES["rosenbrock"], [SGD(0.002), Momentum(0.001)], (-1.2, 1.0), schedule=plateau
    )
    race.advance(300)
    for row, step in product((0, 1), (0, 7, 256, 299)):
        np.testing.assert_array_equal(race.moment(row, step).after, race.paths[row, step + 1, :2])
    assert race.moment(0, 300).rate < 0.002
