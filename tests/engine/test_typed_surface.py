from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.field import hessian
from nnviz.engine.minima import global_minima, local_minima
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.racing import racing
from nnviz.engine.surfaces import SURFACES, Surface, surface_of
from nnviz.engine.swarm import Race
from nnviz.engine.typed_surface import typed_surface
from nnviz.mistake import Mistake

every_surface = pytest.mark.parametrize("surface", list(SURFACES), ids=lambda each: each.key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("(1-x)^2 + 100*(y-x^2)^2", "rosenbrock"),
        ("(x^2+y-11)^2 + (x+y^2-7)^2", "himmelblau"),
        ("20 + x^2 - 10cos(2pi*x) + y^2 - 10cos(2pi*y)", "rastrigin"),
        ("1 - exp(-(x^2+y^2)/2)", "plateau"),
    ],
)
def test_a_test_surface_typed_is_that_surface(
    text: str, key: str, rng: np.random.Generator
) -> None:
    typed, known = surface_of(text), SURFACES[key]
    points = rng.uniform(-3, 3, (4, 5, 2))
    for got, wanted in zip(
        typed.value_and_gradient(points), known.value_and_gradient(points), strict=True
    ):
        np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(typed.hessian(points), known.hessian(points), rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(typed.hessian(points), hessian(typed, points), rtol=1e-5, atol=1e-4)
    order = np.lexsort(known.minima.T)
    found = typed.minima[np.lexsort(np.round(typed.minima, 9).T)]
    np.testing.assert_allclose(found, known.minima[order], atol=1e-7)
    assert typed.found


@every_surface
def test_the_search_finds_the_known_minima(surface: Surface) -> None:
    found = global_minima(surface, local_minima(surface))
    assert len(found) == len(surface.minima)
    apart = np.linalg.norm(found[:, None] - surface.minima, axis=-1)
    assert apart.min(axis=0).max() < 1e-7


@pytest.mark.parametrize(
    ("text", "minima"),
    [
        ("abs(x) + abs(y-1)", [[0, 1]]),
        ("sqrt(x^2 + y^2)", [[0, 0]]),
        ("x^4 + y^4", [[0, 0]]),
        ("(x-y)^2", []),
        ("x + y", []),
        ("x^2 for y in [-1, 1]", []),
        ("(x-1)^2", [[1, 0]]),
    ],
)
def test_minima_are_places_below_all_around_them(text: str, minima: list[list[float]]) -> None:
    found = surface_of(text).minima
    assert found.shape == (len(minima), 2)
    np.testing.assert_allclose(found, np.reshape(minima, (-1, 2)), atol=1e-3)


@pytest.mark.parametrize(
    ("text", "domain", "line"),
    [
        ("x*y", (-5, 5, -5, 5), False),
        ("x^2", (-5, 5, -1, 1), True),
        ("x^2 for x in [-2, 3]", (-2, 3, -1, 1), True),
        ("x^2 for x in [-2, 3], y in [0, 1]", (-2, 3, 0, 1), False),
        ("y^2", (-5, 5, -5, 5), False),
        ("x*y for y in [-1, 1] and x in [-pi, pi]", (-np.pi, np.pi, -1, 1), False),
    ],
)
def test_the_domain_is_as_said(text: str, domain: tuple[float, ...], line: bool) -> None:
    surface = surface_of(text)
    assert surface.domain == pytest.approx(domain)
    assert surface.line == line
    assert surface.key == text
    assert np.isfinite(surface.value(np.array(surface.start)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("moon", "There is no surface 'moon'; there are bowl"),
        ("x +", "at character 4: it ends"),
        ("x1^2", "there is no 'x1'; there are x, y"),
        ("2 + pi", "is the same everywhere; it needs x or y"),
        ("sqrt(-1 - x^2)", "no value anywhere in its domain"),
        ("x for", "The domain '' is not understood; write it behind the formula as: for x in"),
        ("x for z in [0, 1]", "'z in .* is not understood"),
        ("x for x in [0, 1], x in [0, 1]", "is not understood"),
        ("x for x in [1, 0]", r"The domain of x is \[1, 0\]; it must rise"),
        ("x for x in [0, 1e5]", "between -10,000 and 10,000"),
        ("x for x in [0, x]", "there is no 'x'"),
        ("x" * 2000, "too long"),
    ],
)
def test_what_makes_no_surface_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        surface_of(text)


@given(st.text("xy for in[]0123,.+-*^()andsqrtlog", max_size=50))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        surface = typed_surface(text)
    except Mistake:
        return
    assert np.isfinite(surface.value(np.array(surface.start)))


@pytest.mark.parametrize("text", ["sin(x)*cos(y) + 0.1*(x^2+y^2)", "(x-1)^2*(x+2)^2/10", "x^2+y^2"])
def test_every_optimizer_stays_on_a_typed_surface(text: str) -> None:
    surface = surface_of(text)
    race = Race(surface, [racing(text, key) for key in OPTIMIZERS.keys], surface.start)
    race.advance(200)
    assert not any(race.diverged)
    assert np.all(race.paths[:, -1, 2] < race.paths[:, 0, 2])


def test_a_gradient_is_zero_where_there_is_none() -> None:
    assert surface_of("sqrt(x^2 + y^2)").gradient(np.zeros(2)).tolist() == [0.0, 0.0]
