"""A schedule as a curve; one that is drawn by hand takes the pencil.

Drawing sets shares of the rate at times of one distance. A drag draws as it goes; arrow keys go
from time to time and raise or lower the curve there.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.canvas.pens import Floats, outline
from nnviz.ui.canvas.spark import Spark
from nnviz.ui.theme import Theme

COLUMNS = 25
"""At so many times a schedule is drawn, the first and the last included."""

_HEIGHT = 112
_MARGIN = 4.0
_NUDGE = 0.05
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UPWARDS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class SchedulePad(Spark):
    """Draws a schedule from its begin to its end, and lets a person draw one."""

    drawn = Signal(object)
    """The person drew: shares of shape (COLUMNS,), from 0 to 1."""

    settled = Signal()
    """The person let go: what was drawn since the last time is one change."""

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        """Start empty; the hint is one sentence for the tool tip."""
        super().__init__(theme, hint, parent)
        self._hint = hint
        self._shares: Floats | None = None
        self._column: int | None = None
        self._pencil: tuple[int, float] | None = None

    def show_shares(self, shares: Floats | None) -> None:
        """Let a person go on drawing at shares of shape (COLUMNS,); None for nobody."""
        is_open = shares is not None
        if is_open != (self._shares is not None):
            self._column = None
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.CrossCursor if is_open else Qt.CursorShape.ArrowCursor)
            self.setToolTip(
                "Drag to draw the schedule, or use the arrow keys." if is_open else self._hint
            )
        self._shares = shares
        if shares is not None:
            self.setAccessibleDescription(
                f"from {shares[0]:.0%} to {shares[-1]:.0%} of the rate, by arrow keys"
            )
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return size if self._shares is None else QSize(size.width(), self._theme.px(_HEIGHT))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._shares is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pencil = None
            self._draw(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pencil is not None:
            self._draw(event.position())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pencil is not None:
            self._pencil = None
            self.settled.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._shares is None or key not in _ACROSS | _UPWARDS:
            super().keyPressEvent(event)
            return
        column = self._column or 0
        if key in _ACROSS and self._column is not None:
            column = min(max(column + _ACROSS[key], 0), COLUMNS - 1)
        self._column = column
        if key in _UPWARDS:
            share = self._shares[column] + _UPWARDS[key] * _NUDGE
            self._set(column, column, share)
        self.update()

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _UPWARDS and not event.isAutoRepeat():
            self.settled.emit()
        event.ignore()

    def _draw(self, place: QPointF) -> None:
        """Draw on from where the pencil was."""
        wide, high = self.width() - 2 * _MARGIN, self.height() - 2 * _MARGIN
        column = round((place.x() - _MARGIN) / wide * (COLUMNS - 1))
        column = min(max(column, 0), COLUMNS - 1)
        share = 1.0 - (place.y() - _MARGIN) / high
        before, height = self._pencil or (column, share)
        first, last = sorted((before, column))
        ends = (height, share) if before <= column else (share, height)
        self._pencil = column, share
        self._set(first, last, np.linspace(*ends, last - first + 1) if last > first else share)

    def _set(self, first: int, last: int, shares: Floats | float) -> None:
        if self._shares is None:
            return
        changed = self._shares.copy()
        changed[first : last + 1] = np.clip(shares, 0.0, 1.0).round(3)
        if not np.array_equal(changed, self._shares):
            self._shares = changed
            self.drawn.emit(changed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._shares is not None:
            with painting(self) as painter:
                self._paint_knots(painter, self._shares)

    def _paint_knots(self, painter: QPainter, shares: Floats) -> None:
        theme = self._theme
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)
        xs = np.linspace(_MARGIN, self.width() - _MARGIN, COLUMNS)
        ys = _MARGIN + (self.height() - 2 * _MARGIN) * (1.0 - shares)
        painter.setPen(outline(theme.panel, theme.scale))
        for column, (x, y) in enumerate(zip(xs.tolist(), ys.tolist(), strict=True)):
            is_held = column == self._column and self.hasFocus()
            painter.setBrush(QColor(theme.focus if is_held else theme.accent))
            radius = (5.0 if is_held else 2.6) * theme.scale
            painter.drawEllipse(QPointF(x, y), radius, radius)
