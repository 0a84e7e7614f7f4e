"""A line for somebody who trains: a small map, the look, the name, two numbers, and a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import own_ground, painting
from nnviz.ui.canvas.markers import marker
from nnviz.ui.canvas.pens import Bytes, draw_map
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.racer_row import sample_pen
from nnviz.ui.controls.text import scaled, tabular
from nnviz.ui.racers import RacerStyle

_MAP = 30
_LOOK = 30
_NUMBER = 62
_MENU = 22
_MARKER = 10.0
_SMALL = 11 / 13
_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class EntrantRow(QWidget):
    """Shows one entrant of a race on the whole network; a click or Enter studies it, if it may."""

    studied = Signal()
    """The person wants to look inside it."""

    def __init__(self, parent: QWidget | None = None, *, is_main: bool = False) -> None:
        """Show nobody yet; the main run is not changed here."""
        super().__init__(parent)
        self._may_study = self._is_studied = False
        self._menu_room = _MENU
        self.more = IconButton("menu", "More", "Change this rival, or take it out.", side=_MENU)
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self.more)
        self.more.setHidden(is_main)  # Only now: without a parent it would be a window.
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name = ""
        self._style: RacerStyle | None = None
        self._rgba: Bytes | None = None
        self._numbers = ("", "")
        self._is_out = False
        self._fonts = self._made_fonts()
        own_ground(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def numbers(self) -> tuple[str, str]:
        """The loss, and by how much it is off the drawn surface."""
        return self._numbers

    def show_entrant(self, name: str, style: RacerStyle) -> None:
        """Say who it is, and how it looks."""
        if (name, style) != (self._name, self._style):
            self._name, self._style = name, style
            self.setAccessibleName(name)
            self.more.setAccessibleName(f"Change {name}")
            self.update()

    def hide_menu(self) -> None:
        """Be only looked at: without a menu, and the room for it."""
        self._menu_room = 0
        self.more.hide()

    def show_studied(self, *, may: bool, on: bool) -> None:
        """Show whether those who train are studied at all, and whether this one is."""
        if (may, on) != (self._may_study, self._is_studied):
            self._may_study, self._is_studied = may, on
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if may else Qt.FocusPolicy.NoFocus)
            self._hint()
            self.update()

    def show_map(self, rgba: Bytes | None) -> None:
        """Show the map of its output; the same one costs nothing."""
        if rgba is not self._rgba:
            self._rgba = rgba
            self.update(0, 0, _MAP + 3, self.height())

    def show_numbers(self, loss: str, off: str, *, is_out: bool) -> None:
        """Show its true loss, and by how much that is above the surface, "" where it is not."""
        if ((loss, off), is_out) != (self._numbers, self._is_out):
            self._numbers, self._is_out = (loss, off), is_out
            self._hint()
            self.update(self._numbers_room())

    def _hint(self) -> None:
        loss, off = self._numbers
        words = f"; {off} off the drawn surface at the nearest place" if off else ""
        study = " A click looks inside it (Enter)." if self._may_study else ""
        self.setToolTip(f"{self._name}: a true loss of {loss}{words}.{study}")
        self.setAccessibleDescription(f"loss {loss}{words}")

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self._may_study and self.rect().contains(event.position().toPoint()):
            self.studied.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._may_study and event.key() in _PRESSING:
            self.studied.emit()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_MAP + _LOOK + 60 + _NUMBER + _MENU, _MAP + 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        changed, numbers, side = event.region(), self._numbers_room(), _MAP + 5
        with painting(self) as painter:
            self._paint_ground(painter)
            if changed.intersects(QRect(0, 0, side, self.height())):
                self._paint_map(painter)
            if changed.intersects(QRect(side, 0, numbers.left() - side, self.height())):
                self._paint_look(painter)
                self._paint_name(painter)
            if changed.intersects(numbers):
                self._paint_numbers(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        """Stand out where one may be studied: the one that is, that is pointed at, or in focus."""
        if not self._may_study or not (self._is_studied or self.underMouse() or self.hasFocus()):
            return
        roles = QPalette.ColorRole
        ring = QPen(self.palette().color(roles.Highlight), 1.5)
        painter.setPen(ring if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(roles.AlternateBase))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)

    def _paint_map(self, painter: QPainter) -> None:
        room = QRectF(2, 2, _MAP, _MAP)
        if self._rgba is not None:
            draw_map(painter, self._rgba, room)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_look(self, painter: QPainter) -> None:
        if self._style is None:
            return
        color, y = QColor(self._style.color), self.height() / 2
        left, head = _MAP + 5.0, _MAP + _LOOK - 6.0
        painter.setPen(sample_pen(color, self._style.dash))
        painter.drawLine(QPointF(left, y), QPointF(head, y))
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window) if self._is_out else color)
        painter.drawPath(marker(self._style.symbol, QPointF(head, y), _MARKER))

    def _numbers_room(self) -> QRect:
        return QRect(self.width() - _NUMBER - self._menu_room, 0, _NUMBER, self.height())

    def _paint_name(self, painter: QPainter) -> None:
        left = _MAP + _LOOK + 5
        room = QRectF(left, 0, self._numbers_room().left() - left, self.height())
        right = Qt.TextElideMode.ElideRight
        name = self.fontMetrics().elidedText(self._name, right, int(room.width()))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name
        )

    def _paint_numbers(self, painter: QPainter) -> None:
        roles, flags = QPalette.ColorRole, Qt.AlignmentFlag
        loss, off = self._numbers
        box = QRectF(self._numbers_room()).adjusted(0, 2, -2, -2)
        large, small = self._fonts
        painter.setFont(large)
        painter.setPen(self.palette().color(roles.BrightText if self._is_out else roles.WindowText))
        upper = flags.AlignTop if off else flags.AlignVCenter
        painter.drawText(box, int(flags.AlignRight | upper), loss)
        if off:
            painter.setFont(small)
            painter.setPen(self.palette().color(roles.PlaceholderText))
            painter.drawText(box, int(flags.AlignRight | flags.AlignBottom), off)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fonts = self._made_fonts()

    def _made_fonts(self) -> tuple[QFont, QFont]:
        """The font of the loss, and that of what is off."""
        return tabular(self.font()), tabular(scaled(self.font(), _SMALL))
