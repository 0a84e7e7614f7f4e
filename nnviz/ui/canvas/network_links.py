"""Where the weights run as curves, which one is at a place, and how strong each is to look."""

from __future__ import annotations

import math
from dataclasses import field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nnviz.ui.canvas.network_layout import SAMPLES, Layout, curves
from nnviz.ui.canvas.network_view import Bools, NetworkView
from nnviz.ui.canvas.pens import Floats
from nnviz.value import dataclass

WEIGHT = "weight"
"""The overlay that shows the weights themselves."""

_STRONG = 5.0  # The size of a weight from which on its curve grows no wider.
_NICE = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
_THINNEST = 0.75
_AMID = slice(SAMPLES // 5, SAMPLES - SAMPLES // 5)


@dataclass(frozen=True)
class Links:
    """The curves of a layout: `lines` (n, SAMPLES, 2) and what each joins, `places` (n, 3).

    A place is (layer, unit, source): indices into the weights as they were given.
    """

    lines: Floats = field(default_factory=lambda: np.zeros((0, SAMPLES, 2)))
    places: NDArray[np.intp] = field(default_factory=lambda: np.zeros((0, 3), np.intp))

    _flat: dict[object, NDArray[np.intp]] = field(default_factory=dict, init=False, compare=False)

    @cached_property
    def index(self) -> dict[tuple[int, ...], int]:
        """The number of the curve of a place."""
        return {tuple(place): i for i, place in enumerate(self.places.tolist())}

    def nearest(self, x: float, y: float, reach: float, widths: Floats) -> int | None:
        """The curve that passes nearest to a place, if one does within reach."""
        if not len(self.lines):
            return None
        gaps = _distances(self.lines, x, y) - widths / 2
        best = int(np.argmin(gaps))
        return best if gaps[best] <= reach else None

    def within(self, room: QRectF) -> list[tuple[int, int, int]]:
        """The places of the curves whose middle part comes through a rectangle."""
        x, y = np.moveaxis(self.lines[:, _AMID], -1, 0)
        inside = (x >= room.left()) & (x <= room.right())
        inside &= (y >= room.top()) & (y <= room.bottom())
        chosen = self.places[inside.any(axis=1)].tolist()
        return [(layer, unit, source) for layer, unit, source in chosen]

    def of_view(self, arrays: tuple[NDArray[np.generic], ...]) -> NDArray[np.generic]:
        """The entries of arrays (outputs, inputs) by layer that belong to the curves, (n,)."""
        inputs = tuple(each.shape[1] for each in arrays)
        sizes = tuple(each.size for each in arrays)
        if (inputs, sizes) not in self._flat:
            layer, unit, source = self.places.T
            starts = np.cumsum((0, *sizes))
            self._flat[inputs, sizes] = starts[layer] + unit * np.array(inputs)[layer] + source
        return np.concatenate([each.ravel() for each in arrays])[self._flat[inputs, sizes]]


def link_up(layout: Layout, on: NDArray[np.intp]) -> Links:
    """All curves between tiles that are shown; `on` are the places of the features in use."""
    lines, places = [np.zeros((0, SAMPLES, 2))], [np.zeros((0, 3), np.intp)]
    for layer in range(len(layout.rows) - 1):
        rows = layout.rows[layer]
        sources = on[on < len(rows)] if layer == 0 else np.arange(len(rows))
        made = curves(layout, layer, sources)
        unit, source = np.indices(made.shape[:2]).reshape(2, -1)
        lines.append(made.reshape(-1, SAMPLES, 2))
        places.append(np.stack([np.full_like(unit, layer), unit, source], axis=1))
    return Links(np.concatenate(lines), np.concatenate(places))


@dataclass(frozen=True)
class Strength:
    """How curves look: what each is worth, of shape (n,), and which are locked and cut.

    `full` is the size at which a curve is as wide as can be, `deep` that at which its color is.
    """

    values: Floats
    full: float
    deep: float
    held: Bools
    cut: Bools

    @classmethod
    def of(cls, view: NetworkView, links: Links) -> Strength:
        """What the curves of a view are worth, by its overlay."""
        none = np.zeros(len(links.places), np.bool_)
        held = np.asarray(links.of_view(view.held), np.bool_) if view.held else none
        cut = np.asarray(links.of_view(view.cut), np.bool_) if view.cut else none
        shown = np.asarray(links.of_view(view.shown or view.weights), np.float64)
        values = np.nan_to_num(shown, nan=0.0, posinf=1e9, neginf=-1e9)
        if view.overlay == WEIGHT or not view.shown:
            return cls(values, _STRONG, 1.0, held, cut)
        full = nice(float(np.abs(values).max(initial=0.0)))
        return cls(values, full, full, held, cut)

    def widths(self, widest: float) -> Floats:
        """The width of each curve in pixels: from 0.75, faster at first, up to the widest."""
        share = np.minimum(np.abs(self.values) / self.full, 1.0)
        return _THINNEST + (widest - _THINNEST) * share**0.7


def nice(number: float) -> float:
    """The least round number that is not below one above 0; 1 for 0."""
    if number <= 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(number))
    return next((step * power for step in _NICE if step * power >= number), 10.0 * power)


def _distances(lines: Floats, x: float, y: float) -> Floats:
    """How far each polyline (n, SAMPLES, 2) is from a place, of shape (n,)."""
    place = np.array([x, y])
    start, along = lines[:, :-1], np.diff(lines, axis=1)
    size = np.maximum((along**2).sum(axis=-1), 1e-12)
    share = np.clip(((place - start) * along).sum(axis=-1) / size, 0.0, 1.0)
    foot = start + share[..., None] * along
    distances: Floats = np.sqrt(((place - foot) ** 2).sum(axis=-1).min(axis=1))
    return distances
