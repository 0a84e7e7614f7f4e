"""The picture of a network, without the person: tiles, curves, captions and what moves on them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.canvas.network_backdrop import column_captions, draw_backdrop, heads_of
from nnviz.ui.canvas.network_buttons import FeatureTile
from nnviz.ui.canvas.network_layout import HEAD, LABEL, Layout, lay_out
from nnviz.ui.canvas.network_links import LinkPicture, link_up
from nnviz.ui.canvas.network_steps import LayerSteps, NeuronSteps
from nnviz.ui.canvas.network_tiles import Atlas, Collars, Sheet, bias_levels
from nnviz.ui.canvas.network_view import NetworkView, Unit
from nnviz.ui.canvas.pens import Bytes, blank, outline, painting, veil
from nnviz.ui.theme import Theme

_CYCLE_MS = 700
_BUDGET_S = 0.0015
_FEWEST_CELLS, _MOST_CELLS = 24, 96


class NetworkScene(QWidget):
    """Shows a network, its weights and its maps.

    While weights flow, the curves of a large network may be some frames old; at rest they never
    are.
    """

    cells_changed = Signal(int)
    """Maps of so many cells would be as sharp as the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty scene; `show_network` fills it."""
        super().__init__(parent)
        self._theme = theme
        self._view: NetworkView | None = None
        self._layout: Layout | None = None
        self._atlas: Atlas | None = None
        self._sheet: Sheet | None = None
        self._collars: Collars | None = None
        self._maps: Bytes | None = None
        self._levels: list[int] = []
        self._cells = 0
        self._links = LinkPicture()
        self._steps = NeuronSteps(theme, self)
        self.layers = LayerSteps(theme, self)
        self._tiles: list[FeatureTile] = []
        self._unit: Unit | None = None
        self._hovered: Unit | None = None
        self._weight: int | None = None
        self._is_flowing = False
        self._clock = QElapsedTimer()
        self._clock.start()
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
        self._levels = bias_levels(np.concatenate(view.biases))
        self.update(self._lively())

    def show_maps(self, atlas: Bytes) -> None:
        """Show what every unit answers, of shape (units, cells, cells, 4), features first."""
        old, made = self._atlas, Atlas(atlas[: len(self._tiles)])
        self._atlas, self._maps = made, atlas
        if not made.shares(old, len(self._tiles)):
            for place, tile in enumerate(self._tiles[: len(made)]):
                tile.show_map(made, place)
        self._fill_sheet()
        self.update(self._lively())

    def show_flow(self, flowing: bool) -> None:  # noqa: FBT001 - a state
        """Let dots run along the weights, or not."""
        if flowing != self._is_flowing:
            self._is_flowing = flowing
            self.update(self._lively())

    def move_flow(self) -> None:
        """Let the dots go on by the time that has passed; called about thirty times a second."""
        if self._is_flowing:
            self.update(self._lively())

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self._steps.show_theme(theme)
        self.layers.show_theme(theme)
        for tile in self._tiles:
            tile.show_theme(theme)
        self._arrange()

    def show_unit(self, unit: Unit | None) -> None:
        """Point out the unit whose map is shown large."""
        self._unit = unit
        self._mark_tiles()
        self.update()

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
        self.layers.show_count(len(view.widths))
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
        captions = column_captions(view.widths, view.activations)
        heads = heads_of(layout, captions, theme, self.width())
        self._steps.place(heads)
        backdrop = blank(self.size(), ratio, QColor(theme.panel))
        draw_backdrop(backdrop, theme, layout, heads)
        self._sheet = Sheet(layout, ratio)
        self._fill_sheet()
        self._collars = Collars(layout.tile, ratio, theme)
        widest = min(9.0 * theme.scale, max(2.5, 0.19 * layout.tile))
        links = link_up(layout, np.array(view.on, np.intp))
        self._links.prepare(links, backdrop, theme, widest)
        self._links.weigh(view.weights)
        self._place_tiles(layout)
        self._ask_for_cells(layout, ratio)
        self.update()

    def _place_tiles(self, layout: Layout) -> None:
        side, label = round(layout.feature) + 4, self._theme.px(LABEL)
        for tile, y in zip(self._tiles, layout.rows[0], strict=False):
            tile.resize(label + side, side)
            tile.move(round(layout.columns[0] - side / 2) - label, round(y - side / 2))

    def _mark_tiles(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.show_chosen((0, place) in (self._unit, self._hovered))

    def _fill_sheet(self) -> None:
        """Put the maps of the neurons that have a tile into their places."""
        view, layout, maps = self._view, self._layout, self._maps
        if view is None or layout is None or maps is None or self._sheet is None:
            return
        starts = np.cumsum(view.counts)
        shown = [
            np.arange(start, start + len(rows))
            for start, rows in zip(starts, layout.rows[1:], strict=False)
        ]
        units = np.concatenate(shown)
        self._sheet.show_maps(maps[units[units < len(maps)]])

    def _ask_for_cells(self, layout: Layout, ratio: float) -> None:
        cells = min(max(round(layout.tile * ratio), _FEWEST_CELLS), _MOST_CELLS)
        if cells != self._cells:
            self._cells = cells
            self.cells_changed.emit(cells)

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
        with painting(self) as painter:
            view, layout = self._view, self._layout
            if view is None or layout is None:
                painter.fillRect(self.rect(), QColor(self._theme.panel))
                return
            self._links.work(_BUDGET_S if self._is_flowing else None)
            painter.drawPixmap(0, 0, self._links.pixmap)
            self._paint_moving(painter)
            self._paint_tiles(painter, layout)
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

    def _paint_tiles(self, painter: QPainter, layout: Layout) -> None:
        sheet, collars = self._sheet, self._collars
        if sheet is None or collars is None:
            return
        sheet.paint(painter)
        away = layout.tile / 2 + collars.margin
        levels = iter(self._levels)
        for layer, rows in enumerate(layout.rows[1:], start=1):
            left = layout.columns[layer] - away
            for y in rows.tolist():
                painter.drawPixmap(QPointF(left, y - away), collars.of_level(next(levels)))
            for _ in range(layout.more[layer]):
                next(levels)

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
    return QRectF(x - side / 2, y - side / 2, side, side)
