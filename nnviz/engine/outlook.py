"""A loss surface as a landscape that is looked at: what is where, what is hidden, what is picked.

Places of the surface go into the box of the landscape by its domain and its scale of losses; what
the picture kept of its depth says whether something in the box is to be seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.field import Domain
from nnviz.engine.panorama import Panorama
from nnviz.engine.raster import Heights
from nnviz.engine.terrain import Terrain, box_height
from nnviz.engine.vantage import Vantage
from nnviz.value import dataclass

_RAISED = 0.02
"""What stands on the landscape is looked for so much higher, lest it hide what is on it."""

_BEHIND = 0.01
"""What is less far behind what is seen is not hidden by it."""

_PIXELS = 1.5
"""Both in units of the box, and by so many pixels more: depth is known pixel by pixel."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A surface over a domain, its losses on a scale, and how it looks from somewhere."""

    domain: Domain
    scale: Heights
    terrain: Terrain
    panorama: Panorama

    @property
    def vantage(self) -> Vantage:
        """Where it is looked at from."""
        return self.panorama.vantage

    def on_floor(self, points: Floats) -> Floats:
        """Points (x, y), of shape (…, 2), as places on the floor of the box, of shape (…, 3).

        What is outside the domain is nowhere: NaN.
        """
        x_min, x_max, y_min, y_max = self.domain
        places = np.zeros((*points.shape[:-1], 3))
        places[..., 0] = 2 * (points[..., 0] - x_min) / (x_max - x_min) - 1
        places[..., 1] = 2 * (points[..., 1] - y_min) / (y_max - y_min) - 1
        places[~(np.abs(places[..., :2]) <= 1 + 1e-9).all(axis=-1)] = np.nan
        return places

    def on_ground(self, points: Floats) -> Floats:
        """Points (x, y) as places on the landscape; over a hole they are nowhere."""
        places = self.on_floor(points)
        places[..., 2] = box_height(self.terrain.at(places[..., :2]))
        return places

    def at_loss(self, points: Floats) -> Floats:
        """Points (x, y, loss), of shape (…, 3), as places of the box, above the ground or below."""
        places = self.on_floor(points[..., :2])
        places[..., 2] = box_height(self.scale.height(points[..., 2]))
        return places

    def is_hidden(self, places: Floats) -> NDArray[np.bool_]:
        """Whether the landscape hides places of the box, of shape (…, 3)."""
        vantage, depth = self.vantage, self.panorama.depth
        blur = _PIXELS / vantage.scale
        seen = vantage.project(places + np.array([0.0, 0.0, _RAISED + blur]))
        rows, columns = depth.shape
        with np.errstate(invalid="ignore"):
            # Fmax and fmin, unlike clip, leave no NaN.
            column = np.fmin(np.fmax(seen[..., 0], 0), columns - 1).astype(np.intp)
            row = np.fmin(np.fmax(seen[..., 1], 0), rows - 1).astype(np.intp)
        hidden: NDArray[np.bool_] = depth[row, column] < seen[..., 2] - _BEHIND - blur
        return hidden

    def pick(self, across: float, down: float) -> tuple[float, float] | None:
        """Which point (x, y) is seen in the picture, at shares of its width and height."""
        rows, columns = self.panorama.depth.shape
        column, row = int(across * columns), int(down * rows)
        if not (0 <= column < columns and 0 <= row < rows):
            return None
        depth = float(self.panorama.depth[row, column])
        if not np.isfinite(depth):
            return None
        place = self.vantage.place(np.array([across * columns, down * rows, depth]))
        x, y, _ = np.clip(place, -1, 1).tolist()
        x_min, x_max, y_min, y_max = self.domain
        return x_min + (x + 1) / 2 * (x_max - x_min), y_min + (y + 1) / 2 * (y_max - y_min)
