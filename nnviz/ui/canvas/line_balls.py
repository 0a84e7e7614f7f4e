"""Optimizers as balls on a curve: where each is, how it came there, and how steep it is there."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from nnviz.ui.canvas.leaving import leaving_arrow
from nnviz.ui.canvas.markers import marker
from nnviz.ui.canvas.pens import Floats, outline, veil
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

RECENT = 40
"""So many places back a ball's way is shown."""

NAMED = 4
"""The slope is written beside the balls where there are no more than these."""

_BALL = 13.0
_REACH = 44.0  # Of a tangent to either side, in pixels.
_LEAST_HOP = 5.0  # Pixels: a shorter step has no arrow.
_HEAD = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """A racer: its last places of shape (k, 2), x and loss, the newest last."""

    way: Floats
    style: RacerStyle
    has_left: bool


def balls_of(
    paths: Floats, styles: tuple[RacerStyle, ...], diverged: tuple[bool, ...]
) -> tuple[Ball, ...]:
    """The balls of a race, of whose paths (racers, steps + 1, 3) only the ends are shown."""
    ends = paths[:, -RECENT:, ::2]
    return tuple(Ball(*each) for each in zip(ends, styles, diverged, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How a curve lies on the screen: `pixels` turns places (…, 2), `slope` tells it at an x."""

    theme: Theme
    area: QRectF
    pixels: Callable[[Floats], Floats]
    slope: Callable[[float], float]


def paint_balls(
    painter: QPainter, balls: tuple[Ball, ...], scale: Scale, *, is_bared: bool = False
) -> None:
    """Paint ways and tangents first, then what is written, and the balls above all.

    Where the arrows of an inner state come on top, nothing is written.
    """
    seen = [(ball, _point(ball.way[-1], scale)) for ball in balls]
    inside = [(ball, at) for ball, at in seen if scale.area.contains(at) and not ball.has_left]
    for ball, _ in seen:
        _paint_way(painter, ball, scale)
    for ball, at in inside:
        _paint_tangent(painter, ball, at, scale)
    if len(balls) <= NAMED and not is_bared:
        _paint_slopes(painter, inside, scale)
    for ball, at in inside:
        _paint_hop(painter, ball, scale)
        _paint_ball(painter, ball, at, scale)
    for ball, at in seen:
        if ball.has_left or not scale.area.contains(at):
            _paint_leaving(painter, ball, at, scale)


def _point(place: Floats, scale: Scale) -> QPointF:
    return QPointF(*scale.pixels(place).tolist())


def _paint_way(painter: QPainter, ball: Ball, scale: Scale) -> None:
    """Its last places as dots that fade."""
    pixels = scale.pixels(ball.way[:-1])
    painter.setPen(Qt.PenStyle.NoPen)
    for age, (x, y) in zip(range(len(pixels), 0, -1), pixels.tolist(), strict=True):
        painter.setBrush(veil(ball.style.color, 0.75 * (1.0 - age / RECENT) + 0.1))
        painter.drawPath(marker(ball.style.symbol, QPointF(x, y), 6.0 * scale.theme.scale))


def _paint_tangent(painter: QPainter, ball: Ball, at: QPointF, scale: Scale) -> None:
    way = _along(ball, scale) * _REACH * scale.theme.scale
    for color, width in ((scale.theme.panel, 4.0), (ball.style.color, 2.0)):
        painter.setPen(outline(color, width * scale.theme.scale))
        painter.drawLine(at - way, at + way)


def _along(ball: Ball, scale: Scale) -> QPointF:
    """The direction of the curve below a ball, one pixel to the right and down."""
    x = float(ball.way[-1, 0])
    ends = scale.pixels(np.array([[0.0, 0.0], [1.0, scale.slope(x)]]))
    right, down = (ends[1] - ends[0]).tolist()
    length = math.hypot(right, down)
    return QPointF(right / length, down / length) if length > 0.0 else QPointF(1.0, 0.0)


def _paint_hop(painter: QPainter, ball: Ball, scale: Scale) -> None:
    """The last step: ahead at the height of before, then down or up onto the curve."""
    if len(ball.way) < 2:
        return
    before, now = (_point(place, scale) for place in ball.way[-2:])
    over = QPointF(now.x(), before.y())
    theme, reach = scale.theme, now.x() - before.x()
    if abs(reach) < _LEAST_HOP * theme.scale:
        return
    painter.setPen(outline(ball.style.color, 1.6 * theme.scale))
    painter.drawLine(before, over)
    head = math.copysign(min(_HEAD * theme.scale, abs(reach)), reach)
    painter.setBrush(QColor(ball.style.color))
    corners = (QPointF(0, 0), QPointF(-head, abs(head) / 2), QPointF(-head, -abs(head) / 2))
    painter.drawPolygon(QPolygonF([over + corner for corner in corners]))
    pen = outline(veil(ball.style.color, 0.8), 1.2 * theme.scale)
    pen.setDashPattern([2.0, 3.0])
    painter.setPen(pen)
    painter.drawLine(over, now)


def _paint_ball(painter: QPainter, ball: Ball, at: QPointF, scale: Scale) -> None:
    """The ball lies on the curve, not in it."""
    theme = scale.theme
    painter.setPen(outline(theme.panel, 1.6 * theme.scale))
    painter.setBrush(QColor(ball.style.color))
    center = _resting(ball, at, scale)
    painter.drawPath(marker(ball.style.symbol, center, _BALL * theme.scale))


def _resting(ball: Ball, at: QPointF, scale: Scale) -> QPointF:
    along = _along(ball, scale)
    return at + QPointF(along.y(), -along.x()) * (0.5 * _BALL * scale.theme.scale)


def _paint_leaving(painter: QPainter, ball: Ball, at: QPointF, scale: Scale) -> None:
    theme, area = scale.theme, scale.area
    inner = area.adjusted(*(sign * theme.px(9) for sign in (1, 1, -1, -1)))
    inside = [place for place in scale.pixels(ball.way).tolist() if area.contains(*place)]
    since = QPointF(*inside[-1]) if inside else area.center()
    if since == at:
        at = at + QPointF(at.x() - area.center().x(), -1.0)
    painter.setPen(outline(theme.panel, 1.6 * theme.scale))
    painter.setBrush(QColor(ball.style.color))
    painter.drawPath(leaving_arrow(since, at, inner, _BALL * theme.scale))


def _paint_slopes(painter: QPainter, inside: list[tuple[Ball, QPointF]], scale: Scale) -> None:
    """Write the slope in the ground below each ball; what would not fit there stands above."""
    theme, taken = scale.theme, list[QRectF]()
    painter.setFont(theme.number_font(theme.label_size + 1))
    metrics = painter.fontMetrics()
    for ball, at in sorted(inside, key=lambda each: each[1].x()):
        text = written_slope(scale.slope(float(ball.way[-1, 0])))
        size = QSizeF(metrics.horizontalAdvance(text) + theme.px(10), theme.px(18))
        box = _free_room(size, at, taken, scale)
        taken.append(box)
        painter.setPen(outline(ball.style.color, theme.scale))
        painter.setBrush(veil(theme.panel, 0.92))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(theme.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _free_room(size: QSizeF, at: QPointF, taken: list[QRectF], scale: Scale) -> QRectF:
    """Where a text of a size has room near a place: first below it, then above."""
    area, box = scale.area, QRectF(QPointF(), size)
    for step in (1, -1):
        box.moveCenter(at + QPointF(0, step * scale.theme.px(30)))
        box.moveLeft(min(max(box.left(), area.left()), area.right() - box.width()))
        while any(box.intersects(each) for each in taken):
            box.translate(0, step * (size.height() + 1))
        if area.top() <= box.top() and box.bottom() <= area.bottom():
            break
    return box


def written_slope(slope: float) -> str:
    """A slope in few figures, with its sign."""
    if abs(slope) < 5e-4:
        return "slope 0"
    text = f"{slope:+.0f}" if abs(slope) >= 100.0 else f"{slope:+#.2g}".rstrip(".")
    return f"slope {text}".replace("-", "−")
