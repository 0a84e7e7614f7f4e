"""A row of numbered dots to walk along, forward and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.controls.text import tabular

_DOT = 22
_GAP = 8
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}


class Steps(QWidget):
    """Shows which of some steps it stands at; a click or an arrow key picks another.

    Arrow keys lead beyond the ends: then it tells that it was passed.
    """

    picked = Signal(int)
    """The person picked a step."""

    passed = Signal(int)
    """The person goes on beyond an end: 1 after the last, -1 before the first."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        """Begin without steps; `name` is for screen readers."""
        super().__init__(parent)
        self._name, self._hint = name, hint
        self._titles: tuple[str, ...] = ()
        self._at = 0
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def at(self) -> int:
        """The place of the step that is shown."""
        return self._at

    @property
    def titles(self) -> tuple[str, ...]:
        """What the steps are called."""
        return self._titles

    def show_steps(self, titles: Sequence[str], at: int) -> None:
        """Show steps by their titles, and at which it stands, silently."""
        if (tuple(titles), at) != (self._titles, self._at):
            self._titles, self._at = tuple(titles), at
            title = self._titles[at] if at < len(self._titles) else ""
            self.setAccessibleDescription(f"{at + 1} of {len(self._titles)}: {title}")
            self.updateGeometry()
            self.update()

    def walk(self, way: int) -> None:
        """Go on or back by one, as an arrow key does."""
        if 0 <= self._at + way < len(self._titles):
            self.picked.emit(self._at + way)
        elif self._titles:
            self.passed.emit(way)

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(len(self._titles), 1) * (_DOT + _GAP), _DOT + 6)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max(len(self._titles), 1) * (_DOT - 4), _DOT + 6)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _KEYS.get(Qt.Key(event.key()))
        if way is not None:
            self.walk(way)
        elif event.key() == Qt.Key.Key_Home and self._titles:
            self.picked.emit(0)
        elif event.key() == Qt.Key.Key_End and self._titles:
            self.picked.emit(len(self._titles) - 1)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(place)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place(QPointF(event.pos()))
            text = self._hint if place is None else self._titles[place]
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setFont(tabular(self.font(), 0.92))
            self._paint_line(painter)
            for place in range(len(self._titles)):
                self._paint_dot(painter, place)

    def _stride(self) -> float:
        return min(float(_DOT + _GAP), self.width() / max(len(self._titles), 1))

    def _center(self, place: int) -> QPointF:
        return QPointF((place + 0.5) * self._stride(), self.height() / 2)

    def _place(self, at: QPointF) -> int | None:
        place = int(at.x() // self._stride())
        return place if 0 <= place < len(self._titles) else None

    def _paint_line(self, painter: QPainter) -> None:
        if len(self._titles) > 1:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.5))
            painter.drawLine(self._center(0), self._center(len(self._titles) - 1))

    def _paint_dot(self, painter: QPainter, place: int) -> None:
        roles = QPalette.ColorRole
        side = min(float(_DOT), self._stride() - 3.0)
        is_here, is_done = place == self._at, place < self._at
        accent = self.palette().color(roles.Highlight)
        edge = accent if is_here or is_done else self.palette().color(roles.Mid)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(accent if is_here else self.palette().color(roles.Base))
        if is_here and self.hasFocus():
            halo = QColor(accent)
            halo.setAlphaF(0.35)
            painter.setPen(QPen(halo, 5))
        center = self._center(place)
        painter.drawEllipse(center, side / 2, side / 2)
        ink = roles.HighlightedText if is_here else roles.WindowText
        painter.setPen(self.palette().color(ink))
        room = QRectF(center.x() - side, 0, 2 * side, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(place + 1))
