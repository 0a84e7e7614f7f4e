"""Small pictures for buttons and sliders: a data set, the curve of a function."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.markers import class_shape, marker
from nnviz.ui.canvas.pens import Floats, blank, distinct, mix, outline, polygon, sign_color
from nnviz.ui.canvas.points import Cloud
from nnviz.ui.theme import Theme

_MOST_POINTS = 400
_FEW = 12  # So few points are drawn as markers, the shape of each class to be seen.
_EDGE = 6.0  # The plane goes from -6 to 6.


def dataset_thumbnail(
    points: Floats, labels: Floats, classes: int, theme: Theme, size: int
) -> QPixmap:
    """Points of shape (n, 2) in a square of `size` pixels; 0 classes is regression from −1 to 1."""
    made = _square(size)
    few = slice(None, None, max(1, len(points) // _MOST_POINTS))
    cloud = Cloud(points[few], labels[few], np.ones(len(points[few]), bool), classes, (-1.0, 1.0))
    room = size - 6.0
    pixels = 3.0 + room * (cloud.points * (1, -1) + _EDGE) / (2 * _EDGE)
    dot, few_enough = max(2.2, size / 16), len(cloud.points) <= _FEW
    with painting(made) as painter:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(QRectF(0, 0, size, size), theme.radius, theme.radius)
        levels = cloud.levels()
        for level in distinct(levels):
            color = QColor(theme.classes[level % len(theme.classes)])
            if not classes:
                color = sign_color(theme, math.copysign(math.sqrt(abs(level) / 10), level))
            if few_enough:
                _draw_markers(painter, pixels[levels == level], color, (level, min(size, 64)))
            else:
                painter.setPen(outline(color, dot))
                painter.drawPoints(polygon(pixels[levels == level]))
    return made


def curve_thumbnail(x: Floats, y: Floats, theme: Theme, size: int) -> QPixmap:
    """The curve of a function through (x, y), both of shape (n,), over its axes."""
    made = _square(size)
    room = size - 6.0
    low, high = _range_with_zero(y)
    x0, x1 = float(x.min()), float(x.max())
    px = 3.0 + room * (x - x0) / (x1 - x0)
    py = 3.0 + room * (high - y) / (high - low)
    with painting(made) as painter:
        painter.setPen(QPen(mix(theme.line, theme.muted, 0.4), 1.0))
        for line in _axes(x0, x1, low, high):
            ends = 3.0 + room * line
            painter.drawPolyline(polygon(np.floor(ends) + 0.5))
        painter.setPen(outline(theme.accent, max(1.8, size / 18)))
        painter.drawPolyline(polygon(np.column_stack([px, py])))
    return made


def _draw_markers(painter: QPainter, pixels: Floats, color: QColor, look: tuple[int, int]) -> None:
    """Draw points at pixels of shape (n, 2); the look is the class and the size of the picture."""
    level, size = look
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x, y in pixels.tolist():
        painter.drawPath(marker(class_shape(level), QPointF(x, y), size / 3.2))


def _axes(x0: float, x1: float, low: float, high: float) -> list[Floats]:
    """The lines y = 0 and, if it is within, x = 0, in shares of the square."""
    level, upright = high / (high - low), -x0 / (x1 - x0)
    lines = [np.array([[0.0, level], [1.0, level]])]
    if 0.0 < upright < 1.0:
        lines.append(np.array([[upright, 0.0], [upright, 1.0]]))
    return lines


def _range_with_zero(y: Floats) -> tuple[float, float]:
    good = y[np.isfinite(y)]
    low, high = min(0.0, float(good.min())), max(0.0, float(good.max()))
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def _square(size: int) -> QPixmap:
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    return blank(QSize(size, size), ratio, Qt.GlobalColor.transparent)
