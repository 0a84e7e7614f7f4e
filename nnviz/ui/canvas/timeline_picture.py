"""What a timeline shows: the curve of the loss, the rail with its thumb, flags and the best epoch.

What lies beyond the epoch that is looked at is pale, old ways are paler still.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.ui.brush import aside
from nnviz.ui.canvas.decimation import Stretches
from nnviz.ui.canvas.markers import marker
from nnviz.ui.canvas.pens import Floats, mix, outline, polygon, veil
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_SIDE = 12.0
_RAIL = 11.0  # How far the rail is from the bottom.
_SMALLEST_SHARE = 1e-4  # Of the greatest loss: below, it is drawn on the ground.

Way = tuple[Floats, Floats]
"""Epochs and losses, both of shape (n,)."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A bookmark: its epoch and what the person calls it."""

    epoch: int
    name: str

    @property
    def title(self) -> str:
        """Its name, or else its epoch."""
        return self.name or f"Epoch {self.epoch:,}"


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in the run the window stands: the epoch shown, the last one, the first, the best."""

    epoch: int = 0
    head: int = 0
    first: int = 0
    best: int = 0
    is_past: bool = False


class TimelinePicture:
    """A run from left to right, at a size and in a theme."""

    def __init__(self, theme: Theme) -> None:
        """A run without epochs."""
        self.theme = theme
        self.size = QSize(160, 44)
        self.moment = Moment()
        self.flags: tuple[Flag, ...] = ()
        self.losses = Stretches()
        self.ghosts: tuple[Way, ...] = ()

    def x_of(self, epoch: float) -> float:
        """Where an epoch is, in pixels from the left."""
        return _SIDE + self._scale * epoch

    def epoch_at(self, x: float) -> int:
        """Which epoch is at a place, in pixels from the left."""
        epoch = round((x - _SIDE) / self._scale)
        return min(max(epoch, self.moment.first), self.moment.head)

    @property
    def shown_flags(self) -> tuple[Flag, ...]:
        """The flags of epochs that there are by now."""
        return tuple(each for each in self.flags if each.epoch <= self.moment.head)

    def paint(self, painter: QPainter, *, focused: bool) -> None:
        """Paint all of it."""
        self._paint_ground(painter)
        self._paint_rail(painter)
        self._paint_flags(painter)
        self._paint_thumb(painter, focused=focused)

    @property
    def _scale(self) -> float:
        return max(self.size.width() - 2 * _SIDE, 1.0) / max(self.moment.head, 1)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self.theme
        line = self._spark()
        for epochs, losses in self.ghosts:
            painter.setPen(QPen(mix(theme.panel, theme.muted, 0.4), 1.0))
            painter.drawPolyline(self._to_line(epochs, losses, self._top_loss))
        if len(line) < 2:
            return
        if self.moment.epoch >= self.moment.head:
            self._paint_spark(painter, line, 1.0)
            return
        x = self.x_of(self.moment.epoch)
        for is_beyond, share in ((False, 1.0), (True, 0.35)):
            with aside(painter):
                left, right = (x, self.size.width()) if is_beyond else (0.0, x)
                painter.setClipRect(QRectF(left, 0, right - left, self.size.height()))
                self._paint_spark(painter, line, share)

    def _paint_spark(self, painter: QPainter, line: Floats, share: float) -> None:
        theme, bottom = self.theme, self.size.height() - _RAIL
        ends = np.array([[line[-1, 0], bottom], [line[0, 0], bottom]])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil(theme.accent, 0.14 * share))
        painter.drawPolygon(polygon(np.vstack([line, ends])))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(mix(theme.panel, theme.accent, 0.75 * share), 1.0))
        painter.drawPolyline(polygon(line))

    def _spark(self) -> Floats:
        """The curve of the loss in pixels, of shape (k, 2), at most a point a pixel."""
        values = self.losses.lows
        if not len(values):
            return np.zeros((0, 2))
        several = max(1, -(-len(values) // max(self.size.width(), 1)))
        starts = np.arange(0, len(values), several)
        lows = np.fmin.reduceat(values, starts)
        epochs = np.minimum((starts + (several - 1) / 2) * self.losses.length, self.moment.head)
        epochs[0], epochs[-1] = 0, self.moment.head
        return self._pixels(epochs, lows, self._top_loss)

    @property
    def _top_loss(self) -> float:
        highs = self.losses.highs
        highs = highs[np.isfinite(highs)]
        return float(highs.max()) if len(highs) else 1.0

    def _to_line(self, epochs: Floats, losses: Floats, top: float) -> QPolygonF:
        few = slice(None, None, max(1, len(epochs) // max(self.size.width(), 1)))
        return polygon(self._pixels(epochs[few], losses[few], top))

    def _pixels(self, epochs: Floats, losses: Floats, top: float) -> Floats:
        """Epochs and losses of shape (n,) in pixels, (n, 2): high is a great loss, by its root."""
        is_good = np.isfinite(losses) & (epochs <= max(self.moment.head, 1))
        share = np.clip(losses[is_good] / max(top, 1e-300), _SMALLEST_SHARE, 1.0)
        bottom, room = self.size.height() - _RAIL, self.size.height() - _RAIL - 14.0
        return np.column_stack([self.x_of(0) + self._scale * epochs[is_good],
                                bottom - room * np.sqrt(share)])  # fmt: skip

    def _paint_rail(self, painter: QPainter) -> None:
        theme, y = self.theme, self.size.height() - _RAIL
        left, right = self.x_of(0), self.size.width() - _SIDE
        painter.setPen(outline(theme.line, 3 * theme.scale))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        if not self.moment.head:
            return
        painter.setPen(outline(theme.accent, 3 * theme.scale))
        painter.drawLine(QPointF(left, y), QPointF(self.x_of(self.moment.epoch), y))
        painter.setPen(outline(theme.panel, 1.2 * theme.scale))
        painter.setBrush(QColor(theme.good))
        best = QPointF(self.x_of(self.moment.best), y)
        painter.drawPath(marker("star", best, theme.px(11)))

    def _paint_thumb(self, painter: QPainter, *, focused: bool) -> None:
        theme, moment = self.theme, self.moment
        center = QPointF(self.x_of(moment.epoch if moment.head else 0), self.size.height() - _RAIL)
        if moment.is_past:
            painter.setPen(QPen(QColor(theme.accent), theme.scale))
            painter.drawLine(QPointF(center.x(), 8), center)
        if focused:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil(theme.focus, 0.35))
            painter.drawEllipse(center, 10 * theme.scale, 10 * theme.scale)
        painter.setPen(outline(theme.accent if moment.head else theme.line, 2 * theme.scale))
        painter.setBrush(QColor(theme.panel))
        painter.drawEllipse(center, 6 * theme.scale, 6 * theme.scale)

    def _paint_flags(self, painter: QPainter) -> None:
        theme = self.theme
        font = theme.body_font()
        font.setPixelSize(theme.px(theme.label_size))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        flags = self.shown_flags
        ends = [self.x_of(each.epoch) for each in flags[1:]] + [float(self.size.width())]
        for flag, end in zip(flags, ends, strict=False):  # Without flags only the edge is left.
            x = self.x_of(flag.epoch)
            self._paint_flag(painter, x)
            room = end - x - 14
            if room > 24:
                text = metrics.elidedText(flag.name, Qt.TextElideMode.ElideRight, room)
                painter.setPen(QColor(theme.text))
                painter.drawText(QPointF(x + 12, metrics.ascent()), text)

    def _paint_flag(self, painter: QPainter, x: float) -> None:
        color = QColor(self.theme.warn)
        painter.setPen(outline(color, 1.4))
        painter.drawLine(QPointF(x, 2), QPointF(x, self.size.height() - _RAIL))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        cloth = [QPointF(x, 1.5), QPointF(x + 9, 5), QPointF(x, 8.5)]
        painter.drawPolygon(QPolygonF(cloth))
