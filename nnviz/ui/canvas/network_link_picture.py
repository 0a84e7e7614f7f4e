"""The weights as a picture that is drawn again only where it would look different.

Antialiased curves are dear (about 50 µs each). So their look is rounded to what eyes can tell
apart, only the gaps between layers in which one looks different are drawn again, at most twenty
times a second, and while weights flow a large network is drawn a few curves a frame behind the
scene and shown when it is whole. What trembles by one step of width or shade waits till then too.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_flow import Flow
from nnviz.ui.canvas.network_glyphs import lock_picture
from nnviz.ui.canvas.network_layout import SAMPLES, ribbons
from nnviz.ui.canvas.network_links import Links, Strength
from nnviz.ui.canvas.network_view import NetworkView
from nnviz.ui.canvas.pens import Floats, distinct, mix, outline, polygon, veil
from nnviz.ui.theme import Theme

MOST_LINKS = 2500
_SHORTEST_PAUSE_S = 0.05
_SHADES = 8
_HELD, _CUT = 100_000, 200_000
_CAP = 3  # How far the end of a steep line reaches under its tile.
_CROWD = 150  # With more curves than that, locks are small, and stand a little apart.
_STEPS = 4  # Widths are told apart to a quarter of a pixel.
_TREMBLE = 1  # By so many steps of width and of shade a curve may be behind while weights flow.
_MOST_SHAPES = 20_000


class LinkPicture:
    """The picture of all weights over a backdrop."""

    def __init__(self) -> None:
        self._links = Links()
        self._view: NetworkView | None = None
        self._strength: Strength | None = None
        self._widest = 1.0
        self._backdrop = self._front = self._back = QPixmap()
        self._drawn: NDArray[np.int64] | None = None
        self._coming: NDArray[np.int64] | None = None
        self._todo: Iterator[int] = iter(())
        self._shapes: dict[tuple[int, int], QPolygonF] = {}
        self._started = 0.0
        self._apart = 0
        self._flow: Flow | None = None

    @property
    def links(self) -> Links:
        """Where the curves run."""
        return self._links

    @property
    def strength(self) -> Strength:
        """What the curves are worth, worked out when somebody asks."""
        if self._strength is None:
            none = np.zeros(0, np.bool_)
            nothing = Strength(np.zeros(0), 1.0, 1.0, none, none)
            self._strength = Strength.of(self._view, self._links) if self._view else nothing
        return self._strength

    @property
    def widths(self) -> Floats:
        """The width of each curve in pixels, of shape (links,)."""
        return self.strength.widths(self._widest)

    @property
    def pixmap(self) -> QPixmap:
        """The newest whole picture."""
        return self._front

    @property
    def edition(self) -> object:
        """Another one whenever the whole picture is another."""
        return self._drawn

    def prepare(self, links: Links, backdrop: QPixmap, theme: Theme, widest: float) -> None:
        """Draw over another backdrop or along other curves from now on, `widest` pixels at most."""
        self._links, self._backdrop = links, backdrop
        self._theme, self._widest = theme, widest
        self._palette = _palette(theme)
        ratio, is_crowded = backdrop.devicePixelRatio(), len(links.lines) > _CROWD
        self._lock = lock_picture(theme, ratio, small=is_crowded)
        self._apart = SAMPLES // 9 if is_crowded else 0
        self._drawn = self._coming = self._flow = self._strength = None
        self._shapes.clear()

    def weigh(self, view: NetworkView) -> None:
        """Let curves look as strong as they are in a view."""
        self._view, self._strength = view, None

    def _looks(self) -> NDArray[np.int64]:
        """How the curves look: a hundred times the width and the shade, and what marks them."""
        strength = self.strength
        width = np.round(self.widths * _STEPS)
        shade = np.ceil(np.minimum(np.abs(strength.values) / strength.deep, 1.0) * _SHADES)
        shade = np.where(strength.values < 0.0, shade, shade + _SHADES + 1)
        looks = (100 * width + shade).astype(np.int64) + _HELD * strength.held
        return np.where(strength.cut, _CUT, looks)

    def work(self, budget_s: float | None) -> None:
        """Draw what looks different now, for so long.

        Without a budget everything is drawn at once.
        """
        if budget_s is None or self._drawn is None:
            looks = self._looks()
            if self._coming is not None or _differ(looks, self._drawn):
                self._begin(looks)
                self._draw(float("inf"))
            return
        if self._coming is None and perf_counter() - self._started >= _SHORTEST_PAUSE_S:
            self._started = perf_counter()
            looks = self._looks()
            if _differ(looks, self._drawn, _TREMBLE):
                self._begin(looks)
        self._draw(budget_s)

    def color(self, index: int) -> QColor:
        """The color of a curve."""
        return self._palette[int(self._looks()[index]) % 100]

    def paint_flow(self, painter: QPainter, phase: float, pen: QPen) -> None:
        """Dots on the stronger curves, moving from input to output as phase goes from 0 to 1."""
        if self._flow is None:
            self._flow = Flow(self._links.lines, np.where(self.strength.cut, 0.0, self.widths))
        self._flow.paint(painter, phase, pen)

    def _begin(self, coming: NDArray[np.int64]) -> None:
        """Make ready to draw the curves of all gaps in which one looks different."""
        self._started = perf_counter()
        layers = self._links.places[:, 0]
        if self._drawn is None:
            self._back = QPixmap(self._backdrop)
            fresh = np.ones(len(coming), np.bool_)
        else:
            stale = distinct(layers[self._drawn != coming])
            fresh = np.isin(layers, stale)
            self._back = QPixmap(self._front)
            self._clear(stale)
        self._coming = coming
        rank = np.where(coming >= _HELD, coming, coming // 100)
        order = np.argsort(rank, kind="stable")[-MOST_LINKS:]
        todo = order[fresh[order]].tolist()
        self._shape(todo, coming)
        self._todo = iter(todo)

    def _shape(self, todo: list[int], coming: NDArray[np.int64]) -> None:
        """Have the outlines of curves, each in its width."""
        if len(self._shapes) > _MOST_SHAPES:
            self._shapes.clear()
        keys = [(index, int(coming[index]) % _HELD // 100) for index in todo]
        keys = [key for key in keys if key[1] > _STEPS and key not in self._shapes]
        if keys:
            indices, steps = np.array(keys).T
            outlines = ribbons(self._links.lines[indices], steps / _STEPS)
            self._shapes.update(zip(keys, map(polygon, outlines), strict=True))

    def _clear(self, layers: list[int]) -> None:
        """Put the backdrop back between layers."""
        lines, layer_of = self._links.lines, self._links.places[:, 0]
        with painting(self._back) as painter:
            for layer in layers:
                first = lines[int(np.argmax(layer_of == layer))]
                left, right = np.floor(first[0, 0]) - _CAP, np.ceil(first[-1, 0]) + _CAP
                painter.setClipRect(QRectF(left, 0, right - left, 1e5))
                painter.drawPixmap(0, 0, self._backdrop)

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
        self._coming = self._flow = None

    def _draw_link(self, painter: QPainter, index: int, look: int) -> None:
        line = self._links.lines[index]
        if look >= _CUT:
            pen = outline(veil(self._theme.muted, 0.7), 1.1 * self._theme.scale)
            pen.setDashPattern([0.1, 4.0])
            painter.setPen(pen)
            painter.drawPolyline(polygon(line))
            return
        color = self._palette[look % 100]
        if look % _HELD // 100 <= _STEPS:  # Lines of one pixel have a fast path in Qt.
            painter.setPen(QPen(color, 1.0))
            painter.drawPolyline(polygon(line))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(self._shapes[index, look % _HELD // 100])
        if look >= _HELD:
            _, target, source = self._links.places[index].tolist()
            middle = SAMPLES // 2 + self._apart * ((target + source) % 3 - 1)
            x, y = line[middle - 1 : middle + 1].mean(axis=0)
            half = self._lock.deviceIndependentSize() / 2
            painter.drawPixmap(QPointF(x - half.width(), y - half.height()), self._lock)


def _differ(looks: NDArray[np.int64], drawn: NDArray[np.int64] | None, tremble: int = 0) -> bool:
    """Whether curves look different from those drawn, by more than so many steps."""
    if drawn is None or len(looks) != len(drawn):
        return True
    if not tremble:
        return not np.array_equal(looks, drawn)
    width, shade = np.abs(looks // 100 - drawn // 100), np.abs(looks % 100 - drawn % 100)
    return bool((width > tremble).any() or (shade > tremble).any())


def _palette(theme: Theme) -> list[QColor]:
    """Shades of negative weights, weak to strong, then of positive ones."""
    weak = mix(theme.line, theme.muted, 0.25).name()
    return [
        mix(weak, color, shade / _SHADES)
        for color in (theme.negative, theme.positive)
        for shade in range(_SHADES + 1)
    ]
