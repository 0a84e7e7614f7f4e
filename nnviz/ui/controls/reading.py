"""A number that is read from afar: its name in small capitals above large tabular figures."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.controls.text import Caption, Figure


class _Dash(QWidget):
    """A piece of the line by which a curve of this number is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._pen: QPen | None = None
        self.setFixedSize(QSize(16, 8))

    def show_pen(self, pen: QPen) -> None:
        self._pen = pen
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pen is None:
            return
        with painting(self) as painter:
            painter.setPen(self._pen)
            middle = round(QRectF(self.rect()).center().y()) + 0.5
            painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))


class Reading(QWidget):
    """A name, the key to its curve where it has one, and the number."""

    def __init__(
        self,
        name: str,
        hint: str,
        *,
        widest: str = "00.0000",
        scale: float = 1.4,
        parent: QWidget | None = None,
    ) -> None:
        """Keep room for the widest number, in a size of `scale` times the body's."""
        super().__init__(parent)
        self.setToolTip(hint)
        self._caption = Caption(name)
        self._dash = _Dash()
        self._dash.hide()
        self._figure = Figure(widest, scale)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._dash)
        top.addWidget(self._caption)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._figure)

    @property
    def text(self) -> str:
        """The number shown."""
        return self._figure.text

    def show_text(self, text: str) -> None:
        """Show a number as text."""
        self._figure.show_text(text)

    def show_line(self, color: str, *, dashed: bool = False) -> None:
        """Show how the curve of this number is drawn."""
        pen = QPen(QColor(color), 2.5)
        pen.setStyle(Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._dash.show_pen(pen)
        self._dash.show()
