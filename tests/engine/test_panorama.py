from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.elementary import Floats
from nnviz.engine.panorama import DARK_INK, LIGHT_INK, Ink, Panorama, draw
from nnviz.engine.raster import plane
from nnviz.engine.terrain import FINE, Terrain, box_height
from nnviz.engine.vantage import CEILING, GROUND, Vantage
from nnviz.engine.visible import look

POINTS = plane((-1.0, 1.0, -1.0, 1.0), 48)
X, Y = POINTS[..., 0], POINTS[..., 1]
HILLS = 0.5 + 0.25 * np.sin(5 * X) + 0.25 * np.cos(4 * Y + X)
TERRAIN = Terrain.of(HILLS)
LAMP = np.array([0, 0, 1], np.float32)
VANTAGE = Vantage(30.0, 35.0, 1.0, 240, 160)

vantages = st.builds(
    Vantage, st.floats(-180, 180), st.floats(0, 90), st.floats(0.5, 4), st.just(160), st.just(120)
)


def height_at(x: Floats, y: Floats) -> Floats:
    """The height of the landscape in the box, between its fine heights."""
    half = (FINE - 1) / 2
    across, up = (np.clip(each * half + half, 0, FINE - 1.001) for each in (x, y))
    column, row = across.astype(int), up.astype(int)
    across, up = across - column, up - row
    grid = TERRAIN.heights.astype(float)
    low = grid[row, column] * (1 - across) + grid[row, column + 1] * across
    high = grid[row + 1, column] * (1 - across) + grid[row + 1, column + 1] * across
    return box_height(low * (1 - up) + high * up)


def middles(vantage: Vantage) -> Floats:
    """The middles of all pixels, of shape (height, width, 2)."""
    x, y = np.arange(vantage.width) + 0.5, np.arange(vantage.height) + 0.5
    return np.stack(np.meshgrid(x, y), axis=-1)


def places(panorama: Panorama) -> Floats:
    """What place is seen in each pixel, of shape (height, width, 3); NaN where none is."""
    depth = np.where(np.isfinite(panorama.depth), panorama.depth, np.nan)
    return panorama.vantage.place(
        np.concatenate([middles(panorama.vantage), depth[..., None]], axis=-1)
    )


@settings(max_examples=25, deadline=None)
@given(vantages)
def test_picking_a_pixel_finds_the_landscape_or_the_floor(vantage: Vantage) -> None:
    seen = places(draw(TERRAIN, vantage, LIGHT_INK, 12)).reshape(-1, 3)
    x, y, height = seen[np.isfinite(seen).all(axis=1)].T
    assert np.abs(x).max(initial=0) <= 1.001
    assert np.abs(y).max(initial=0) <= 1.001
    off = np.minimum(np.abs(height), np.abs(height - height_at(x, y)))
    assert np.quantile(off, 0.99) < 0.01


@settings(max_examples=25, deadline=None)
@given(vantages)
def test_nothing_nearer_hides_what_is_seen(vantage: Vantage) -> None:
    """Walk from every place that is seen toward the camera: the side of the landscape stays."""
    panorama = draw(TERRAIN, vantage, LIGHT_INK, 12)
    row, column = np.nonzero(np.isfinite(panorama.depth))
    row, column = row[::7], column[::7]
    depth = panorama.depth[row, column].astype(float)
    way = np.linspace(0.03, 3.0, 200)[:, None]
    seen = np.empty((*np.broadcast_shapes(way.shape, depth.shape), 3))
    seen[..., 0], seen[..., 1], seen[..., 2] = column + 0.5, row + 0.5, depth - way
    x, y, height = np.moveaxis(vantage.place(seen), -1, 0)
    over = np.where((np.abs(x) < 0.99) & (np.abs(y) < 0.99), height - height_at(x, y), np.nan)
    crossed = (np.nanmax(over, axis=0, initial=-1) > 0.02) & (
        np.nanmin(over, axis=0, initial=1) < -0.02
    )
    assert crossed.mean() < 0.01


