"""Thin lines over a map: levels with their values on them, a ghost in dashes, a warped grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.ui.brush import aside
from nnviz.ui.canvas.pens import Floats, bold_line, clipped, mix, outline, polygon, veil
from nnviz.ui.theme import Theme

Lines = tuple[Floats, ...]
Labeled = tuple[tuple[str, Lines], ...]

_CORNERS = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0]])
_DASHES = [4.0, 3.5]


def draw_levels(painter: QPainter, levels: Labeled, area: QRectF, theme: Theme) -> None:
    """Draw lines in pixels with their labels, each label where no other one is."""
    font = theme.number_font(theme.label_size)
    metrics, taken = QFontMetricsF(font), list[QRectF]()
    painter.setFont(font)
    for text, lines in levels:
        painter.setPen(QPen(veil(theme.text, 0.62), theme.scale))
        for line in lines:
            painter.drawPolyline(polygon(clipped(line)))
        size = (metrics.horizontalAdvance(text) + theme.px(8), metrics.height())
        room = _free_room(lines, size, area, taken)
        if room is not None:
            taken.append(room)
            _write(painter, room, text, theme)


def _free_room(
    lines: Lines, size: tuple[float, float], area: QRectF, taken: list[QRectF]
) -> QRectF | None:
    """Where on its lines a label fits, as near to a corner of the plane as can be."""
    width, height = size
    inner = area.adjusted(width / 2 + 2, height / 2 + 2, -width / 2 - 2, -height / 2 - 2)
    points = np.concatenate(lines) if lines else np.empty((0, 2))
    inside = (points >= (inner.left(), inner.top())) & (points <= (inner.right(), inner.bottom()))
    points = points[inside.all(axis=1)]
    if not len(points):
        return None
    for corner in _CORNERS * (area.width(), area.height()) + (area.left(), area.top()):
        x, y = points[np.linalg.norm(points - corner, axis=1).argmin()].tolist()
        room = QRectF(x - width / 2, y - height / 2, width, height)
        if not any(room.intersects(other) for other in taken):
            return room
    return None


def _write(painter: QPainter, room: QRectF, text: str, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil(theme.panel, 0.82))
    painter.drawRoundedRect(room, theme.px(4), theme.px(4))
    painter.setPen(QColor(theme.text))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)


def draw_ghost(painter: QPainter, lines: Lines, theme: Theme) -> None:
    """Draw lines in pixels pale and dashed: where something once was."""
    for color, width in ((veil(theme.panel, 0.6), 3.2), (veil(theme.text, 0.7), 1.5)):
        pen = QPen(color, width * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if width < 2.0:
            pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        for line in lines:
            painter.drawPolyline(polygon(clipped(line)))


def grid_colors(theme: Theme) -> tuple[QColor, QColor]:
    """The tints of the lines along x1 and of those along x2."""
    share = 0.62 if theme.is_dark else 0.5
    return mix(theme.panel, theme.accent, share), mix(theme.panel, theme.good, share)


def draw_warp(painter: QPainter, across: Lines, upward: Lines, theme: Theme) -> None:
    """Draw the lines of the plane as something sees them, in pixels, in two tints."""
    for lines, color in zip((across, upward), grid_colors(theme), strict=True):
        for place, line in enumerate(lines):
            is_edge = place in (0, len(lines) - 1)
            bold_line(painter, clipped(line), color, (1.8 if is_edge else 1.0) * theme.scale)


def draw_warp_key(painter: QPainter, area: QRectF, names: tuple[str, str], theme: Theme) -> None:
    """Say which tint is which: along which name of the plane a line runs."""
    painter.setFont(theme.number_font(theme.label_size))
    metrics = QFontMetricsF(painter.font())
    x, y = area.right() - theme.px(8), area.top() + theme.px(12)
    pairs = tuple(zip(names, grid_colors(theme), strict=True))
    with aside(painter):
        for name, color in reversed(pairs):
            width = metrics.horizontalAdvance(name)
            box = QRectF(
                x - width - theme.px(24), y - theme.px(9), width + theme.px(28), theme.px(18)
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil(theme.panel, 0.8))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QPointF(x - width, y + metrics.ascent() / 2 - 1), name)
            painter.setPen(outline(color, 2.0 * theme.scale))
            left = x - width - theme.px(19)
            painter.drawLine(QPointF(left, y), QPointF(left + theme.px(13), y))
            x = box.left() - theme.px(2)
