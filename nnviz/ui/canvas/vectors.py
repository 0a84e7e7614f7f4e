"""Arrows of an update, and how long they are drawn: comparable with what is drawn beside them.

Slopes may be hundreds and steps thousandths, so each measure has a scale of its own, by what is
drawn of it at the moment. Ways on the plane keep their true length, or a round multiple of it that
is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QTransform

from nnviz.engine.anatomy.notes import Arrow, Measure, Phase
from nnviz.ui.canvas.pens import Floats, outline, veil
from nnviz.ui.theme import Theme

Reach = Mapping[Measure, float]
"""The longest of what is drawn of each measure."""

_LONG = 1e5
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROUND = (1.0, 2.0, 5.0)
_HEAD = 9.0
_WIDTH = 2.6
_CASING = 1.3
_PALE = 0.55
_DASH, _GAP = 2.2, 1.2
"""The pieces of a dashed shaft, and what is between them, in widths."""
_SHORTEST = 1.5
"""Pixels: a shorter arrow is drawn as a dot."""


def reach_of(arrows: Iterable[Arrow]) -> Reach:
    """The longest of each measure among arrows; 0 where none has it."""
    longest = _nothing()
    for arrow in arrows:
        vector = arrow.vector.tolist()
        end = (arrow.begins + arrow.vector).tolist()
        for length in (math.hypot(*vector), math.hypot(*end)):
            if longest[arrow.measure] < length < math.inf:
                longest[arrow.measure] = length
    return longest


def side_of(phase: Phase) -> Reach:
    """The longest side of a phase's squares, and of what is compared with them."""
    longest = _nothing()
    for square in phase.squares:
        _widen(longest, square.measure, np.sqrt(np.abs(square.area)))
    for arrow in phase.arrows:
        if arrow.pale:
            _widen(longest, arrow.measure, np.abs(arrow.vector))
    return longest


def _nothing() -> dict[Measure, float]:
    return {"slope": 0.0, "pure": 0.0, "plane": 0.0}


def _widen(longest: dict[Measure, float], measure: Measure, lengths: Floats) -> None:
    finite = lengths[np.isfinite(lengths)]
    longest[measure] = max(longest[measure], float(finite.max(initial=0.0)))


def round_factor(length: float, wanted: float) -> float:
    """The largest of 1, 2, 5, 10, 20, … that makes a length no longer than what is wanted."""
    if not 0.0 < length < wanted:
        return 1.0
    power = 10.0 ** math.floor(math.log10(wanted / length))
    return max(each * power for each in _ROUND if each * power * length <= wanted)


def factor_name(factor: float) -> str:
    """A factor as it is said beside an arrow: " ×20", " ×2·10⁵", nothing for 1."""
    if factor < _LONG:
        return "" if factor == 1.0 else f" ×{factor:,.0f}"
    digit, _, power = f"{factor:.0e}".partition("e+")
    return f" ×{'' if digit == '1' else digit + '·'}10{power.lstrip('0').translate(_HIGH)}"


def draw_arrow(  # noqa: PLR0913 - one whole arrow
    painter: QPainter,
    start: QPointF,
    end: QPointF,
    color: str,
    theme: Theme,
    *,
    label: str = "",
    room: QRectF | None = None,
    pale: bool = False,
    is_added: bool = False,
    dashed: bool = False,
) -> None:
    """Draw an arrow with a casing that sets it off from any ground, its label at the tip.

    What is pale is named above its tip, what is added to another below its middle; the label stays
    within the room, if one is given.
    """
    scale = theme.scale
    way = end - start
    right, down = way.x(), way.y()
    length = math.hypot(right, down)
    shade = veil(color, _PALE) if pale else QColor(color)
    if length < _SHORTEST * scale:
        painter.translate(start)
        painter.fillPath(_dot(3.25 * scale), QColor(theme.panel))
        painter.fillPath(_dot(1.75 * scale), shade)
        painter.translate(-start)
    else:
        # Many are as long as others then; what is missing is made up for by stretching.
        whole = round(2 * length) / 2
        look = whole, _WIDTH * scale * (0.7 if pale else 1.0), min(_HEAD * scale, 0.6 * whole)
        turned = right / whole, down / whole, -down / length, right / length
        placed = QTransform(*turned, start.x(), start.y())
        casing, shape = _shape(*look, _CASING * scale), (_dashed_shape if dashed else _shape)(*look)
        painter.fillPath(placed.map(casing), veil(theme.panel, 0.85))
        painter.fillPath(placed.map(shape), shade)
    if label:
        side = -1 if pale else 1 if is_added else 0
        at = end if side < 1 else start + way / 2
        _draw_label(painter, _label_spot(at, way, side, label, theme, room), label, color, theme)


@lru_cache(maxsize=16)
def _dot(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0.0, 0.0), radius, radius)
    return path


@lru_cache(maxsize=2048)
def _shape(length: float, width: float, head: float, casing: float = 0.0) -> QPainterPath:
    """An arrow from (0, 0) to the right, so much larger all around, as a shape.

    Filling is far quicker than stroking wide lines, and so is turning a shape than making one.
    """
    half, neck = width / 2 + casing, length - head
    wing, path = 0.48 * head + 1.3 * casing, QPainterPath()
    upper = (-casing, half), (neck, half), (neck - casing, wing)
    _add(path, *upper, (length + 1.8 * casing, 0.0), *((x, -y) for x, y in reversed(upper)))
    return path


@lru_cache(maxsize=1024)
def _dashed_shape(length: float, width: float, head: float) -> QPainterPath:
    """The same with a shaft in pieces."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # The last piece reaches into the head.
    neck, wing, half = length - head, 0.48 * head, width / 2
    _add(path, (neck, wing), (length, 0.0), (neck, -wing))
    stop, begin = length - 0.8 * head, 0.0
    while begin < stop:
        end = min(begin + _DASH * width, stop)
        _add(path, (begin, half), (end, half), (end, -half), (begin, -half))
        begin = end + _GAP * width
    return path


def _add(path: QPainterPath, *corners: tuple[float, float]) -> None:
    go = path.moveTo
    for corner in corners:
        go(*corner)
        go = path.lineTo


def _label_spot(  # noqa: PLR0913 - one whole label
    at: QPointF, way: QPointF, side: int, label: str, theme: Theme, room: QRectF | None
) -> QPointF:
    """Where a label begins: beyond a place (side 0), above it (-1) or below it (1)."""
    metrics = QFontMetricsF(theme.number_font(theme.body))
    along = way / max(math.hypot(way.x(), way.y()), 1e-6)
    if side:
        across = QPointF(-along.y(), along.x())
        along = across if across.y() * side > 0 else -across
    width, height = metrics.horizontalAdvance(label), metrics.height()
    middle = at + along * (0.62 * height)
    x = middle.x() - width * min(max(0.5 - along.x(), 0.0), 1.0)
    y = middle.y() + 0.32 * height
    if room is not None:
        x = max(min(x, room.right() - width - 2), room.left() + 2)
        y = max(min(y, room.bottom() - 0.3 * height), room.top() + 0.8 * height)
    return QPointF(x, y)


def _draw_label(painter: QPainter, at: QPointF, label: str, color: str, theme: Theme) -> None:
    path = QPainterPath()
    path.addText(at, theme.number_font(theme.body), label)
    painter.setPen(outline(veil(theme.panel, 0.9), 3.4 * theme.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.fillPath(path, QColor(color))
