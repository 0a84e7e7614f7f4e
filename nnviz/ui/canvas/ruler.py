"""An axis that is ticked in real units: where its ticks stand, what they say, how they look."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.canvas.sight import Range
from nnviz.ui.canvas.ticks import log_ticks, nice_step, nice_ticks, tick_text
from nnviz.ui.theme import Theme

_PIXELS_A_TICK = {"bottom": 46, "left": 33}
_TICK, _OFFSET, _HEIGHT = 5, 4, 14
_WIDEST = 400.0


class Ruler:
    """Ticks at round numbers of `offset + scale * coordinate`, or of 10 to the coordinate."""

    def __init__(self, side: str, theme: Theme) -> None:
        """`side` of the plane is "left" or "bottom"."""
        self._side = side
        self._offset, self._factor = 0.0, 1.0
        self._is_log = False
        self._theme = theme

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme

    def show_unit(self, offset: float, factor: float) -> None:
        """Tick real numbers: `offset + factor * coordinate`."""
        self._offset, self._factor = offset, factor

    def show_log(self, is_log: bool) -> None:  # noqa: FBT001 - a state
        """Whether coordinates are logarithms to base 10."""
        self._is_log = is_log

    def ticks(self, seen: Range, size: float) -> tuple[float, list[float]]:
        """The step of the numbers, and the coordinates of the ticks of so many pixels."""
        room = _PIXELS_A_TICK[self._side] * self._theme.scale
        most = max(2, int(size / room))
        if self._is_log:
            marks = log_ticks(10.0 ** seen[0], 10.0 ** seen[1], most)
            return 1.0, [float(each) for each in np.log10(marks)]
        low, high = sorted(map(self._real, seen))
        ticks = (nice_ticks(low, high, most) - self._offset) / self._factor
        return nice_step(high - low, most), ticks.tolist()

    def words(self, ticks: list[float], step: float) -> list[str]:
        """What is written at ticks."""
        if self._is_log:
            return [tick_text(10.0**each, _leading(10.0**each)) for each in ticks]
        return [tick_text(round(self._real(each) / step) * step, step) for each in ticks]

    def paint(self, painter: QPainter, area: QRectF, seen: Range) -> None:
        """Paint ticks and numbers along a side of the plane, of which a range is seen."""
        theme = self._theme
        is_left = self._side == "left"
        length = area.height() if is_left else area.width()
        step, ticks = self.ticks(seen, length)
        shares = [(each - seen[0]) / (seen[1] - seen[0]) for each in ticks]
        painter.setFont(theme.number_font(theme.label_size))
        line, text = QPen(QColor(theme.line), theme.scale), QPen(QColor(theme.muted))
        for share, word in zip(shares, self.words(ticks, step), strict=True):
            if not 0.0 <= share <= 1.0:
                continue
            at = area.bottom() - share * length if is_left else area.left() + share * length
            start = QPointF(area.left(), at) if is_left else QPointF(at, area.bottom())
            painter.setPen(line)
            painter.drawLine(start, start + self._away(theme.px(_TICK)))
            painter.setPen(text)
            self._write(painter, start + self._away(theme.px(_TICK) + theme.px(_OFFSET)), word)

    def _away(self, pixels: float) -> QPointF:
        """So far from the plane."""
        return QPointF(-pixels, 0.0) if self._side == "left" else QPointF(0.0, pixels)

    def _write(self, painter: QPainter, at: QPointF, word: str) -> None:
        height = self._theme.px(_HEIGHT)
        if self._side == "left":
            room = QRectF(at.x() - _WIDEST, at.y() - height / 2, _WIDEST, height)
            painter.drawText(room, _BESIDE, word)
        else:
            room = QRectF(at.x() - _WIDEST / 2, at.y(), _WIDEST, height)
            painter.drawText(room, _BELOW, word)

    def _real(self, coordinate: float) -> float:
        return self._offset + self._factor * coordinate


def _leading(number: float) -> float:
    """The power of ten of a number's first figure."""
    return float(f"1e{int(f'{number:e}'.split('e')[1])}")


_BESIDE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_BELOW = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
