from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.raster import plane
from nnviz.engine.terrain import FINE, Terrain, box_height
from nnviz.engine.vantage import CEILING, GROUND

POINTS = plane((-1.0, 1.0, -1.0, 1.0), 32)
FINE_X = np.linspace(-1, 1, FINE)


def test_a_slope_is_drawn_out_to_its_edges() -> None:
    terrain = Terrain.of(0.5 + 0.3 * POINTS[..., 0])
    inner = slice(2 * FINE // 32, -2 * FINE // 32)  # Nothing is known beyond the last centers.
    np.testing.assert_allclose(
        terrain.heights[:, inner], 0.5 + 0.3 * FINE_X[None, inner].repeat(FINE, 0), atol=1e-5
    )


def test_a_smooth_hill_stays_what_it_is() -> None:
    hill = np.exp(-3 * (POINTS**2).sum(axis=-1))
    x, y = np.meshgrid(FINE_X, FINE_X)
    fine = np.exp(-3 * (x * x + y * y))
    assert np.abs(Terrain.of(hill).heights - fine).max() < 0.01


def test_row_0_stays_at_the_least_y() -> None:
    heights = Terrain.of(0.5 + 0.3 * POINTS[..., 1]).heights
    assert (heights[0] < heights[-1]).all()


def test_heights_stay_between_0_and_1() -> None:
    steps = (POINTS[..., 0] > 0).astype(float)
    heights = Terrain.of(steps).heights
    assert heights.min() == 0
    assert heights.max() == 1


def test_normals_point_away_from_a_slope() -> None:
    terrain = Terrain.of(0.5 + 0.4 * POINTS[..., 0])
    slope = 0.4 * (CEILING - GROUND)
    expected = np.array([-slope, 0, 1]) / np.hypot(slope, 1)
    middle = terrain.normals[:, FINE // 2, FINE // 2]
    np.testing.assert_allclose(middle, expected, atol=1e-3)


def test_what_is_not_known_is_a_hole_and_bends_nothing_around_it() -> None:
    heights = np.full((32, 32), 0.25)
    heights[POINTS[..., 0] < 0] = np.nan
    terrain = Terrain.of(heights)
    assert terrain.known is not None
    assert (terrain.known[:, FINE_X > 0.05] > 0.5).all()
    assert (terrain.known[:, FINE_X < -0.05] < 0.5).all()
    np.testing.assert_allclose(terrain.heights[:, FINE_X > 0], 0.25, atol=1e-6)


@pytest.mark.parametrize("nothing", [np.nan, np.inf, -np.inf])
def test_nothing_known_is_one_hole(nothing: float) -> None:
    terrain = Terrain.of(np.full((16, 16), nothing))
    assert terrain.known is not None
    assert not terrain.known.any()
    assert np.isfinite(terrain.heights).all()


def test_where_all_is_known_there_are_no_holes() -> None:
    assert Terrain.of(np.zeros((16, 16))).known is None


def test_in_the_box_the_lowest_place_is_above_the_floor() -> None:
    np.testing.assert_allclose(box_height(np.array([0.0, 1.0])), [GROUND, CEILING])
    assert GROUND > 0
