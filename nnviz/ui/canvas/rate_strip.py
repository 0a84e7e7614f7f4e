"""How a race ends at every learning rate: bars in zones below the slider of the rate.

The strip lies under the track, rate under rate. A bar is as high as the race comes down; slow,
stable and divergent rates differ in color and in how they are filled.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.pens import Floats, outline, veil
from nnviz.ui.theme import Theme

_INSET = 9  # Where a slider's track begins.
_BARS, _WORDS = 34, 16
_LEAST = 3.0
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

ZONES = (
    ("slow", "muted", Qt.BrushStyle.Dense5Pattern),
    ("stable", "good", Qt.BrushStyle.SolidPattern),
    ("divergent", "bad", Qt.BrushStyle.BDiagPattern),
)
"""By the number of a zone: its name, the color and the filling of its bars."""


class RateStrip(Drawing):
    """Bars over a logarithmic range of rates; a click, or Enter at the mark, takes a rate."""

    picked = Signal(float)
    """The person picked a rate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Know nothing yet."""
        super().__init__(theme, parent)
        self._rates: Floats = np.empty(0)
        self._heights: Floats = np.empty(0)
        self._zones: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._ends = (1e-5, 10.0)
        self._rate: float | None = None
        self._cursor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Loss at every learning rate")
        self.setToolTip("How far down a race comes at every rate; click to take one.")

    def show_ends(self, low: float, high: float) -> None:
        """Reach from one rate to another, as the slider above does."""
        self._ends = (low, high)
        self.update()

    def show_rates(self, rates: Floats, heights: Floats, zones: NDArray[np.int64]) -> None:
        """Draw a bar for each rate, of shape (n,); heights go from 0 to 1. Nothing for n = 0."""
        if len(rates) != len(self._rates):
            self._cursor = None
        self._rates, self._heights, self._zones = rates, heights, zones
        self.setAccessibleDescription(said(rates, zones))
        self.update()

    def show_rate(self, rate: float) -> None:
        """Mark the rate of now."""
        if rate != self._rate:
            self._rate = rate
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self._theme.px(_BARS + _WORDS))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            low, high = self._ends
            room = self._room()
            share = min(max((event.position().x() - room.left()) / room.width(), 0.0), 1.0)
            self.picked.emit(low * (high / low) ** share)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._rates)
        if key in _STEPS and count:
            start = self._nearest() if self._cursor is None else self._cursor
            self._cursor = min(max(start + _STEPS[key], 0), count - 1)
            self.update()
        elif key in _TAKES and self._cursor is not None:
            self.picked.emit(float(self._rates[self._cursor]))
        else:
            super().keyPressEvent(event)

    def _nearest(self) -> int:
        if self._rate is None:
            return 0
        return int(np.argmin(np.abs(np.log(self._rates / self._rate))))

    def _room(self) -> QRectF:
        px = self._theme.px
        inner = QRectF(self.rect()).adjusted(_INSET, 1, -_INSET, -1)
        inner.setHeight(px(_BARS) - 2)
        return inner

    def _x(self, rate: float) -> float:
        low, high = self._ends
        room = self._room()
        return room.left() + room.width() * math.log(rate / low) / math.log(high / low)

    @override
    def _paint(self, painter: QPainter) -> None:
        theme, room = self._theme, self._room()
        painter.setPen(QPen(QColor(theme.focus if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(room.adjusted(-_INSET + 1, 0, _INSET - 1, 0), 4, 4)
        if len(self._rates):
            self._paint_bars(painter, room)
            self._paint_words(painter, room)
        if self._rate is not None:
            self._paint_mark(painter, room, self._x(self._rate), theme.text)
        if self._cursor is not None:
            self._paint_mark(painter, room, self._x(self._rates[self._cursor]), theme.focus)

    def _paint_bars(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        wide = room.width() / max(len(self._rates) - 1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for rate, height, zone in zip(self._rates, self._heights, self._zones, strict=True):
            _, token, filling = ZONES[zone]
            tall = room.height() - 4 if zone == len(ZONES) - 1 else height * (room.height() - 8)
            bar = QRectF(0, 0, max(wide - 1, 1.0), max(tall, _LEAST))
            bar.moveCenter(QPointF(self._x(rate), 0))
            bar.moveBottom(room.bottom() - 1)
            bar = bar.intersected(room)
            color = getattr(theme, token)
            painter.fillRect(bar, veil(color, 0.22))
            painter.fillRect(bar, QBrush(QColor(color), filling))

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        painter.setFont(theme.number_font(theme.label_size))
        taken = -math.inf
        for zone, first, last in runs(self._zones):
            name, token, _ = ZONES[zone]
            wide = painter.fontMetrics().horizontalAdvance(name)
            middle = (self._x(self._rates[first]) + self._x(self._rates[last])) / 2
            left = min(max(middle - wide / 2, room.left() - 6), room.right() + 6 - wide)
            if left < taken or last - first < 1:
                continue
            taken = left + wide + 6
            painter.setPen(QColor(getattr(theme, token)))
            below = QRectF(left, room.bottom() + 1, wide + 2, theme.px(_WORDS - 2))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), name)

    def _paint_mark(self, painter: QPainter, room: QRectF, x: float, color: str) -> None:
        for each, width in ((self._theme.panel, 4.0), (color, 2.0)):
            painter.setPen(outline(each, width))
            painter.drawLine(QPointF(x, room.top() + 1), QPointF(x, room.bottom() - 1))


def runs(zones: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Where the same zone goes on: zone, first and last place of each run."""
    if not len(zones):
        return []
    edges = [0, *(np.flatnonzero(np.diff(zones)) + 1).tolist(), len(zones)]
    pairs = pairwise(edges)
    return [(int(zones[first]), first, after - 1) for first, after in pairs]


def said(rates: Floats, zones: NDArray[np.int64]) -> str:
    """The zones in words, for whoever does not see them."""
    return ", ".join(
        f"{ZONES[zone][0]} from {rates[first]:.2g} to {rates[last]:.2g}"
        for zone, first, last in runs(zones)
    )
