"""Where everything of a network stands: columns of tiles and the curves between them.

Only numbers: a network of any shape is laid into any rectangle, tiles as large as there is room.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAMPLES = 20
"""Points along the curve of one weight."""

HEAD = 65
"""Room above the tiles for buttons and captions, before the theme's scale."""

LABEL = 46
"""Room beside the feature tiles for their labels, before the theme's scale."""

LARGEST_TILE = 60
SMALLEST_PITCH = 15
_FILL = 0.82  # Share of the pitch that a tile takes.


@dataclass(frozen=True)
class Layout:
    """Places in pixels.

    `columns` are the centers of the columns by x, features first, output last; `rows` the centers
    of the tiles shown in each, by y, of shape (shown,); `more` how many units of a column had no
    room. `tile` is the side of a tile.
    """

    tile: float
    columns: tuple[float, ...]
    rows: tuple[Floats, ...]
    more: tuple[int, ...]

    @cached_property
    def pitch(self) -> float:
        """From the center of one column to the next."""
        return self.columns[1] - self.columns[0]

    def center(self, layer: int, place: int) -> tuple[float, float]:
        """The center of a tile."""
        return self.columns[layer], float(self.rows[layer][place])

    def shows(self, layer: int, place: int) -> bool:
        """Whether a unit has a tile."""
        return 0 <= layer < len(self.rows) and 0 <= place < len(self.rows[layer])

    def unit_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The unit whose tile is at a place: (layer, place)."""
        half = self.tile / 2 + 2
        for layer, column in enumerate(self.columns):
            if abs(x - column) <= half and len(self.rows[layer]):
                gaps = np.abs(self.rows[layer] - y)
                place = int(np.argmin(gaps))
                return (layer, place) if gaps[place] <= half else None
        return None


def lay_out(size: tuple[int, int], counts: tuple[int, ...], scale: float) -> Layout:
    """Lay a network of `counts` units by column into a rectangle of (width, height) pixels."""
    width, height = size
    top, bottom = HEAD * scale, height - 8 * scale
    room = max(bottom - top, SMALLEST_PITCH)
    capacity = max(2, int(room / (SMALLEST_PITCH * scale)))
    shown = [n if n <= capacity else capacity - 1 for n in counts]
    slots = [min(n, capacity) for n in counts]
    pitch = min(room / max(slots), LARGEST_TILE * scale / _FILL)
    side = 14 * scale
    label = LABEL * scale
    across = (width - 2 * side - label) / max(len(counts), 2)
    tile = max(min(_FILL * pitch, 0.62 * across), 8.0)
    columns = np.linspace(side + label + tile / 2, width - side - tile / 2, len(counts))
    middle = (top + bottom) / 2
    rows: tuple[Floats, ...] = tuple(
        middle + pitch * (np.arange(n, dtype=np.float64) - (all_slots - 1) / 2)
        for n, all_slots in zip(shown, slots, strict=True)
    )
    more = tuple(n - m for n, m in zip(counts, shown, strict=True))
    return Layout(tile, tuple(columns.tolist()), rows, more)


def curves(layout: Layout, layer: int, sources: NDArray[np.intp]) -> Floats:
    """The curves into a column, of shape (units of the column, sources, SAMPLES, 2).

    `layer` counts the columns with weights from 0, which is the one after the features; `sources`
    are places in the column before.
    """
    half = layout.tile / 2
    x0, x1 = layout.columns[layer] + half, layout.columns[layer + 1] - half
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
