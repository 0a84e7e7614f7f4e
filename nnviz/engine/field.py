"""What a race runs on: a loss over the plane, with its exact gradient.

`Field` is anything of that kind; `Surface` is one known by a formula.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.value import dataclass

Domain = tuple[float, float, float, float]
Rule = Callable[[Floats, Floats], tuple[Floats, Floats, Floats]]


class Field(Protocol):
    """A loss over the plane: what racers step on and painters draw.

    Points have shape (…, 2), values (…) and gradients (…, 2).
    """

    @property
    def domain(self) -> Domain:
        """The part worth showing: x_min, x_max, y_min, y_max."""
        ...

    @property
    def line(self) -> bool:
        """Whether y means nothing: the surface is a curve."""
        ...

    def value(self, points: Floats) -> Floats:
        """The loss at points."""
        ...

    def sketch(self, points: Floats) -> Floats:
        """The loss as precise as a picture needs it, where that is faster."""
        ...

    def gradient(self, points: Floats) -> Floats:
        """The gradient of the loss at points."""
        ...

    def value_and_gradient(self, points: Floats) -> tuple[Floats, Floats]:
        """Both at once, for about the price of one."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """A test surface: a known function with a known lowest place.

    `rule(x, y)` gives the value, its slope along x and its slope along y, elementwise. `minima`,
    of shape (m, 2), are the global ones, within the domain if they were `found` by search; `start`
    is where a race from here shows something. `bends(x, y)` gives the second derivatives by xx, xy
    and yy; without it they are differences of the slopes. On a `line` y means nothing.
    """

    key: str
    label: str
    formula: str
    domain: Domain
    minima: Floats
    start: tuple[float, float]
    rule: Rule
    bends: Rule | None = None
    found: bool = False
    line: bool = False

    def value(self, points: Floats) -> Floats:
        """The loss at points of shape (…, 2)."""
        return self.rule(points[..., 0], points[..., 1])[0]

    def sketch(self, points: Floats) -> Floats:
        """The loss at points of shape (…, 2), in full: it is cheap."""
        return self.value(points)

    def gradient(self, points: Floats) -> Floats:
        """The gradient of the loss at points of shape (…, 2)."""
        return self.value_and_gradient(points)[1]

    def hessian(self, points: Floats) -> Floats:
        """The second derivatives at points of shape (…, 2), of shape (…, 2, 2)."""
        if self.bends is None:
            return hessian(self, points)
        across, mixed, up = self.bends(points[..., 0], points[..., 1])
        return np.stack([across, mixed, mixed, up], axis=-1).reshape(*points.shape, 2)

    def value_and_gradient(self, points: Floats) -> tuple[Floats, Floats]:
        """The loss and its gradient at points of shape (…, 2)."""
        value, slope_x, slope_y = self.rule(points[..., 0], points[..., 1])
        gradient = np.empty((2, *points.shape[:-1]))
        gradient[0], gradient[1] = slope_x, slope_y
        return value, np.moveaxis(gradient, 0, -1)


STEP = 1e-5
"""How far apart gradients are compared, in units of the coordinate or of 1."""


def hessian(field: Field, points: Floats) -> Floats:
    """Second derivatives by central differences of exact gradients, of shape (…, 2, 2)."""
    columns = []
    for axis in (0, 1):
        step = np.zeros_like(points)
        step[..., axis] = STEP * np.maximum(1.0, np.abs(points[..., axis]))
        rise = field.gradient(points + step) - field.gradient(points - step)
        columns.append(rise / (2 * step[..., axis, None]))
    bent = np.stack(columns, axis=-1)
    symmetric: Floats = 0.5 * (bent + np.swapaxes(bent, -1, -2))
    return symmetric
