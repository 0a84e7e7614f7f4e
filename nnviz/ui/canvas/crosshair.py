"""How the probe is drawn: a cross-hair over the plane, or its middle alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.canvas.pens import outline, veil
from nnviz.ui.theme import Theme


def draw_crosshair(painter: QPainter, center: QPointF, area: QRectF, theme: Theme) -> None:
    """Draw a cross-hair that reaches over the whole area, open in the middle."""
    scale, gap = theme.scale, 8.0 * theme.scale
    ends = (
        (QPointF(area.left(), center.y()), QPointF(center.x() - gap, center.y())),
        (QPointF(center.x() + gap, center.y()), QPointF(area.right(), center.y())),
        (QPointF(center.x(), area.top()), QPointF(center.x(), center.y() - gap)),
        (QPointF(center.x(), center.y() + gap), QPointF(center.x(), area.bottom())),
    )
    for color, width in ((veil(theme.panel, 0.75), 3.0), (QColor(theme.accent), 1.2)):
        painter.setPen(QPen(color, width * scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for start, end in ends:
            painter.drawLine(start, end)
    draw_target(painter, center, theme)


def draw_target(painter: QPainter, center: QPointF, theme: Theme) -> None:
    """Draw the middle of the cross-hair alone."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((theme.panel, 4.4), (theme.accent, 2.0)):
        painter.setPen(outline(color, width * theme.scale))
        painter.drawEllipse(center, 7.0 * theme.scale, 7.0 * theme.scale)
