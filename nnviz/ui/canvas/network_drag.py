"""What is seen of a layer while it is dragged: its tiles under the pointer, and where they go."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from nnviz.ui.canvas.network_layout import HEAD, Layout
from nnviz.ui.canvas.network_tiles import Tiles
from nnviz.ui.canvas.pens import outline, veil
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_AROUND = 9.0
_ARROW = 6.0


@dataclass(frozen=True, slots=True)
class Drag:
    """A hidden layer on its way: the pointer by x, and the gap it would go to, None for its own."""

    layer: int
    x: float
    gap: int | None

    @classmethod
    def at(cls, layer: int, x: float, layout: Layout) -> Drag:
        """What a layer that is dragged to a place by x would do."""
        gap = gap_at(layout, x)
        return cls(layer, x, None if gap in (layer, layer + 1) else gap)

    @property
    def target(self) -> int | None:
        """The place among the hidden layers that it would have, None for its own."""
        return None if self.gap is None else self.gap - (self.gap > self.layer)


def gap_at(layout: Layout, x: float) -> int:
    """The gap between columns nearest to a place by x, from 0 behind the features."""
    middles = [(a + b) / 2 for a, b in pairwise(layout.columns)]
    return min(range(len(middles)), key=lambda gap: abs(middles[gap] - x))


def middle_of(layout: Layout, gap: int) -> float:
    """Where a gap between columns has its middle by x."""
    return (layout.columns[gap] + layout.columns[gap + 1]) / 2


def paint_drag(painter: QPainter, drag: Drag, layout: Layout, tiles: Tiles, theme: Theme) -> None:
    """Draw a layer on its way: pale where it was, a mark where it would go, itself in between."""
    column = layout.columns[drag.layer + 1]
    box = _box_of(layout, drag.layer + 1, theme)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil(theme.panel, 0.72))
    painter.drawRect(box)
    painter.save()
    painter.translate(drag.x - column, 0)
    painter.setPen(outline(theme.accent, 2.0 * theme.scale))
    painter.setBrush(veil(theme.panel, 0.8))
    painter.drawRoundedRect(box, theme.px(8), theme.px(8))
    painter.setOpacity(0.85)
    tiles.paint_layer(painter, drag.layer)
    painter.restore()
    if drag.gap is not None:
        _paint_mark(painter, middle_of(layout, drag.gap), theme)


def _box_of(layout: Layout, column: int, theme: Theme) -> QRectF:
    around, half = _AROUND * theme.scale, layout.tile / 2
    rows, x = layout.rows[column], layout.columns[column]
    top, bottom = float(rows[0]) - half - around, float(rows[-1]) + half + around
    return QRectF(x - half - around, top, 2 * (half + around), bottom - top)


def _paint_mark(painter: QPainter, x: float, theme: Theme) -> None:
    """A line from top to bottom between two columns, with an arrow at both ends."""
    top, bottom = theme.px(HEAD - 4), painter.window().bottom() - theme.px(4)
    arrow = _ARROW * theme.scale
    for color, width in ((theme.panel, 8.0), (theme.accent, 4.0)):
        painter.setPen(outline(color, width * theme.scale))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    for y, tip in ((top, top + arrow), (bottom, bottom - arrow)):
        painter.drawPolygon([QPointF(x - arrow, y), QPointF(x + arrow, y), QPointF(x, tip)])
