"""The plane of the data: what the network answers everywhere, where classes meet, the points.

The same canvas shows a layer's space: the points then lie where the layer sees them, over the
warped lines of the plane. What it shows is handed over whole; it works nothing out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.inscribed import (
    Labeled,
    Lines,
    draw_ghost,
    draw_levels,
    draw_warp,
    draw_warp_key,
)
from nnviz.ui.canvas.pens import Bytes, bold_line, clipped, draw_map, focus_ring
from nnviz.ui.canvas.points import Cloud, draw_points, draw_rings, point_size
from nnviz.ui.canvas.probe import REACH, ProbePlot
from nnviz.ui.canvas.sight import Domain
from nnviz.ui.theme import Theme
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The lines over a map: where classes meet, levels with labels, a ghost, a warped grid."""

    decision: Lines = ()
    levels: Labeled = ()
    ghost: Lines = ()
    grid: tuple[Lines, Lines] | None = None


class BoundaryCanvas(ProbePlot):
    """A map over the plane with lines and points on it, and a probe to be dragged."""

    point_clicked = Signal(int)
    """The person clicked a point: its place among those shown."""

    view_changed = Signal(object)
    """The person zoomed or moved: the part of the plane to be seen, None for all of it."""

    _is_square = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty plane from −6 to 6."""
        self._map: tuple[Bytes, Domain] | None = None
        self._whole: tuple[Bytes, Domain] | None = None
        self._cloud: Cloud | None = None
        self._wrong = np.zeros(0, dtype=np.bool_)
        self._near: int | None = None
        self._ink = Ink()
        self._names_of_grid = ("", "")
        self._points: tuple[object, QPixmap] | None = None
        self._rings: tuple[object, QPixmap] | None = None
        super().__init__(theme, parent)
        self.setAccessibleName("Decision boundary")
        self.view.changed.connect(self._on_range_changed)
        self.show_names("x₁", "x₂")

    def show_map(self, rgba: Bytes | None, domain: Domain, extent: Domain | None = None) -> None:
        """Show colors of shape (rows, columns, 4), row 0 at the least x2, over a domain.

        `extent` is all that can be seen, if that is more.
        """
        extent = extent or domain
        if extent != self._domain:
            self.show_domain(extent)
            self._whole = None
        self._map = None if rgba is None else (rgba, domain)
        if domain == extent:
            self._whole = self._map
        self.refresh()

    def show_ink(self, ink: Ink) -> None:
        """Show these lines."""
        self._ink = ink
        self.refresh()

    def show_points(self, cloud: Cloud) -> None:
        """Show points; the same ones cost nothing."""
        if cloud is not self._cloud:
            self._cloud = cloud
            self._points = self._rings = None
            self.refresh()

    def show_wrong(self, wrong: NDArray[np.bool_]) -> None:
        """Ring those of the points, of shape (n,), that are taken for another class."""
        if not np.array_equal(wrong, self._wrong):
            self._wrong = wrong
            self._rings = None
            self.refresh()

    def show_near(self, near: int | None) -> None:
        """Mark the one point that is pointed at."""
        if near != self._near:
            self._near = near
            self.refresh()

    def show_axes(
        self,
        x_label: str,
        y_label: str,
        x_unit: tuple[float, float] = (0.0, 1.0),
        y_unit: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        """Name the axes and tick them in real units: `offset + scale * coordinate`."""
        for ruler, (offset, scale) in zip(self._rulers, (x_unit, y_unit), strict=True):
            ruler.show_unit(offset, scale)
        self.show_names(x_label, y_label)
        self.refresh_all()

    def show_grid_names(self, names: tuple[str, str]) -> None:
        """Name what the lines of a warped grid run along."""
        self._names_of_grid = names

    @property
    def reach(self) -> tuple[float, float]:
        """How far a point may be to be pointed at, in coordinates of the plane."""
        (x0, x1), (y0, y1) = self.view.ranges
        pixels = REACH * self._theme.scale
        return (
            pixels * (x1 - x0) / max(self.area.width(), 1.0),
            pixels * (y1 - y0) / max(self.area.height(), 1.0),
        )

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        theme, ink = self._theme, self._ink
        self._paint_maps(painter)
        if ink.grid is not None:
            across, upward = (tuple(map(self.to_pixels, lines)) for lines in ink.grid)
            draw_warp(painter, across, upward, theme)
        draw_ghost(painter, tuple(map(self.to_pixels, ink.ghost)), theme)
        for line in ink.decision:
            pixels = clipped(self.to_pixels(line))
            bold_line(painter, pixels, QColor(theme.text), 2.0 * theme.scale)
        self._paint_points(painter)
        draw_levels(painter, self._in_pixels(ink.levels), self.area, theme)
        if ink.grid is not None:
            draw_warp_key(painter, self.area, self._names_of_grid, theme)
        self._paint_probe(painter)

    def _in_pixels(self, levels: Labeled) -> Labeled:
        return tuple((text, tuple(map(self.to_pixels, lines))) for text, lines in levels)

    def _paint_maps(self, painter: QPainter) -> None:
        """The colors; those of the whole plane where finer ones do not reach yet."""
        for each in (self._whole if self._whole is not self._map else None, self._map):
            if each is not None:
                draw_map(painter, each[0], self._room_of(each[1]))

    def _paint_points(self, painter: QPainter) -> None:
        cloud = self._cloud
        if cloud is not None:
            corner = self.area.topLeft()
            if len(self._wrong) == len(cloud.points):
                painter.drawPixmap(corner, self._layer_of_rings(cloud))
            painter.drawPixmap(corner, self._layer_of_points(cloud))
            if self._near is not None and self._near < len(cloud.points):
                pixel = self.to_pixels(cloud.points[[self._near]])
                draw_rings(painter, pixel, 1.25 * self._size, self._theme, self.devicePixelRatio())

    @override
    def _paint_around(self, painter: QPainter) -> None:
        if self.hasFocus():
            focus_ring(painter, self.area, self._theme)

    @property
    def _size(self) -> float:
        return point_size(len(self._cloud.points) if self._cloud else 0) * self._theme.scale

    def _room_of(self, domain: Domain) -> QRectF:
        x0, x1, y0, y1 = domain
        left, top, right, bottom = self.to_pixels(np.array([[x0, y1], [x1, y0]])).ravel().tolist()
        return QRectF(left, top, right - left, bottom - top)

    def _layer_of_points(self, cloud: Cloud) -> QPixmap:
        stamp = self.stamp
        if self._points is None or self._points[0] != stamp:
            layer = self.layer()
            with self.painting_on(layer) as painter:
                pixels = self.to_pixels(cloud.points)
                draw_points(painter, cloud, pixels, self._theme, self.devicePixelRatio())
            self._points = (stamp, layer)
        return self._points[1]

    def _layer_of_rings(self, cloud: Cloud) -> QPixmap:
        stamp = self.stamp
        if self._rings is None or self._rings[0] != stamp:
            layer = self.layer()
            with self.painting_on(layer) as painter:
                pixels = self.to_pixels(cloud.points[self._wrong])
                pixels = pixels[np.isfinite(pixels).all(axis=1)]
                draw_rings(painter, pixels, self._size, self._theme, self.devicePixelRatio())
            self._rings = (stamp, layer)
        return self._rings[1]

    @override
    def _click(self, pixel: QPointF) -> None:
        if self._cloud is None or not len(self._cloud.points):
            return
        away = self.to_pixels(self._cloud.points) - np.array([pixel.x(), pixel.y()])
        distances = np.nan_to_num(np.linalg.norm(away, axis=1), nan=np.inf)
        if distances.min() <= REACH * self._theme.scale:
            self.point_clicked.emit(int(distances.argmin()))

    def _on_range_changed(self) -> None:
        (x0, x1), (y0, y1) = self.view.ranges
        seen = (x0, x1, y0, y1)
        is_all = np.allclose(seen, self._domain, atol=1e-3 * (self._domain[1] - self._domain[0]))
        self.view_changed.emit(None if is_all else seen)
