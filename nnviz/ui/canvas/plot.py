"""What boundary, surface and curves have in common: a plane with ticks, zoom and an overlay.

pyqtgraph draws the axes and moves the view; that is kept as a picture until the view changes.
What the plane shows is painted on top of it, once for every change, whatever asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from nnviz.ui.canvas.pens import Floats, aside, blank, painting
from nnviz.ui.canvas.ruler import Ruler
from nnviz.ui.theme import Theme

pg.setConfigOptions(imageAxisOrder="row-major", useOpenGL=False, antialias=False)

Domain = tuple[float, float, float, float]
"""The least and the greatest x, the least and the greatest y."""

_SMALLEST_SHARE = 0.02  # Of the domain: how far one can zoom in.


class Plot(pg.GraphicsLayoutWidget):
    """A plane with two rulers; drag moves it, the wheel zooms, a double click shows it all."""

    place_hovered = Signal(object)
    """The person points at a place (x, y) of the plane, or at None."""

    _is_square = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty plane."""
        self._theme = theme
        self._rulers = Ruler("bottom", theme), Ruler("left", theme)
        self._domain: Domain = (-6.0, 6.0, -6.0, 6.0)
        self._names = ("", "")
        self._title = ""
        self._is_inside = False
        self._area = QRectF()
        self._plate: tuple[object, QPixmap] | None = None
        super().__init__(parent)
        self.view = self._lay_out()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setMinimumSize(160, 140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_domain(self._domain)
        Plot.show_theme(self, theme)  # Not a canvas's own, which is not made yet.

    def _lay_out(self) -> pg.ViewBox:
        """The plane with its rulers; a whole PlotItem would bring menus that do not fit."""
        view = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
        bottom, left = self._rulers
        self.ci.layout.setSpacing(0)
        for item, row, column in ((left, 0, 0), (view, 0, 1), (bottom, 1, 1)):
            self.ci.addItem(item, row, column)
        for ruler in self._rulers:
            ruler.linkToView(view)
        return view

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.setBackground(QColor(theme.panel))
        self.view.setBorder(QPen(QColor(theme.line), theme.scale))
        for ruler in self._rulers:
            ruler.show_theme(theme)
        self._fit()
        self.refresh_all()

    def show_domain(self, domain: Domain) -> None:
        """Show this part of the plane, and let nobody leave it."""
        self._domain = domain
        x0, x1, y0, y1 = domain
        self.view.setLimits(
            xMin=x0, xMax=x1, yMin=y0, yMax=y1, minXRange=_SMALLEST_SHARE * (x1 - x0),
            minYRange=_SMALLEST_SHARE * (y1 - y0), maxXRange=x1 - x0, maxYRange=y1 - y0,
        )  # fmt: skip
        self.show_all()

    def show_all(self) -> None:
        """Show the whole domain again."""
        x0, x1, y0, y1 = self._domain
        self.view.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0.0, disableAutoRange=True)

    def show_names(self, x_name: str, y_name: str) -> None:
        """Name the two axes."""
        if (x_name, y_name) != self._names:
            self._names = (x_name, y_name)
            self._fit()
            self.refresh_all()

    def show_title(self, title: str) -> None:
        """Say in small capitals above the plane what it shows."""
        if title != self._title:
            self._title = title
            self._fit()
            self.refresh_all()

    def refresh(self) -> None:
        """Draw again."""
        self.viewport().update()

    def refresh_all(self) -> None:
        """Draw again, the rulers and captions too."""
        self._plate = None
        self.refresh()

    @property
    def area(self) -> QRectF:
        """Where the plane is, in pixels of the viewport."""
        return self._area

    @property
    def stamp(self) -> tuple[object, ...]:
        """What a kept pixmap of the overlay depends on: view, size, screen and theme."""
        x, y = self.view.viewRange()
        return (*x, *y, self.area.getCoords(), self.devicePixelRatio(), self._theme)

    def to_pixels(self, points: Floats) -> Floats:
        """Where points of shape (…, 2) are in the viewport, of the same shape."""
        (x0, x1), (y0, y1) = self.view.viewRange()
        area = self.area
        factor = np.array([area.width() / (x1 - x0), -area.height() / (y1 - y0)])
        corner = np.array([area.left(), area.bottom()])
        pixels: Floats = (points - np.array([x0, y0])) * factor + corner
        return pixels

    def to_place(self, pixel: QPointF) -> tuple[float, float]:
        """Which place of the plane is at a pixel of the viewport."""
        place = self.view.mapSceneToView(self.mapToScene(pixel.toPoint()))
        return place.x(), place.y()

    def layer(self) -> QPixmap:
        """An empty layer as large as the plane."""
        size = self.area.size().toSize()
        return blank(size, self.devicePixelRatio(), Qt.GlobalColor.transparent)

    @contextmanager
    def painting_on(self, layer: QPixmap) -> Iterator[QPainter]:
        """A painter on a layer that takes pixels of the viewport."""
        with painting(layer) as painter:
            painter.translate(-self.area.topLeft())
            yield painter

    def _paint_plane(self, painter: QPainter) -> None:
        """Paint what lies within the plane; canvases say what."""

    def _paint_around(self, painter: QPainter) -> None:
        """Paint what may reach out of the plane; canvases say what."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        plate = self._plate_of_now()
        with painting(self.viewport()) as painter:
            painter.drawPixmap(0, 0, plate)
            with aside(painter):
                painter.setClipRect(self.area)
                self._paint_plane(painter)
            self._paint_around(painter)

    def _plate_of_now(self) -> QPixmap:
        """The ground, the rulers and the captions: what pyqtgraph takes a millisecond for."""
        stamp = (self.stamp, self.viewport().size())
        if self._plate is None or self._plate[0] != stamp:
            size = self.viewport().size()
            plate = blank(size, self.devicePixelRatio(), QColor(self._theme.panel))
            with painting(plate) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                self.render(painter, QRectF(self.viewport().rect()), self.viewport().rect())
                self._measure()
                self._paint_captions(painter)
            self._plate = ((self.stamp, size), plate)
        return self._plate[1]

    def _paint_captions(self, painter: QPainter) -> None:
        theme, area = self._theme, self.area
        painter.setPen(QColor(theme.muted))
        if self._title:
            painter.setFont(theme.label_font())
            room = QRectF(area.left(), area.top() - theme.px(22), area.width(), theme.px(18))
            painter.drawText(room, _LEFT, self._title)
        painter.setFont(theme.number_font(theme.label_size + 1))
        x_name, y_name = self._names
        below = QRectF(area.left(), area.bottom() + theme.px(20), area.width(), theme.px(18))
        painter.drawText(below, _CENTER, x_name)
        with aside(painter):
            painter.translate(area.left() - self._left_room, area.center().y())
            painter.rotate(-90)
            side = QRectF(-area.height() / 2, 0, area.height(), theme.px(18))
            painter.drawText(side, _CENTER, y_name)

    @property
    def _left_room(self) -> int:
        return self._theme.px(38 + (18 if self._names[1] else 0))

    def _fit(self) -> None:
        """Give the plane its room, and keep a square one square."""
        theme = self._theme
        left_axis, bottom_axis = self._left_room, theme.px(22 + (18 if self._names[0] else 0))
        self._rulers[0].setHeight(bottom_axis)
        self._rulers[1].setWidth(left_axis)
        left, right = theme.px(6), theme.px(self._right_room)
        top, bottom = theme.px(26 if self._title else 8), theme.px(4)
        width = max(self.width() - left - left_axis - right, 20)
        height = max(self.height() - top - bottom - bottom_axis, 20)
        if self._is_square:
            side = min(width, height)
            left += (width - side) // 2
            right += width - side - (width - side) // 2
            top += (height - side) // 2
            bottom += height - side - (height - side) // 2
        self.ci.layout.setContentsMargins(left, top, right, bottom)
        self.ci.layout.activate()  # Now, so that a picture taken at once is right.
        self._measure()

    def _measure(self) -> None:
        self._area = self.viewportTransform().mapRect(self.view.sceneBoundingRect())

    @property
    def _right_room(self) -> float:
        return 14.0

    @override
    def close(self) -> bool:
        """Close as every widget does: pyqtgraph's own way takes the plane apart."""
        return QWidget.close(self)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None:  # pyqtgraph calls this itself before all is made.
            self._fit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_inside = self.area.contains(event.position())
        if is_inside:
            self.place_hovered.emit(self.to_place(event.position()))
        elif self._is_inside:
            self.place_hovered.emit(None)
        self._is_inside = is_inside

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._is_inside:
            self._is_inside = False
            self.place_hovered.emit(None)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.show_all()


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
