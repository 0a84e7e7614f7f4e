"""Losses by epoch: two lines that grow while the network learns, however long it does."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.card import HoverCard
from nnviz.ui.canvas.decimation import Stretches, weave, zigzag
from nnviz.ui.canvas.pens import Floats, bold_line, clipped, outline
from nnviz.ui.canvas.plot import Domain, Plot
from nnviz.ui.canvas.ticks import nice_step
from nnviz.ui.theme import Theme

_NAMES = ("train", "test")
_WIDTH = 2.0
_SMALLEST = 1e-12  # A loss of 0 has no logarithm; this is where it is drawn at the lowest.
_MOST_DECADES = 10
_SMALLEST_SPAN = 0.45  # In decades: less is too little for round ticks.
_MOST_RAW = 40_000  # Values that are looked at one by one when zoomed in.


class CurveCanvas(Plot):
    """Train and test loss by epoch, on a linear or a logarithmic scale."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No epochs yet."""
        self._epochs: Floats = np.zeros(0)
        self._losses: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))
        self._stretches = (Stretches(), Stretches())
        self._is_log = False
        self._pointer: QPointF | None = None
        super().__init__(theme, parent)
        self._card = HoverCard(theme, self.viewport())
        self.view.setMouseEnabled(x=True, y=False)
        self.show_domain((0.0, 10.0, 0.0, 1.0))
        self.show_names("epoch", "")
        self.setAccessibleName("Losses by epoch")

    @override
    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self._card.show_theme(theme)

    def show_curves(
        self,
        epochs: Floats,
        train_loss: Floats,
        test_loss: Floats,
        log: bool,  # noqa: FBT001 - a state
    ) -> None:
        """Show losses of shape (n,) by evenly spaced epochs (n,)."""
        self._epochs, self._losses = epochs, (train_loss, test_loss)
        for stretches, losses in zip(self._stretches, self._losses, strict=True):
            stretches.follow(losses)
        if log != self._is_log:
            self._is_log = log
            self._rulers[1].show_log(log)
            self.refresh_all()
        self._extend(self._whole())
        self._refresh_card()
        self.refresh()

    def _whole(self) -> Domain:
        """The domain that holds everything, in steps so that it seldom changes."""
        last = float(self._epochs[-1]) if len(self._epochs) else 0.0
        step = nice_step(last, 16)
        right = max(10.0, math.ceil(last / step) * step)
        low, high = self._range_of_losses()
        if self._is_log:
            return 0.0, right, *_decades(low, high)
        step = nice_step(max(high, 0.0) - min(low, 0.0), 5)
        top = math.ceil(1.02 * max(high, 0.0) / step) * step
        return 0.0, right, math.floor(min(low, 0.0) / step) * step, top or step

    def _range_of_losses(self) -> tuple[float, float]:
        values = np.concatenate([part for s in self._stretches for part in (s.lows, s.highs)])
        values = values[np.isfinite(values)]
        if self._is_log:
            values = values[values > 0.0]
        return (float(values.min()), float(values.max())) if len(values) else (0.1, 1.0)

    def _extend(self, domain: Domain) -> None:
        """Take another domain; who has zoomed in stays there."""
        if domain == self._domain:
            return
        shown, old = self.view.viewRange(), self._domain
        is_whole = np.allclose(shown[0], old[:2], rtol=1e-3)
        self.show_domain(domain)
        if not is_whole:
            self.view.setXRange(*shown[0], padding=0.0)

    def _line(self, losses: Floats, stretches: Stretches) -> Floats:
        """What is to be drawn of a curve, of shape (k, 2): no more than two points a pixel."""
        x0, x1 = self.view.viewRange()[0]
        first, last = self._place_of(x0) - 1, self._place_of(x1) + 2
        first, last = max(first, 0), min(max(last, 0), len(losses))
        columns = max(int(self.area.width()), 1)
        if last - first <= _MOST_RAW:
            stretch = max(1, -(-(last - first) // columns))
            first -= first % stretch
            line = zigzag(losses[first:last], first, stretch)
        else:
            several = max(1, -(-(last - first) // (columns * stretches.length)))
            starts = np.arange(0, len(stretches.lows), several)
            lows = np.fmin.reduceat(stretches.lows, starts)
            highs = np.fmax.reduceat(stretches.highs, starts)
            line = weave(lows, highs, 0, several * stretches.length)
        return self._to_plane(line)

    def _place_of(self, epoch: float) -> int:
        return round((epoch - self._first) / self._step)

    @property
    def _first(self) -> float:
        return float(self._epochs[0]) if len(self._epochs) else 0.0

    @property
    def _step(self) -> float:
        epochs = self._epochs
        return float(epochs[1] - epochs[0]) if len(epochs) > 1 else 1.0

    def _to_plane(self, line: Floats) -> Floats:
        """Places and losses (k, 2) as epochs and heights in the plane."""
        line = line.copy()
        line[:, 0] = np.minimum(line[:, 0], len(self._epochs) - 1) * self._step + self._first
        line[~np.isfinite(line[:, 1]), 1] = np.nan
        if self._is_log:
            line[:, 1] = np.log10(np.maximum(line[:, 1], 10.0 ** self._domain[2]))
        return line

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        self._paint_grid(painter)
        if not len(self._epochs):
            return
        for losses, stretches, color in zip(
            self._losses[::-1], self._stretches[::-1], self._colors[::-1], strict=True
        ):
            line = self.to_pixels(self._line(losses, stretches))
            for part in unbroken(line):
                self._paint_part(painter, clipped(part), color)

    def _paint_part(self, painter: QPainter, part: Floats, color: QColor) -> None:
        width = _WIDTH * self._theme.scale
        if len(part) > 1:
            bold_line(painter, part, color, width)
        else:
            self._paint_dot(painter, QPointF(*part[0].tolist()), color)

    def _paint_dot(self, painter: QPainter, center: QPointF, color: QColor) -> None:
        painter.setPen(outline(self._theme.panel, 1.5 * self._theme.scale))
        painter.setBrush(color)
        painter.drawEllipse(center, 4.5 * self._theme.scale, 4.5 * self._theme.scale)

    def _paint_grid(self, painter: QPainter) -> None:
        y0, y1 = self.view.viewRange()[1]
        area = self.area
        painter.setPen(QPen(QColor(self._theme.line), 1))
        for _, ticks in self._rulers[1].tickValues(y0, y1, area.height()):
            heights = self.to_pixels(np.column_stack([np.zeros(len(ticks)), ticks]))[:, 1]
            for y in heights.tolist():
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    @property
    def _colors(self) -> tuple[QColor, QColor]:
        return QColor(self._theme.accent), QColor(self._theme.text)

    @property
    @override
    def _right_room(self) -> float:
        return 46.0

    @override
    def _paint_around(self, painter: QPainter) -> None:
        self._paint_names(painter)
        if self._pointer is not None:
            self._paint_read_out(painter, self._pointer)

    def _paint_names(self, painter: QPainter) -> None:
        """The name of each line at its end, moved apart where they would meet."""
        area, theme = self.area, self._theme
        ends = [self._end(losses) for losses in self._losses]
        if any(end is None for end in ends):
            return
        heights = spread([end.y() for end in ends if end], theme.px(14), area.top(), area.bottom())
        painter.setFont(theme.number_font(theme.label_size + 1))
        for end, name, color, y in zip(ends, _NAMES, self._colors, heights, strict=True):
            if end is not None and end.x() <= area.right() + 1:
                if len(self._epochs) == 1:  # Not a line yet: whole dots, on the edge of the plane.
                    self._paint_dot(painter, end, color)
                painter.setPen(color)
                x = end.x() + theme.px(6)
                painter.drawText(
                    QRectF(x, y - theme.px(9), theme.px(60), theme.px(18)), _LEFT, name
                )

    def _end(self, losses: Floats) -> QPointF | None:
        """Where the last number of a curve is drawn."""
        for place in range(len(losses) - 1, max(len(losses) - 100, -1), -1):
            if math.isfinite(losses[place]):
                return self._pixel(losses, place)
        return None

    def _pixel(self, losses: Floats, place: int) -> QPointF:
        at = self._to_plane(np.array([[place, losses[place]]], np.float64))
        x, y = clipped(self.to_pixels(at))[0].tolist()
        return QPointF(x, y)

    def _paint_read_out(self, painter: QPainter, pointer: QPointF) -> None:
        place = self._pointed_place(pointer)
        if place is None:
            return
        area, x = self.area, self._pixel(self._losses[0], place).x()
        painter.setPen(QPen(QColor(self._theme.muted), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for losses, color in zip(self._losses, self._colors, strict=True):
            if math.isfinite(losses[place]):
                self._paint_dot(painter, self._pixel(losses, place), color)

    def _pointed_place(self, pointer: QPointF) -> int | None:
        if not len(self._epochs):
            return None
        place = self._place_of(self.to_place(pointer)[0])
        return min(max(place, 0), len(self._epochs) - 1)

    def _refresh_card(self) -> None:
        """Say the epoch and the losses under the pointer."""
        place = None if self._pointer is None else self._pointed_place(self._pointer)
        if place is None or self._pointer is None:
            self._card.hide()
            return
        values = [float(losses[place]) for losses in self._losses]
        texts = [f"{value:.4g}" if math.isfinite(value) else "–" for value in values]
        rows = tuple(zip(_NAMES, texts, strict=True))
        title = f"Epoch {int(self._epochs[place]):,}".replace(",", "\u2009")
        self._card.show_text(self._pointer.toPoint(), title, rows)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(event.position() if self.area.contains(event.position()) else None)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def _point(self, pointer: QPointF | None) -> None:
        self._pointer = pointer
        self._refresh_card()
        self.refresh()


def unbroken(line: Floats) -> list[Floats]:
    """The parts of a line (n, 2) between the NaN."""
    is_good = np.isfinite(line).all(axis=1)
    if is_good.all():
        return [line]
    edges = np.flatnonzero(np.diff(is_good.astype(np.int8))) + 1
    return [part for part in np.split(line, edges) if np.isfinite(part).all()]


def spread(heights: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Two heights moved apart until they are a gap away from each other, inside of the edges."""
    first, second = heights
    missing = (gap - abs(second - first)) / 2
    if missing > 0:
        sign = 1.0 if second >= first else -1.0
        first, second = first - sign * missing, second + sign * missing
    low, high = min(first, second), max(first, second)
    shift = max(top - low, 0.0) + min(bottom - high, 0.0)
    return [first + shift, second + shift]


def _decades(low: float, high: float) -> tuple[float, float]:
    """The logarithms between which losses are shown: from 1, 2 or 5 to 1, 2 or 5."""
    marks = np.log10([1.0, 2.0, 5.0, 10.0])
    low = max(low, high * 10.0**-_MOST_DECADES, _SMALLEST)
    bottom, top = math.log10(low), math.log10(max(high, low))
    below, above = bottom - math.floor(bottom), top - math.floor(top)
    bottom = math.floor(bottom) + float(marks[marks <= below + 1e-9][-1])
    top = math.floor(top) + float(marks[marks >= above - 1e-9][0])
    return (bottom, top) if top - bottom > _SMALLEST_SPAN else (bottom - 0.4, top)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
