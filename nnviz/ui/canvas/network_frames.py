"""The frames of tiles: rounded, in the color of the bias, with the marks of what is wrong."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_glyphs import paint_dead, paint_lock, paint_saturated
from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.canvas.network_view import Badge, NetworkView
from nnviz.ui.canvas.network_words import words_of_badge
from nnviz.ui.canvas.pens import blank, mix, veil
from nnviz.ui.theme import Theme

MOSTLY_DEAD = 0.95
"""The share of points at which a unit is dead, from which on it is marked as dead."""

MUCH_SATURATED = 0.3
"""The share of points at which a unit is saturated, from which on it is marked."""

_LEVELS = 10
_STRONG = 1.5  # The size of a bias from which on its color grows no stronger.
_BADGE, _HELD = 100, 100_000
_DEAD, _SATURATED = 1, 201  # Above them the share in percent.
_SMALLEST_TOLD = 32
_SHARE_SIZE = 9
_BESIDE_BADGE = 14


class Frames:
    """Frames by look, each drawn once and kept."""

    def __init__(self, layout: Layout, ratio: float, theme: Theme) -> None:
        """Frames for the tiles of a layout, on a screen of a device pixel ratio."""
        self._tile, self._dot = layout.tile, layout.dot
        self._ratio, self._theme = ratio, theme
        self._kept: dict[int, QPixmap] = {}
        self.margin = math.ceil(0.5 * self._dot + 2 * theme.scale)

    def of_look(self, look: int) -> QPixmap:
        """The frame of a look (see `looks_of`), `margin` larger than its tile all round."""
        if look not in self._kept:
            self._kept[look] = self._draw(look)
        return self._kept[look]

    def _draw(self, look: int) -> QPixmap:
        theme, margin = self._theme, self.margin
        side = round(self._tile) + 2 * margin
        made = blank(QSize(side, side), self._ratio, Qt.GlobalColor.transparent)
        tile = QRectF(margin, margin, self._tile, self._tile)
        color = bias_color(theme, (look % _BADGE - _LEVELS) / _LEVELS)
        with painting(made) as painter:
            collar(painter, tile, QPen(color, 2.0 * theme.scale), theme)
            self._draw_badge(painter, tile, look % _HELD // _BADGE)
            away = 0.14 * self._dot
            self._draw_dot(painter, tile.bottomLeft() + QPointF(away, -away), color)
            if look >= _HELD:
                center = tile.bottomLeft() + QPointF(away, -away)
                paint_lock(painter, center, max(self._dot, 9 * theme.scale), theme)
        return made

    def _draw_dot(self, painter: QPainter, center: QPointF, color: QColor) -> None:
        painter.setPen(QPen(QColor(self._theme.panel), 1.5 * self._theme.scale))
        painter.setBrush(color)
        painter.drawEllipse(center, self._dot / 2, self._dot / 2)

    def _draw_badge(self, painter: QPainter, tile: QRectF, code: int) -> None:
        """Draw what is wrong with a unit, in words too where there is room."""
        badge, theme = _badge_of(code), self._theme
        if badge is None:
            return
        corner, scale = tile.topRight(), theme.scale
        size = min(max(0.22 * self._tile, 4.0 * scale), 11.0 * scale)
        if badge.dead:
            paint_dead(painter, corner, size, theme)
        else:
            corner += QPointF(-0.08 * self._tile, 0.12 * self._tile)
            paint_saturated(painter, corner, 0.62 * self._tile, badge.saturated, theme)
        if self._tile >= _SMALLEST_TOLD * theme.scale:
            self._draw_share(painter, tile, words_of_badge(badge))

    def _draw_share(self, painter: QPainter, tile: QRectF, words: tuple[str, ...]) -> None:
        """Write the longest words that there is room for along the upper edge of a tile."""
        theme = self._theme
        painter.setFont(theme.number_font(_SHARE_SIZE))
        metrics, room = QFontMetricsF(painter.font()), tile.width() - theme.px(_BESIDE_BADGE)
        fitting = (each for each in words if metrics.horizontalAdvance(each) <= room)
        text = next(fitting, words[-1])
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + theme.px(4), theme.px(_SHARE_SIZE + 3))
        box.moveTopLeft(tile.topLeft() + QPointF(theme.px(2), theme.px(2)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil(theme.panel, 0.85))
        painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        painter.setPen(QColor(theme.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def looks_of(view: NetworkView, shown: NDArray[np.intp]) -> NDArray[np.int64]:
    """How the frames of the shown units look: numbers for `Frames`, of shape (shown,).

    `shown` counts the units of all layers, without the features.
    """
    shares = np.clip(np.nan_to_num(np.concatenate(view.biases)) / _STRONG, -1.0, 1.0)
    looks: NDArray[np.int64] = np.round((shares + 1.0) * _LEVELS).astype(np.int64)
    if view.badges:
        codes = [_badge_code(each) for layer in view.badges for each in layer]
        looks += _BADGE * np.array(codes, np.int64)
    if view.held_biases:
        looks += _HELD * np.concatenate(view.held_biases)
    return looks[shown]


def _badge_code(badge: Badge | None) -> int:
    """0 for nothing wrong, else the kind and the share in percent: see `_badge_of`."""
    if badge is None:
        return 0
    if badge.dead >= MOSTLY_DEAD:
        return _DEAD + round(100 * badge.dead)
    return _SATURATED + round(100 * badge.saturated) if badge.saturated >= MUCH_SATURATED else 0


def _badge_of(code: int) -> Badge | None:
    """The badge of a code."""
    if code >= _SATURATED:
        return Badge(0.0, (code - _SATURATED) / 100)
    return Badge((code - _DEAD) / 100, 0.0) if code else None


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
