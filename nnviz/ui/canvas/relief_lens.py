"""Where the places of a landscape are on the widget that shows it, and which of them are hidden."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize

from nnviz.engine.outlook import Outlook
from nnviz.ui.canvas.pens import Floats
from nnviz.value import dataclass

_NEARBY = 0.01
"""Of the box: from so near it is seen which way an axis goes."""

NOWHERE = QPointF(-1e6, -1e6)
"""Where a point is seen that is beyond the landscape."""


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """A landscape as its picture fills a widget."""

    outlook: Outlook
    size: QSize

    def pixels(self, places: Floats) -> Floats:
        """Where places of the box, of shape (…, 3), are on the widget, of shape (…, 2)."""
        vantage = self.outlook.vantage.resized(self.size.width(), self.size.height())
        return vantage.project(places)[..., :2]

    def pixel(self, place: Floats) -> QPointF:
        """Where one place is."""
        x, y = self.pixels(place).tolist()
        return QPointF(x, y)

    def is_hidden(self, places: Floats) -> NDArray[np.bool_]:
        """Which places are behind a hill, or below the ground."""
        return self.outlook.is_hidden(places)

    def ground(self, x: float, y: float) -> Floats:
        """The place on the landscape above a point; NaN where there is none."""
        return self.outlook.on_ground(np.array([x, y]))

    def aim(self, point: Floats) -> tuple[Floats, Floats]:
        """Where a point (x, y) of the ground is, and where a unit along each axis leads level.

        The second holds pixels in its columns; over a hole all is NaN.
        """
        x_min, x_max, y_min, y_max = self.outlook.domain
        place = self.outlook.on_ground(point)
        near = _NEARBY * np.eye(3)[:2]
        origin = self.pixels(place)
        ways = (self.pixels(place + near) - origin) / _NEARBY
        return origin, (ways * [[2 / (x_max - x_min)], [2 / (y_max - y_min)]]).T

    def floor(self, x: float, y: float) -> Floats:
        """The place on the floor below a point; NaN where there is none."""
        return self.outlook.on_floor(np.array([x, y]))

    def somewhere(self, point: tuple[float, float]) -> QPointF:
        """Where a point is seen: on the landscape, over a hole on the floor."""
        for place in (self.ground(*point), self.floor(*point)):
            if is_somewhere(place):
                return self.pixel(place)
        return NOWHERE

    def pick(self, pixel: QPointF) -> tuple[float, float] | None:
        """Which point of the surface is at a pixel."""
        return self.outlook.pick(pixel.x() / self.size.width(), pixel.y() / self.size.height())


def is_somewhere(place: Floats) -> bool:
    """Whether a place is one: not outside, not over a hole."""
    return bool(np.isfinite(place).all())
