"""The plane of the data: what the network answers everywhere, where classes meet, the points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.pens import Bytes, Floats, bold_line, draw_map, focus_ring
from nnviz.ui.canvas.plot import Domain, Plot
from nnviz.ui.canvas.points import Cloud, draw_points
from nnviz.ui.theme import Theme


class BoundaryCanvas(Plot):
    """A map over the plane with the decision line and the points on it."""

    _is_square = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty plane from −6 to 6."""
        self._rgba: Bytes | None = None
        self._cloud: Cloud | None = None
        self._decision: tuple[Floats, ...] = ()
        self._shows_test = False
        self._points: tuple[object, QPixmap] | None = None
        super().__init__(theme, parent)
        self.setAccessibleName("Decision boundary")
        self.show_names("x₁", "x₂")

    def show_map(self, rgba: Bytes, domain: Domain) -> None:
        """Show colors of shape (rows, columns, 4), row 0 at the least x2, over a domain."""
        self._rgba = rgba
        if domain != self._domain:
            self.show_domain(domain)
        self.refresh()

    def show_decision(self, lines: tuple[Floats, ...]) -> None:
        """Show where classes meet: lines of shape (points, 2)."""
        self._decision = tuple(lines)
        self.refresh()

    def show_points(
        self,
        points: Floats,
        labels: Floats,
        is_train: NDArray[np.bool_],
        classes: int,
        targets: tuple[float, float] = (-1.0, 1.0),
    ) -> None:
        """Show points of shape (n, 2) by class, or, for 0 classes, by where targets put them."""
        self._cloud = Cloud(points, labels, is_train, classes, targets)
        self._points = None
        self.refresh()

    def show_test(self, is_shown: bool) -> None:  # noqa: FBT001 - a state
        """Whether the points that are kept for testing are shown too."""
        if is_shown != self._shows_test:
            self._shows_test = is_shown
            self._points = None
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

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        theme = self._theme
        if self._rgba is not None:
            draw_map(painter, self._rgba, self._room_of_map())
        for line in self._decision:
            bold_line(painter, self.to_pixels(line), QColor(theme.text), 2.0 * theme.scale)
        if self._cloud is not None:
            painter.drawPixmap(self.area.topLeft(), self._layer_of_points(self._cloud))

    @override
    def _paint_around(self, painter: QPainter) -> None:
        if self.hasFocus():
            focus_ring(painter, self.area, self._theme)

    def _room_of_map(self) -> QRectF:
        x0, x1, y0, y1 = self._domain
        left, top, right, bottom = self.to_pixels(np.array([[x0, y1], [x1, y0]])).ravel().tolist()
        return QRectF(left, top, right - left, bottom - top)

    def _layer_of_points(self, cloud: Cloud) -> QPixmap:
        stamp = self.stamp
        if self._points is None or self._points[0] != stamp:
            layer = self.layer()
            pixels = self.to_pixels(cloud.points)
            if not self._shows_test:
                pixels[~cloud.is_train] = np.nan
            with self.painting_on(layer) as painter:
                draw_points(painter, cloud, pixels, self._theme, self.devicePixelRatio())
            self._points = (stamp, layer)
        return self._points[1]
