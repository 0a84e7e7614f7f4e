from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnviz.engine.raster import (
    HEIGHTS_DARK,
    HEIGHTS_LIGHT,
    Heights,
    contour_lines,
    loss_levels,
    plane,
    shade,
    shade_classes,
    shade_losses,
)

LIGHT = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], dtype=np.uint8)
DARK = np.array([[245, 147, 34], [32, 37, 43], [8, 119, 189]], dtype=np.uint8)
CLASSES = np.array([[230, 159, 0], [86, 180, 233], [0, 158, 115]], dtype=np.uint8)
NEUTRAL = (232, 234, 235)

any_loss = st.floats(-1e6, 1e6).map(lambda loss: round(loss, 6))


def test_a_plane_holds_the_centers_of_its_cells_from_the_bottom_up() -> None:
    points = plane((0.0, 4.0, -1.0, 1.0), 2)
    np.testing.assert_array_equal(points, [[[1, -0.5], [3, -0.5]], [[1, 0.5], [3, 0.5]]])


@pytest.mark.parametrize("stops", [LIGHT, DARK], ids=["light", "dark"])
def test_the_stops_are_met_exactly(stops: np.ndarray) -> None:
    np.testing.assert_array_equal(shade(np.array([-1.0, 0.0, 1.0]), stops)[:, :3], stops)


def test_colors_go_evenly_between_the_stops() -> None:
    half = shade(np.array([-0.5, 0.5]), LIGHT)[:, :3].astype(float)
    middles = (LIGHT[:2].astype(float) + LIGHT[1:]) / 2
    assert np.abs(half - middles).max() <= 1


def test_what_lies_outside_takes_the_end_and_what_is_unknown_the_middle() -> None:
    colors = shade(np.array([-np.inf, -7.0, np.nan, 7.0, np.inf]), LIGHT)[:, :3]
    np.testing.assert_array_equal(colors, LIGHT[[0, 0, 1, 2, 2]])


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_pictures_keep_the_shape_and_are_opaque(kind: type) -> None:
    colors = shade(np.zeros((3, 5, 4), dtype=kind), LIGHT)
    assert colors.shape == (3, 5, 4, 4)
    assert colors.dtype == np.uint8
    assert np.all(colors[..., 3] == 255)


def test_discretized_there_are_two_colors() -> None:
    colors = shade(np.array([-1.0, -1e-9, 0.0, 0.3]), LIGHT, discretize=True)[:, :3]
    np.testing.assert_array_equal(colors, LIGHT[[0, 0, 2, 2]])


def test_a_sure_class_has_its_own_hue() -> None:
    colors = shade_classes(np.eye(3), CLASSES, NEUTRAL)[:, :3]
    np.testing.assert_array_equal(colors, CLASSES)


def test_level_classes_are_neutral_and_the_lead_gives_the_strength() -> None:
    scores = np.array([[0.5, 0.75], [0.5, 0.25], [0.0, 0.0]])
    level, half = shade_classes(scores, CLASSES, NEUTRAL)[:, :3].astype(float)
    np.testing.assert_array_equal(level, NEUTRAL)
    assert np.abs(half - (CLASSES[0] + np.array(NEUTRAL)) / 2).max() <= 1


def test_discretized_the_winner_takes_all() -> None:
    scores = np.array([[0.4, 0.3], [0.35, 0.3], [0.25, 0.4]])
    colors = shade_classes(scores, CLASSES, NEUTRAL, discretize=True)[:, :3]
    np.testing.assert_array_equal(colors, CLASSES[[0, 2]])


def test_a_map_of_classes_keeps_its_shape_and_bears_what_is_not_a_number() -> None:
    scores = np.full((3, 6, 7), np.nan)
    colors = shade_classes(scores, CLASSES, NEUTRAL)
    assert colors.shape == (6, 7, 4)
    np.testing.assert_array_equal(colors[0, 0, :3], NEUTRAL)


