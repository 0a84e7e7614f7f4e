"""The tiles of neurons: live maps in rounded frames, a column of them at a time.

Blits are what tiles cost, so a column is two pictures, however many neurons it has: its maps,
filled by whole-array operations, and its frames, drawn again only when one looks different.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_frames import Frames
from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.canvas.pens import Bytes, blank


class Atlas:
    """The maps of all units as one image, a square each, one below the other."""

    def __init__(self, maps: Bytes) -> None:
        """Take maps of shape (units, cells, cells, 4), row 0 at the least x2."""
        units, self._cells = maps.shape[:2]
        self.pixels = np.ascontiguousarray(maps[:, ::-1])
        self.image = QImage(
            self.pixels.data,
            self._cells,
            self._cells * units,
            4 * self._cells,
            QImage.Format.Format_RGBX8888,
        )

    def __len__(self) -> int:
        """How many maps there are."""
        return len(self.pixels)

    def shares(self, other: Atlas | None, units: int) -> bool:
        """Whether the first maps look as those of another atlas."""
        return other is not None and np.array_equal(self.pixels[:units], other.pixels[:units])

    def source(self, unit: int) -> QRectF:
        """Where the map of a unit is within the image."""
        return QRectF(0, unit * self._cells, self._cells, self._cells)


class Column:
    """The tiles of one layer: their maps as one picture, their frames as another."""

    def __init__(self, layout: Layout, layer: int, ratio: float, frames: Frames) -> None:
        """Empty tiles for a layer of a layout, on a screen of a device pixel ratio."""
        half, rows = layout.tile / 2, layout.rows[layer]
        self._frames = frames
        self._looks: NDArray[np.int64] | None = None
        self._side = max(1, round(layout.tile * ratio))
        self._corner = QPointF(layout.columns[layer] - half, float(rows[0]) - half)
        self._downs = (rows - rows[0]).tolist()
        height = self._downs[-1] + layout.tile
        self._tops = [round(down * ratio) for down in self._downs]
        self._pixels = np.zeros((round(height * ratio) + 1, self._side), np.uint32)
        self._maps = QImage(
            self._pixels.data,
            self._side,
            len(self._pixels),
            4 * self._side,
            QImage.Format.Format_RGBA8888_Premultiplied,
        )
        self._maps.setDevicePixelRatio(ratio)
        margin = frames.margin
        self._away = self._corner - QPointF(margin, margin)
        size = QSize(round(layout.tile) + 2 * margin, round(height) + 2 * margin)
        self._plate = blank(size, ratio, Qt.GlobalColor.transparent)

    def show_maps(self, maps: NDArray[np.uint32]) -> None:
        """Take the maps of the tiles, (tiles, side, side), the upper row first."""
        for top, each in zip(self._tops, maps, strict=False):
            self._pixels[top : top + self._side] = each

    def show_looks(self, looks: NDArray[np.int64]) -> None:
        """Draw the frames of the tiles if they look different."""
        if self._looks is not None and np.array_equal(looks, self._looks):
            return
        self._looks = looks.copy()
        self._plate.fill(Qt.GlobalColor.transparent)
        with painting(self._plate) as painter:
            for down, look in zip(self._downs, looks.tolist(), strict=True):
                painter.drawPixmap(QPointF(0, down), self._frames.of_look(look))

    def paint(self, painter: QPainter) -> None:
        """Draw maps and frames."""
        painter.drawImage(self._corner, self._maps)
        painter.drawPixmap(self._away, self._plate)


class Tiles:
    """All tiles of a network's layers, without its features."""

    def __init__(self, layout: Layout, ratio: float, frames: Frames) -> None:
        """Empty tiles for a layout, on a screen of a device pixel ratio."""
        self._side = max(1, round(layout.tile * ratio))
        layers = range(1, len(layout.rows))
        self._columns = [Column(layout, layer, ratio, frames) for layer in layers]
        counts = [len(rows) for rows in layout.rows[1:]]
        self._parts = [
            slice(a, a + n) for a, n in zip(np.cumsum([0, *counts]), counts, strict=False)
        ]

    def show_maps(self, maps: Bytes) -> None:
        """Take the maps of the neurons that have a tile, (units, cells, cells, 4)."""
        sharp = np.ascontiguousarray(resized(maps, self._side)).view(np.uint32)[:, ::-1, :, 0]
        for column, part in zip(self._columns, self._parts, strict=True):
            column.show_maps(sharp[part])

    def show_looks(self, looks: NDArray[np.int64]) -> None:
        """Take how the frames of all tiles look, of shape (units,)."""
        for column, part in zip(self._columns, self._parts, strict=True):
            column.show_looks(looks[part])

    def paint_layer(self, painter: QPainter, layer: int) -> None:
        """Draw the tiles of one layer, counted without the features."""
        self._columns[layer].paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Draw all tiles."""
        for column in self._columns:
            column.paint(painter)


def resized(maps: Bytes, side: int) -> Bytes:
    """Maps (units, cells, cells, 4) in another number of cells, blended between their own."""
    cells = maps.shape[1]
    if cells == side:
        return maps
    place = np.clip((np.arange(side) + 0.5) * cells / side - 0.5, 0, cells - 1).astype(np.float32)
    low = place.astype(np.intp)
    high, share = np.minimum(low + 1, cells - 1), (place - low)[:, None]
    rows = maps[:, low] + share[:, None] * (maps[:, high].astype(np.float32) - maps[:, low])
    blended = rows[:, :, low] + share * (rows[:, :, high] - rows[:, :, low])
    sharp: Bytes = np.rint(blended).astype(np.uint8)
    return sharp
