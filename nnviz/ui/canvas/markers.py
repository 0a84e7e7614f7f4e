"""Marker shapes: what tells classes and optimizers apart where color does not."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPolygonF,
    QTransform,
)

CLASS_SHAPES = (
    "circle",
    "triangle",
    "square",
    "diamond",
    "pentagon",
    "star",
    "plus",
    "hexagon",
)
"""The shape of each class, in the order of classes."""


def class_shape(index: int) -> str:
    """The shape of a class by its index."""
    return CLASS_SHAPES[index % len(CLASS_SHAPES)]


@cache
def unit_marker(shape: str) -> QPainterPath:
    """A shape around (0, 0) of about the area of a circle of diameter 1, y downwards."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QRectF(-0.5, -0.5, 1.0, 1.0))
    elif shape == "square":
        path.addRect(QRectF(-0.45, -0.45, 0.9, 0.9))
    else:
        path.addPolygon(QPolygonF(_corners(shape)))
        path.closeSubpath()
    return path


def marker(shape: str, center: QPointF, size: float) -> QPainterPath:
    """A shape at a place, about `size` pixels across."""
    return QTransform(size, 0, 0, size, center.x(), center.y()).map(unit_marker(shape))


def paint_marker(  # noqa: PLR0913 - one whole marker
    painter: QPainter,
    shape: str,
    center: QPointF,
    size: float,
    fill: str,
    edge: str,
    width: float,
) -> None:
    """Paint a shape with an edge of so many pixels, half of it within and half around."""
    inner, whole = _cased(shape, size, width)
    painter.translate(center)
    painter.fillPath(whole, QColor(edge))
    painter.fillPath(inner, QColor(fill))
    painter.translate(-center)


@lru_cache(maxsize=256)
def _cased(shape: str, size: float, width: float) -> tuple[QPainterPath, QPainterPath]:
    """What is within the edge of a shape around (0, 0), and all of it: filled in no time."""
    stroker, path = QPainterPathStroker(), marker(shape, QPointF(0, 0), size)
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroke = stroker.createStroke(path)
    return path.subtracted(stroke), path.united(stroke)


def _corners(shape: str) -> list[QPointF]:
    if shape in _RINGS:
        return _ring(*_RINGS[shape])
    return _star(*_STARS[shape]) if shape in _STARS else _plus(_PLUSES[shape])


# Corners, radius and the direction of the first corner, in degrees.
_RINGS = {
    "triangle": (3, 0.64, -90.0),
    "triangle-down": (3, 0.64, 90.0),
    "diamond": (4, 0.62, -90.0),
    "pentagon": (5, 0.56, -90.0),
    "hexagon": (6, 0.54, 0.0),
}
# Tips, and the radius of tips and of the corners between them.
_STARS = {"star": (5, 0.7, 0.32), "sparkle": (4, 0.78, 0.27), "burst": (8, 0.7, 0.42)}
_PLUSES = {"plus": 0.0, "cross": 45.0}


def _ring(corners: int, radius: float, start: float) -> list[QPointF]:
    return [_at(start + 360 * k / corners, radius) for k in range(corners)]


def _star(tips: int, outer: float, inner: float) -> list[QPointF]:
    return [_at(-90 + 180 * k / tips, inner if k % 2 else outer) for k in range(2 * tips)]


def _plus(turn: float) -> list[QPointF]:
    arm, half = 0.58, 0.19
    corner = math.hypot(half, half)
    tip = math.hypot(arm, half)
    spread = math.degrees(math.atan2(half, arm))
    points: list[QPointF] = []
    for side in range(4):
        angle = turn + 90 * side
        points += [_at(angle - spread, tip), _at(angle + spread, tip), _at(angle + 45, corner)]
    return points


def _at(degrees: float, radius: float) -> QPointF:
    angle = math.radians(degrees)
    return QPointF(radius * math.cos(angle), radius * math.sin(angle))
