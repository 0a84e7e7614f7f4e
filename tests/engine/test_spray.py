from __future__ import annotations

import numpy as np

from nnviz.engine.outlook import Outlook
from nnviz.engine.panorama import LIGHT_INK, draw
from nnviz.engine.raster import Heights, plane
from nnviz.engine.spray import CELL, sprayed
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.terrain import Terrain
from nnviz.engine.vantage import Vantage

RED, BLUE = (200, 0, 0), (0, 0, 200)


def outlook(key: str, tilt: float) -> Outlook:
    surface = SURFACES[key]
    losses = surface.value(plane(surface.domain, 48))
    scale = Heights.of(losses)
    terrain = Terrain.of(scale.height(losses))
    panorama = draw(terrain, Vantage(0.0, tilt, 1.0, 200, 160), LIGHT_INK, 12)
    return Outlook(surface.domain, scale, terrain, panorama)


def test_each_swarm_is_in_its_color_where_it_stands() -> None:
    seen_from = outlook("bowl", 60.0)
    left, right = np.array([[-2.0], [0.0]]), np.array([[2.0], [0.0]])
    rgba = sprayed(seen_from, (left, right), np.array([RED, BLUE]))
    assert rgba.shape == (160 // CELL, 200 // CELL, 4)
    assert (rgba[..., 3] > 0).sum() == 2
    for place, channel in ((left, 0), (right, 2)):
        x, y, _ = seen_from.vantage.project(seen_from.on_ground(place[:, 0]))
        assert rgba[int(y / CELL), int(x / CELL), channel] > 50


def test_behind_a_hill_they_are_faint() -> None:
    valley = np.array([[0.0], [0.0]])
    free, hidden = (
        sprayed(outlook("rosenbrock", tilt), (valley,), np.array([RED]))[..., 3].max()
        for tilt in (80.0, 10.0)
    )
    assert 0 < hidden < 0.5 * free


def test_who_left_is_not_seen() -> None:
    gone = np.array([[90.0, np.nan, np.inf], [0.0, 0.0, 0.0]])
    with np.errstate(invalid="ignore"):
        assert not sprayed(outlook("bowl", 40.0), (gone,), np.array([RED])).any()


def test_nobody_is_nothing() -> None:
    assert not sprayed(outlook("bowl", 40.0), (), np.empty((0, 3), int)).any()
