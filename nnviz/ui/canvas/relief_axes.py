"""The thin frame around a landscape: its floor, and three axes with ticks and names.

Axes stand where they are not in the way: those of the floor at its near edges, that of the loss at
the corner farthest left.
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.engine.raster import Heights
from nnviz.engine.terrain import box_height
from nnviz.engine.vantage import CEILING, GROUND
from nnviz.ui.canvas.pens import Floats, polygon
from nnviz.ui.canvas.relief_lens import Lens
from nnviz.ui.canvas.ticks import log_ticks, nice_step, nice_ticks, tick_text
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_CORNERS = np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
_PIXELS_A_TICK = 62.0
_SHORTEST = 40.0  # Pixels: a shorter axis is seen end on and says nothing.
_TICK = 5.0
_TRIED = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.0, 1.0)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_WIDEST = 0.45  # Of the widget: how much of it a name may take.
_APART = 0.13  # Of the height, between two ticks of the loss.
_LOSSES = 5
_FIGURES = 6


@dataclass(frozen=True, slots=True)
class _Axis:
    """An axis on the screen: `out` leads away from it, ticks stand at shares of its length."""

    begin: QPointF
    end: QPointF
    out: QPointF
    shares: list[float]
    words: list[str]
    name: str = ""


def draw_floor(painter: QPainter, lens: Lens, theme: Theme) -> None:
    """Draw the edges of the floor."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), theme.scale))
    painter.drawPolygon(polygon(lens.pixels(_CORNERS)))


def draw_axes(painter: QPainter, lens: Lens, names: tuple[str, str], theme: Theme) -> None:
    """Draw the axes over the picture of the landscape."""
    painter.setFont(theme.number_font(theme.label_size))
    ahead = np.array(lens.outlook.vantage.ahead)
    x_min, x_max, y_min, y_max = lens.outlook.domain
    for axis, (low, high) in enumerate(((x_min, x_max), (y_min, y_max))):
        side = -1.0 if ahead[1 - axis] >= 0 else 1.0  # The edge that is nearer.
        ends = np.zeros((2, 3))
        ends[:, axis] = -1, 1
        ends[:, 1 - axis] = side
        begin, end = (QPointF(*each) for each in lens.pixels(ends).tolist())
        length = math.hypot(end.x() - begin.x(), end.y() - begin.y())
        if length >= _SHORTEST * theme.scale:
            out = _outward(lens, ends, axis, side)
            most = max(2, int(length / (_PIXELS_A_TICK * theme.scale)))
            ticks, step = nice_ticks(low, high, most), nice_step(high - low, most)
            shares = ((ticks - low) / (high - low)).tolist()
            words = [tick_text(each, step) for each in ticks.tolist()]
            _draw_axis(painter, _Axis(begin, end, out, shares, words, names[axis]), theme)
    _draw_losses(painter, lens, theme)


def _outward(lens: Lens, ends: Floats, axis: int, side: float) -> QPointF:
    """The direction on the screen that leads away from the floor, across an edge, of length 1."""
    away = ends.mean(axis=0)
    away[1 - axis] += 0.1 * side
    way = lens.pixel(away) - lens.pixel(ends.mean(axis=0))
    length = math.hypot(way.x(), way.y())
    return way / length if length > 1.0 else QPointF(0.0, 1.0)


def _draw_axis(painter: QPainter, axis: _Axis, theme: Theme) -> None:
    begin, out = axis.begin, axis.out
    painter.setPen(QPen(QColor(theme.muted), theme.scale))
    painter.drawLine(begin, axis.end)
    rooms: list[QRectF] = []
    for share, word in zip(axis.shares, axis.words, strict=True):
        at = begin + (axis.end - begin) * share
        painter.setPen(QPen(QColor(theme.muted), theme.scale))
        painter.drawLine(at, at + out * (_TICK * theme.scale))
        painter.setPen(QColor(theme.muted))
        rooms.append(_room(painter, at + out * ((_TICK + 3) * theme.scale), out, word))
        painter.drawText(rooms[-1], _CENTER, word)
    if axis.name:
        _draw_name(painter, axis, rooms, theme)