@pytest.mark.parametrize("stops", [HEIGHTS_LIGHT, HEIGHTS_DARK], ids=["light", "dark"])
def test_heights_grow_lighter_upwards(stops: np.ndarray) -> None:
    colors = shade_losses(np.linspace(0, 10, 50), stops)[:, :3].astype(int)
    np.testing.assert_array_equal(colors[[0, -1]], stops[[0, -1]])
    assert np.all(np.diff(colors @ [299, 587, 114]) >= 0)


def test_one_peak_does_not_flatten_the_rest() -> None:
    losses = np.linspace(0, 1, 1000)
    with_peak = losses.copy()
    with_peak[-1] = 1e12
    difference = shade_losses(losses)[:-1].astype(int) - shade_losses(with_peak)[:-1]
    assert np.abs(difference).max() <= 1


def test_losses_that_are_not_numbers_stand_at_the_top() -> None:
    colors = shade_losses(np.array([0.0, 1.0, np.nan, np.inf]))[:, :3]
    np.testing.assert_array_equal(colors[2], HEIGHTS_LIGHT[-1])
    np.testing.assert_array_equal(colors[3], HEIGHTS_LIGHT[-1])


@pytest.mark.parametrize("losses", [np.full(9, 3.0), np.full(9, np.nan), np.zeros((0,))])
def test_losses_without_a_difference_have_a_color_too(losses: np.ndarray) -> None:
    assert shade_losses(losses).shape == (*losses.shape, 4)
    assert len(loss_levels(losses, 5)) == 5


@given(arrays(np.float64, 30, elements=any_loss))
def test_levels_rise_within_the_losses(losses: np.ndarray) -> None:
    levels = loss_levels(losses, 12)
    assert np.all(np.diff(levels) >= 0)
    if np.ptp(losses) > 1e-9 * abs(losses.min()):
        assert losses.min() <= levels[0] <= levels[-1] <= losses.max()


def test_a_rare_height_still_counts() -> None:
    losses = np.zeros(1000)
    losses[7] = 5.0
    np.testing.assert_array_equal(shade_losses(losses)[7, :3], HEIGHTS_LIGHT[-1])


@given(heights=arrays(np.float64, 5, elements=st.floats(0, 1)), unit=st.floats(1e-3, 10))
def test_height_and_loss_undo_one_another(heights: np.ndarray, unit: float) -> None:
    scale = Heights(floor=-2.0, unit=unit, top=90.0)
    np.testing.assert_allclose(scale.height(scale.loss(heights)), heights, atol=1e-9)


def test_contours_lie_where_the_values_are() -> None:
    domain = (-2.0, 2.0, -3.0, 3.0)
    values = (plane(domain, 80) ** 2).sum(axis=-1)
    small, large, none = contour_lines(values, domain, (0.5, 1.0, 99.0))
    assert [len(small), len(large), len(none)] == [1, 1, 0]
    np.testing.assert_allclose(np.hypot(*large[0].T), 1.0, atol=0.01)


def test_contours_leave_out_what_is_not_a_number() -> None:
    domain = (-1.0, 1.0, -1.0, 1.0)
    values = plane(domain, 20)[..., 0].copy()
    values[10:] = np.nan
    ((line,),) = contour_lines(values, domain, (0.3,))
    assert line[:, 1].max() < 0
    np.testing.assert_allclose(line[:, 0], 0.3)


def test_straight_heights_are_those_of_the_losses_themselves() -> None:
    losses = np.linspace(1.0, 5.0, 101)
    heights = Heights.of(losses, straight=True).height(losses)
    np.testing.assert_allclose(heights[:-3], (losses[:-3] - 1.0) / 3.92, atol=1e-5)
    levels = loss_levels(losses, 4, straight=True)
    np.testing.assert_allclose(np.diff(levels), 0.98, rtol=1e-5)
    assert len(loss_levels(losses, 9)) == 9
