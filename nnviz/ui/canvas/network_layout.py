"""Where everything of a network stands: columns of tiles and the curves between them.

Only numbers: a network of any shape is laid into any rectangle, tiles as large as there is room.
Features are many and seldom change, so they have tiles of a size of their own. All edges of tiles
lie between pixels, so that curves end where tiles begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAMPLES = 20
"""Points along the curve of one weight."""

HEAD = 34
"""Room above the tiles for captions and buttons, before the theme's scale."""

LABEL = 46
"""Room beside the feature tiles for their labels, before the theme's scale."""

LARGEST_FEATURE = 60
LARGEST_TILE = 72
SMALLEST_PITCH = 15
_FILL = 0.82  # Share of the pitch that a tile takes.


@dataclass(frozen=True)
class Layout:
    """Places in pixels.

    `columns` are the centers of the columns by x, features first, output last; `rows` the centers
    of the tiles shown in each, by y, of shape (shown,); `more` how many units of a column had no
    room. `tile` is the side of a neuron's tile, `feature` that of a feature's.
    """

    tile: float
    feature: float
    columns: tuple[float, ...]
    rows: tuple[Floats, ...]
    more: tuple[int, ...]

    @cached_property
    def pitch(self) -> float:
        """From the center of one column to the next."""
        return self.columns[1] - self.columns[0]

    def side(self, layer: int) -> float:
        """The side of the tiles in a column."""
        return self.tile if layer else self.feature

    def center(self, layer: int, place: int) -> tuple[float, float]:
        """The center of a tile."""
        return self.columns[layer], float(self.rows[layer][place])

    def shows(self, layer: int, place: int) -> bool:
        """Whether a unit has a tile."""
        return 0 <= layer < len(self.rows) and 0 <= place < len(self.rows[layer])

    def unit_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The unit whose tile is at a place: (layer, place)."""
        for layer, column in enumerate(self.columns):
            half = self.side(layer) / 2 + 2
            if abs(x - column) <= half and len(self.rows[layer]):
                gaps = np.abs(self.rows[layer] - y)
                place = int(np.argmin(gaps))
                return (layer, place) if gaps[place] <= half else None
        return None


def lay_out(size: tuple[int, int], counts: tuple[int, ...], scale: float) -> Layout:
    """Lay a network of `counts` units by column into a rectangle of (width, height) pixels."""
    width, height = size
    top, bottom = HEAD * scale, height - 6 * scale
    room = max(bottom - top, SMALLEST_PITCH)
    capacity = max(2, int(room / (SMALLEST_PITCH * scale)))
    slots = [min(n, capacity) for n in counts]
    side = 10 * scale
    label = LABEL * scale
    widest = 0.62 * (width - 2 * side - label) / max(len(counts), 2)
    feature, near = _fit(room, slots[0], LARGEST_FEATURE * scale, widest)
    tile, far = _fit(room, max(slots[1:]), LARGEST_TILE * scale, widest)
    columns = np.linspace(side + label + feature / 2, width - side - tile / 2, len(counts))
    middle = round((top + bottom) / 2)
    shown = [n if n <= capacity else capacity - 1 for n in counts]
    rows: tuple[Floats, ...] = tuple(
        middle + np.round(pitch * (np.arange(n) - (all_slots - 1) / 2))
        for n, all_slots, pitch in zip(shown, slots, (near, *[far] * len(counts)), strict=False)
    )
    more = tuple(n - m for n, m in zip(counts, shown, strict=True))
    return Layout(tile, feature, tuple(np.round(columns).tolist()), rows, more)


def _fit(room: float, count: int, largest: float, widest: float) -> tuple[float, float]:
    """The side of `count` tiles one below the other, even in pixels, and their pitch."""
    pitch = min(room / count, largest / _FILL)
    side = 2.0 * int(max(min(_FILL * pitch, widest), 8.0) / 2)
    return side, pitch


def curves(layout: Layout, layer: int, sources: NDArray[np.intp]) -> Floats:
    """The curves into a column, of shape (units of the column, sources, SAMPLES, 2).

    `layer` counts the columns with weights from 0, which is the one after the features; `sources`
    are places in the column before.
    """
    x0 = layout.columns[layer] + layout.side(layer) / 2
    x1 = layout.columns[layer + 1] - layout.tile / 2
    y0 = layout.rows[layer][sources][None, :, None]
    y1 = layout.rows[layer + 1][:, None, None]
    t = np.linspace(0.0, 1.0, SAMPLES)
    ease = t * t * (3.0 - 2.0 * t)
    # A cubic whose two handles stand halfway across: x is 1.5 t (1 - t) + t^3 of the way.
    x = x0 + (x1 - x0) * (1.5 * t * (1.0 - t) + t**3)
    y = y0 + (y1 - y0) * ease
    return np.stack([np.broadcast_to(x, y.shape), y], axis=-1)


def ribbons(lines: Floats, widths: Floats) -> Floats:
    """Curves (n, SAMPLES, 2) made wide: outlines of shape (n, 2 * SAMPLES, 2)."""
    along = np.gradient(lines, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=-1, keepdims=True), 1e-9)
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1) * widths[:, None, None] / 2
    return np.concatenate([lines + across, (lines - across)[:, ::-1]], axis=1)
