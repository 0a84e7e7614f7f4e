"""The tiles of neurons: a live map in a rounded frame that tells the bias by its color."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.canvas.pens import Bytes, Floats, blank, mix, painting
from nnviz.ui.theme import Theme

_LEVELS = 10
_STRONG = 1.5  # The size of a bias from which on its color grows no stronger.


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


class Sheet:
    """The maps of all neurons in their places as one picture, made by whole-array operations."""

    def __init__(self, layout: Layout, ratio: float) -> None:
        """An empty sheet for a layout, on a screen of a device pixel ratio."""
        half, rows = layout.tile / 2, layout.rows[1:]
        self._side = max(1, round(layout.tile * ratio))
        lowest = max(float(each[-1]) for each in rows)
        self.corner = QPointF(layout.columns[1] - half, min(float(each[0]) for each in rows) - half)
        width = round((layout.columns[-1] - layout.columns[1] + layout.tile) * ratio)
        height = round((lowest + half - self.corner.y()) * ratio)
        self._pixels = np.zeros((height + 1, width + 1), np.uint32)
        self._image = QImage(
            self._pixels.data, width + 1, height + 1, QImage.Format.Format_RGBA8888_Premultiplied
        )
        self._image.setDevicePixelRatio(ratio)
        self._corners = [
            (round((y - half - self.corner.y()) * ratio), round((x - layout.columns[1]) * ratio))
            for x, column in zip(layout.columns[1:], rows, strict=True)
            for y in column.tolist()
        ]

    def show_maps(self, maps: Bytes) -> None:
        """Take the maps of the neurons that have a tile, (units, cells, cells, 4)."""
        side = self._side
        sharp = np.ascontiguousarray(resized(maps, side)).view(np.uint32)[:, ::-1, :, 0]
        for (top, left), each in zip(self._corners, sharp, strict=False):
            self._pixels[top : top + side, left : left + side] = each

    def paint(self, painter: QPainter) -> None:
        """Draw all maps."""
        painter.drawImage(self.corner, self._image)


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


class Collars:
    """Frames of tiles by bias, each drawn once and kept."""

    def __init__(self, tile: float, ratio: float, theme: Theme) -> None:
        """Frames for tiles of a size, on a screen of a device pixel ratio."""
        self._tile, self._ratio, self._theme = tile, ratio, theme
        self._kept: dict[int, QPixmap] = {}
        self.margin = 4 * theme.scale

    def of_level(self, level: int) -> QPixmap:
        """The frame of a unit by the level of its bias, `margin` larger than its tile all round."""
        if level not in self._kept:
            self._kept[level] = self._draw(level / _LEVELS)
        return self._kept[level]

    def _draw(self, share: float) -> QPixmap:
        theme, margin = self._theme, self.margin
        side = round(self._tile + 2 * margin)
        made = blank(QSize(side, side), self._ratio, Qt.GlobalColor.transparent)
        tile = QRectF(margin, margin, self._tile, self._tile)
        color = bias_color(theme, share)
        with painting(made) as painter:
            collar(painter, tile, QPen(color, 2.0 * theme.scale), theme)
            size = min(max(0.24 * self._tile, 5.0), 13.0) * theme.scale**0.5
            dot = QRectF(0, 0, size, size)
            dot.moveCenter(tile.bottomLeft() + QPointF(0.14 * size, -0.14 * size))
            painter.setPen(QPen(QColor(theme.panel), 1.5 * theme.scale))
            painter.setBrush(color)
            painter.drawEllipse(dot)
        return made


def bias_levels(biases: Floats) -> list[int]:
    """Biases rounded to what can be told apart by color: from -10 to 10."""
    shares = np.clip(np.nan_to_num(biases) / _STRONG, -1.0, 1.0)
    levels: list[int] = np.round(shares * _LEVELS).astype(int).tolist()
    return levels


def bias_color(theme: Theme, share: float) -> QColor:
    """The color of a bias, from -1 to 1 of what counts as strong."""
    weak = mix(theme.line, theme.muted, 0.5).name()
    strong = theme.positive if share > 0 else theme.negative
    return mix(weak, strong, abs(share) ** 0.6)


def collar(painter: QPainter, tile: QRectF, pen: QPen, theme: Theme) -> None:
    """Round the corners of a square picture: cover them with the panel and draw the frame."""
    radius = min(theme.px(theme.radius), 0.18 * tile.width())
    corners = QPainterPath()
    corners.setFillRule(Qt.FillRule.OddEvenFill)
    corners.addRect(tile.adjusted(-1, -1, 1, 1))
    corners.addRoundedRect(tile, radius, radius)
    painter.fillPath(corners, QColor(theme.panel))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(tile, radius, radius)
