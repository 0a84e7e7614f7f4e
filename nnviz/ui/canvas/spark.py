"""A curve without axes, as wide as there is room: how something goes, not how much it is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.pens import Floats, outline, polygon
from nnviz.ui.theme import Theme

_HEIGHT = 44
_MARGIN = 4.0


class Spark(Drawing):
    """Draws numbers of shape (n,) from left to right, 0 at the bottom, and a mark for now."""

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        """Start empty; the hint is one sentence for the tool tip."""
        super().__init__(theme, parent)
        self._curve: Floats = np.empty(0)
        self._top: float | None = None
        self._now: float | None = None
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, curve: Floats, top: float | None = None) -> None:
        """Draw another curve, up to a number at the top, its greatest if None."""
        self._curve, self._top = curve, top
        self.update()

    def show_now(self, share: float | None) -> None:
        """Mark how far along the curve the moment is, from 0 to 1; None for nowhere."""
        if share != self._now:
            self._now = share
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, self._theme.px(_HEIGHT))

    @override
    def _paint(self, painter: QPainter) -> None:
        theme, count = self._theme, len(self._curve)
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(box, 4, 4)
        if count < 2:
            return
        x = np.linspace(_MARGIN, self.width() - _MARGIN, count)
        room = self.height() - 2 * _MARGIN
        top = self._top or max(float(self._curve.max()), 1e-12)
        y = _MARGIN + room * (1.0 - self._curve / top)
        if self._now is not None:
            at = round(_MARGIN + min(max(self._now, 0.0), 1.0) * (self.width() - 2 * _MARGIN))
            painter.setPen(QPen(QColor(theme.muted), theme.scale))
            painter.drawLine(at, 3, at, self.height() - 4)
        painter.setPen(outline(theme.accent, 1.8 * theme.scale))
        painter.drawPolyline(polygon(np.column_stack([x, y])))
