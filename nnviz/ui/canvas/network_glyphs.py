"""Small signs on the network, drawn once and kept: the lock, what is dead, what is saturated."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.pens import blank, outline
from nnviz.ui.theme import Theme


def lock_picture(theme: Theme, ratio: float, *, small: bool) -> QPixmap:
    """A padlock on a round ground, for a screen of a device pixel ratio."""
    side = (9.0 if small else 13.0) * theme.scale
    made = blank(QSize(round(side), round(side)), ratio, Qt.GlobalColor.transparent)
    with painting(made) as painter:
        paint_lock(painter, QPointF(round(side) / 2, round(side) / 2), side, theme)
    return made


def paint_lock(painter: QPainter, center: QPointF, side: float, theme: Theme) -> None:
    """A padlock on a round ground as wide as a side."""
    ground = QRectF(0, 0, side, side)
    ground.moveCenter(center)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(ground)
    unit = side / 13
    body = QRectF(0, 0, 6.6 * unit, 4.8 * unit)
    body.moveCenter(center + QPointF(0, 1.6 * unit))
    ink = QColor(theme.text)
    painter.setBrush(ink)
    painter.drawRoundedRect(body, unit, unit)
    shackle = QPainterPath(QPointF(center.x() - 1.9 * unit, body.top()))
    top = QRectF(center.x() - 1.9 * unit, body.top() - 3.6 * unit, 3.8 * unit, 3.8 * unit)
    shackle.arcTo(top, 180, -180)
    shackle.lineTo(center.x() + 1.9 * unit, body.top())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline(ink, 1.2 * unit))
    painter.drawPath(shackle)


def paint_dead(painter: QPainter, corner: QPointF, side: float, theme: Theme) -> None:
    """A hollow ring at the upper right corner of a tile: this unit is dead."""
    box = QRectF(0, 0, side, side)
    box.moveCenter(corner + QPointF(-0.16 * side, 0.16 * side))
    painter.setPen(outline(theme.panel, 0.52 * side))
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(box)
    painter.setPen(outline(theme.bad, max(1.4 * theme.scale, 0.2 * side)))
    painter.drawEllipse(box.adjusted(0.1 * side, 0.1 * side, -0.1 * side, -0.1 * side))


def paint_saturated(
    painter: QPainter, corner: QPointF, height: float, share: float, theme: Theme
) -> None:
    """A bar down from the upper right corner of a tile, filled as far as the unit is saturated."""
    wide = max(3.0 * theme.scale, 0.1 * height)
    bar = QRectF(corner.x() - wide / 2, corner.y(), wide, height)
    painter.setPen(outline(theme.panel, 1.5 * theme.scale))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(bar, wide / 2, wide / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    painter.drawRoundedRect(bar, wide / 2, wide / 2)
    filled = bar.adjusted(0, (1.0 - share) * height, 0, 0)
    painter.setBrush(QColor(theme.warn))
    painter.drawRoundedRect(filled, wide / 2, wide / 2)
