"""Milliseconds a picture of a landscape from the side: for every step of an orbit, and at rest."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine.panorama import LIGHT_INK, draw
from nnviz.engine.raster import Heights, plane
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.terrain import Terrain
from nnviz.engine.vantage import Vantage

SIZES = {"panel": (700, 420), "workspace": (1100, 700)}
LEVELS = 14


def heights(cells: int = 128) -> Terrain:
    surface = SURFACES["rosenbrock"]
    losses = surface.value(plane(surface.domain, cells))
    return Terrain.of(Heights.of(losses).height(losses))


@pytest.mark.parametrize("fine", [1, 2], ids=["moving", "at-rest"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_orbit(benchmark: BenchmarkFixture, size: tuple[int, int], fine: int) -> None:
    terrain, vantage = heights(), Vantage(0.0, 32.0, 1.0, *size)
    turns = cycle(range(0, 360, 7))
    panorama = benchmark(
        lambda: draw(terrain, replace(vantage, turn=next(turns)), LIGHT_INK, LEVELS, fine)
    )
    assert panorama.rgba.any()


def test_another_surface(benchmark: BenchmarkFixture) -> None:
    assert benchmark(heights).known is None
