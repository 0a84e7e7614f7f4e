"""What is drawn on top of a network: what is selected, pointed at, banded, and the legend."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_layout import SAMPLES, Layout, ribbons
from nnviz.ui.canvas.network_link_picture import LinkPicture
from nnviz.ui.canvas.network_view import Picked
from nnviz.ui.canvas.pens import blank, outline, polygon, veil
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_RING = 3.5
_BESIDE = 16.0
_AXIS = 0.7  # How far along its curve the name of an axis stands.


@dataclass(frozen=True, slots=True)
class Marker:
    """Draws marks on a layout."""

    layout: Layout
    theme: Theme

    def ring(self, painter: QPainter, unit: tuple[int, int], color: str, width: float) -> None:
        """A ring around the tile of a unit, layers as weights count them."""
        layer, place = unit[0] + 1, unit[1]
        if layer and self.layout.shows(layer, place):
            gap = min(_RING * self.theme.scale, max(self.layout.gap / 2, 1.5))
            side = self.layout.tile + 2 * gap
            box = QRectF(0, 0, side, side)
            box.moveCenter(QPointF(*self.layout.center(layer, place)))
            radius = min(self.theme.px(8), 0.22 * side)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(outline(color, width * self.theme.scale))
            painter.drawRoundedRect(box, radius, radius)

    def dot_ring(self, painter: QPainter, bias: tuple[int, int], color: str) -> None:
        """A ring around the dot of a bias."""
        layer, place = bias[0] + 1, bias[1]
        if self.layout.shows(layer, place):
            center = QPointF(*self.layout.dot_center(layer, place))
            radius = self.layout.dot / 2 + 2.2 * self.theme.scale
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(outline(self.theme.panel, 4.0 * self.theme.scale))
            painter.drawEllipse(center, radius, radius)
            painter.setPen(outline(color, 2.2 * self.theme.scale))
            painter.drawEllipse(center, radius, radius)

    def band(self, painter: QPainter, band: QRectF) -> None:
        """The rectangle that a person draws to select what is in it."""
        painter.setPen(outline(self.theme.accent, self.theme.scale))
        painter.setBrush(veil(self.theme.accent, 0.12))
        painter.drawRect(band)

    def legend(self, painter: QPainter, words: str, room: QRect) -> None:
        """What curves stand for, in the lower left corner between features and layers."""
        theme = self.theme
        painter.setFont(theme.number_font(theme.label_size))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + theme.px(14)
        box = QRectF(room.right() - wide - theme.px(6), 0, wide, theme.px(20))
        box.moveBottom(room.bottom() - theme.px(4))
        painter.setPen(outline(theme.line, theme.scale))
        painter.setBrush(veil(theme.panel, 0.92))
        painter.drawRoundedRect(box, theme.px(5), theme.px(5))
        painter.setPen(QColor(theme.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def axes(
        self, painter: QPainter, links: LinkPicture, axes: Iterable[tuple[str, Picked]]
    ) -> None:
        """The names of the axes of the loss surface, at what lies along them."""
        for name, spot in axes:
            self._axis(painter, links, spot, name)

    def _axis(self, painter: QPainter, links: LinkPicture, spot: Picked, name: str) -> None:
        if spot.weights:
            index = links.links.index.get(spot.weights[0])
            if index is None:
                return
            center = QPointF(*links.links.lines[index, round(_AXIS * SAMPLES)].tolist())
        elif self.layout.shows(spot.biases[0][0] + 1, spot.biases[0][1]):
            layer, place = spot.biases[0]
            center = QPointF(*self.layout.dot_center(layer + 1, place)) - QPointF(_BESIDE, 0)
        else:
            return
        theme, box = self.theme, QRectF(0, 0, self.theme.px(15), self.theme.px(15))
        box.moveCenter(center)
        painter.setPen(outline(theme.panel, 1.5 * theme.scale))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(box)
        painter.setFont(theme.number_font(theme.label_size))
        painter.setPen(QColor(theme.panel))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)

    def place_of(self, links: LinkPicture, spot: Picked) -> QRect:
        """Where the one thing of a `Picked` is: its tile, its dot, or the middle of its curve."""
        box = QRectF(0, 0, _BESIDE, _BESIDE)
        if spot.weights:
            index = links.links.index.get(spot.weights[0])
            if index is None:
                return QRect()
            x, y = links.links.lines[index, SAMPLES // 2 - 1 : SAMPLES // 2 + 1].mean(axis=0)
            box.moveCenter(QPointF(x, y))
        elif spot.biases and self.layout.shows(spot.biases[0][0] + 1, spot.biases[0][1]):
            layer, place = spot.biases[0]
            box.moveCenter(QPointF(*self.layout.dot_center(layer + 1, place)))
        elif spot.units and self.layout.shows(spot.units[0][0] + 1, spot.units[0][1]):
            layer, place = spot.units[0]
            box.setSize(QRectF(0, 0, 1, 1).size() * self.layout.side(layer + 1))
            box.moveCenter(QPointF(*self.layout.center(layer + 1, place)))
        else:
            return QRect()
        return box.toAlignedRect()


def paint_link(
    painter: QPainter, links: LinkPicture, place: tuple[int, int, int], edge: QColor
) -> None:
    """Draw one curve again on top, with an edge, to point it out."""
    index = links.links.index.get(place)
    if index is None:
        return
    line, width = links.links.lines[index], float(links.widths[index])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline(edge, width + 3.0))
    painter.drawPolyline(polygon(line))
    if not links.strength.cut[index]:
        painter.setPen(outline(links.color(index), width))
        painter.drawPolyline(polygon(line))


class Halo:
    """The edges of the selected curves as a picture, drawn again when curves are."""

    def __init__(self) -> None:
        """Nothing is selected."""
        self._key: tuple[object, ...] = ()
        self._picture = QPixmap()

    def paint(self, painter: QPainter, links: LinkPicture, picked: Picked, theme: Theme) -> None:
        """Draw the edges of the weights of a selection."""
        chosen = [links.links.index.get(place) for place in picked.weights]
        indices = np.array([each for each in chosen if each is not None], np.intp)
        if not len(indices):
            return
        key = (picked.weights, id(links.links), links.edition, theme)
        if not _are_same(key, self._key):
            self._key = key
            self._draw(links, indices, theme)
        painter.drawPixmap(0, 0, self._picture)

    def _draw(self, links: LinkPicture, indices: NDArray[np.intp], theme: Theme) -> None:
        size = links.pixmap.deviceIndependentSize().toSize()
        self._picture = blank(
            QSize(size), links.pixmap.devicePixelRatio(), Qt.GlobalColor.transparent
        )
        widths = links.widths[indices] + 2.5 * theme.scale
        edges = ribbons(links.links.lines[indices], widths)
        with painting(self._picture) as painter:
            painter.setBrush(veil(theme.accent, 0.25))
            painter.setPen(outline(theme.accent, 1.6 * theme.scale))
            for edge in edges:
                painter.drawPolygon(polygon(edge))


def _are_same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two keys are of the same things: arrays are compared by what they are."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, (tuple, int, Theme)) and a == b)
        for a, b in zip(one, other, strict=True)
    )
