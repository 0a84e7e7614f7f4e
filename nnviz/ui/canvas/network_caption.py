"""The caption of a hidden layer: a button for its menu, and the handle by which it is dragged."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.theme import Theme


class LayerCaption(QAbstractButton):
    """Says what a layer is; a click asks for its menu, a drag moves the layer."""

    entered = Signal(int)
    """The pointer came to the caption of this layer."""

    menu_asked = Signal(object, object)
    """The menu of this layer is wanted at a global QPoint."""

    dragged = Signal(int, int)
    """This layer is dragged; the pointer is at this x of the canvas."""

    dropped = Signal(int)
    """This layer was let go."""

    drag_left = Signal()
    """The person left off dragging: the layer stays where it was."""

    def __init__(self, layer: int, theme: Theme, parent: QWidget) -> None:
        """`layer` counts the hidden layers from 0."""
        super().__init__(parent)
        self._layer = layer
        self._pressed: QPoint | None = None
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            "Click for the menu of this layer, drag to move it among the layers (Escape leaves it)"
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_theme(theme)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.update()

    def show_text(self, text: str) -> None:
        """Say what the layer is."""
        self.setText(text)
        self.setAccessibleName(f"Menu of hidden layer {self._layer + 1}: {text}")

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit(self._layer)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragged = event.position().toPoint(), False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed is None:
            return
        far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._is_dragged:
            self._is_dragged = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(self._layer, self.mapToParent(place).x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, self._pressed, self._is_dragged = self._is_dragged, None, False
        if was_dragged:
            self.setDown(False)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.dropped.emit(self._layer)
        else:
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_dragged:
            self._pressed, self._is_dragged = None, False
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.drag_left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self._layer, event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with painting(self) as painter:
            if self.hasFocus() or self.underMouse() or self.isDown():
                focus = QPen(QColor(theme.focus), 1.5 * theme.scale)
                painter.setPen(focus if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.line if self.isDown() else theme.hover))
                box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(box, theme.px(5), theme.px(5))
            painter.setFont(theme.label_font())
            painter.setPen(QColor(theme.text if self.underMouse() else theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
