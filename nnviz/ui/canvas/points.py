"""Data points as markers: drawn once on a layer of their own, the mistaken ones in rings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.markers import class_shape, marker
from nnviz.ui.canvas.pens import Floats, blank, distinct, outline, sign_color
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_LEVELS = 10  # Shades of a regression's values on either side of the middle.
_RING = 1.0  # How far a ring stands around a marker, of its size.


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Points of shape (n, 2) with their labels and whether each is one to train on.

    `classes` is 0 for regression, whose labels lie within `targets`.
    """

    points: Floats
    labels: Floats
    is_train: NDArray[np.bool_]
    classes: int
    targets: tuple[float, float] = (-1.0, 1.0)

    def levels(self) -> NDArray[np.int64]:
        """The look of each point: its class, or the shade of its value, of shape (n,)."""
        if self.classes:
            return self.labels.astype(np.int64)
        low, high = self.targets
        share = (self.labels - low) / max(high - low, 1e-12)
        levels: NDArray[np.int64] = np.round(np.clip(2 * share - 1, -1, 1) * _LEVELS).astype(
            np.int64
        )
        return levels


def draw_points(
    painter: QPainter, cloud: Cloud, pixels: Floats, theme: Theme, ratio: float
) -> None:
    """Draw the points at pixels of shape (n, 2): test points below train points.

    NaN pixels stand for points that are not shown.
    """
    shown = np.flatnonzero(np.isfinite(pixels).all(axis=1))
    size = point_size(len(cloud.points)) * theme.scale
    levels = cloud.levels()
    for is_train in (False, True):
        of_kind = shown[cloud.is_train[shown] == is_train]
        for level in distinct(levels[of_kind]):
            stamp = point_marker(theme, cloud.classes, level, (size, ratio), is_train=is_train)
            _stamp(painter, stamp, pixels[of_kind[levels[of_kind] == level]])


def draw_rings(painter: QPainter, pixels: Floats, size: float, theme: Theme, ratio: float) -> None:
    """Draw a ring around points at pixels of shape (n, 2) whose markers have a size."""
    if len(pixels):
        _stamp(painter, _ring(size, theme, ratio), pixels)


def _stamp(painter: QPainter, stamp: QPixmap, pixels: Floats) -> None:
    half = stamp.deviceIndependentSize().width() / 2
    corners = pixels - half
    if stamp.devicePixelRatio() == 1.0:  # Whole pixels, as a painter takes them in any case.
        for x, y in np.floor(corners + 0.5).astype(np.int64).tolist():
            painter.drawPixmap(x, y, stamp)
        return
    for x, y in corners.tolist():
        painter.drawPixmap(QPointF(x, y), stamp)


def _ring(size: float, theme: Theme, ratio: float) -> QPixmap:
    radius = _RING * size
    side = round(2 * radius + 8 * theme.scale)
    made = blank(QSize(side, side), ratio, Qt.GlobalColor.transparent)
    center = QPointF(side / 2, side / 2)
    with painting(made) as painter:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((theme.panel, 4.0), (theme.text, 1.8)):
            painter.setPen(outline(color, width * theme.scale))
            painter.drawEllipse(center, radius, radius)
    return made


_SIZES = ((12, 14.0), (150, 9.5), (700, 8.0), (2000, 6.0))
"""Up to so many points, so large."""


def point_size(count: int) -> float:
    """How large markers are, in pixels before the theme's scale."""
    return next((size for most, size in _SIZES if count <= most), 5.0)


def point_marker(
    theme: Theme, classes: int, level: int, size: tuple[float, float], *, is_train: bool
) -> QPixmap:
    """The marker of one class or value: filled to train on, hollow to test on.

    `size` is the size in pixels and the device pixel ratio.
    """
    across, ratio = size
    color = QColor(theme.classes[level % len(theme.classes)])
    if not classes:
        color = sign_color(theme, level / _LEVELS)
    side = round(1.5 * across) + 5
    made = blank(QSize(side, side), ratio, Qt.GlobalColor.transparent)
    path = marker(class_shape(level) if classes else "circle", QPointF(side / 2, side / 2), across)
    with painting(made) as painter:
        if is_train:
            rim = theme.text if theme.is_dark else theme.panel  # Light on both: colors are not.
            painter.setPen(outline(rim, 1.2 * theme.scale))
            painter.setBrush(color)
            painter.drawPath(path)
        else:
            painter.setBrush(QColor(theme.panel))
            painter.setPen(outline(theme.panel, 3.2 * theme.scale))
            painter.drawPath(path)
            painter.setPen(outline(color, 1.6 * theme.scale))
            painter.drawPath(path)
    return made
