"""Thousands of particles on a landscape as one picture, faint where a hill hides them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.outlook import Outlook
from nnviz.engine.raster import Bytes
from nnviz.engine.splash import splashed

CELL = 2
"""How many pixels wide and high a particle is."""

FAINT = 0.25
"""How much of its color what is behind a hill keeps."""


def sprayed(outlook: Outlook, swarms: Sequence[Floats], colors: NDArray[np.integer]) -> Bytes:
    """Particles where they stand on a landscape, over the whole of its picture.

    Args:
        outlook: the landscape, and where it is looked at from.
        swarms: the places of each on the map, of shape (2, particles).
        colors: RGB of each, of shape (swarms, 3).

    Returns:
        Premultiplied RGBA bytes of shape (rows, columns, 4), row 0 at the top, a particle a cell.
    """
    free, hidden = [], []
    for swarm in swarms:
        places = outlook.on_ground(swarm.T)
        places = places[np.isfinite(places[:, 2])]
        is_hidden = outlook.is_hidden(places)
        pixels = outlook.vantage.project(places)[:, :2].T
        free.append(pixels[:, ~is_hidden])
        hidden.append(pixels[:, is_hidden])
    vantage = outlook.vantage
    size = max(vantage.width // CELL, 1), max(vantage.height // CELL, 1)
    domain = (0.0, float(vantage.width), 0.0, float(vantage.height))
    near, far = (splashed(each, colors, domain, size) for each in (free, hidden))
    return near + (far * (FAINT * (1 - near[..., 3:] / 255))).astype(np.uint8)
