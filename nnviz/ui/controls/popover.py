"""A small window that opens below what was pressed, and goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting

_WIDTH = 232
_MARGIN = 14


class Popover(QWidget):
    """A title and a widget, shown beside another widget until the person presses elsewhere."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        """Hold the content; it stays hidden until `open_below`."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._title = QLabel(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN - 4, _MARGIN, _MARGIN)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(content)
        self.setMinimumWidth(_WIDTH)

    def show_title(self, title: str) -> None:
        """Say what the content is about."""
        self._title.setText(title)

    def open_below(self, anchor: QWidget) -> None:
        """Open under a widget, or above it, shifted where needed to stay in its window."""
        self.ensurePolished()
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        room = anchor.screen().availableGeometry() & anchor.window().geometry()
        if place.y() + self.height() > room.bottom():
            place.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), min(place.y(), room.bottom() - self.height())))
        self.move(place)
        self.show()
        self.focusNextChild()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
            painter.setPen(QPen(QColor(self.palette().color(QPalette.ColorRole.Mid)), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
