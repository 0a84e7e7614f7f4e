"""An axis that is ticked in real units: pyqtgraph's, with ticks of our own."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPen
from typing_extensions import override

from nnviz.ui.canvas.ticks import log_ticks, nice_step, nice_ticks, tick_text
from nnviz.ui.theme import Theme

_PIXELS_A_TICK = {"bottom": 46, "left": 34}


class Ruler(pg.AxisItem):
    """Ticks at round numbers of `offset + scale * coordinate`, or of 10 to the coordinate."""

    def __init__(self, orientation: str, theme: Theme) -> None:
        """`orientation` is "left" or "bottom"."""
        super().__init__(orientation)
        self._offset, self._factor = 0.0, 1.0
        self._is_log = False
        self._theme = theme
        self.setStyle(
            tickLength=-5, maxTickLevel=0, autoExpandTextSpace=False, autoReduceTextSpace=False,
            hideOverlappingLabels=False, tickAlpha=255,
        )  # fmt: skip
        self.show_theme(theme)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        clear = QPen(QColor(0, 0, 0, 0))
        self.setPen(clear)
        self.setTickPen(QPen(QColor(theme.line), theme.scale))
        self.setTextPen(QPen(QColor(theme.muted)))
        self.setTickFont(theme.number_font(theme.label_size))
        self.setStyle(tickLength=theme.px(5), tickTextOffset=theme.px(4))

    def show_unit(self, offset: float, factor: float) -> None:
        """Tick real numbers: `offset + factor * coordinate`."""
        if (offset, factor) != (self._offset, self._factor):
            self._offset, self._factor = offset, factor
            self._redraw()

    def show_log(self, is_log: bool) -> None:  # noqa: FBT001 - a state
        """Whether coordinates are logarithms to base 10."""
        if is_log != self._is_log:
            self._is_log = is_log
            self._redraw()

    def _redraw(self) -> None:
        self.picture = None
        self.update()

    @override
    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[float]]]:
        room = _PIXELS_A_TICK[self.orientation] * self._theme.scale
        most = max(2, int(size / room))
        if self._is_log:
            marks = log_ticks(10.0**minVal, 10.0**maxVal, most)
            return [(1.0, [float(each) for each in np.log10(marks)])]
        low, high = sorted((self._real(minVal), self._real(maxVal)))
        step = nice_step(high - low, most)
        ticks = (nice_ticks(low, high, most) - self._offset) / self._factor
        return [(step, ticks.tolist())]

    @override
    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self._is_log:
            return [tick_text(10.0**each, _leading(10.0**each)) for each in values]
        return [tick_text(round(self._real(each) / spacing) * spacing, spacing) for each in values]

    def _real(self, coordinate: float) -> float:
        return self._offset + self._factor * coordinate


def _leading(number: float) -> float:
    """The power of ten of a number's first figure."""
    return float(f"1e{int(f'{number:e}'.split('e')[1])}")
