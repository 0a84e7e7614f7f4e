"""The card that stands beside the pointer and tells what is there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.theme import Theme

Rows = tuple[tuple[str, str], ...]

_GAP = 14


class HoverCard(Drawing):
    """A title and rows of a name and a value; it never takes the pointer."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Made hidden, on top of a canvas."""
        super().__init__(theme, parent)
        self._canvas = parent
        self._title = ""
        self._rows: Rows = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, place: QPoint, title: str, rows: Rows) -> None:
        """Stand beside a place of the canvas, inside of its edges."""
        self._title, self._rows = title, rows
        self.resize(self._wanted())
        self.move(self._corner(place))
        self.show()
        self.raise_()
        self.update()

    def _wanted(self) -> QSize:
        theme = self._theme
        head = QFontMetrics(theme.body_font())
        number = QFontMetrics(theme.number_font())
        widths = [head.horizontalAdvance(self._title)]
        widths += [
            head.horizontalAdvance(name) + theme.px(16) + number.horizontalAdvance(value)
            for name, value in self._rows
        ]
        lines = len(self._rows) + bool(self._title)
        return QSize(max(widths) + theme.px(20), lines * self._line + theme.px(12))

    @property
    def _line(self) -> int:
        return self._theme.px(18)

    def _corner(self, place: QPoint) -> QPoint:
        room = self._canvas.rect()
        gap = self._theme.px(_GAP)
        x, y = place.x() + gap, place.y() + gap
        if x + self.width() > room.width():
            x = place.x() - gap - self.width()
        if y + self.height() > room.height():
            y = place.y() - gap - self.height()
        return QPoint(max(0, x), max(0, y))

    @override
    def _paint(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.panel))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(theme.radius), theme.px(theme.radius))
        left, right = theme.px(10), self.width() - theme.px(10)
        top = theme.px(6)
        if self._title:
            painter.setFont(theme.body_font())
            painter.setPen(QColor(theme.text))
            painter.drawText(left, top, right - left, self._line, _LEFT, self._title)
            top += self._line
        for name, value in self._rows:
            painter.setFont(theme.body_font())
            painter.setPen(QColor(theme.muted))
            painter.drawText(left, top, right - left, self._line, _LEFT, name)
            painter.setFont(theme.number_font())
            painter.setPen(QColor(theme.text))
            painter.drawText(left, top, right - left, self._line, _RIGHT, value)
            top += self._line


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
