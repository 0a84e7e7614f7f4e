from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.vantage import CEILING, Vantage

turns = st.floats(-360, 360)
tilts = st.floats(0, 90)
vantages = st.builds(Vantage, turns, tilts, st.floats(0.3, 8), st.just(640), st.just(400))
inside = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, CEILING))
CORNERS = np.array(list(product((-1.0, 1.0), (-1.0, 1.0), (0.0, CEILING))))


@given(vantages, inside)
def test_a_pixel_and_a_depth_give_the_place_back(
    vantage: Vantage, place: tuple[float, float, float]
) -> None:
    seen = vantage.project(np.array(place))
    np.testing.assert_allclose(vantage.place(seen), place, atol=1e-9)


@given(turns, tilts, st.integers(64, 2000), st.integers(64, 2000))
def test_the_whole_box_is_in_the_picture(turn: float, tilt: float, width: int, height: int) -> None:
    seen = Vantage(turn, tilt, 1.0, width, height).project(CORNERS)
    assert (seen[:, :2] >= 0).all()
    assert (seen[:, :2] <= (width, height)).all()


@given(turns, tilts)
def test_the_margin_stays_free(turn: float, tilt: float) -> None:
    seen = Vantage(turn, tilt, 1.0, 640, 400, 30.0).project(CORNERS)
    assert (seen[:, :2] >= (30, 10)).all()
    assert (seen[:, :2] <= (610, 370)).all()


@given(vantages, st.integers(1, 4))
def test_a_larger_picture_shows_the_same(vantage: Vantage, factor: int) -> None:
    vantage = replace(vantage, margin=20.0)
    larger = vantage.resized(factor * vantage.width, factor * vantage.height)
    seen, wide = vantage.project(CORNERS), larger.project(CORNERS)
    np.testing.assert_allclose(wide[:, :2], factor * seen[:, :2], atol=1e-8)
    np.testing.assert_allclose(wide[:, 2], seen[:, 2])


@given(vantages, inside)
def test_upright_lines_stay_upright(vantage: Vantage, place: tuple[float, float, float]) -> None:
    foot, head = vantage.project(np.array([(*place[:2], 0.0), (*place[:2], CEILING)]))
    assert head[0] == pytest.approx(foot[0])
    assert head[1] <= foot[1] + 1e-9


@given(vantages, inside, inside)
def test_what_is_parallel_stays_parallel(
    vantage: Vantage, one: tuple[float, float, float], two: tuple[float, float, float]
) -> None:
    step = np.array([0.3, -0.2, 0.1])
    ends = vantage.project(np.array([one, np.array(one) + step, two, np.array(two) + step]))
    np.testing.assert_allclose(ends[1] - ends[0], ends[3] - ends[2], atol=1e-8)


def test_from_above_it_is_the_map() -> None:
    vantage = Vantage(0.0, 90.0, 1.0, 400, 400)
    middle, right, up, high = vantage.project(
        np.array([[0.0, 0, 0.5], [1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    )
    assert middle[:2] == pytest.approx([200, 200])
    assert right[0] > middle[0]
    assert right[1] == pytest.approx(middle[1])
    assert up[0] == pytest.approx(middle[0])
    assert up[1] < middle[1]
    assert high[:2] == pytest.approx(middle[:2])
    assert high[2] < middle[2]


def test_from_the_side_height_is_up() -> None:
    vantage = Vantage(0.0, 0.0, 1.0, 400, 400)
    low, high, ahead = vantage.project(np.array([[0.0, 0, 0], [0, 0, 1], [0, 1, 0]]))
    assert high[1] < low[1]
    assert ahead[1] == pytest.approx(low[1])
    assert ahead[2] > low[2]


def test_going_around_shows_the_other_axis() -> None:
    seen = Vantage(90.0, 20.0, 1.0, 400, 400).project(np.array([[0.0, 0, 0.5], [0, 1, 0.5]]))
    assert seen[1, 0] > seen[0, 0]


def test_zoom_enlarges_about_the_middle() -> None:
    once, twice = (Vantage(30.0, 40.0, zoom, 640, 400).project(CORNERS) for zoom in (1.0, 2.0))
    middle = np.array([320, 200])
    np.testing.assert_allclose(twice[:, :2] - middle, 2 * (once[:, :2] - middle))
