"""What all canvases draw with: arrays as polygons, maps, mixed colors, pens."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)
from shiboken6 import VoidPtr

from nnviz.ui.theme import Theme

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

_POINT_BYTES = 16  # QPointF is two doubles.
_FAR = 8000.0
_AROUND = ((0.0, 1.0), (-0.87, -0.5), (0.87, -0.5))


def polygon(points: Floats) -> QPolygonF:
    """Points of shape (n, 2) as a polygon, copied at once instead of one by one."""
    made = QPolygonF()
    if len(points):
        made.resize(len(points))
        # The stubs of shiboken know neither a size nor a buffer.
        memory: Any = VoidPtr(made.data(), len(points) * _POINT_BYTES, True)  # type: ignore[call-arg, arg-type]  # noqa: FBT003
        np.frombuffer(memory, np.float64).reshape(-1, 2)[:] = points
    return made


def draw_map(painter: QPainter, rgba: Bytes, room: QRectF) -> None:
    """Draw colors of shape (rows, columns, 4), row 0 lowest, into a room."""
    rows, columns = rgba.shape[:2]
    pixels = np.ascontiguousarray(rgba[::-1])
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBX8888)
    painter.drawImage(room, image)


def mix(color: str, other: str, share: float) -> QColor:
    """A color on the way to another: 0 is the first, 1 the other."""
    one, two = QColor(color), QColor(other)
    share = min(max(share, 0.0), 1.0)
    return QColor.fromRgbF(
        one.redF() + share * (two.redF() - one.redF()),
        one.greenF() + share * (two.greenF() - one.greenF()),
        one.blueF() + share * (two.blueF() - one.blueF()),
    )


def veil(color: str, alpha: float) -> QColor:
    """A color that lets some of what is below through."""
    made = QColor(color)
    made.setAlphaF(alpha)
    return made


def sign_color(theme: Theme, value: float) -> QColor:
    """The data color of a number from -1 to 1."""
    return mix(theme.zero, theme.positive if value > 0 else theme.negative, abs(value))


def outline(color: QColor | str, width: float) -> QPen:
    """A pen with round ends and joins."""
    return QPen(
        QColor(color),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def blank(size: QSize, ratio: float, color: QColor | Qt.GlobalColor) -> QPixmap:
    """A pixmap for a size in logical pixels, sharp on a screen of a device pixel ratio."""
    made = QPixmap(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(color)
    return made


def bold_line(painter: QPainter, points: Floats, color: QColor, width: float) -> None:
    """A smooth polyline, opaque, up to about 3 pixels wide.

    Qt strokes smooth lines of one pixel some fifty times as fast as wider ones, so a wider one is
    made of several side by side.
    """
    painter.setPen(QPen(color, 1.0))
    reach = max(width - 1.0, 0.0) / 2
    for x, y in _AROUND:
        painter.drawPolyline(polygon(points + np.array([reach * x, reach * y])))


def focus_ring(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Show that a plane has the keyboard."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline(theme.focus, 2 * theme.scale))
    painter.drawRect(area.adjusted(-1, -1, 1, 1))


def clipped(points: Floats) -> Floats:
    """Pixels kept near enough to the screen for a painter; what is not a number goes far off."""
    return np.clip(np.where(np.isnan(points), -_FAR, points), -_FAR, _FAR)


def near(pixel: float) -> float:
    """The same for one number."""
    return min(max(pixel, -_FAR), _FAR) if not math.isnan(pixel) else -_FAR


@lru_cache(maxsize=256)
def elided(text: str, font: QFont, room: int) -> str:
    """A text cut to so many pixels; the same again costs nothing."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def distinct(numbers: NDArray[np.int64]) -> list[int]:
    """The whole numbers that occur, in order; `np.unique` would first load masked arrays."""
    return sorted(set(numbers.tolist()))


def draw_over(painter: QPainter, rgba: Bytes, size: QSize) -> None:
    """Draw a premultiplied picture over everything, row 0 at the top."""
    pixels = np.ascontiguousarray(rgba)
    rows, columns = pixels.shape[:2]
    image = QImage(
        pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888_Premultiplied
    )
    painter.drawImage(QRectF(QRect(QPoint(0, 0), size)), image)
