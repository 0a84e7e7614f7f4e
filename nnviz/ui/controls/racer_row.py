"""One line of a race: who it is, how it looks, whether it runs, and how far it has come."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import own_ground, painting
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.text import tabular

_HEIGHT = 24
_WAITING_HEIGHT = 20
_SWATCH = 34
_SAMPLE = 1.5  # Pixels: how wide the piece of the trail is.


class _Line(QAbstractButton):
    """The part that is pressed: a piece of the trail with its marker, the name, a number.

    While racers are studied only the piece of trail, or the space bar, switches; the rest, or
    Enter, studies.
    """

    studied = Signal()

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
        self._may_study = self._is_studied = False

    def show_studied(self, *, may: bool, on: bool) -> None:
        if (may, on) != (self._may_study, self._is_studied):
            self._may_study, self._is_studied = may, on
            self.update()

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return super().hitButton(pos) and not self._is_for_study(pos)

    def _is_for_study(self, pos: QPoint) -> bool:
        return self._may_study and self.isChecked() and pos.x() > _SWATCH

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_for_study(event.position().toPoint()):
            event.accept()
        else:
            super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self.rect().contains(place) and self._is_for_study(place):
            self.studied.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._may_study and self.isChecked():
            self.studied.emit()
        else:
            super().keyPressEvent(event)

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
        is_studied = self._is_studied and self._may_study
        if self.underMouse() or self.hasFocus() or is_studied:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
            if self.hasFocus():
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_look(self, painter: QPainter) -> None:
        on = self.isChecked()
        color = self._color if on else self.palette().color(QPalette.ColorRole.PlaceholderText)
        head = QPointF(_SWATCH - 10, self.height() / 2)
        if on:
            painter.setPen(sample_pen(color, self._dash))
            painter.drawLine(QPointF(3, head.y()), head)
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(color if on else Qt.BrushStyle.NoBrush)
        painter.translate(head)
        painter.drawPath(self._marker)
        painter.translate(-head)

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


def sample_pen(color: QColor, dash: tuple[float, ...]) -> QPen:
    """The pen of a short piece of a trail: fine enough that its dash can be told."""
    pen = QPen(color, _SAMPLE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern(list(dash))
    return pen


class RacerRow(QWidget):
    """Switches a racer on and off, shows its loss, and opens its settings."""

    picked = Signal(bool)
    """The person switched it on or off."""

    knobs_asked = Signal()
    """The person wants to see its settings."""

    studied = Signal()
    """The person wants to look inside it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start switched off, without a look."""
        super().__init__(parent)
        self._name = ""
        self._line = _Line(name)
        self._line.clicked.connect(self.picked)
        self._line.studied.connect(self.studied)
        self._may_study = False
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
        self._line.updateGeometry()
        self._gear.setVisible(on)
        self._hint()

    def show_studied(self, *, may: bool, on: bool = False) -> None:
        """Show whether racers are studied at all, and whether this one is."""
        self._may_study = may
        self._line.show_studied(may=may, on=on)
        self._hint()

    def _hint(self) -> None:
        hint = f"Take {self._name} out." if self._line.isChecked() else f"Let {self._name} race."
        if self._may_study and self._line.isChecked():
            hint = f"Look inside {self._name} (Enter); its marker takes it out (Space)."
        self._line.setToolTip(hint)

    def show_look(self, color: str, marker: QPainterPath, dash: tuple[float, ...]) -> None:
        """Take a color `#rrggbb`, a marker in pixels around (0, 0), and the dash of its trail."""
        self._line.show_look(color, marker, dash)

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Have a column of numbers for each of these widths in pixels."""
        self._line.show_widths(widths)

    def show_numbers(self, texts: tuple[str, ...], told: str = "", *, alarm: bool = False) -> None:
        """Show how far it has come, a text a column, and tell it; `alarm` when it has left."""
        self._line.show_numbers(texts, told or ", ".join(texts), alarm=alarm)
