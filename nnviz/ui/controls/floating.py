"""A small window that floats beside what it is about, while everything else goes on.

Unlike a `Popover` it takes neither pointer nor keys from the rest of the window: training can be
started, watched and stopped while it is open.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import row

_MARGIN = 14
_GAP = 10
_RADIUS = 8.0
_WIDTH = 256


class Floating(QWidget):
    """A title and a widget, open until the person presses Escape or closes it."""

    closed = Signal()
    """It is open no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Made hidden and empty; `open_beside` shows it."""
        super().__init__(parent)
        self._content: QWidget | None = None
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        close = IconButton("close", "Close", "Close this (Escape).", side=22)
        close.clicked.connect(self.close_down)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        self._box.setSpacing(8)
        self._box.addLayout(row(self._title, 1, close))
        self._close = close
        self.setFixedWidth(_WIDTH)
        self.hide()

    @property
    def content(self) -> QWidget | None:
        """What it holds while it is open."""
        return self._content if not self.isHidden() else None

    @property
    def title(self) -> str:
        """What stands above the content."""
        return self._title.text()

    def show_title(self, title: str) -> None:
        """Say what the content is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def open_beside(self, place: QRect, anchor: QWidget, content: QWidget) -> None:
        """Show a content beside a rectangle of a widget, inside of its window."""
        if self._content is not content:
            self._take(content)
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.ensurePolished()
        self.adjustSize()
        self.move(self._corner(QRect(anchor.mapTo(window, place.topLeft()), place.size()), window))
        self.show()
        self.raise_()

    def close_down(self) -> None:
        """Close it; nothing happens when it is not open."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _take(self, content: QWidget) -> None:
        if self._content is not None:
            self._box.removeWidget(self._content)
            self._content.hide()
        self._content = content
        self._box.addWidget(content)
        content.show()

    def _corner(self, place: QRect, window: QWidget) -> QPoint:
        """Right of the place, or left of it where there is no room."""
        room = window.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        x = place.right() + _GAP
        if x + self.width() > room.right():
            x = place.left() - _GAP - self.width()
        y = place.center().y() - self.height() // 3
        return QPoint(
            max(room.left(), min(x, room.right() - self.width())),
            max(room.top(), min(y, room.bottom() - self.height())),
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_down()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        chain = [each for each in self.findChildren(QWidget) if _can_focus(each)]
        if not chain:
            return False
        at = next_at = -1 if next else 0
        for place, each in enumerate(chain):
            if each.hasFocus():
                at = place
        next_at = (at + (1 if next else -1)) % len(chain)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        chain[next_at].setFocus(reason)
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.5))
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, _RADIUS, _RADIUS)


def _can_focus(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