def _draw_name(painter: QPainter, axis: _Axis, taken: list[QRectF], theme: Theme) -> None:
    """Write the name of an axis beyond its numbers, where along it there is room."""
    metrics, whole = QFontMetricsF(painter.font()), QRectF(painter.window())
    name = metrics.elidedText(axis.name, Qt.TextElideMode.ElideRight, _WIDEST * whole.width())
    widest = max((each.width() for each in taken), default=0.0)
    out = axis.out
    reach = abs(out.x()) * widest + abs(out.y()) * metrics.height() + theme.px(_TICK + 8)
    rooms = [
        _room(painter, axis.begin + (axis.end - axis.begin) * share + out * reach, out, name)
        for share in _TRIED
    ]
    free = (
        each
        for each in rooms
        if whole.contains(each) and not any(each.intersects(other) for other in taken)
    )
    painter.setPen(QColor(theme.text))
    painter.drawText(next(free, rooms[0]), _CENTER, name)


def _room(painter: QPainter, at: QPointF, out: QPointF, word: str) -> QRectF:
    """Where a word stands beside a place, so that it begins there and goes outward."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(word) + 1, metrics.height()
    center = at + QPointF(out.x() * width / 2, out.y() * height / 2)
    return QRectF(center.x() - width / 2, center.y() - height / 2, width, height)


def _draw_losses(painter: QPainter, lens: Lens, theme: Theme) -> None:
    corner = _CORNERS[lens.pixels(_CORNERS)[:, 0].argmin()].copy()
    foot, low, high = (
        lens.pixel(np.array([*corner[:2], height])) for height in (0.0, GROUND, CEILING)
    )
    if low.y() - high.y() < _SHORTEST * theme.scale:
        return
    painter.setPen(QPen(QColor(theme.line), theme.scale))
    painter.drawLine(foot, low)
    scale, left = lens.outlook.scale, QPointF(-1.0, 0.0)
    room = 1.1 * painter.fontMetrics().height()
    losses = loss_ticks(scale, max(_APART, room / (low.y() - high.y())))
    shares = ((box_height(scale.height(losses)) - GROUND) / (CEILING - GROUND)).tolist()
    _draw_axis(painter, _Axis(low, high, left, shares, loss_words(losses)), theme)
    painter.setPen(QColor(theme.text))
    above = _room(painter, high - QPointF(0, theme.px(9)), QPointF(0.0, -1.0), "loss")
    painter.drawText(above, _CENTER, "loss")


def loss_ticks(scale: Heights, apart: float = _APART) -> Floats:
    """Round losses, so far apart on a scale of heights from 0 to 1, rising."""
    low, high = scale.floor, scale.top
    candidates = [nice_ticks(low, high, _LOSSES)]
    for sign in (1.0, -1.0):
        ends = sorted((sign * low, sign * high))
        if ends[1] > 0:
            least = max(ends[0], 1e-4 * ends[1])
            candidates.append(sign * log_ticks(least, ends[1], 60))
    marks = np.concatenate(candidates)
    marks = marks[(marks >= low) & (marks <= high)]
    kept: list[float] = []
    heights: list[float] = []
    for mark, height in zip(marks.tolist(), scale.height(marks).tolist(), strict=True):
        if all(abs(height - other) >= apart for other in heights):
            kept.append(mark)
            heights.append(height)
    return np.array(sorted(kept))


def loss_words(losses: Floats) -> list[str]:
    """What is written at ticks of the loss, in as few figures as tell them apart."""
    apart = float(np.diff(losses).min(initial=np.inf))
    return [tick_text(each, _figure(each, apart)) for each in losses.tolist()]


def _figure(number: float, apart: float) -> float:
    """The step that a number needs to be told from those so far apart from it."""
    if number == 0.0:
        return 1.0
    power = math.floor(math.log10(abs(number)) + 1e-9)
    for step in (10.0 ** (power - figures) for figures in range(_FIGURES)):
        if abs(round(number / step) * step - number) <= 1e-3 * min(abs(number), apart):
            return step
    return 10.0 ** (power - _FIGURES)
