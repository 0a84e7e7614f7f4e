"""Curves by epoch: lines that grow while the network learns, however long it does."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.brush import aside
from nnviz.ui.canvas.card import HoverCard
from nnviz.ui.canvas.curve import Curve, Drawn, spread, unbroken
from nnviz.ui.canvas.curve_scale import Scale, heights_of, right_of
from nnviz.ui.canvas.markers import marker
from nnviz.ui.canvas.pens import Floats, bold_line, clipped, elided, mix, outline, polygon
from nnviz.ui.canvas.plot import Plot
from nnviz.ui.canvas.sight import Domain
from nnviz.ui.canvas.timeline_picture import Moment
from nnviz.ui.theme import Theme

_WIDTH = 2.0
_BEYOND = 0.35  # How much of its color a curve keeps beyond the epoch that is looked at.
_HIGHEST = 2.0  # How far thin curves may reach above the others: one that diverges hides none.
_REACH, _NARROW, _WIDE = 6.0, 46.0, 112.0


class CurveCanvas(Plot):
    """Curves by epoch, the two main ones first; what lies beyond the looked epoch is pale."""

    looked = Signal(int)
    """The person drags the line of the epoch that is shown to another epoch."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No epochs yet."""
        self._drawn: list[Drawn] = []
        self._scale: Scale = "linear"
        self._moment = Moment()
        self._pointer: QPointF | None = None
        self._is_dragging = False
        super().__init__(theme, parent)
        self._card = HoverCard(theme, self.viewport())
        self._grip.free((True, False))
        self.show_domain((0.0, 10.0, 0.0, 1.0))
        self.show_names("epoch", "")
        self.setAccessibleName("Curves by epoch")

    @override
    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self._card.show_theme(theme)

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """The curves that it shows, in their order."""
        return tuple(self._drawn)

    @property
    def moment(self) -> Moment:
        """Which epoch is shown, and which was the best."""
        return self._moment

    def show_curves(
        self, curves: Sequence[Curve], scale: Scale = "linear", moment: Moment | None = None
    ) -> None:
        """Show curves at a moment of the run; without one, as they are.

        Args:
            curves: those that others come to lie upon last; only thin ones may leave the plane.
            scale: how heights are drawn.
            moment: what is beyond its epoch is pale, if it is of the past.
        """
        room = self._right_room
        for drawn, curve in zip(self._drawn, curves, strict=False):
            drawn.follow(curve)
        self._drawn = self._drawn[: len(curves)]
        self._drawn += [Drawn(curve) for curve in curves[len(self._drawn) :]]
        self._moment = moment or Moment()
        if scale != self._scale or room != self._right_room:
            self._scale = scale
            self._rulers[1].show_log(scale == "log")
            self._fit()
            self.refresh_all()
        self._extend(self._whole())
        self._refresh_card()
        self.refresh()

    def _whole(self) -> Domain:
        """The domain that holds everything, in steps so that it seldom changes."""
        last = max((each.curve.last for each in self._drawn), default=0.0)
        return 0.0, right_of(last), *heights_of(self._scale, *self._ends())

    def _ends(self) -> tuple[float, float]:
        """The least and the greatest value that the plane has to hold."""
        low, high, highest = math.inf, -math.inf, math.inf
        for drawn in self._drawn:
            least, greatest = drawn.ends(positive=self._scale == "log")
            low, high = min(low, least), max(high, min(greatest, highest))
            if not drawn.curve.is_thin and high > 0.0:
                highest = _HIGHEST * high
        return (low, max(low, high)) if math.isfinite(low) else (0.1, 1.0)

    def _extend(self, domain: Domain) -> None:
        """Take another domain; who has zoomed in stays there."""
        if domain == self._domain:
            return
        shown, old = self.view.ranges, self._domain
        is_whole = np.allclose(shown[0], old[:2], rtol=1e-3)
        self.show_domain(domain)
        if not is_whole:
            self.view.show(shown[0])

    def _to_plane(self, line: Floats) -> Floats:
        """Epochs and values (k, 2) as places in the plane."""
        if self._scale == "log":
            line = line.copy()
            line[:, 1] = np.log10(np.maximum(line[:, 1], 10.0 ** self._domain[2]))
        return line

    def _pixel(self, epoch: float, value: float = 0.0) -> QPointF:
        if self._scale == "log":
            value = math.log10(max(value, 10.0 ** self._domain[2]))
        return self.to_pixel(epoch, value)

    @override
    def _paint_plane(self, painter: QPainter) -> None:
        self._paint_grid(painter)
        if not self._moment.is_past:
            self._paint_lines(painter, 1.0)
            return
        area, x = self.area, self._pixel(self._moment.epoch).x()
        for share, left, right in ((_BEYOND, x, area.right()), (1.0, area.left(), x)):
            with aside(painter):
                band = QRectF(left, area.top(), right - left, area.height())
                painter.setClipRect(band, Qt.ClipOperation.IntersectClip)
                self._paint_lines(painter, share)

    def _paint_lines(self, painter: QPainter, share: float) -> None:
        begin, end = self.view.ranges[0]
        columns = max(int(self.area.width()), 1)
        for drawn in reversed(self._drawn):
            line = self.to_pixels(self._to_plane(drawn.line(begin, end, columns)))
            for part in unbroken(line):
                self._paint_part(painter, clipped(part), drawn.curve, share)

    def _paint_part(self, painter: QPainter, part: Floats, curve: Curve, share: float) -> None:
        color, scale = mix(self._theme.panel, curve.color, share), self._theme.scale
        if len(part) == 1:
            self._paint_dot(painter, QPointF(*part[0].tolist()), color)
        elif curve.is_thin:
            pen = QPen(color, 1.0)  # Wider ones take some fifty times as long.
            if curve.dash:
                pen.setDashPattern(curve.dash)
            painter.setPen(pen)
            painter.drawPolyline(polygon(part))
        else:
            bold_line(painter, part, color, _WIDTH * scale)

    def _paint_dot(self, painter: QPainter, center: QPointF, color: QColor) -> None:
        painter.setPen(outline(self._theme.panel, 1.5 * self._theme.scale))
        painter.setBrush(color)
        painter.drawEllipse(center, 4.5 * self._theme.scale, 4.5 * self._theme.scale)

    def _paint_grid(self, painter: QPainter) -> None:
        area = self.area
        painter.setPen(QPen(QColor(self._theme.line), 1))
        _, ticks = self._rulers[1].ticks(self.view.ranges[1], area.height())
        heights = self.to_pixels(np.column_stack([np.zeros(len(ticks)), ticks]))[:, 1]
        for y in heights.tolist():
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    @property
    @override
    def _right_room(self) -> float:
        has_rivals = any(each.curve.is_thin and each.curve.name for each in self._drawn)
        return _WIDE if has_rivals else _NARROW

    @override
    def _paint_around(self, painter: QPainter) -> None:
        self._paint_names(painter)
        self._paint_best(painter)
        if self._moment.is_past:
            self._paint_epoch(painter, self._moment.epoch, QColor(self._theme.accent))
        pointed = None if self._pointer is None else self._pointed_epoch(self._pointer)
        if pointed is not None:
            self._paint_epoch(painter, pointed, QColor(self._theme.muted))

    def _paint_best(self, painter: QPainter) -> None:
        """A star at the epoch of the least loss, on the curve of what is tested."""
        values = [(each.name, each.at(self._moment.best)) for each in self._main]
        value = next((value for _, value in reversed(values) if math.isfinite(value)), math.nan)
        center = self._pixel(self._moment.best, value)
        if self._moment.head and math.isfinite(value) and self._is_within(center.x()):
            painter.setPen(outline(self._theme.panel, 1.2 * self._theme.scale))
            painter.setBrush(QColor(self._theme.good))
            painter.drawPath(marker("star", center, self._theme.px(12)))

    def _paint_names(self, painter: QPainter) -> None:
        """The name of each line at its end, moved apart where they would meet."""
        area, theme = self.area, self._theme
        ended = [(each, each.end) for each in self._named]
        ends = [(each, self._pixel(*end)) for each, end in ended if end[0] >= 0.0]
        ends = ends[: max(int(area.height() / theme.px(14)), 2)]
        x = max((end.x() for _, end in ends), default=0.0)
        if not ends or not self._is_within(x):
            return
        heights = spread([end.y() for _, end in ends], theme.px(14), area.top(), area.bottom())
        painter.setFont(theme.number_font(theme.label_size + 1))
        room = math.floor(self.viewport().width() - x - theme.px(11))
        for (curve, end), y in zip(ends, heights, strict=True):
            if len(curve.values) == 1:  # Not a line yet: whole dots, on the edge of the plane.
                self._paint_dot(painter, end, QColor(curve.color))
            painter.setPen(QColor(curve.color))
            box = QRectF(x + theme.px(9), y - theme.px(9), room, theme.px(18))
            painter.drawText(box, _LEFT, elided(curve.name, painter.font(), room))

    def _is_within(self, x: float) -> bool:
        return self.area.left() - 1 <= x <= self.area.right() + 1

    @property
    def _named(self) -> list[Curve]:
        return [each.curve for each in self._drawn if each.curve.name]

    @property
    def _main(self) -> list[Curve]:
        return [each.curve for each in self._drawn if not each.curve.is_thin]

    def _paint_epoch(self, painter: QPainter, epoch: float, color: QColor) -> None:
        """A line at an epoch, with a dot on every main curve."""
        area, x = self.area, self._pixel(epoch).x()
        if not self._is_within(x):
            return
        painter.setPen(QPen(color, 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        for curve in self._main:
            value = curve.at(epoch)
            if math.isfinite(value):
                self._paint_dot(painter, self._pixel(epoch, value), QColor(curve.color))

    def _pointed_epoch(self, pointer: QPointF) -> int | None:
        if not self._drawn:
            return None
        last = max(each.curve.last for each in self._drawn)
        return round(min(max(self.to_place(pointer)[0], 0.0), last))

    def _refresh_card(self) -> None:
        """Say the epoch and the values under the pointer."""
        epoch = None if self._pointer is None else self._pointed_epoch(self._pointer)
        if epoch is None or self._pointer is None:
            self._card.hide()
            return
        rows = tuple((each.name, _told(each.at(epoch))) for each in self._named)
        title = f"Epoch {epoch:,}".replace(",", "\u2009")
        self._card.show_text(self._pointer.toPoint(), title, rows)

    def _is_on_epoch(self, place: QPointF) -> bool:
        near = abs(self._pixel(self._moment.epoch).x() - place.x()) <= _REACH
        return self._moment.is_past and near and self.area.contains(place)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._is_dragging = is_left and self._is_on_epoch(event.position())
        if not self._is_dragging:
            super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_dragging:
            super().mouseReleaseEvent(event)
        self._is_dragging = False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self.looked.emit(self._pointed_epoch(event.position()))
            return
        super().mouseMoveEvent(event)
        self._point(event.position() if self.area.contains(event.position()) else None)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def _point(self, pointer: QPointF | None) -> None:
        self._pointer = pointer
        self._refresh_card()
        self.refresh()


def _told(value: float) -> str:
    return f"{value:.4g}" if math.isfinite(value) else "–"


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
