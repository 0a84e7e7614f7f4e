"""What the colors of a map mean: a scale, or classes with their shapes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.markers import class_shape, marker
from nnviz.ui.canvas.pens import Bytes, outline
from nnviz.ui.theme import Theme


class ColorBar(Drawing):
    """A slim legend under a map."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A scale from −1 to 1."""
        super().__init__(theme, parent)
        self._stops: Bytes | None = None
        self._labels: tuple[str, ...] = ("−1", "0", "1")
        self._classes: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend of the colors")
        self.show_theme(theme)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(30))

    def show_scale(self, stops: Bytes, labels: tuple[str, ...]) -> None:
        """Show a scale: RGB stops of shape (k, 3), evenly spaced, and labels evenly spaced."""
        if stops is not self._stops or (labels, ()) != (self._labels, self._classes):
            self._stops, self._labels, self._classes = stops, labels, ()
            self.setToolTip("")
            self.update()

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Show a swatch with its shape for each class."""
        if names != self._classes:
            self._classes = names
            self.setToolTip(", ".join(names))
            self.update()

    @override
    def _paint(self, painter: QPainter) -> None:
        painter.setFont(self._theme.number_font(self._theme.label_size))
        if self._classes:
            self._paint_classes(painter)
        else:
            self._paint_scale(painter)

    def _paint_scale(self, painter: QPainter) -> None:
        theme = self._theme
        bar = QRectF(theme.px(12), theme.px(3), self.width() - theme.px(24), theme.px(8))
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        stops = theme.stops if self._stops is None else self._stops
        for place, (red, green, blue) in enumerate(stops.tolist()):
            gradient.setColorAt(place / max(len(stops) - 1, 1), QColor(red, green, blue))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, theme.px(3), theme.px(3))
        painter.setPen(QColor(theme.muted))
        metrics = QFontMetricsF(painter.font())
        for place, label in enumerate(self._labels):
            width = metrics.horizontalAdvance(label) + 1
            x = bar.left() + bar.width() * place / max(len(self._labels) - 1, 1) - width / 2
            x = min(max(x, 0.0), self.width() - width)
            painter.drawText(QRectF(x, bar.bottom() + theme.px(2), width, theme.px(15)), label)

    def _paint_classes(self, painter: QPainter) -> None:
        theme = self._theme
        metrics = QFontMetricsF(painter.font())
        swatch = theme.px(16)
        wanted = [metrics.horizontalAdvance(each) + 1 for each in self._classes]
        gap = self._gap(sum(wanted))
        rooms = self._rooms(wanted, gap)
        whole = sum(rooms) + swatch * len(rooms) + gap * (len(rooms) - 1)
        x, middle = max(0.0, (self.width() - whole) / 2), self.height() / 2
        for index, (name, room) in enumerate(zip(self._classes, rooms, strict=True)):
            painter.setPen(outline(theme.panel, 1))
            painter.setBrush(QColor(theme.classes[index % len(theme.classes)]))
            center = QPointF(x + swatch / 2 - 2, middle)
            painter.drawPath(marker(class_shape(index), center, 10.0 * theme.scale))
            painter.setPen(QColor(theme.muted))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            place = QRectF(x + swatch, 0, room + 1, self.height())
            if room:
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)
            x += swatch + room + gap

    def _gap(self, wanted: float) -> float:
        """How far entries are apart: less where there are many."""
        theme, count = self._theme, len(self._classes)
        free = self.width() - count * theme.px(16) - wanted
        return min(max(free / max(count - 1, 1), theme.px(4)), theme.px(14))

    def _rooms(self, wanted: list[float], gap: float) -> list[float]:
        """The width of each name: all it wants, or its share, or none if that says little."""
        theme, count = self._theme, len(wanted)
        free = self.width() - count * theme.px(16) - (count - 1) * gap
        if sum(wanted) <= free + 1:
            return wanted
        share = free / count
        return [min(each, share) if share >= theme.px(30) else 0.0 for each in wanted]
