"""The picture of a network, without the person: tiles, curves, captions and what moves on them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.canvas.network_backdrop import column_captions, draw_backdrop
from nnviz.ui.canvas.network_buttons import FeatureTile
from nnviz.ui.canvas.network_layout import HEAD, LABEL, Layout, lay_out
from nnviz.ui.canvas.network_links import LinkPicture, link_up
from nnviz.ui.canvas.network_steps import Steps
from nnviz.ui.canvas.network_tiles import Atlas, Collars, bias_levels
from nnviz.ui.canvas.network_view import NetworkView, Unit
from nnviz.ui.canvas.pens import Bytes, blank, outline, painting, veil
from nnviz.ui.theme import Theme

_FLOW_MS = 33
_CYCLE_MS = 700
_BUDGET_S = 0.0025


class NetworkScene(QWidget):
    """Shows a network, its weights and its maps.

    While weights flow, the curves of a large network may be some frames old; at rest they never
    are.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty scene; `show_network` fills it."""
        super().__init__(parent)
        self._theme = theme
        self._view: NetworkView | None = None
        self._layout: Layout | None = None
        self._atlas: Atlas | None = None
        self._collars: Collars | None = None
        self._biases: list[list[int]] = []
        self._links = LinkPicture()
        self._steps = Steps(theme, self)
        self._tiles: list[FeatureTile] = []
        self._unit: Unit | None = None
        self._hovered: Unit | None = None
        self._weight: int | None = None
        self._is_flowing = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._painted_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_FLOW_MS)
        self._timer.timeout.connect(self._on_time)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 220)

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 380)

    def show_network(self, view: NetworkView) -> None:
        """Show a network: its shape, its weights and its biases."""
        has_changed = not view.has_shape_of(self._view)
        self._view = view
        if has_changed:
            self._rebuild(view)
        self._links.weigh(view.weights)
        self._biases = [bias_levels(each) for each in view.biases]
        self.update(self._lively())

    def show_maps(self, atlas: Bytes) -> None:
        """Show what every unit answers, of shape (units, cells, cells, 4), features first."""
        old, made = self._atlas, Atlas(atlas)
        self._atlas = made
        if not made.shares(old, len(self._tiles)):
            for place, tile in enumerate(self._tiles[: len(made)]):
                tile.show_map(made, place)
        self.update(self._lively())

    def show_flow(self, flowing: bool) -> None:  # noqa: FBT001 - a state
        """Let dots run along the weights, or not."""
        if flowing != self._is_flowing:
            self._is_flowing = flowing
            self._keep_time()
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self._steps.show_theme(theme)
        for tile in self._tiles:
            tile.show_theme(theme)
        self._arrange()

    def show_unit(self, unit: Unit | None) -> None:
        """Point out the unit whose map is shown large."""
        self._unit = unit
        self._mark_tiles()
        self.update()

    def _on_time(self) -> None:
        """Move the dots, unless a new picture has just done so."""
        if self._clock.elapsed() - self._painted_ms >= _FLOW_MS // 2:
            self.update(self._lively())

    def _lively(self) -> QRect:
        """The part that looks different with every epoch: not the features, not the buttons."""
        layout = self._layout
        if layout is None:
            return self.rect()
        left = max((tile.geometry().right() + 1 for tile in self._tiles), default=0)
        return self.rect().adjusted(left, self._theme.px(HEAD) - self._theme.px(8), 0, 0)

    def _new_tile(self, place: int) -> FeatureTile:
        return FeatureTile(place, self._theme, self)

    def _rebuild(self, view: NetworkView) -> None:
        self._hovered = self._weight = None
        while len(self._tiles) < len(view.features):
            self._tiles.append(self._new_tile(len(self._tiles)))
        for tile in self._tiles[len(view.features) :]:
            tile.hide()
        for tile, feature in zip(self._tiles, view.features, strict=False):
            tile.show_feature(feature.label, feature.is_on)
            tile.show()
        self._steps.show_widths(view.widths)
        chain = [*self._tiles, *self._steps.buttons]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self._arrange()

    def _arrange(self) -> None:
        """Lay everything out anew: the shape, the size or the theme is another."""
        view, theme, ratio = self._view, self._theme, self.devicePixelRatio()
        if view is None:
            return
        layout = lay_out((self.width(), self.height()), view.counts, theme.scale)
        self._layout = layout
        layers = (self._steps.place(layout, self.width()), self._steps.caption)
        captions = column_captions(view.widths, view.activations)
        backdrop = blank(self.size(), ratio, QColor(theme.panel))
        draw_backdrop(backdrop, theme, layout, captions, layers)
        self._collars = Collars(layout.tile, ratio, theme)
        widest = min(9.0 * theme.scale, max(2.5, 0.19 * layout.tile))
        links = link_up(layout, np.array(view.on, np.intp))
        self._links.prepare(links, backdrop, theme, widest)
        self._links.weigh(view.weights)
        self._place_tiles(layout)
        self.update()

    def _place_tiles(self, layout: Layout) -> None:
        side, label = round(layout.tile) + 4, self._theme.px(LABEL)
        for tile, y in zip(self._tiles, layout.rows[0], strict=False):
            tile.resize(label + side, side)
            tile.move(round(layout.columns[0] - side / 2) - label, round(y - side / 2))

    def _mark_tiles(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.show_chosen((0, place) in (self._unit, self._hovered))

    def _keep_time(self) -> None:
        if self._is_flowing and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_time()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._painted_ms = self._clock.elapsed()
        with painting(self) as painter:
            view, layout = self._view, self._layout
            if view is None or layout is None:
                painter.fillRect(self.rect(), QColor(self._theme.panel))
                return
            self._links.work(_BUDGET_S if self._is_flowing else None)
            painter.drawPixmap(0, 0, self._links.pixmap)
            self._paint_moving(painter)
            self._paint_tiles(painter, view, layout)
            self._paint_marks(painter, layout)

    def _paint_moving(self, painter: QPainter) -> None:
        theme = self._theme
        if self._is_flowing:
            phase = (self._clock.elapsed() % _CYCLE_MS) / _CYCLE_MS
            pen = outline(theme.panel, 2.4 * theme.scale)
            pen.setColor(veil(theme.panel, 0.85))
            self._links.paint_flow(painter, phase, pen)
        if self._weight is not None:
            self._links.paint_link(painter, self._weight, QColor(theme.text))

    def _paint_tiles(self, painter: QPainter, view: NetworkView, layout: Layout) -> None:
        atlas, collars = self._atlas, self._collars
        first = len(view.features)
        for layer, levels in enumerate(self._biases, start=1):
            for place, y in enumerate(layout.rows[layer].tolist()):
                tile = _square(layout.columns[layer], y, layout.tile)
                if atlas is not None and first + place < len(atlas):
                    painter.drawImage(tile, atlas.image, atlas.source(first + place))
                else:
                    painter.fillRect(tile, QColor(self._theme.zero))
                if collars is not None:
                    corner = tile.topLeft() - QPointF(collars.margin, collars.margin)
                    painter.drawPixmap(corner, collars.of_level(levels[place]))
            first += view.counts[layer]

    def _paint_marks(self, painter: QPainter, layout: Layout) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        marks = ((self._unit, self._theme.accent), (self._hovered, self._theme.text))
        for unit, color in marks:
            if unit is not None and unit[0] > 0 and layout.shows(*unit):
                gap = 3.5 * self._theme.scale
                ring = _square(*layout.center(*unit), layout.tile + 2 * gap)
                painter.setPen(outline(color, 2 * self._theme.scale))
                painter.drawRoundedRect(ring, self._theme.px(8), self._theme.px(8))


def _square(x: float, y: float, side: float) -> QRectF:
    return QRectF(round(x - side / 2), round(y - side / 2), round(side), round(side))