def test_a_ridge_hides_what_is_behind_it() -> None:
    ridge = Terrain.of(np.where(np.abs(Y) < 0.1, 1.0, 0.0))
    panorama = draw(ridge, Vantage(0.0, 20.0, 1.0, 240, 160), LIGHT_INK, 12)
    behind = panorama.vantage.project(np.array([0.0, 0.35, GROUND]))
    before = panorama.vantage.project(np.array([0.0, -0.6, GROUND]))
    x, y = behind[:2].astype(int)
    assert panorama.depth[y, x] < behind[2] - 0.2
    x, y = before[:2].astype(int)
    assert panorama.depth[y, x] == pytest.approx(before[2], abs=0.05)


def test_from_above_the_whole_landscape_is_seen_and_no_floor() -> None:
    vantage = replace(VANTAGE, tilt=90.0)
    visible = look(TERRAIN, vantage, LAMP, 300)
    assert not len(visible.floor.pixels)
    assert not len(visible.below.pixels)
    assert len(visible.above.pixels) == pytest.approx((2 * vantage.scale) ** 2, rel=0.02)


def test_from_the_horizon_there_is_no_floor() -> None:
    visible = look(TERRAIN, replace(VANTAGE, tilt=0.0), LAMP, 300)
    assert not len(visible.floor.pixels)
    assert len(visible.above.pixels) + len(visible.below.pixels) > 0


def test_from_a_low_place_a_bowl_is_seen_from_below() -> None:
    bowl = Terrain.of((X * X + Y * Y) / 2)
    visible = look(bowl, replace(VANTAGE, tilt=10.0), LAMP, 300)
    assert len(visible.below.pixels) > 100


@settings(max_examples=25, deadline=None)
@given(vantages)
def test_no_pixel_is_seen_twice(vantage: Vantage) -> None:
    visible = look(TERRAIN, vantage, LAMP, 200)
    pixels = np.concatenate([each.pixels for each in visible.parts])
    assert len(np.unique(pixels)) == len(pixels)


def test_through_a_hole_the_floor_is_seen() -> None:
    holed = Terrain.of(np.where(X * X + Y * Y < 0.3, np.nan, 0.3))
    vantage = replace(VANTAGE, tilt=70.0)
    middle = vantage.project(np.array([0.0, 0.0, 0.0]))
    x, y = middle[:2].astype(int)
    assert draw(holed, vantage, LIGHT_INK, 12).depth[y, x] == pytest.approx(middle[2], abs=0.05)


@pytest.mark.parametrize("tilt", [0.0, 25.0, 90.0])
def test_nothing_but_holes_is_a_floor_at_most(tilt: float) -> None:
    nothing = Terrain.of(np.full((16, 16), np.nan))
    visible = look(nothing, replace(VANTAGE, tilt=tilt), LAMP, 100)
    assert not len(visible.above.pixels)
    assert not len(visible.below.pixels)


def test_where_nothing_is_seen_the_picture_is_clear() -> None:
    panorama = draw(TERRAIN, VANTAGE, LIGHT_INK, 12)
    is_clear = ~np.isfinite(panorama.depth)
    assert is_clear.any()
    np.testing.assert_array_equal(panorama.rgba[..., 3] == 0, is_clear)
    assert not panorama.rgba[is_clear].any()


def test_far_zoomed_in_every_pixel_shows_something() -> None:
    panorama = draw(TERRAIN, replace(VANTAGE, tilt=60.0, zoom=8.0), LIGHT_INK, 12)
    assert np.isfinite(panorama.depth).all()


