"""The loss as a landscape with height lines, and the optimizers that race down into it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.runtime.findings import BasinPicture, SwarmPicture
from nnviz.ui.brush import aside
from nnviz.ui.canvas.crowd import paint_key, paint_swarm, room_of
from nnviz.ui.canvas.inner_state import InnerState
from nnviz.ui.canvas.leaving import leaving_arrow
from nnviz.ui.canvas.markers import paint_marker
from nnviz.ui.canvas.pens import (
    Bytes,
    Floats,
    blank,
    clipped,
    draw_map,
    focus_ring,
    outline,
    polygon,
    veil,
)
from nnviz.ui.canvas.pointing import REACH, Pointing, nearest
from nnviz.ui.canvas.sight import Domain
from nnviz.ui.canvas.starts import StartingPlot
from nnviz.ui.canvas.trails import Trails
from nnviz.ui.canvas.walkers import WalkerLayer, Walkers
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

Contours = tuple[tuple[Floats, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Race:
    paths: Floats
    styles: tuple[RacerStyle, ...]
    diverged: tuple[bool, ...]

    def looks_like(self, other: _Race) -> bool:
        """Whether the same racers have gone as many steps from the same places to the same."""
        is_alike = self.paths.shape == other.paths.shape and self.styles == other.styles
        if not is_alike or self.diverged != other.diverged:
            return False
        ends = self.paths[:, [0, -1]], other.paths[:, [0, -1]]
        return np.array_equal(*ends, equal_nan=True)


class SurfaceCanvas(StartingPlot):
    """A loss surface from above; a click or Enter says where all optimizers start.

    With Shift it is one more start, or one less where there is one; a start can be dragged.
    """

    _is_covered = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty surface."""
        self._rgba: Bytes | None = None
        self._contours: Contours = ()
        self._minima: Floats = np.zeros((0, 2))
        self._race: _Race | None = None
        self._trails = Trails(theme)
        self.inner = InnerState()
        self._swarm: SwarmPicture | None = None
        self._basins: BasinPicture | None = None
        self._walkers = WalkerLayer(theme)
        self._still: tuple[object, QPixmap] | None = None
        super().__init__(theme, parent)
        self.pointing = Pointing(self, self._racer_at)
        self.setAccessibleName("Loss surface")
        self.setAccessibleDescription(
            "Arrow keys move a ring: Enter starts the race there, Shift+Enter there too"
        )
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_surface(  # noqa: PLR0913 - one whole picture
        self,
        rgba: Bytes,
        domain: Domain,
        levels: tuple[float, ...],
        contours: Contours,
        minima: Floats,
        labels: tuple[str, str] = ("x", "y"),
        title: str = "",
    ) -> None:
        """Show colors of shape (rows, columns, 4), row 0 at the least y, and lines of one height.

        `contours` holds the lines (points, 2) of each of the `levels`; `minima` is (m, 2).
        """
        if rgba is not self._rgba or contours is not self._contours or minima is not self._minima:
            self._rgba, self._contours, self._minima = rgba, contours, minima
            self._still = None
        if domain != self._domain:
            self.starts.cursor = None
            self.show_domain(domain)
        self.show_names(*labels)
        self.show_title(title)
        self.refresh()

    def show_race(
        self, paths: Floats, styles: tuple[RacerStyle, ...], diverged: tuple[bool, ...]
    ) -> None:
        """Show the ways of racers, (racers, steps + 1, 3): x, y and loss, the start included."""
        old, self._race = self._race, _Race(paths, styles, diverged)
        if old is None or not old.looks_like(self._race):
            self.refresh()

    def show_walkers(self, walkers: Walkers | None) -> None:
        """Show the network itself and its rivals on the surface; None where it is not theirs."""
        if walkers is not None or self._walkers.walkers is not None:
            self._walkers.walkers = walkers
            self.refresh()

    def show_findings(self, swarm: SwarmPicture | None, basins: BasinPicture | None) -> None:
        """Show a swarm over the surface, and basins in place of its colors."""
        if basins is not self._basins:
            self._still = None
        if swarm is not self._swarm or basins is not self._basins:
            self._swarm, self._basins = swarm, basins
            self.refresh()

    @override
    def show_theme(self, theme: Theme) -> None:
        self._trails.show_theme(theme)
        self._walkers.show_theme(theme)
        super().show_theme(theme)

    @override
    def _click(self, pixel: QPointF) -> None:
        if not self._tap(pixel):
            super()._click(pixel)

    @override
    def _tap(self, pixel: QPointF) -> bool:
        return self.pointing.tap(pixel)

    def _racer_at(self, pixel: QPointF) -> int | None:
        """The row of whose marker is at a pixel: of the racers, or of those who train."""
        race, walkers = self._race, self._walkers.walkers
        is_racing = race is not None and len(race.paths) > 0
        shown = race if is_racing else walkers
        if shown is None:
            return None
        pixels = self._safe_pixels(shown.paths[:, -1, :2])
        return nearest(pixels, pixel, REACH * self._theme.scale)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self.pointing.tell(event, self.viewport())
        return super().viewportEvent(event)

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        corner, race = self.area.topLeft(), self._race
        painter.drawPixmap(corner, self._still_layer())
        if self._swarm is not None:
            paint_swarm(painter, self._swarm, self._pixel)
        ways = self._walkers.trails(self.stamp, self.layer, self._layer_pixels)
        if ways is not None:
            painter.drawPixmap(corner, ways)
        if race is not None and len(race.paths):
            layer = self._trails.layer(
                race.paths, race.styles, self.stamp, self.layer, self._layer_pixels
            )
            painter.drawPixmap(corner, layer)
        self._paint_starts(painter)
        if self._basins is not None:
            paint_key(painter, self._basins, self._pixel, self.area, self._theme)

    @override
    def _paint_around(self, painter: QPainter) -> None:
        if self.hasFocus():
            focus_ring(painter, self.area, self._theme)
        if self._walkers.walkers is not None:
            self._paint_walkers(painter, self._walkers.walkers)
        if self._race is not None:
            self._paint_racers(painter, self._race)
        with aside(painter):
            painter.setClipRect(self.area)
            self.inner.paint(painter, self._aim, self.area, self._theme)

    def _aim(self, point: Floats) -> tuple[Floats, Floats]:
        """Where a point is, and where a unit along each axis leads from there."""
        origin = self.to_pixels(point)
        return origin, np.diag(self.to_pixels(point + 1.0) - origin)

    def _layer_pixels(self, points: Floats) -> Floats:
        corner = self.area.topLeft()
        return clipped(self.to_pixels(points) - np.array([corner.x(), corner.y()]))

    def _last_inside(self, path: Floats) -> QPointF:
        """The pixel where a path (steps + 1, 2) was last seen."""
        (x0, x1), (y0, y1) = self.view.ranges
        low, high = np.array([x0, y0]), np.array([x1, y1])
        inside = np.flatnonzero(((path >= low) & (path <= high)).all(axis=1))
        place = path[inside[-1]] if len(inside) else (low + high) / 2
        return self._pixel((float(place[0]), float(place[1])))

    def _still_layer(self) -> QPixmap:
        """What stands still: the colors, the height lines and the minima."""
        stamp = self.stamp
        if self._still is None or self._still[0] != stamp:
            size = self.area.size().toSize()
            layer = blank(size, self.devicePixelRatio(), QColor(self._theme.panel))
            with self.painting_on(layer) as painter:
                self._paint_colors(painter)
                self._paint_contours(painter)
                self._paint_minima(painter)
            self._still = (stamp, layer)
        return self._still[1]

    def _paint_colors(self, painter: QPainter) -> None:
        rgba = self._rgba if self._basins is None else self._basins.rgba
        if rgba is not None:
            draw_map(painter, rgba, room_of(self._domain, self._pixel))

    def _paint_contours(self, painter: QPainter) -> None:
        painter.setPen(outline(veil(self._theme.text, 0.32), 1.0 * self._theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = [line for level in self._contours for line in level]
        if lines:
            pixels = self._safe_pixels(np.concatenate(lines))
            ends = np.cumsum([len(line) for line in lines])[:-1]
            for part in np.split(pixels, ends):
                painter.drawPolyline(polygon(part))

    def _paint_minima(self, painter: QPainter) -> None:
        scale = self._theme.scale
        for center in (self._pixel((x, y)) for x, y in self._minima.tolist()):
            for color, width in ((self._theme.panel, 4.5), (self._theme.text, 2.0)):
                painter.setPen(outline(color, width * scale))
                arm = QPointF(4.5 * scale, 4.5 * scale)
                painter.drawLine(center - arm, center + arm)
                arm.setY(-arm.y())
                painter.drawLine(center - arm, center + arm)

    def _paint_walkers(self, painter: QPainter, walkers: Walkers) -> None:
        """The network and its rivals; those beyond the picture are arrows at the edge."""
        scale = self._theme.scale
        inner = self.area.adjusted(9 * scale, 9 * scale, -9 * scale, -9 * scale)
        pixels = self._safe_pixels(walkers.paths[:, -1, :2])
        self._walkers.paint(painter, pixels, self.area)
        painter.setPen(outline(self._theme.panel, 1.6 * scale))
        for row, center in enumerate(QPointF(*each) for each in pixels.tolist()):
            if not self.area.contains(center):
                painter.setBrush(QColor(walkers.styles[row].color))
                since = self._last_inside(walkers.paths[row, :, :2])
                painter.drawPath(leaving_arrow(since, center, inner, 13.0 * scale))

    def _paint_racers(self, painter: QPainter, race: _Race) -> None:
        """The racers where they are; those that left are arrows at the edge."""
        scale = self._theme.scale
        inner = self.area.adjusted(9 * scale, 9 * scale, -9 * scale, -9 * scale)
        last = self._safe_pixels(race.paths[:, -1, :2])
        for racer, (style, has_left) in enumerate(zip(race.styles, race.diverged, strict=True)):
            center = QPointF(*last[racer].tolist())
            if self.area.contains(center) and not has_left:
                look = style.color, self._theme.panel, 1.6 * scale
                paint_marker(painter, style.symbol, center, 13.0 * scale, *look)
            else:
                painter.setPen(outline(self._theme.panel, 1.6 * scale))
                painter.setBrush(QColor(style.color))
                since = self._last_inside(race.paths[racer, :, :2])
                painter.drawPath(leaving_arrow(since, center, inner, 13.0 * scale))
