"""An arrow at the edge of a picture: where somebody left it, and which way."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from nnviz.ui.canvas.markers import unit_marker

_FAR = 1e5


def leaving_arrow(since: QPointF, place: QPointF, box: QRectF, size: float) -> QPainterPath:
    """A triangle at the edge of a box, on the way from a place inside to one outside."""
    way = place - since
    reach = max(abs(way.x()), abs(way.y()), 1e-9)
    x, y = since.x() + way.x() / reach * _FAR, since.y() + way.y() / reach * _FAR
    share = min(
        _share(since.x(), x, box.left(), box.right()), _share(since.y(), y, box.top(), box.bottom())
    )
    at = since + (QPointF(x, y) - since) * max(share, 0.0)
    turn = math.degrees(math.atan2(way.y(), way.x())) + 90.0
    move = QTransform().translate(at.x(), at.y()).rotate(turn).scale(size, size)
    return move.map(unit_marker("triangle"))


def _share(start: float, end: float, low: float, high: float) -> float:
    """How much of the way from start to end is within low and high."""
    if end == start:
        return 1.0
    return ((high if end > start else low) - start) / (end - start)
