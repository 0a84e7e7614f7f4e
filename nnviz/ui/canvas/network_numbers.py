"""The numbers of a probe: what every unit answers, in its tile, and what curves carry."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from nnviz.ui.canvas.network_layout import SAMPLES, Layout
from nnviz.ui.canvas.network_links import Links
from nnviz.ui.canvas.network_view import FEATURES, NetworkView, Picked
from nnviz.ui.canvas.network_words import plain, value_at_probe
from nnviz.ui.canvas.pens import veil
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_SMALLEST_TILE = 20
_MOST_NAMED = 18
_LOCK = 13
_SIZE = 9
_SPOTS = [round(share * SAMPLES) for share in (0.5, 0.35, 0.65, 0.25, 0.75, 0.42, 0.58, 0.16, 0.84)]
"""Where along a curve its number may stand, the best place first."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom: quicker to compare than a QRectF."""


def _coords(box: QRectF) -> Box:
    return box.left(), box.top(), box.right(), box.bottom()


def shared(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0.0 and high > 0.0 else 0.0


def least_taken(box: QRectF, centers: Iterable[list[float]], taken: list[Box]) -> QRectF:
    """The box at the first center where it shares the least with what is taken."""
    wide, high, least = box.width() / 2, box.height() / 2, math.inf
    for x, y in centers:
        here = (x - wide, y - high, x + wide, y + high)
        area = sum(shared(here, each) for each in taken)
        if area < least:
            least, best = area, (x, y)
        if area == 0.0:
            break
    box.moveCenter(QPointF(*best))
    return box


@dataclass(frozen=True, slots=True)
class Numbers:
    """Draws the numbers of a view's probe, those that there is room for."""

    view: NetworkView
    layout: Layout
    links: Links
    theme: Theme

    def paint(self, painter: QPainter, spot: Picked) -> None:
        """Draw them; those of what is pointed at whatever the room."""
        if self.view.activity is None:
            return
        painter.setFont(self.theme.number_font(_SIZE))
        taken = self._locks()
        for curve in self._named(spot):
            self._paint_product(painter, curve, taken)
        if self.layout.tile >= _SMALLEST_TILE * self.theme.scale:
            for layer, rows in enumerate(self.layout.rows[1:]):
                for place in range(len(rows)):
                    self._paint_value(painter, layer, place)

    def _locks(self) -> list[Box]:
        """Where locks stand on curves, so that no number covers them."""
        boxes: list[Box] = []
        for layer, held in enumerate(self.view.held):
            for unit, source in np.argwhere(held).tolist():
                index = self.links.index.get((layer, unit, source))
                if index is not None:
                    box = QRectF(0, 0, self.theme.px(_LOCK), self.theme.px(_LOCK))
                    middle = self.links.lines[index, SAMPLES // 2 - 1 : SAMPLES // 2 + 1]
                    box.moveCenter(QPointF(*middle.mean(axis=0).tolist()))
                    boxes.append(_coords(box))
        return boxes

    def _named(self, spot: Picked) -> list[tuple[int, int, int]]:
        """The curves that say what they carry: all of a small gap, or those into a unit."""
        units = {*spot.units, *spot.biases}
        named = []
        for layer, rows in enumerate(self.layout.rows[1:]):
            count, is_small = self._sources(layer), self._is_small(layer)
            for unit in range(len(rows)):
                if is_small or (layer, unit) in units:
                    named += [(layer, unit, source) for source in range(count)]
        return named

    def _sources(self, layer: int) -> int:
        return len(self.view.on) if layer == 0 else len(self.layout.rows[layer])

    def _is_small(self, layer: int) -> bool:
        """Whether the curves of a gap are so few that all of them say what they carry."""
        return self._sources(layer) * len(self.layout.rows[layer + 1]) <= _MOST_NAMED

    def _paint_product(
        self, painter: QPainter, place: tuple[int, int, int], taken: list[Box]
    ) -> None:
        """Write on a curve what it carries, where the least of other numbers stands.

        Where curves are many they crowd on their way: there it stands at their beginning.
        """
        index, activity = self.links.index.get(place), self.view.activity
        if index is None or activity is None:
            return
        layer, unit, source = place
        product = float(self.view.weights[layer][unit, source]) * float(activity[layer][source])
        text, line = plain(product), self.links.lines[index]
        if self._is_small(layer):
            box = self._box(painter, QPointF(), text)
            box = least_taken(box, line[_SPOTS, :].tolist(), taken)
        else:
            box = self._box(painter, QPointF(*line[0].tolist()), text)
            box.moveLeft(float(line[0, 0]) + self.theme.px(2))
        taken.append(_coords(box))
        self._paint_text(painter, box, text)

    def _paint_value(self, painter: QPainter, layer: int, place: int) -> None:
        value = value_at_probe(self.view, layer, place)
        if value is not None and layer > FEATURES:
            x, y = self.layout.center(layer + 1, place)
            down = self.layout.tile / 2 - 5 * self.theme.scale
            text = plain(value)
            self._paint_text(painter, self._box(painter, QPointF(x, y + down), text), text)

    def _box(self, painter: QPainter, center: QPointF, text: str) -> QRectF:
        """The room that a text takes around a place."""
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + self.theme.px(4)
        box = QRectF(0, 0, wide, self.theme.px(_SIZE + 3))
        box.moveCenter(center)
        return box

    def _paint_text(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil(self.theme.panel, 0.85))
        painter.drawRoundedRect(box, self.theme.px(3), self.theme.px(3))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
