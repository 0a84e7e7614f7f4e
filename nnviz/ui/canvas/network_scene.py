"""The picture of a network, without the person: tiles, curves, captions and what moves on them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_backdrop import Head, column_captions, draw_backdrop, heads_of
from nnviz.ui.canvas.network_buttons import FeatureTile, label_room
from nnviz.ui.canvas.network_drag import Drag, paint_drag
from nnviz.ui.canvas.network_frames import Frames, looks_of
from nnviz.ui.canvas.network_layout import HEAD, Layout, lay_out
from nnviz.ui.canvas.network_link_picture import LinkPicture
from nnviz.ui.canvas.network_links import WEIGHT, link_up
from nnviz.ui.canvas.network_marks import Halo, Marker, paint_link
from nnviz.ui.canvas.network_numbers import Numbers
from nnviz.ui.canvas.network_selection import NOTHING
from nnviz.ui.canvas.network_steps import LayerHeads, LayerSteps
from nnviz.ui.canvas.network_tiles import Atlas, Tiles
from nnviz.ui.canvas.network_view import NetworkView, Picked, Unit
from nnviz.ui.canvas.pens import Bytes, blank
from nnviz.ui.theme import Theme

_CYCLE_MS = 700
_BUDGET_S = 0.0015
_FEWEST_CELLS, _MOST_CELLS = 8, 96


class NetworkScene(QWidget):
    """Shows a network, its weights and its maps.

    While weights flow, the curves of a large network may be some frames old; at rest they never
    are.
    """

    cells_changed = Signal(int)
    """Maps of so many cells would be as sharp as the screen."""

    _extra = 0  # Tiles to keep free below the features.

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty scene; `show_network` fills it."""
        super().__init__(parent)
        self._theme = theme
        self._view: NetworkView | None = None
        self._layout: Layout | None = None
        self._atlas: Atlas | None = None
        self._neurons: Tiles | None = None
        self._shown = np.zeros(0, np.intp)
        self._maps: Bytes | None = None
        self._captions: list[list[str]] = []
        self._cells = 0
        self._links = LinkPicture()
        self._halo = Halo()
        self._heads = LayerHeads(theme, self)
        self.layers = LayerSteps(theme, self)
        self._tiles: list[FeatureTile] = []
        self._unit: Unit | None = None
        self._spot = NOTHING
        self._selected = NOTHING
        self._band = QRectF()
        self._drag: Drag | None = None
        self._lively = QRect()  # What looks different with every epoch: no features, no buttons.
        self._is_flowing = False
        self._is_rested = False
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
        elif column_captions(view) != self._captions:
            self._caption()
        self._show_numbers(view)
        self._is_rested = False
        self.update(self._lively)

    def show_maps(self, atlas: Bytes) -> None:
        """Show what every unit answers, of shape (units, cells, cells, 4), features first."""
        old, made = self._atlas, Atlas(atlas[: len(self._tiles)])
        self._atlas, self._maps = made, atlas
        if not made.shares(old, len(self._tiles)):
            for place, tile in enumerate(self._tiles[: len(made)]):
                tile.show_map(made, place)
        self._fill_tiles()
        self.update(self._lively)

    def show_flow(self, flowing: bool) -> None:  # noqa: FBT001 - a state
        """Let dots run along the weights, or not."""
        if flowing != self._is_flowing:
            self._is_flowing = flowing
            self.update(self._lively)

    def move_flow(self) -> None:
        """Let the dots go on by the time that has passed; called about twenty times a second."""
        if self._is_flowing:
            self.update(self._lively)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self._heads.show_theme(theme)
        self.layers.show_theme(theme)
        for tile in self._tiles:
            tile.show_theme(theme)
        self._arrange()

    def show_unit(self, unit: Unit | None) -> None:
        """Point out the unit whose map is shown large."""
        self._unit = unit
        self._mark_tiles()
        self.update()

    def _new_tile(self, place: int) -> FeatureTile:
        return FeatureTile(place, self._theme, self)

    def _rebuild(self, view: NetworkView) -> None:
        while len(self._tiles) < len(view.features):
            self._tiles.append(self._new_tile(len(self._tiles)))
        for tile in self._tiles[len(view.features) :]:
            tile.hide()
        for tile, feature in zip(self._tiles, view.features, strict=False):
            tile.show_feature(feature)
            tile.show()
        self._heads.show_widths(view.widths)
        self.layers.show_count(len(view.widths))
        chain = [self, *self._tiles, *self._heads.buttons]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self._arrange()

    def _arrange(self) -> None:
        """Lay everything out anew: the shape, the size or the theme is another."""
        view, theme, ratio = self._view, self._theme, self.devicePixelRatio()
        if view is None:
            return
        size = self.width(), self.height()
        label = label_room([each.label for each in view.features], theme)
        layout = lay_out(size, view.counts, theme.scale, self._extra, label)
        self._layout = layout
        heads = self._caption()
        backdrop = blank(self.size(), ratio, QColor(theme.panel))
        draw_backdrop(backdrop, theme, layout, heads, view.on)
        self._neurons = Tiles(layout, ratio, Frames(layout, ratio, theme))
        starts = np.cumsum((0, *view.counts[1:]))
        shown = zip(starts, layout.rows[1:], strict=False)
        self._shown = np.concatenate([start + np.arange(len(rows)) for start, rows in shown])
        self._fill_tiles()
        widest = min(9.0 * theme.scale, max(2.5, 0.19 * layout.tile))
        links = link_up(layout, np.array(view.on, np.intp))
        self._links.prepare(links, backdrop, theme, widest)
        self._show_numbers(view)
        self._place_tiles(layout)
        self._ask_for_cells(layout, ratio)
        self.update()

    def _caption(self) -> list[Head]:
        """Say above each layer what it is."""
        if self._view is None or self._layout is None:
            return []
        self._captions = column_captions(self._view)
        heads = heads_of(self._layout, self._captions, self._theme, self.width())
        self._heads.place(heads)
        return heads

    def _show_numbers(self, view: NetworkView) -> None:
        """Give curves and frames the look of their numbers."""
        self._links.weigh(view)
        if self._neurons is not None:
            self._neurons.show_looks(looks_of(view, self._shown))

    def _place_tiles(self, layout: Layout) -> None:
        side, label = round(layout.feature) + 4, round(layout.label)
        for tile, y in zip(self._tiles, layout.rows[0], strict=False):
            tile.resize(label + side, side)
            tile.move(round(layout.columns[0] - side / 2) - label, round(y - side / 2))
        left = max((tile.geometry().right() + 1 for tile in self._tiles), default=0)
        above = self._theme.px(HEAD) - self._theme.px(8)
        self._lively = self.rect().adjusted(left, above, 0, 0)

    def _mark_tiles(self) -> None:
        for place, tile in enumerate(self._tiles):
            tile.show_chosen((0, place) in (self._unit, unit_of(self._spot)))

    def _fill_tiles(self) -> None:
        """Put the maps of the neurons that have a tile into their places."""
        if self._view is None or self._maps is None or self._neurons is None:
            return
        units = self._shown + len(self._view.features)
        self._neurons.show_maps(self._maps[units[units < len(self._maps)]])

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
            self._work_on_links()
            painter.drawPixmap(0, 0, self._links.pixmap)
            self._paint_moving(painter)
            if self._neurons is not None:
                self._neurons.paint(painter)
            self._paint_marks(painter, layout, view)
            if self._drag is not None and self._neurons is not None:
                paint_drag(painter, self._drag, layout, self._neurons, self._theme)

    def _work_on_links(self) -> None:
        """Draw curves that look different; while weights flow a little with every new view.

        What moves on by itself between two of them does so for free every other time.
        """
        self._is_rested = not self._is_rested
        if not self._is_flowing:
            self._links.work(None)
        elif self._is_rested:
            self._links.work(_BUDGET_S)

    def _paint_moving(self, painter: QPainter) -> None:
        theme = self._theme
        self._halo.paint(painter, self._links, self._selected, theme)
        if self._is_flowing:
            phase = (self._clock.elapsed() % _CYCLE_MS) / _CYCLE_MS
            pen = QPen(QColor(theme.panel), 2.2 * theme.scale)
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)  # Round or clear dots take six times as long.
            self._links.paint_flow(painter, phase, pen)
        for place in self._spot.weights:
            paint_link(painter, self._links, place, QColor(theme.text))

    def _paint_marks(self, painter: QPainter, layout: Layout, view: NetworkView) -> None:
        theme, marker = self._theme, Marker(layout, self._theme)
        if self._unit is not None:
            marker.ring(painter, (self._unit[0] - 1, self._unit[1]), theme.muted, 2.0)
        for unit in self._selected.units:
            marker.ring(painter, unit, theme.accent, 3.0)
        for unit in self._spot.units:
            marker.ring(painter, unit, theme.text, 2.0)
        for bias in self._selected.biases:
            marker.dot_ring(painter, bias, theme.accent)
        for bias in self._spot.biases:
            marker.dot_ring(painter, bias, theme.text)
        marker.axes(painter, self._links, view.axes)
        Numbers(view, layout, self._links.links, theme).paint(painter, self._spot)
        if view.overlay != WEIGHT and view.shown:
            words = f"{view.overlay} · {self._links.strength.full:g} = full width"
            marker.legend(painter, words, self.rect())
        if not self._band.isEmpty():
            marker.band(painter, self._band)


def unit_of(spot: Picked) -> Unit | None:
    """The unit that one thing belongs to, features being layer 0; a weight belongs to none."""
    for layer, place in (*spot.units, *spot.biases):
        return layer + 1, place
    return None
