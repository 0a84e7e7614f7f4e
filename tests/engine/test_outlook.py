from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.outlook import Outlook
from nnviz.engine.panorama import LIGHT_INK, draw
from nnviz.engine.raster import Heights, plane
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.terrain import Terrain
from nnviz.engine.vantage import CEILING, GROUND, Vantage


def outlook(key: str, turn: float = 20.0, tilt: float = 50.0) -> Outlook:
    surface = SURFACES[key]
    losses = surface.value(plane(surface.domain, 64))
    scale = Heights.of(losses)
    terrain = Terrain.of(scale.height(losses))
    panorama = draw(terrain, Vantage(turn, tilt, 1.0, 320, 240), LIGHT_INK, 12)
    return Outlook(surface.domain, scale, terrain, panorama)


BOWL = outlook("bowl")


def test_the_domain_fills_the_box() -> None:
    corners = BOWL.on_floor(np.array([[-4.0, -4.0], [0.0, 0.0], [4.0, 4.0]]))
    np.testing.assert_allclose(corners, [[-1, -1, 0], [0, 0, 0], [1, 1, 0]])


def test_what_is_outside_is_nowhere() -> None:
    outside = np.array([[4.1, 0.0], [0.0, -5.0], [np.nan, 0.0]])
    for places in (BOWL.on_floor(outside), BOWL.on_ground(outside)):
        assert np.isnan(places).all(axis=-1).all() or np.isnan(places[..., 2]).all()


@settings(max_examples=50, deadline=None)
@given(st.floats(-3.9, 3.9), st.floats(-3.9, 3.9))
def test_on_the_ground_is_at_its_loss(x: float, y: float) -> None:
    loss = float(SURFACES["bowl"].value(np.array([x, y])))
    ground = BOWL.on_ground(np.array([x, y]))
    at_loss = BOWL.at_loss(np.array([x, y, loss]))
    np.testing.assert_allclose(ground[:2], at_loss[:2])
    assert ground[2] == pytest.approx(at_loss[2], abs=0.03)
    assert GROUND - 1e-9 <= ground[2] <= CEILING + 1e-9


@pytest.mark.parametrize("key", ["rosenbrock", "himmelblau", "saddle"])
def test_picking_what_is_seen_of_a_point_gives_the_point(key: str) -> None:
    seen_from = outlook(key)
    x0, x1, y0, y1 = seen_from.domain
    rng = np.random.default_rng(1)
    points = rng.uniform((x0, y0), (x1, y1), (200, 2))
    places = seen_from.on_ground(points)
    pixels = seen_from.vantage.project(places)
    free = ~seen_from.is_hidden(places)
    assert free.mean() > 0.4
    off = []
    for point, (x, y, _) in zip(points[free], pixels[free], strict=True):
        picked = seen_from.pick(x / 320, y / 240)
        if picked is not None:
            off.append(np.abs((np.array(picked) - point) / (x1 - x0, y1 - y0)).max())
    assert np.median(off) < 0.01


def test_beside_the_landscape_there_is_nothing_to_pick() -> None:
    assert BOWL.pick(0.001, 0.001) is None
    assert BOWL.pick(-0.2, 0.5) is None
    assert BOWL.pick(0.5, 1.5) is None


def test_the_floor_can_be_picked() -> None:
    hill = outlook("plateau", tilt=25.0)
    x, y, _ = hill.vantage.project(np.array([-0.95, -0.95, 0.0]))
    assert hill.pick(x / 320, y / 240) == pytest.approx((-3.8, -3.8), abs=0.15)


def test_what_is_under_the_ground_is_hidden_and_what_is_above_is_not() -> None:
    places = BOWL.on_ground(plane((-3.0, 3.0, -3.0, 3.0), 12))
    above, under = places.copy(), places.copy()
    above[..., 2] += 0.5
    under[..., 2] -= 0.2
    assert not BOWL.is_hidden(above).any()
    assert BOWL.is_hidden(under).mean() > 0.9


def test_a_hill_hides_what_is_behind_it() -> None:
    valley = outlook("rosenbrock", turn=0.0, tilt=10.0)
    middle = valley.on_ground(np.array([[0.0, 0.0]]))
    assert valley.is_hidden(middle).all()
    assert not outlook("rosenbrock", turn=0.0, tilt=85.0).is_hidden(middle).any()


def test_over_a_hole_there_is_no_ground() -> None:
    losses = np.where(plane((-1.0, 1.0, -1.0, 1.0), 32)[..., 0] < 0, np.nan, 1.0)
    terrain = Terrain.of(losses)
    heights = terrain.at(np.array([[-0.5, 0.0], [0.5, 0.0]]))
    assert np.isnan(heights[0])
    assert heights[1] == pytest.approx(1.0)
