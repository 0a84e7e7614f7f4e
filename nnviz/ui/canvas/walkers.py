"""The run and its rivals over a cut of the loss: their trails, and how far they are off the cut.

Who stands on the drawn surface is a marker. Around one whose true loss is another is a ring, the
wider the greater the difference, and beside the run's own stands the number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPainterPathStroker, QPixmap

from nnviz.ui.canvas.markers import paint_marker
from nnviz.ui.canvas.pens import Floats, outline
from nnviz.ui.canvas.trails import Trails
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_STAR, _MARKER = 15.0, 13.0
_RING, _RINGS = 9.0, 16.0
_DASH, _GAPS = 2.0, 2.0
SMALLEST = 0.01
"""A difference of less than this share of the drawn heights is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Walkers:
    """Who is on the way, the run first.

    `paths` has shape (rows, n, 3): x, y and the true loss. `off` says by how much the true loss of
    the moment is above the surface, `shares` the same as a share of the drawn heights, both of
    shape (rows,). Who has `left` for good is shown hollow.
    """

    paths: Floats
    styles: tuple[RacerStyle, ...]
    off: Floats
    shares: Floats
    left: tuple[bool, ...]


class WalkerLayer:
    """Draws walkers; trails onto a picture that grows with them."""

    def __init__(self, theme: Theme) -> None:
        """Nobody is there yet."""
        self._theme = theme
        self._trails = Trails(theme)
        self.walkers: Walkers | None = None

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self._trails.show_theme(theme)

    def trails(
        self,
        stamp: object,
        new_layer: Callable[[], QPixmap],
        to_pixels: Callable[[Floats], Floats],
    ) -> QPixmap | None:
        """The picture of the trails, None where nobody has one; see `Trails.layer`."""
        walkers = self.walkers
        if walkers is None or walkers.paths.shape[1] < 2:
            return None
        return self._trails.layer(walkers.paths, walkers.styles, stamp, new_layer, to_pixels)

    def paint(self, painter: QPainter, pixels: Floats, area: QRectF) -> None:
        """Draw everybody at pixels of shape (rows, 2), the run on top."""
        walkers = self.walkers
        if walkers is None:
            return
        for row in range(len(walkers.styles) - 1, -1, -1):
            center = QPointF(*pixels[row].tolist())
            if area.contains(center):
                self._paint_ring(painter, walkers, row, center)
                self._paint_marker(painter, walkers, row, center)
        center = QPointF(*pixels[0].tolist())
        if abs(float(walkers.shares[0])) >= SMALLEST and area.contains(center):
            reach = _radius(float(walkers.shares[0])) + 5.0
            self._paint_number(painter, float(walkers.off[0]), center, reach, area)

    def paint_dropped(
        self, painter: QPainter, tops: Floats, feet: Sequence[QPointF], area: QRectF
    ) -> None:
        """Draw everybody at its true loss over a curve, with a line that drops onto that.

        `tops` are pixels of shape (rows, 2), `feet` where the curve is at the same x.
        """
        walkers = self.walkers
        if walkers is None:
            return
        high, low = area.top() + _STAR, area.bottom() - _STAR
        for row in range(len(walkers.styles) - 1, -1, -1):
            x, y = tops[row].tolist()
            top, foot = QPointF(x, min(max(y, high), low)), feet[row]
            pen = outline(walkers.styles[row].color, 1.6 * self._theme.scale)
            pen.setDashPattern([2.0, 2.5])
            painter.setPen(pen)
            painter.drawLine(top, foot)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(foot, 2.5 * self._theme.scale, 2.5 * self._theme.scale)
            self._paint_marker(painter, walkers, row, top)
            if row == 0 and abs(float(walkers.shares[0])) >= SMALLEST:
                self._paint_number(painter, float(walkers.off[0]), top, _STAR, area)

    def _paint_ring(self, painter: QPainter, walkers: Walkers, row: int, center: QPointF) -> None:
        share, scale = float(walkers.shares[row]), self._theme.scale
        if not abs(share) >= SMALLEST:
            return
        radius = round(4 * _radius(share) * scale) / 4  # Many are alike then.
        dash = _DASH * scale if walkers.off[row] < 0.0 else 0.0
        painter.translate(center)
        for color, width in ((self._theme.panel, 3.2), (walkers.styles[row].color, 1.4)):
            painter.fillPath(_ring(radius, width * scale, dash), QColor(color))
        painter.translate(-center)

    def _paint_marker(self, painter: QPainter, walkers: Walkers, row: int, center: QPointF) -> None:
        style, scale = walkers.styles[row], self._theme.scale
        size, panel = (_STAR if row == 0 else _MARKER) * scale, self._theme.panel
        if walkers.left[row]:
            look = panel, style.color, 2.0 * scale
        else:
            look = style.color, panel, (2.0 if row == 0 else 1.6) * scale
        paint_marker(painter, style.symbol, center, size, *look)

    def _paint_number(
        self, painter: QPainter, off: float, center: QPointF, reach: float, area: QRectF
    ) -> None:
        theme, words = self._theme, written_off(off)
        painter.setFont(theme.number_font(theme.label_size))
        metrics, reach = painter.fontMetrics(), reach * theme.scale
        wide, x = metrics.horizontalAdvance(words), center.x() + reach
        if x + wide > area.right():
            x = center.x() - reach - wide
        letters, casing = _lettered(words, painter.font(), 3.0 * theme.scale)
        spot = QPointF(x, center.y() + 0.4 * metrics.ascent())
        painter.translate(spot)
        painter.fillPath(casing, QColor(theme.panel))
        painter.fillPath(letters, QColor(theme.text))
        painter.translate(-spot)


@lru_cache(maxsize=256)
def _ring(radius: float, width: float, dash: float) -> QPainterPath:
    """A ring around (0, 0), of dashes so long if any, as a shape: quicker than to stroke anew."""
    stroker, circle = _stroker(width), QPainterPath()
    circle.addEllipse(QPointF(0, 0), radius, radius)
    if dash:
        stroker.setDashPattern([dash / width, _GAPS * dash / width])
    return stroker.createStroke(circle)


@lru_cache(maxsize=64)
def _lettered(words: str, font: QFont, width: float) -> tuple[QPainterPath, QPainterPath]:
    """Words from (0, 0) on, and their outline of so many pixels, as shapes to fill."""
    letters = QPainterPath()
    letters.addText(QPointF(0, 0), font, words)
    return letters, _stroker(width).createStroke(letters).simplified()


def _stroker(width: float) -> QPainterPathStroker:
    """Like a pen with round ends and joins."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker


def _radius(share: float) -> float:
    """The radius of the ring around somebody whose loss is off by a share of the heights."""
    return _RING + _RINGS * min(abs(share), 1.0)


def share_of_heights(levels: tuple[float, ...], losses: Floats, heights: Floats) -> Floats:
    """How far losses are above heights, as shares of what is drawn, all of shape (rows,).

    Height lines are evenly apart in the picture, so heights are counted in them.
    """
    if len(levels) < 2:
        return np.zeros_like(losses)
    counted = np.arange(len(levels)) / (len(levels) - 1)
    above, below = (np.interp(each, levels, counted) for each in (losses, heights))
    shares: Floats = np.nan_to_num(above - below)
    return shares


def written_off(off: float) -> str:
    """A difference of losses, with its sign."""
    size = f"{abs(off):.2g}" if abs(off) < 1000 else f"{abs(off):.1e}"
    return f"{'−' if off < 0 else '+'}{size}"
