"""One line of a race: who it is, how it looks, whether it runs, and how far it has come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import own_ground, painting
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.text import tabular

_HEIGHT = 24
_WAITING_HEIGHT = 20
_SWATCH = 32


class _Line(QAbstractButton):
    """The part that is pressed: a piece of the trail with its marker, the name, a number."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_ground(self)
        self.setText(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._color = QColor()
        self._marker = QPainterPath()
        self._dash: tuple[float, ...] = ()
        self._numbers: tuple[str, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._alarm = False

    def show_look(self, color: str, marker: QPainterPath, dash: tuple[float, ...]) -> None:
        self._color, self._marker, self._dash = QColor(color), marker, dash
        self.update()

    def show_widths(self, widths: tuple[int, ...]) -> None:
        if widths != self._widths:
            self._widths = widths
            self.updateGeometry()
            self.update()

    def show_numbers(self, texts: tuple[str, ...], told: str, *, alarm: bool) -> None:
        if (texts, alarm) != (self._numbers, self._alarm):
            self._numbers, self._alarm = texts, alarm
            self.setAccessibleDescription(told)
            self.update(self._number_room())

    @override
    def sizeHint(self) -> QSize:
        name = self.fontMetrics().horizontalAdvance(self.text())
        number = sum(self._widths) + 8 if self.isChecked() else 0
        height = _HEIGHT if self.isChecked() else _WAITING_HEIGHT
        return QSize(_SWATCH + name + number, max(height, self.fontMetrics().height() + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_SWATCH + 40, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_ground(painter)
            if not self._number_room().contains(event.rect()):
                self._paint_look(painter)
                self._paint_name(painter)
            self._paint_numbers(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
            if self.hasFocus():
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_look(self, painter: QPainter) -> None:
        on = self.isChecked()
        color = self._color if on else self.palette().color(QPalette.ColorRole.PlaceholderText)
        middle = QPointF(_SWATCH / 2, self.height() / 2)
        pen = QPen(color, 2.0 if on else 1.2)
        if on and self._dash:
            pen.setDashPattern(list(self._dash))
        if on:
            painter.setPen(pen)
            painter.drawLine(QPointF(5, middle.y()), QPointF(_SWATCH - 5, middle.y()))
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(color if on else Qt.BrushStyle.NoBrush)
        painter.translate(middle)
        painter.drawPath(self._marker)
        painter.translate(-middle)

    def _number_room(self) -> QRect:
        width = sum(self._widths) + 4
        return QRect(self.width() - width, 0, width, self.height())

    def _paint_name(self, painter: QPainter) -> None:
        on = self.isChecked()
        role = QPalette.ColorRole.WindowText if on else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        end = self._number_room().left() if on else self.width()
        room = QRect(_SWATCH, 0, end - _SWATCH, self.height())
        name = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_numbers(self, painter: QPainter) -> None:
        if not self.isChecked():
            return
        roles = QPalette.ColorRole
        painter.setPen(self.palette().color(roles.BrightText if self._alarm else roles.WindowText))
        painter.setFont(tabular(self.font()))
        at_right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        right = self.width() - 4
        for text, width in reversed(list(zip(self._numbers, self._widths, strict=False))):
            painter.drawText(QRect(right - width, 0, width, self.height()), at_right, text)
            right -= width


class RacerRow(QWidget):
    """Switches a racer on and off, shows its loss, and opens its settings."""

    picked = Signal(bool)
    """The person switched it on or off."""

    knobs_asked = Signal()
    """The person wants to see its settings."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start switched off, without a look."""
        super().__init__(parent)
        self._name = ""
        self._line = _Line(name)
        self._line.clicked.connect(self.picked)
        self._gear = IconButton("preferences", "Settings", "", side=24)
        self._gear.clicked.connect(self.knobs_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._line)
        layout.addWidget(self._gear)
        self.show_name(name)

    @property
    def line(self) -> QAbstractButton:
        """The part that switches it."""
        return self._line

    @property
    def gear(self) -> IconButton:
        """The button of its settings."""
        return self._gear

    def show_name(self, name: str) -> None:
        """Show what it is called."""
        if name != self._name:
            self._name = name
            self._line.setText(name)
            self._line.setAccessibleName(f"{name} races")
            self._gear.setAccessibleName(f"Settings of {name}")
            self._gear.setToolTip(f"Learning rate and the other settings of {name}.")

    def show_on(self, *, on: bool) -> None:
        """Show whether it runs, silently."""
        with QSignalBlocker(self._line):
            self._line.setChecked(on)
        self._line.setToolTip(f"Take {self._name} out." if on else f"Let {self._name} race.")
        self._line.updateGeometry()
        self._gear.setVisible(on)

    def show_look(self, color: str, marker: QPainterPath, dash: tuple[float, ...]) -> None:
        """Take a color `#rrggbb`, a marker in pixels around (0, 0), and the dash of its trail."""
        self._line.show_look(color, marker, dash)

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Have a column of numbers for each of these widths in pixels."""
        self._line.show_widths(widths)

    def show_numbers(self, texts: tuple[str, ...], told: str = "", *, alarm: bool = False) -> None:
        """Show how far it has come, a text a column, and tell it; `alarm` when it has left."""
        self._line.show_numbers(texts, told or ", ".join(texts), alarm=alarm)
