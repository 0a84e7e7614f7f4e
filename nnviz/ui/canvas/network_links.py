"""The weights as curves, kept as a picture that is drawn again only when it would look different.

Antialiased curves are dear (about 40 µs each). So their look is rounded to what eyes can tell
apart, they are drawn again at most twenty times a second, and while weights flow a large network
is drawn a few curves a frame behind the scene and shown when it is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnviz.ui.canvas.network_layout import SAMPLES, Layout, curves, ribbons
from nnviz.ui.canvas.pens import Floats, mix, outline, painting, polygon
from nnviz.ui.theme import Theme

MOST_LINKS = 1500
_SHORTEST_PAUSE_S = 0.05
_STRONG = 5.0  # The size of a weight from which on its curve grows no wider.
_SHADES = 8
_DOT_GAP = 22.0
_MOST_DOTS = 200


@dataclass(frozen=True, slots=True)
class Links:
    """The curves of a layout: `lines` (n, SAMPLES, 2) and what each joins, `places` (n, 3).

    A place is (layer, unit, source): indices into the weights as they were given.
    """

    lines: Floats
    places: NDArray[np.intp]


def link_up(layout: Layout, on: NDArray[np.intp]) -> Links:
    """All curves between tiles that are shown; `on` are the places of the features in use."""
    lines, places = [np.zeros((0, SAMPLES, 2))], [np.zeros((0, 3), np.intp)]
    for layer in range(len(layout.rows) - 1):
        rows = layout.rows[layer]
        sources = on if layer == 0 else np.arange(len(rows))
        made = curves(layout, layer, sources)
        unit, source = np.indices(made.shape[:2]).reshape(2, -1)
        lines.append(made.reshape(-1, SAMPLES, 2))
        places.append(np.stack([np.full_like(unit, layer), unit, source], axis=1))
    return Links(np.concatenate(lines), np.concatenate(places))


class LinkPicture:
    """The picture of all weights over a backdrop."""

    def __init__(self) -> None:
        self._links = Links(np.zeros((0, SAMPLES, 2)), np.zeros((0, 3), np.intp))
        self._values: Floats = np.zeros(0)
        self._backdrop = QPixmap()
        self._front = QPixmap()
        self._back = QPixmap()
        self._drawn: NDArray[np.int64] | None = None
        self._coming: NDArray[np.int64] | None = None
        self._todo: Iterator[int] = iter(())
        self._started = 0.0
        self._dots: tuple[Floats, Floats, NDArray[np.intp]] | None = None

    @property
    def links(self) -> Links:
        """Where the curves run."""
        return self._links

    @property
    def values(self) -> Floats:
        """The weight of each curve, of shape (links,)."""
        return self._values

    @property
    def pixmap(self) -> QPixmap:
        """The newest whole picture."""
        return self._front

    def prepare(self, links: Links, backdrop: QPixmap, theme: Theme, widest: float) -> None:
        """Draw over another backdrop or along other curves from now on, `widest` pixels at most."""
        self._links, self._backdrop = links, backdrop
        self._theme, self._widest = theme, widest
        self._palette = _palette(theme)
        self._drawn = self._coming = self._dots = None
        if len(self._values) != len(links.lines):
            self._values = np.zeros(len(links.lines))

    def weigh(self, weights: tuple[Floats, ...]) -> None:
        """Take the weights: arrays (outputs, inputs) by layer."""
        places = self._links.places
        values = np.zeros(len(places))
        for layer, each in enumerate(weights):
            of_layer = places[:, 0] == layer
            values[of_layer] = each[places[of_layer, 1], places[of_layer, 2]]
        self._values = np.nan_to_num(values, nan=0.0, posinf=1e9, neginf=-1e9)

    def widths(self) -> Floats:
        """The width of each curve in pixels: from 0.75, faster at first, up to the widest."""
        share = np.minimum(np.abs(self._values), _STRONG) / _STRONG
        return 0.75 + (self._widest - 0.75) * share**0.7

    def work(self, budget_s: float | None) -> bool:
        """Draw what looks different now, for so long; whether there is more to draw.

        Without a budget everything is drawn at once.
        """
        if budget_s is None or self._drawn is None:
            if self._coming is not None or self._is_stale():
                self._begin()
                self._draw(float("inf"))
            return False
        if self._coming is None:
            if not self._is_stale():
                return False
            if perf_counter() - self._started < _SHORTEST_PAUSE_S:
                return True
            self._begin()
        self._draw(budget_s)
        return self._coming is not None or self._is_stale()

    def nearest(self, x: float, y: float, reach: float) -> int | None:
        """The curve that passes nearest to a place, if one does within reach."""
        if not len(self._links.lines):
            return None
        gaps = _distances(self._links.lines, x, y) - self.widths() / 2
        best = int(np.argmin(gaps))
        return best if gaps[best] <= reach else None

    def paint_link(self, painter: QPainter, index: int, color: QColor) -> None:
        """Draw one curve again on top, with an edge, to point it out."""
        line = self._links.lines[index]
        width = float(self.widths()[index])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(outline(color, width + 3.0))
        painter.drawPolyline(polygon(line))
        painter.setPen(outline(self._palette[int(self._look()[index]) % 100], width))
        painter.drawPolyline(polygon(line))

    def paint_flow(self, painter: QPainter, phase: float, pen: QPen) -> None:
        """Dots on the stronger curves, moving from input to output as phase goes from 0 to 1."""
        if self._dots is None:
            self._dots = self._lay_dots()
        start, step, link = self._dots
        along = (start + phase * step) * (SAMPLES - 1)
        left = np.minimum(along.astype(np.intp), SAMPLES - 2)
        rest = (along - left)[:, None]
        lines = self._links.lines
        places = (1.0 - rest) * lines[link, left] + rest * lines[link, left + 1]
        painter.setPen(pen)
        painter.drawPoints(polygon(places))

    def _lay_dots(self) -> tuple[Floats, Floats, NDArray[np.intp]]:
        lines = self._links.lines
        lengths = np.linalg.norm(np.diff(lines, axis=1), axis=-1).sum(axis=1)
        counts = np.maximum(1, np.round(lengths / _DOT_GAP)).astype(np.intp)
        strong = np.argsort(-np.abs(self._values), kind="stable")
        strong = strong[self.widths()[strong] > 1.4]
        strong = strong[np.cumsum(counts[strong]) <= _MOST_DOTS]
        counts = counts[strong]
        link = np.repeat(strong, counts)
        first = np.cumsum(counts) - counts
        number = np.arange(len(link)) - np.repeat(first, counts)
        step = 1.0 / np.repeat(counts, counts)
        return number * step, step, link

    def _look(self) -> NDArray[np.int64]:
        width = np.round(self.widths() * 4.0)
        shade = np.ceil(np.minimum(np.abs(self._values), 1.0) * _SHADES)
        shade = np.where(self._values < 0.0, shade, shade + _SHADES + 1)
        look: NDArray[np.int64] = (100 * width + shade).astype(np.int64)
        return look

    def _is_stale(self) -> bool:
        return self._drawn is None or not np.array_equal(self._drawn, self._look())

    def _begin(self) -> None:
        self._coming = self._look()
        self._started = perf_counter()
        self._back = QPixmap(self._backdrop)
        order = np.argsort(self._coming // 100, kind="stable")[-MOST_LINKS:]
        widths = self._coming / 400.0
        self._outlines = ribbons(self._links.lines, widths)
        self._todo = iter(order.tolist())

    def _draw(self, budget_s: float) -> None:
        coming = self._coming
        if coming is None:
            return
        end = perf_counter() + budget_s
        with painting(self._back) as painter:
            for index in self._todo:
                self._draw_link(painter, index, int(coming[index]))
                if perf_counter() > end:
                    return
        self._front, self._drawn = self._back, coming
        self._coming = self._dots = None

    def _draw_link(self, painter: QPainter, index: int, look: int) -> None:
        color = self._palette[look % 100]
        if look // 100 <= 4:  # Lines of one pixel have a fast path of their own in Qt.
            painter.setPen(QPen(color, 1.0))
            painter.drawPolyline(polygon(self._links.lines[index]))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(polygon(self._outlines[index]))


def _palette(theme: Theme) -> list[QColor]:
    """Shades of negative weights, weak to strong, then of positive ones."""
    weak = mix(theme.line, theme.muted, 0.25).name()
    return [
        mix(weak, color, shade / _SHADES)
        for color in (theme.negative, theme.positive)
        for shade in range(_SHADES + 1)
    ]


def _distances(lines: Floats, x: float, y: float) -> Floats:
    """How far each polyline (n, SAMPLES, 2) is from a place, of shape (n,)."""
    place = np.array([x, y])
    start, along = lines[:, :-1], np.diff(lines, axis=1)
    size = np.maximum((along**2).sum(axis=-1), 1e-12)
    share = np.clip(((place - start) * along).sum(axis=-1) / size, 0.0, 1.0)
    foot = start + share[..., None] * along
    distances: Floats = np.sqrt(((place - foot) ** 2).sum(axis=-1).min(axis=1))
    return distances
