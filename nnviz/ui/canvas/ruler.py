"""An axis that is ticked in real units: where its ticks stand, what they say, how they look."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QStaticText

from nnviz.ui.canvas.sight import Range
from nnviz.ui.canvas.ticks import log_ticks, nice_step, nice_ticks, tick_text
from nnviz.ui.theme import Theme

_PIXELS_A_TICK = {"bottom": 46, "left": 33}
_TICK, _OFFSET = 5, 4


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
        corner, way = area.bottomLeft(), QPointF(0, -length) if is_left else QPointF(length, 0)
        starts = [
            (corner + way * share, word)
            for share, word in zip(shares, self.words(ticks, step), strict=True)
            if 0.0 <= share <= 1.0
        ]
        tick = self._away(theme.px(_TICK))
        painter.setPen(QPen(QColor(theme.line), theme.scale))
        painter.drawLines([QLineF(start, start + tick) for start, _ in starts])
        painter.setPen(QColor(theme.muted))
        font = theme.number_font(theme.label_size)
        painter.setFont(font)
        beyond = tick + self._away(theme.px(_OFFSET))
        for start, word in starts:
            self._write(painter, start + beyond, _laid_out(word, font))

    def _away(self, pixels: float) -> QPointF:
        """So far from the plane."""
        return QPointF(-pixels, 0.0) if self._side == "left" else QPointF(0.0, pixels)

    def _write(self, painter: QPainter, at: QPointF, text: QStaticText) -> None:
        size = text.size()
        beside = QPointF(size.width(), size.height() / 2)
        below = QPointF(size.width() / 2, 0.0)
        painter.drawStaticText(at - (beside if self._side == "left" else below), text)

    def _real(self, coordinate: float) -> float:
        return self._offset + self._factor * coordinate


def _leading(number: float) -> float:
    """The power of ten of a number's first figure."""
    return float(f"1e{int(f'{number:e}'.split('e')[1])}")


@lru_cache(maxsize=512)
def _laid_out(word: str, font: QFont) -> QStaticText:
    """What is written, ready to be drawn: most of it is written again and again."""
    made = QStaticText(word)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font)
    return made
