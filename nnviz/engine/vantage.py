"""From where a landscape is looked at, and what that makes of places in its box.

The camera is infinitely far away: what is parallel stays parallel, upright lines stay upright, and
a pixel and a depth give a place back. The box reaches from -1 to 1 across and upward on the map,
and from 0, its floor, to CEILING in height.
"""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin, sqrt

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.value import dataclass

GROUND = 0.42
"""The height of the lowest place above the floor: room to see the map on it."""

CEILING = 1.32
"""The height of the highest place."""

_FILLED = 0.97
"""How much of the picture the box fills at most, but for its margin."""


@dataclass(frozen=True, slots=True)
class Vantage:
    """A direction to look in and a picture of `width` x `height` pixels.

    `turn` in degrees is how far the camera went around: at 0 the first axis points right and the
    second away. `tilt` in degrees is how far it stands above the horizon, from 0 to 90, straight
    above. `zoom` is a factor. So many pixels as `margin` stay free left, right and below for what
    is written there, and a third of them above.
    """

    turn: float
    tilt: float
    zoom: float
    width: int
    height: int
    margin: float = 0.0

    @property
    def ahead(self) -> tuple[float, float]:
        """The direction on the map that leads away from the camera; to its right is (y, -x)."""
        turn = radians(self.turn)
        return -sin(turn), cos(turn)

    @property
    def rise(self) -> tuple[float, float]:
        """How far up in the picture a unit ahead on the map goes, and a unit of height."""
        tilt = radians(self.tilt)
        return sin(tilt), cos(tilt)

    @property
    def scale(self) -> float:
        """Pixels a unit; the same all the way around."""
        ahead, up = self.rise
        tall = 2 * sqrt(2) * ahead + CEILING * up
        across = max(self.width - 2 * self.margin, 1.0) / (2 * sqrt(2))
        return self.zoom * _FILLED * min(across, max(self.height - 4 / 3 * self.margin, 1.0) / tall)

    @property
    def center(self) -> tuple[float, float]:
        """Where the middle of the box is, in pixels from the left and from the top."""
        return self.width / 2, (self.height - 2 / 3 * self.margin) / 2

    def resized(self, width: int, height: int) -> Vantage:
        """The same in a picture of another size."""
        margin = self.margin * min(width / self.width, height / self.height)
        return replace(self, width=width, height=height, margin=margin)

    def project(self, places: Floats) -> Floats:
        """Where places of the box are in the picture.

        Args:
            places: of shape (…, 3): across and upward on the map, and height.

        Returns:
            Of shape (…, 3): pixels from the left, pixels from the top, and how far away, in units.
        """
        x, y = self.ahead
        sine, cosine = self.rise
        distance = x * places[..., 0] + y * places[..., 1]
        height = places[..., 2] - CEILING / 2
        seen = np.empty(places.shape)
        right = y * places[..., 0] - x * places[..., 1]
        left, top = self.center
        seen[..., 0] = left + self.scale * right
        seen[..., 1] = top - self.scale * (sine * distance + cosine * height)
        seen[..., 2] = cosine * distance - sine * height
        return seen

    def place(self, seen: Floats) -> Floats:
        """Which places of the box are seen: what `project` is undone by, of shape (…, 3)."""
        x, y = self.ahead
        sine, cosine = self.rise
        left, top = self.center
        right = (seen[..., 0] - left) / self.scale
        up = (top - seen[..., 1]) / self.scale
        distance = sine * up + cosine * seen[..., 2]
        places = np.empty(seen.shape)
        places[..., 0] = y * right + x * distance
        places[..., 1] = -x * right + y * distance
        places[..., 2] = cosine * up - sine * seen[..., 2] + CEILING / 2
        return places
