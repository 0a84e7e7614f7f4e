"""The timeline: the whole run from its start to its newest epoch, to be dragged back and forth.

A drag, the wheel and the keys ask for an epoch; flags are bookmarks, to be jumped to and named.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.canvas.pens import Floats
from nnviz.ui.canvas.timeline_picture import Flag, Moment, TimelinePicture, Way
from nnviz.ui.theme import Theme

_REACH = 7.0  # How near to a flag a click means it.
_WHEEL = 120


class Timeline(QWidget):
    """A slider over all epochs."""

    looked = Signal(object)
    """The person wants to see an epoch, or None: the newest moment."""

    missed = Signal(int)
    """The person wants to see a bookmark of which nothing is kept any more."""

    renaming_asked = Signal(int, QRect)
    """The person wants to call the bookmark of an epoch something else, at this place."""

    removing_asked = Signal(int)
    """The person wants to take the bookmark of an epoch away."""

    menu_asked = Signal(int, QPoint)
    """The person wants the menu of the bookmark of an epoch, at this place of the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Stand at the start of a run without epochs."""
        super().__init__(parent)
        self.picture = TimelinePicture(theme)
        self.setAccessibleName("The past")
        self.setToolTip(" ")  # Each part has its own, see `event`.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAutoFillBackground(True)  # Or all that lies behind is painted with it.
        self.setBackgroundRole(QPalette.ColorRole.Base)

    @property
    def moment(self) -> Moment:
        """Where in the run it stands."""
        return self.picture.moment

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.picture.theme.px(36))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.picture.theme.px(36))

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self.picture.theme = theme
        self.updateGeometry()
        self.update()

    def show_moment(self, moment: Moment) -> None:
        """Stand at a moment of the run, silently."""
        if moment != self.picture.moment:
            self.picture.moment = moment
            self.setAccessibleDescription(f"Epoch {moment.epoch:,} of {moment.head:,}")
            self.update()

    def show_losses(self, losses: Floats, ghosts: tuple[Way, ...] = ()) -> None:
        """Show the loss of every epoch from 0 on, of shape (n,), and old ways.

        Args:
            losses: NaN where there is none.
            ghosts: epochs and losses of each way that was left.
        """
        self.picture.losses.follow(losses)
        self.picture.ghosts = ghosts
        self.update()

    def show_flags(self, flags: tuple[Flag, ...]) -> None:
        """Show bookmarks, in the order of their epochs."""
        if flags != self.picture.flags:
            self.picture.flags = flags
            self.update()

    def flag_at(self, place: QPointF) -> Flag | None:
        """The flag at a place, if there is one."""
        if place.y() > self.height() / 2:
            return None
        near = [
            (abs(self.picture.x_of(each.epoch) + 3 - place.x()), each)
            for each in self.picture.shown_flags
        ]
        distance, flag = min(near, key=lambda one: one[0], default=(np.inf, None))
        return flag if distance <= _REACH else None

    def ask(self, epoch: int) -> None:
        """Ask for an epoch, the nearest that there is; the last one is the newest moment."""
        epoch = max(epoch, self.picture.moment.first)
        self.looked.emit(None if epoch >= self.picture.moment.head else epoch)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        flag = self.flag_at(event.position())
        if flag is not None and flag.epoch < self.picture.moment.first:
            self.missed.emit(flag.epoch)
        else:
            self.ask(flag.epoch if flag else self.picture.epoch_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.ask(self.picture.epoch_at(event.position().x()))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        flag = self.flag_at(event.position())
        if flag is not None:
            self.renaming_asked.emit(flag.epoch, self._room_of(flag))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            flag = self.flag_at(QPointF(event.pos()))
        else:
            flag = self._flag_here
        if flag is not None:
            self.menu_asked.emit(flag.epoch, event.globalPos())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = round(event.angleDelta().y() / _WHEEL) or (1 if event.angleDelta().y() > 0 else -1)
        stride = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self._stride(200)
        self.ask(self.picture.moment.epoch + steps * stride)
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ten = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        keys = Qt.Key
        strides = {
            keys.Key_Left: -ten,
            keys.Key_Down: -ten,
            keys.Key_Right: ten,
            keys.Key_Up: ten,
            keys.Key_PageUp: self._stride(10),
            keys.Key_PageDown: -self._stride(10),
            keys.Key_Home: -self.picture.moment.head,
            keys.Key_End: self.picture.moment.head,
        }
        key = Qt.Key(event.key())
        if key in strides:
            self.ask(self.picture.moment.epoch + strides[key])
        elif key in {keys.Key_Delete, keys.Key_F2} and self._flag_here is not None:
            self._change(self._flag_here, key)
        else:
            super().keyPressEvent(event)

    def _change(self, flag: Flag, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Delete:
            self.removing_asked.emit(flag.epoch)
        else:
            self.renaming_asked.emit(flag.epoch, self._room_of(flag))

    def _stride(self, parts: int) -> int:
        return max(1, self.picture.moment.head // parts)

    @property
    def _flag_here(self) -> Flag | None:
        return next(
            (each for each in self.picture.flags if each.epoch == self.picture.moment.epoch), None
        )

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._hint(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _hint(self, place: QPointF) -> str:
        flag = self.flag_at(place)
        if flag is not None and flag.epoch < self.picture.moment.first:
            return f"{flag.title}. It can no longer be looked at: the file did not keep it."
        if flag is not None:
            return f"{flag.title}. A double click renames it, a right click offers more."
        if (
            abs(self.picture.x_of(self.picture.moment.best) - place.x()) < _REACH
            and self.picture.moment.head
        ):
            best = f"Epoch {self.picture.moment.best:,} was the best so far"
            return f"{best}; M shows it, G draws its boundary."
        if not self.picture.moment.head:
            return "Every epoch of the run will stand here, to go back to."
        return f"Drag to rewind everything; here is epoch {self.picture.epoch_at(place.x()):,}."

    def _room_of(self, flag: Flag) -> QRect:
        return QRectF(self.picture.x_of(flag.epoch), 0, 12, 14).toRect()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.picture.size = self.size()
        with painting(self) as painter:
            self.picture.paint(painter, focused=self.hasFocus())
