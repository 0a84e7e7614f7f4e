"""What stands around a plane: its border, its title, and the names of its axes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.brush import aside
from nnviz.ui.theme import Theme
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Captions:
    """A title and the names of two axes, the second as far left of the plane as `left`."""

    title: str
    names: tuple[str, str]
    left: int

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draw them around an area, with its border."""
        painter.setPen(QPen(QColor(theme.line), theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        painter.setPen(QColor(theme.muted))
        if self.title:
            painter.setFont(theme.label_font())
            room = QRectF(area.left(), area.top() - theme.px(22), area.width(), theme.px(18))
            painter.drawText(room, _LEFT, self.title)
        painter.setFont(theme.number_font(theme.label_size + 1))
        x_name, y_name = self.names
        below = QRectF(area.left(), area.bottom() + theme.px(20), area.width(), theme.px(18))
        painter.drawText(below, _CENTER, x_name)
        with aside(painter):
            painter.translate(area.left() - self.left, area.center().y())
            painter.rotate(-90)
            side = QRectF(-area.height() / 2, 0, area.height(), theme.px(18))
            painter.drawText(side, _CENTER, y_name)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
