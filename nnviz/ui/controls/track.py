"""The track and thumb that every slider of NNViz shares; what a place means is up to its owner.

A slider answers to the mouse where it is pressed, to the keys, and to the wheel only while it has
the focus, so that scrolling past a panel never changes an experiment.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting

PLACES = 1000
"""How many places a track has between its ends."""

_NOTCH = 120
_WHEEL_REST_MS = 400
_GROOVE = 4.0
_THUMB = 14.0
_CARD = QSize(30, 24)
_NUDGES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
}
_LEAPS = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


class Track(QSlider):
    """A horizontal slider over turns from 0 to 1 that tells what the person did, never why."""

    dragged = Signal(float)
    """The person moved the thumb to a turn from 0 to 1."""

    nudged = Signal(int)
    """The person asked for a small step back (-1) or on (+1)."""

    leapt = Signal(int)
    """The person asked for a large step back (-1) or on (+1)."""

    ended = Signal(int)
    """The person asked for the lowest (-1) or the highest (+1) place."""

    reset_asked = Signal()
    """The person asked for the default, by a double click."""

    settled = Signal()
    """The person let go: what went before was one change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start at turn 0."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, PLACES)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(48)
        self._grip: float | None = None
        self._stops = 0
        self._mark: float | None = None
        self._limit: tuple[float, QColor] | None = None
        self._card: QPixmap | None = None
        self._wheel = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_WHEEL_REST_MS)
        self._rest.timeout.connect(self.settled)

    @property
    def turn(self) -> float:
        """Where the thumb is, from 0 to 1."""
        return self.value() / PLACES

    def show_turn(self, turn: float) -> None:
        """Move the thumb, silently."""
        with QSignalBlocker(self):
            self.setValue(round(turn * PLACES))

    def show_stops(self, count: int) -> None:
        """Mark this many places at equal distances, both ends included; 0 for none."""
        self._stops = count
        self.update()

    def show_mark(self, turn: float | None) -> None:
        """Mark the place of the default; None for none."""
        self._mark = turn
        self.update()

    def show_limit(self, turn: float | None, color: str = "") -> None:
        """Mark where it becomes risky, in a color; None for nowhere."""
        limit = None if turn is None else (turn, QColor(color))
        if limit != self._limit:
            self._limit = limit
            self.update()

    def show_card(self, card: QPixmap | None) -> None:
        """Draw a picture in the thumb, None for the plain round one."""
        self._card = card
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = _CARD.height() + 4 if self._card else round(_THUMB) + 6
        return QSize(96, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.sizeHint().height())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        on_thumb = self._thumb().contains(QPointF(x, self.height() / 2))
        self._grip = x - self._thumb().center().x() if on_thumb else 0.0
        if not on_thumb:
            self._drag(x)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._drag(event.position().x() - self._grip)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            self.update()
            self.settled.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_asked.emit()
        self.settled.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        for keys, signal in ((_NUDGES, self.nudged), (_LEAPS, self.leapt), (_ENDS, self.ended)):
            if key in keys:
                signal.emit(keys[key])
                return
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.reset_asked.emit()
            return
        event.ignore()

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self.settled.emit()
        event.ignore()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        self._wheel += event.angleDelta().y()
        while abs(self._wheel) >= _NOTCH:
            direction = 1 if self._wheel > 0 else -1
            self._wheel -= direction * _NOTCH
            self.nudged.emit(direction)
        self._rest.start()
        event.accept()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._rest.stop()
        self.settled.emit()
        super().focusOutEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            self._paint_groove(painter)
            self._paint_thumb(painter)

    def _drag(self, x: float) -> None:
        left, length = self._span()
        turn = min(max((x - left) / length, 0.0), 1.0)
        self.dragged.emit(turn)

    def _span(self) -> tuple[float, float]:
        """Where turn 0 lies, and how far it is to turn 1, in pixels."""
        inset = (_CARD.width() if self._card else _THUMB) / 2 + 2
        return inset, max(1.0, self.width() - 2 * inset)

    def _x(self, turn: float) -> float:
        left, length = self._span()
        return left + turn * length

    def _thumb(self) -> QRectF:
        size = _CARD if self._card else QSize(round(_THUMB), round(_THUMB))
        thumb = QRectF(0, 0, size.width(), size.height())
        thumb.moveCenter(QPointF(self._x(self.turn), self.height() / 2))
        return thumb

    def _color(self, role: QPalette.ColorRole) -> QColor:
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        return self.palette().color(group, role)

    def _paint_groove(self, painter: QPainter) -> None:
        middle = self.height() / 2
        groove = QRectF(
            self._x(0) - _GROOVE / 2, middle - _GROOVE / 2, self._x(1) - self._x(0), _GROOVE
        )
        groove.setWidth(groove.width() + _GROOVE)
        painter.setBrush(self._color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        for place in range(self._stops):
            painter.drawEllipse(QPointF(self._x(place / (self._stops - 1)), middle), 3.5, 3.5)
        if self._mark is not None and abs(self._x(self._mark) - self._x(self.turn)) > _THUMB / 2:
            mark = QRectF(self._x(self._mark) - 1, middle - 6, 2, 12)
            painter.drawRoundedRect(mark, 1, 1)
        if self.isEnabled() and not self._stops:
            groove.setRight(self._x(self.turn))
            painter.setBrush(self._color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        if self._limit is not None:
            turn, color = self._limit
            painter.setBrush(color)
            x = self._x(turn)
            painter.drawRoundedRect(QRectF(x - 1.5, middle - 9, 3, 18), 1.5, 1.5)

    def _paint_thumb(self, painter: QPainter) -> None:
        thumb = self._thumb()
        accent = self._color(
            QPalette.ColorRole.Highlight if self.isEnabled() else QPalette.ColorRole.Mid
        )
        radius = 5.0 if self._card else _THUMB / 2
        if self.hasFocus():
            halo = QColor(accent)
            halo.setAlphaF(0.35)
            painter.setBrush(halo)
            painter.drawRoundedRect(thumb.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
        painter.setBrush(self.palette().color(QPalette.ColorGroup.Normal, QPalette.ColorRole.Base))
        painter.setPen(QPen(accent, 3.0 if self._grip is not None else 2.0))
        painter.drawRoundedRect(thumb.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        if self._card is not None:
            size = self._card.deviceIndependentSize()
            corner = thumb.center() - QPointF(size.width() / 2, size.height() / 2)
            painter.drawPixmap(corner.toPoint(), self._card)
