"""Milliseconds a frame of an animation."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine.raster import shade
from nnviz.export import gif

FRAMES = 4
STOPS = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], np.uint8)


def turning_boundary(turn: float) -> NDArray[np.uint8]:
    """A picture of 800 × 600 in which all moves a little, as between two epochs."""
    x, y = np.meshgrid(np.linspace(-6, 6, 800), np.linspace(6, -6, 600))
    return shade(np.tanh(x * np.cos(turn) + y * np.sin(2 * turn) + x * y / 5), STOPS)


def test_gif_of_four_frames(benchmark: BenchmarkFixture) -> None:
    frames = [turning_boundary(0.05 * place) for place in range(FRAMES)]
    benchmark(lambda: gif.encode(iter(frames), 10.0, BytesIO()))
