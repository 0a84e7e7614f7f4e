from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.optimizers import OPTIMIZERS, RATE_RANGE
from nnviz.engine.racing import racing
from nnviz.engine.surfaces import SURFACES, Surface
from nnviz.engine.swarm import Race
from nnviz.mistake import Mistake

every_surface = pytest.mark.parametrize("surface", list(SURFACES), ids=lambda each: each.key)
turns = st.floats(0.0, 1.0)


@every_surface
@given(across=turns, up=turns)
def test_the_gradient_is_that_of_central_differences(
    surface: Surface, across: float, up: float
) -> None:
    x_min, x_max, y_min, y_max = surface.domain
    point = np.array([x_min + across * (x_max - x_min), y_min + up * (y_max - y_min)])
    step = 1e-5
    around = point + step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    right, left, above, below = surface.value(around)
    slopes = np.array([right - left, above - below]) / (2 * step)
    np.testing.assert_allclose(surface.gradient(point), slopes, rtol=1e-5, atol=1e-4)


@every_surface
def test_value_and_gradient_are_what_they_are_alone(surface: Surface) -> None:
    points = np.random.default_rng(0).uniform(-2, 2, (3, 4, 2))
    value, gradient = surface.value_and_gradient(points)
    np.testing.assert_array_equal(value, surface.value(points))
    np.testing.assert_array_equal(value, surface.sketch(points))
    np.testing.assert_array_equal(gradient, surface.gradient(points))
    assert value.shape == (3, 4)
    assert gradient.shape == (3, 4, 2)


@every_surface
def test_the_minima_are_flat_and_nothing_is_lower(surface: Surface) -> None:
    lowest = surface.value(surface.minima)
    np.testing.assert_allclose(surface.gradient(surface.minima), 0, atol=1e-8)
    np.testing.assert_allclose(lowest, lowest[0], atol=1e-9)
    x_min, x_max, y_min, y_max = surface.domain
    anywhere = np.random.default_rng(0).uniform([x_min, y_min], [x_max, y_max], (20_000, 2))
    assert surface.value(anywhere).min() > lowest.min()


@every_surface
@pytest.mark.parametrize("radius", [1e-3, 1e-1])
def test_the_minima_lie_below_their_neighbors(surface: Surface, radius: float) -> None:
    angle = np.linspace(0, 2 * np.pi, 32)
    ring = radius * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    if surface.line:
        ring = radius * np.array([[-1.0, 0.0], [1.0, 0.0]])
    neighbors = surface.value(surface.minima[:, None] + ring)
    assert np.all(neighbors > surface.value(surface.minima)[:, None])


@every_surface
def test_start_and_minima_lie_in_the_domain(surface: Surface) -> None:
    x_min, x_max, y_min, y_max = surface.domain
    for x, y in [surface.start, *surface.minima]:
        assert x_min < x < x_max
        assert y_min < y < y_max


@pytest.mark.parametrize(
    ("key", "place", "value"),
    [
        ("bowl", (3, 4), 25.0),
        ("valley", (2, 1), 1.2),
        ("saddle", (0, 2**0.5), -1.0),
        ("beale", (3, 0.5), 0.0),
        ("beale", (0, 0), 14.203125),
        ("rosenbrock", (-1.2, 1), 24.2),
        ("himmelblau", (0, 0), 170.0),
        ("styblinski-tang", (-2.903534027771178, -2.903534027771178), -78.33233140754282),
        ("rastrigin", (0.5, 0), 20.25),
        ("plateau", (0, 0), 0.0),
        ("two-wells", (1, 0), 0.3),
        ("parabola", (3, 7), 9.0),
        ("double-well", (2, 0), 0.6),
        ("ripples", (np.pi, 5), np.pi**2 / 8 + 0.25),
        ("cliff", (0, 0), 1.08),
    ],
)
def test_known_values(key: str, place: tuple[float, float], value: float) -> None:
    assert SURFACES[key].value(np.array(place)) == pytest.approx(value, abs=1e-12)


@every_surface
def test_every_optimizer_has_something_to_show(surface: Surface) -> None:
    race = Race(surface, [racing(surface.key, key) for key in OPTIMIZERS.keys], surface.start)
    race.advance(200)
    paths = race.paths
    way = np.linalg.norm(np.diff(paths[..., :2], axis=1), axis=2).sum(axis=1)
    x_min, x_max, y_min, y_max = surface.domain
    assert not any(race.diverged)
    assert np.all(way > 0.4), "each racer can be seen to move"
    assert np.all(paths[:, -1, 2] < paths[:, 0, 2]), "each racer ends below its start"
    assert x_min <= paths[..., 0].min() <= paths[..., 0].max() <= x_max
    assert y_min <= paths[..., 1].min() <= paths[..., 1].max() <= y_max


@pytest.mark.parametrize(
    "surface", [each for each in SURFACES if each.line], ids=lambda each: each.key
)
def test_on_a_line_nothing_moves_along_y(surface: Surface) -> None:
    race = Race(surface, [racing(surface.key, key) for key in OPTIMIZERS.keys], surface.start)
    race.advance(50)
    assert not race.paths[..., 1].any()
    np.testing.assert_array_equal(surface.gradient(np.array([0.3, 0.7]))[1], 0.0)


def test_racers_part_where_that_is_the_lesson() -> None:
    ends = {}
    for key in ("himmelblau", "styblinski-tang", "two-wells"):
        surface = SURFACES[key]
        race = Race(surface, [racing(key, each) for each in ("momentum", "adam")], surface.start)
        race.advance(200)
        ends[key] = np.linalg.norm(race.paths[0, -1, :2] - race.paths[1, -1, :2])
    assert min(ends.values()) > 1


@pytest.mark.parametrize("key", OPTIMIZERS.keys)
def test_on_any_other_surface_the_rates_are_in_range(key: str) -> None:
    assert RATE_RANGE[0] <= racing("network", key).rate <= RATE_RANGE[1]


def test_an_unknown_optimizer_is_named() -> None:
    with pytest.raises(Mistake, match="no optimizer 'adm'"):
        racing("bowl", "adm")
