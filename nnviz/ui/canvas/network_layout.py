"""Where everything of a network stands: columns of tiles and the curves between them.

Only numbers: a network of any shape is laid into any rectangle, tiles as large as there is room.
Features are many and seldom change, so they have tiles of a size of their own. All edges of tiles
lie between pixels, so that curves end where tiles begin. A layer of more units than can be told
apart is folded: its first units have tiles, the others are a stack below them.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.value import dataclass

Floats = NDArray[np.float64]

SAMPLES = 20
"""Points along the curve of one weight."""

HEAD = 34
"""Room above the tiles for captions and buttons, before the theme's scale."""

LABEL, LONG_LABEL = 46, 112
"""Room beside the feature tiles for their labels, at least and at most, before scale."""

LABEL_SHARE = 0.16
"""Which part of the width labels may take where they are long."""

MOST_TILES = 16
"""A layer of more units than this is folded, however much room there is."""

LARGEST_FEATURE = 60
LARGEST_TILE = 72
SMALLEST_PITCH = 11
_FILL = 0.82  # Share of the pitch that a tile takes.


@dataclass(frozen=True)
class Layout:
    """Places in pixels.

    `columns` are the centers of the columns by x, features first, output last; `rows` the centers
    of the tiles shown in each, by y, of shape (shown,); `more` how many units of a column are
    folded, and `stacks` where their stack stands by y, below the tiles. `tile` is the side of a
    neuron's tile, `feature` that of a feature's; `adder` where by y a feature can be added, `label`
    how wide the labels of features may be.
    """

    tile: float
    feature: float
    columns: tuple[float, ...]
    rows: tuple[Floats, ...]
    more: tuple[int, ...]
    stacks: tuple[float, ...]
    adder: float
    scale: float
    label: float

    @cached_property
    def pitch(self) -> float:
        """From the center of one column to the next."""
        return self.columns[1] - self.columns[0]

    @cached_property
    def dot(self) -> float:
        """How wide the dot of a bias is."""
        return float(min(max(0.24 * self.tile, 5.0), 13.0) * self.scale**0.5)

    @cached_property
    def gap(self) -> float:
        """Free height between two tiles of the fullest layer with neurons."""
        steps = [float(np.diff(rows).min()) for rows in self.rows[1:] if len(rows) > 1]
        return min(steps, default=LARGEST_TILE * self.scale) - self.tile

    def side(self, layer: int) -> float:
        """The side of the tiles in a column."""
        return self.tile if layer else self.feature

    def center(self, layer: int, place: int) -> tuple[float, float]:
        """The center of a tile."""
        return self.columns[layer], float(self.rows[layer][place])

    def dot_center(self, layer: int, place: int) -> tuple[float, float]:
        """The center of the dot of a bias, at the lower left corner of its tile."""
        x, y = self.center(layer, place)
        away = self.tile / 2 - 0.14 * self.dot
        return x - away, y + away

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

    def stack_at(self, x: float, y: float) -> int | None:
        """The layer whose folded units are at a place, with the words below them."""
        half = self.tile / 2 + 2 * self.scale
        for layer, more in enumerate(self.more):
            is_beside = layer > 0 and more > 0 and abs(x - self.columns[layer]) <= 2 * half
            if is_beside and -half <= y - self.stacks[layer] <= half + 14 * self.scale:
                return layer
        return None

    def dot_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The unit, features being layer 0, whose bias has its dot at a place."""
        reach = min(self.dot / 2 + 2 * self.scale, 0.36 * self.tile)  # A small tile stays a tile.
        for layer in range(1, len(self.columns)):
            left, top = self.dot_center(layer, 0)
            if abs(x - left) <= reach:
                gaps = np.abs(self.rows[layer] + (top - self.rows[layer][0]) - y)
                place = int(np.argmin(gaps))
                return (layer, place) if gaps[place] <= reach else None
        return None


def lay_out(
    size: tuple[int, int],
    counts: tuple[int, ...],
    scale: float,
    extra: int = 0,
    label: float = 0.0,
) -> Layout:
    """Lay a network of `counts` units by column into a rectangle of (width, height) pixels.

    Args:
        size: of the rectangle.
        counts: the units of each column, features first.
        scale: of the theme.
        extra: so many tiles below the features are kept free.
        label: how wide the labels of the features would be, in pixels.
    """
    width, height = size
    top, bottom = HEAD * scale, height - 6 * scale
    room = max(bottom - top, 3 * SMALLEST_PITCH * scale)
    capacity = max(3, int(room / (SMALLEST_PITCH * scale)))
    folds = [_folded(counts[0] + extra, capacity)]
    folds += [_folded(n, min(capacity, MOST_TILES)) for n in counts[1:]]
    side = 10 * scale
    label = max(min(label, LONG_LABEL * scale, LABEL_SHARE * width), LABEL * scale)
    widest = 0.62 * (width - 2 * side - label) / max(len(counts), 2)
    feature, near = _fit(room, folds[0][1], LARGEST_FEATURE * scale, widest)
    tile, far = _fit(room, max(slots for _, slots in folds[1:]), LARGEST_TILE * scale, widest)
    columns = np.linspace(side + label + feature / 2, width - side - tile / 2, len(counts))
    middle = round((top + bottom) / 2)
    places = [
        middle + np.round(pitch * (np.arange(slots) - (slots - 1) / 2))
        for (_, slots), pitch in zip(folds, (near, *[far] * len(counts)), strict=False)
    ]
    shown = [min(shown, count) for (shown, _), count in zip(folds, counts, strict=True)]
    rows: tuple[Floats, ...] = tuple(y[:n] for y, n in zip(places, shown, strict=True))
    more = tuple(n - m for n, m in zip(counts, shown, strict=True))
    stacks = tuple(float(y[min(n, len(y) - 1)]) for y, n in zip(places, shown, strict=True))
    columns_kept = tuple(np.round(columns).tolist())
    return Layout(
        tile, feature, columns_kept, rows, more, stacks, float(places[0][-1]), scale, label
    )


def _folded(count: int, capacity: int) -> tuple[int, int]:
    """How many units have a tile of their own, and how many tiles high the column is.

    A stack and the words below it take the place of two.
    """
    return (count, count) if count <= capacity else (capacity - 2, capacity)


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
    return _between(layout, layer, layout.rows[layer][sources], layout.rows[layer + 1])


def bundles(layout: Layout, layer: int, sources: NDArray[np.intp]) -> Floats:
    """The curves from and to the stacks at both ends of a column of weights, (n, SAMPLES, 2)."""
    before, after = layout.rows[layer][sources], layout.rows[layer + 1]
    made = [np.zeros((0, SAMPLES, 2))]
    if layout.more[layer + 1]:
        made.append(_between(layout, layer, before, np.array([layout.stacks[layer + 1]])))
    if layout.more[layer] and layer:
        made.append(_between(layout, layer, np.array([layout.stacks[layer]]), after))
    return np.concatenate([each.reshape(-1, SAMPLES, 2) for each in made])


def _between(layout: Layout, layer: int, before: Floats, after: Floats) -> Floats:
    """Curves between heights of two columns, of shape (after, before, SAMPLES, 2)."""
    x0 = layout.columns[layer] + layout.side(layer) / 2
    x1 = layout.columns[layer + 1] - layout.tile / 2
    y0, y1 = before[None, :, None], after[:, None, None]
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