def test_a_finer_picture_is_as_large_with_softer_edges() -> None:
    coarse, fine = (draw(TERRAIN, VANTAGE, LIGHT_INK, 12, each) for each in (1, 2))
    assert fine.rgba.shape == coarse.rgba.shape
    assert fine.depth.shape == coarse.depth.shape
    assert set(np.unique(coarse.rgba[..., 3])) == {0, 255}
    assert len(np.unique(fine.rgba[..., 3])) > 2
    assert (fine.rgba[..., :3] <= np.maximum(fine.rgba[..., 3:], 1) * 1.01 + 1).all()
    off = np.abs(fine.rgba.astype(float) - coarse.rgba).mean()
    assert off < 6


@pytest.mark.parametrize("ink", [LIGHT_INK, DARK_INK], ids=["light", "dark"])
@pytest.mark.parametrize("turn", [0.0, 130.0, 180.0])
def test_the_slope_to_the_left_is_lit_from_wherever_it_is_seen(ink: Ink, turn: float) -> None:
    vantage = replace(VANTAGE, turn=turn, tilt=60.0)
    ahead = np.array(vantage.ahead)
    across = X * ahead[1] - Y * ahead[0]
    ridge = Terrain.of(0.9 - 0.5 * np.abs(across))
    rgba = draw(ridge, vantage, ink, 12).rgba.astype(int)
    left, right = (
        vantage.project(np.array([*(shift * np.array([ahead[1], -ahead[0]])), 0.95]))
        for shift in (-0.25, 0.25)
    )
    lit, shaded = (rgba[int(y), int(x), :3].sum() for x, y, _ in (left, right))
    assert lit > shaded + 20


def test_lines_of_one_height_are_where_the_heights_are() -> None:
    slope = Terrain.of(0.5 + 0.5 * X)
    vantage = Vantage(0.0, 90.0, 1.0, 300, 300)
    plain = draw(slope, vantage, replace(LIGHT_INK, soft=0.0), 4).rgba[150, :, :3].astype(int)
    lined = draw(slope, vantage, LIGHT_INK, 4).rgba[150, :, :3].astype(int)
    dark = np.flatnonzero((plain - lined).sum(axis=1) > 30)
    expected = vantage.project(
        np.array([[2 * h - 1, 0, CEILING] for h in (1 / 8, 3 / 8, 5 / 8, 7 / 8)])
    )
    lines = np.split(dark, np.flatnonzero(np.diff(dark) > 2) + 1)
    np.testing.assert_allclose([each.mean() + 0.5 for each in lines], expected[:, 0], atol=2)
    assert all(len(each) <= 3 for each in lines)


def test_a_plain_has_no_lines() -> None:
    plain = Terrain.of(np.full((16, 16), 0.3))
    with_lines, without = (
        draw(plain, VANTAGE, replace(LIGHT_INK, soft=soft), 12).rgba for soft in (0.9, 0.0)
    )
    np.testing.assert_array_equal(with_lines, without)


def test_a_cloth_lies_over_the_landscape_in_its_light() -> None:
    cloth = np.full((8, 8, 4), 255, np.uint8)
    cloth[:, :4, :3] = (200, 40, 40)
    cloth[:, 4:, :3] = (40, 40, 200)
    vantage = replace(VANTAGE, turn=0.0, tilt=70.0)
    dressed = draw(TERRAIN, vantage, LIGHT_INK, 12, cloth=cloth)
    plain = draw(TERRAIN, vantage, LIGHT_INK, 12)
    np.testing.assert_array_equal(dressed.depth, plain.depth)
    np.testing.assert_array_equal(dressed.rgba[..., 3], plain.rgba[..., 3])
    left, right = (
        dressed.rgba[int(y), int(x), :3].astype(int)
        for x, y, _ in vantage.project(np.array([[-0.5, 0, 0.8], [0.5, 0, 0.8]]))
    )
    assert left[0] > left[2] + 50
    assert right[2] > right[0] + 50
    shades = dressed.rgba[dressed.rgba[..., 0] > dressed.rgba[..., 2]][:, 0]
    assert shades.max() > shades.min() + 20
