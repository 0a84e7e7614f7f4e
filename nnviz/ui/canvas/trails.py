"""The ways of racers, drawn onto a layer that only grows: a new step costs its own segment.

A casing sets a trail off from the colors below and from older trails that it crosses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.pens import Floats, polygon, veil
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme

_WIDTH = 2.0
_CASING = 4.2
_SHORTEST = 0.7  # Pixels: what moves less is drawn with the next step.


class Trails:
    """Trails of racers whose paths grow; everything is drawn anew when they are others."""

    def __init__(self, theme: Theme) -> None:
        """Trails cased in the panel's color."""
        self._theme = theme
        self._stamp: object = None
        self._styles: tuple[RacerStyle, ...] = ()
        self._drawn = np.zeros((0, 0, 3))
        self._lengths: list[float] = []
        self._ends: list[Floats] = []
        self._layer: QPixmap | None = None

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme, everything anew."""
        self._theme = theme
        self._layer = None

    def layer(
        self,
        paths: Floats,
        styles: tuple[RacerStyle, ...],
        stamp: object,
        new_layer: Callable[[], QPixmap],
        to_pixels: Callable[[Floats], Floats],
    ) -> QPixmap:
        """The trails of paths (racers, steps + 1, 3), brought up to the last step.

        `stamp` says what the pixels depend on: another one draws everything anew. `to_pixels`
        says where places (…, 2) are on a layer.
        """
        layer = self._layer
        if layer is None or stamp != self._stamp or not self._continues(paths, styles):
            layer = new_layer()
            self._lengths = [0.0] * len(paths)
            self._ends = list(to_pixels(paths[:, 0, :2]))
            first = 0
        else:
            first = self._drawn.shape[1] - 1
        self._layer, self._stamp, self._styles, self._drawn = layer, stamp, styles, paths
        if paths.shape[1] - 1 > first:
            self._append(layer, to_pixels(paths[:, first:, :2]))
        return layer

    def _continues(self, paths: Floats, styles: tuple[RacerStyle, ...]) -> bool:
        """Whether paths begin with what is drawn: same racers, same first and last places."""
        drawn = self._drawn
        steps = drawn.shape[1]
        if styles != self._styles or len(paths) != len(drawn) or paths.shape[1] < steps:
            return False
        ends = [0, steps - 1]
        return steps > 0 and np.array_equal(drawn[:, ends], paths[:, ends], equal_nan=True)

    def _append(self, layer: QPixmap, pixels: Floats) -> None:
        theme, lines = self._theme, dict(self._moved(pixels))
        if not lines:
            return
        casing = _pen(theme.panel, _CASING * theme.scale)
        casing.setColor(veil(theme.panel, 0.75))
        casing.setCapStyle(Qt.PenCapStyle.FlatCap)  # A round one would cover its own trail's end.
        with painting(layer) as painter:
            painter.setPen(casing)
            for line in lines.values():
                painter.drawPolyline(polygon(line))
            for racer, line in lines.items():
                self._draw(painter, racer, line)

    def _moved(self, pixels: Floats) -> Iterator[tuple[int, Floats]]:
        """The racers that have left the pixel up to which their trail is drawn, and their ways."""
        for racer, (end, way) in enumerate(zip(self._ends, pixels, strict=True)):
            if np.abs(way - end).max() >= _SHORTEST:
                self._ends[racer] = way[-1]
                yield racer, thin(np.vstack([end, way[1:]]))

    def _draw(self, painter: QPainter, racer: int, line: Floats) -> None:
        style, width = self._styles[racer], _WIDTH * self._theme.scale
        pen = _pen(style.color, width)
        if style.dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(list(style.dash))
            pen.setDashOffset(self._lengths[racer] / width % sum(style.dash))
            self._lengths[racer] += float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
        painter.setPen(pen)
        painter.drawPolyline(polygon(line))


def thin(line: Floats) -> Floats:
    """A line (n, 2) without the points that stay on their pixel; its ends stay."""
    if len(line) < 3:
        return line
    cells = np.round(line / _SHORTEST)
    keep = np.ones(len(line), bool)
    keep[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1)
    return line[keep]


def _pen(color: str, width: float) -> QPen:
    return QPen(
        QColor(color),
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
