"""One of several small maps side by side, and how an entrant's line looks."""

from __future__ import annotations

from itertools import chain, pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.pens import Bytes, blank, draw_map, mix
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme

_SWATCH = QSize(28, 14)
_DOT, _DOT_GAP = 2.5, 14.0
_MOST_DOTS = 8
_LEAST_GLYPH = 28


class MapTile(Drawing):
    """A map of shape (cells, cells, 4), as large as the square that it is given."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(theme, parent)
        self._rgba: Bytes | None = None

    def show_map(self, rgba: Bytes | None) -> None:
        """Show other colors; the same ones cost nothing."""
        if rgba is not self._rgba:
            self._rgba = rgba
            self.update()

    @override
    def _paint(self, painter: QPainter) -> None:
        room = QRectF(self.rect())
        if self._rgba is None:
            painter.fillRect(room, QColor(self._theme.field))
        else:
            draw_map(painter, self._rgba, room)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))


class ShapeGlyph(Drawing):
    """A network in small: a column of dots for each layer, inputs first, and every link."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(theme, parent)
        self._widths: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Show another network by the number of units in each layer."""
        if widths != self._widths:
            self._widths = widths
            self.setToolTip(f"Units layer by layer: {' – '.join(str(each) for each in widths)}.")
            self.update()

    @override
    def _paint(self, painter: QPainter) -> None:
        if self.width() < _LEAST_GLYPH or len(self._widths) < 2:
            return
        layers = self._places()
        painter.setPen(QPen(mix(self._theme.line, self._theme.muted, 0.3), 1))
        for left, right in pairwise(layers):
            painter.drawLines([QLineF(one, other) for one in left for other in right])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.muted))
        for place in chain.from_iterable(layers):
            painter.drawEllipse(place, _DOT, _DOT)

    def _places(self) -> list[list[QPointF]]:
        across = (self.width() - 4 * _DOT) / (len(self._widths) - 1)
        most = max(min(each, _MOST_DOTS) for each in self._widths)
        down = min((self.height() - 4 * _DOT) / most, _DOT_GAP)
        layers = []
        for place, width in enumerate(self._widths):
            count = min(width, _MOST_DOTS)
            top = self.height() / 2 - down * (count - 1) / 2
            x = 2 * _DOT + across * place
            layers.append([QPointF(x, top + down * each) for each in range(count)])
        return layers


class LineSwatch(QWidget):
    """A piece of an entrant's curve: its color and its dash."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setFixedSize(_SWATCH)
        self._style: RacerStyle | None = None

    def show_style(self, style: RacerStyle) -> None:
        """Draw with another look."""
        self._style = style
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._style is not None:
            with painting(self) as painter:
                _paint_piece(painter, self._style)


def line_swatch(style: RacerStyle) -> QPixmap:
    """The same as a picture."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = blank(_SWATCH, ratio, Qt.GlobalColor.transparent)
    with painting(made) as painter:
        _paint_piece(painter, style)
    return made


def _paint_piece(painter: QPainter, style: RacerStyle) -> None:
    pen = QPen(QColor(style.color), 2.5)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style.dash:
        pen.setDashPattern([length / 1.5 for length in style.dash])
    painter.setPen(pen)
    middle = _SWATCH.height() / 2
    painter.drawLine(QPointF(1, middle), QPointF(_SWATCH.width() - 1, middle))
