"""One phase of an update drawn large: its arrows from one point, its squares for each axis."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.engine.anatomy.notes import Arrow, Phase
from nnviz.ui.brush import own_ground
from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.pens import Floats, outline, veil
from nnviz.ui.canvas.vectors import Reach, draw_arrow, reach_of, side_of
from nnviz.ui.roles import role_color
from nnviz.ui.theme import Theme

_LABEL = 18.0
_TALL = 0.6


class Diagram(Drawing):
    """What a phase makes, beside what it makes it from, to one scale."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(theme, parent)
        self._phase: Phase | None = None
        self._reach: Reach = {}
        self._sides: Reach = {}
        self._axes: tuple[str, ...] = ("x", "y")
        own_ground(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Arrows and squares of the phase")

    def show_phase(self, phase: Phase, axes: tuple[str, ...]) -> None:
        """Show a phase, and how the axes are called."""
        self._phase, self._axes = phase, axes
        self._reach, self._sides = reach_of(phase.arrows), side_of(phase)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(120))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(84))

    @override
    def _paint(self, painter: QPainter) -> None:
        phase = self._phase
        if phase is None:
            return
        first, second = self._rooms(phase)
        if phase.arrows:
            self._paint_arrows(painter, first, phase)
        if phase.squares:
            self._paint_squares(painter, second, phase)

    def _rooms(self, phase: Phase) -> tuple[QRectF, QRectF]:
        """Where arrows and squares are: beside or above one another, as the room is."""
        whole = QRectF(self.rect())
        if not (phase.arrows and phase.squares):
            return whole, whole
        if whole.height() > _TALL * whole.width():
            half = whole.height() / 2
            return whole.adjusted(0, 0, 0, -half), whole.adjusted(0, half, 0, 0)
        half = whole.width() / 2
        return whole.adjusted(0, 0, -half, 0), whole.adjusted(half, 0, 0, 0)

    def _paint_arrows(self, painter: QPainter, room: QRectF, phase: Phase) -> None:
        pad = self._theme.px(_LABEL)
        inner = room.adjusted(2 * pad, pad, -2 * pad, -pad)
        ends = [np.zeros(2)]
        drawn = []
        for arrow in phase.arrows:
            factor = self._factor(arrow, inner)
            begin, way = _down(arrow.begins) * factor, _down(arrow.vector) * factor
            if np.isfinite([begin, way]).all():
                drawn.append((arrow, begin, begin + way))
                ends += [begin, begin + way]
        low, high = np.min(ends, axis=0), np.max(ends, axis=0)
        wide, tall = np.maximum(high - low, 1e-6).tolist()
        fit = min(inner.width() / wide, inner.height() / tall)
        center = inner.center()
        origin = np.array([center.x(), center.y()]) - fit * (low + high) / 2
        # Along one axis all would lie on one another: each gets a line of its own.
        stride = self._theme.px(_LABEL) if len(phase.value) == 1 else 0
        origin[1] -= stride * (len(drawn) - 1) / 2
        self._paint_origin(painter, QPointF(*origin.tolist()))
        for place, (arrow, begin, end) in enumerate(drawn):
            down = np.array([0.0, place * stride])
            draw_arrow(
                painter,
                QPointF(*(origin + fit * begin + down).tolist()),
                QPointF(*(origin + fit * end + down).tolist()),
                role_color(arrow.role, self._theme),
                self._theme,
                label=arrow.label,
                room=room,
                pale=arrow.pale,
                is_added=bool(arrow.begins.any()),
                dashed=arrow.role == "corrected",
            )

    def _factor(self, arrow: Arrow, room: QRectF) -> float:
        """Pixels for a unit of what an arrow measures."""
        longest = self._reach.get(arrow.measure, 0.0) or 1.0
        return max(room.width(), room.height(), 8.0) / longest

    def _paint_origin(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(outline(self._theme.muted, 1.2 * self._theme.scale))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawEllipse(at, 3.5 * self._theme.scale, 3.5 * self._theme.scale)

    def _paint_squares(self, painter: QPainter, room: QRectF, phase: Phase) -> None:
        axes = len(phase.squares[0].area)
        width = room.width() / axes
        for axis in range(axes):
            cell = QRectF(room.left() + axis * width, room.top(), width, room.height())
            self._paint_axis(painter, cell, phase, axis)

    def _paint_axis(self, painter: QPainter, room: QRectF, phase: Phase, axis: int) -> None:
        theme = self._theme
        label = theme.px(_LABEL)
        inner = room.adjusted(4, label, -8, -2 * label)
        most = max(min(inner.width(), inner.height()), 6.0)
        corner = QPointF(inner.center().x() - most / 2, inner.bottom())
        names = QFontMetricsF(theme.number_font())
        painter.setFont(theme.number_font())
        for square in phase.squares:
            longest = self._sides.get(square.measure, 0.0) or 1.0
            side = side_length(float(square.area[axis]), longest, most)
            box = QRectF(corner.x(), corner.y() - side, side, side)
            self._paint_square(painter, box, pale=square.pale)
            if not square.pale:
                painter.setPen(QColor(role_color("size", theme)))
                left = min(box.left(), room.right() - names.horizontalAdvance(square.label))
                painter.drawText(QPointF(left, box.top() - 4), square.label)
        bar = self._paint_bars(painter, corner, most, phase, axis)
        painter.setPen(QColor(theme.muted))
        name = names.elidedText(self._axes[axis], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QPointF(corner.x(), corner.y() + bar + 0.8 * label), name)

    def _paint_square(self, painter: QPainter, box: QRectF, *, pale: bool) -> None:
        color = role_color("size", self._theme)
        pen = QPen(veil(color, 0.6) if pale else QColor(color), 1.6 * self._theme.scale)
        if pale:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if pale else veil(color, 0.22))
        painter.drawRect(box)

    def _paint_bars(
        self, painter: QPainter, corner: QPointF, most: float, phase: Phase, axis: int
    ) -> float:
        """Components beside the sides that they are divided by; how far down they reach."""
        down = 0.0
        for arrow in phase.arrows:
            if arrow.measure != "slope" or not arrow.pale:
                continue
            longest = self._sides.get("slope", 0.0) or 1.0
            length = min(abs(float(arrow.vector[axis])) / longest, 1.0) * most
            down += 6.0 * self._theme.scale
            pen = QPen(QColor(role_color(arrow.role, self._theme)), 3.0 * self._theme.scale)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            at = QPointF(corner.x(), corner.y() + down)
            painter.drawLine(at, at + QPointF(length, 0.0))
        return down


def side_length(area: float, longest: float, most: float) -> float:
    """The side of a square of an area, of which the longest side is drawn in `most` pixels."""
    if not np.isfinite(area) or area <= 0.0:
        return 0.0
    return min(float(np.sqrt(area)) / longest, 1.0) * most


def _down(vector: Floats) -> Floats:
    """A vector of the plane on the screen, where y goes down; in x alone it lies flat."""
    x = float(vector[0])
    y = float(vector[1]) if len(vector) > 1 else 0.0
    return np.array([x, -y])
