"""What boundary, surface and curves have in common: a plane with ticks, zoom and an overlay.

The ground, the rulers and the captions are kept as a picture until they change. What the plane
shows is painted on top of it, once for every change, whatever asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from nnviz.ui.brush import aside, painting
from nnviz.ui.canvas.captions import Captions
from nnviz.ui.canvas.grip import Grip
from nnviz.ui.canvas.pens import Floats, blank, near
from nnviz.ui.canvas.ruler import Ruler
from nnviz.ui.canvas.sight import Domain, Sight
from nnviz.ui.theme import Theme


class Plot(QAbstractScrollArea):
    """A plane with two rulers; drag moves it, the wheel zooms, a double click shows it all.

    Keys do so too: see `Grip`.
    """

    place_hovered = Signal(object)
    """The person points at a place (x, y) of the plane, or at None."""

    _is_square = False
    _is_covered = False
    """Whether what it shows leaves nothing of the plane's own ground to be seen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty plane."""
        super().__init__(parent)
        self._theme = theme
        self._rulers = Ruler("bottom", theme), Ruler("left", theme)
        self._domain: Domain = (-6.0, 6.0, -6.0, 6.0)
        self._names = ("", "")
        self._title = ""
        self._is_inside = False
        self._area = QRectF()
        self._plate: tuple[object, QPixmap] | None = None
        self._scale_of: tuple[object, object, tuple[Floats, Floats, Floats]] | None = None
        self.view = Sight(self._domain, self)
        self.view.changed.connect(self.refresh)
        self._grip = Grip(self.view)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(160, 140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewport(QWidget())  # One that Python knows, so that it need not be looked up.
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        Plot.show_theme(self, theme)  # Not a canvas's own, which is not made yet.

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        for ruler in self._rulers:
            ruler.show_theme(theme)
        self._fit()
        self.refresh_all()

    def show_domain(self, domain: Domain) -> None:
        """Show this part of the plane, and let nobody leave it."""
        self._domain = domain
        self.view.show_domain(domain)

    def show_all(self) -> None:
        """Show the whole domain again."""
        self.view.show_all()

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
        x, y = self.view.ranges
        return (*x, *y, self.area.getCoords(), self.devicePixelRatio(), self._theme)

    def to_pixels(self, points: Floats) -> Floats:
        """Where points of shape (…, 2) are in the viewport, of the same shape."""
        low, factor, corner = self._scaling()
        pixels: Floats = (points - low) * factor + corner
        return pixels

    def to_pixel(self, x: float, y: float) -> QPointF:
        """Where one place is, kept near enough to the screen for a painter."""
        low, factor, corner = self._scaling()
        return QPointF(
            near(float((x - low[0]) * factor[0] + corner[0])),
            near(float((y - low[1]) * factor[1] + corner[1])),
        )

    def _scaling(self) -> tuple[Floats, Floats, Floats]:
        """The least place that is seen, the pixels of a unit along each axis, and its pixel."""
        ranges, area = self.view.ranges, self._area
        kept = self._scale_of
        if kept is None or kept[0] is not ranges or kept[1] is not area:
            (x0, x1), (y0, y1) = ranges
            factor = np.array([area.width() / (x1 - x0), -area.height() / (y1 - y0)])
            scaling = np.array([x0, y0]), factor, np.array([area.left(), area.bottom()])
            kept = self._scale_of = ranges, area, scaling
        return kept[2]

    def to_place(self, pixel: QPointF) -> tuple[float, float]:
        """Which place of the plane is at a pixel of the viewport."""
        (x0, x1), (y0, y1) = self.view.ranges
        area = self.area
        right = (pixel.x() - area.left()) / max(area.width(), 1.0)
        up = (area.bottom() - pixel.y()) / max(area.height(), 1.0)
        return x0 + right * (x1 - x0), y0 + up * (y1 - y0)

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
            with aside(painter):
                if self._is_covered:
                    painter.setClipRegion(self._rim())
                painter.drawPixmap(0, 0, plate)
            with aside(painter):
                painter.setClipRect(self.area)
                self._paint_plane(painter)
            self._paint_around(painter)

    def _rim(self) -> QRegion:
        """All but the plane, which need not be painted twice."""
        return QRegion(self.viewport().rect()) - self.area.toRect().adjusted(1, 1, -1, -1)

    def _plate_of_now(self) -> QPixmap:
        """The ground, the rulers and the captions."""
        size = self.viewport().size()
        stamp = (self.stamp, size)
        if self._plate is None or self._plate[0] != stamp:
            plate = blank(size, self.devicePixelRatio(), QColor(self._theme.panel))
            with painting(plate) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                for ruler, seen in zip(self._rulers, self.view.ranges, strict=True):
                    ruler.paint(painter, self.area, seen)
                captions = Captions(self._title, self._names, self._left_room)
                captions.paint(painter, self.area, self._theme)
            self._plate = (stamp, plate)
        return self._plate[1]

    @property
    def _left_room(self) -> int:
        return self._theme.px(38 + (18 if self._names[1] else 0))

    def _fit(self) -> None:
        """Give the plane its room, and keep a square one square."""
        theme = self._theme
        left_axis, bottom_axis = self._left_room, theme.px(22 + (18 if self._names[0] else 0))
        left, right = theme.px(6), theme.px(self._right_room)
        top, bottom = theme.px(26 if self._title else 8), theme.px(4)
        width = max(self.width() - left - left_axis - right, 20)
        height = max(self.height() - top - bottom - bottom_axis, 20)
        if self._is_square:
            side = min(width, height)
            left, top = left + (width - side) // 2, top + (height - side) // 2
            width = height = side
        self._area = QRectF(left + left_axis, top, width, height)

    @property
    def _right_room(self) -> float:
        return 14.0

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _click(self, pixel: QPointF) -> None:
        """The person clicked at a pixel of the plane; canvases say what that means."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip.press(event, self.area)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip.release(event) and self.area.contains(event.position()):
            self._click(event.position())
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._grip.move(event, self.area)
        is_inside = self.area.contains(event.position())
        if is_inside:
            self.place_hovered.emit(self.to_place(event.position()))
        elif self._is_inside:
            self.place_hovered.emit(None)
        self._is_inside = is_inside

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._grip.turn(event, self.area, self.to_place(event.position()))
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._grip.key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._is_inside:
            self._is_inside = False
            self.place_hovered.emit(None)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()
        event.accept()
