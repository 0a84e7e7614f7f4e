"""Losses over learning rates, on a logarithmic ruler: where to read a good rate off."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.pens import Floats, outline, painting, polygon, veil
from nnviz.ui.theme import Theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 22, 26
Mark = tuple[float, str, str]
"""A rate, what it is called, and a token of the theme for its color."""


class RatePlot(QWidget):
    """Draws the loss after each rate, and names some of the rates; a click picks one."""

    rate_picked = Signal(float)
    """The person picked a rate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._ends = (1e-5, 10.0)
        self._rates: Floats = np.empty(0)
        self._losses: Floats = np.empty(0)
        self._marks: tuple[Mark, ...] = ()
        self.setAccessibleName("Loss by learning rate")
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_ends(self, low: float, high: float) -> None:
        """Reach from one rate to another."""
        self._ends = (low, high)
        self.update()

    def show_losses(self, rates: Floats, losses: Floats) -> None:
        """Draw losses of shape (n,) over rates of the same shape."""
        self._rates, self._losses = rates, losses
        self.update()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Name some rates."""
        self._marks = marks
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(560), self._theme.px(280))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        room, (low, high) = self._room(), self._ends
        share = (event.position().x() - room.left()) / room.width()
        if event.button() == Qt.MouseButton.LeftButton and 0.0 <= share <= 1.0:
            self.rate_picked.emit(low * (high / low) ** share)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        room = self._room()
        with painting(self) as painter:
            painter.setFont(self._theme.number_font(self._theme.label_size + 1))
            self._paint_rulers(painter, room)
            self._paint_marks(painter, room)
            painter.setClipRect(room)
            painter.setPen(outline(self._theme.accent, 2.0 * self._theme.scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(polygon(self._pixels(room)))

    def _room(self) -> QRectF:
        px = self._theme.px
        return QRectF(self.rect()).adjusted(px(_LEFT), px(_TOP), -px(_RIGHT), -px(_BOTTOM))

    def _x(self, rate: float, room: QRectF) -> float:
        low, high = self._ends
        return room.left() + room.width() * math.log(rate / low) / math.log(high / low)

    def _pixels(self, room: QRectF) -> Floats:
        low, high = self._ends
        x = room.left() + room.width() * np.log(self._rates / low) / math.log(high / low)
        y = room.bottom() - room.height() * self._losses / self._top
        return np.column_stack([x, y])

    @property
    def _top(self) -> float:
        """The loss at the top: what rises far is let out of the picture."""
        if not len(self._losses):
            return 1.0
        return max(1.25 * float(self._losses[0]), 1.1 * float(np.median(self._losses)), 1e-9)

    def _paint_rulers(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        px = theme.px
        low, high = self._ends
        for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1):
            x = self._x(10.0**power, room)
            painter.setPen(QPen(QColor(theme.line), theme.scale))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            painter.setPen(QColor(theme.muted))
            below = QRectF(x - px(40), room.bottom() + px(4), px(80), px(18))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), f"{10.0**power:g}")
        for share in (0.0, 0.5, 1.0):
            y = room.bottom() - share * room.height()
            painter.setPen(QPen(QColor(theme.line), theme.scale))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(theme.muted))
            beside = QRectF(0, y - px(9), room.left() - px(6), px(18))
            painter.drawText(beside, _BESIDE, f"{share * self._top:.2g}")

    def _paint_marks(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        low, high = self._ends
        for place, (rate, name, token) in enumerate(self._marks):
            if not low <= rate <= high:
                continue
            color, x = QColor(getattr(theme, token)), self._x(rate, room)
            painter.setPen(outline(color, 2.0 * theme.scale))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            wide = painter.fontMetrics().horizontalAdvance(name) + theme.px(10)
            left = min(max(x - wide / 2, room.left()), room.right() - wide)
            box = QRectF(left, room.top() - theme.px(19 - 21 * place), wide, theme.px(18))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil(theme.panel, 0.9))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(color)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)


_BESIDE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
