"""Who is pointed at: the nearest of those who race, and what is told of them in a tool tip."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.ui.canvas.pens import Floats

Teller = Callable[[int], str]
"""What is told of the one at a row, a sentence."""

REACH = 9.0
"""Pixels from the middle of a marker, before scale."""


def nobody(_row: int) -> str:
    """Nothing is told."""
    return ""


def nearest(pixels: Floats, pixel: QPointF, reach: float) -> int | None:
    """The row of pixels, of shape (rows, 2), nearest to one, None if all are out of reach.

    Who is nowhere is NaN.
    """
    if not len(pixels):
        return None
    far = np.linalg.norm(pixels - np.array([pixel.x(), pixel.y()]), axis=1)
    far = np.where(np.isfinite(far), far, np.inf)
    row = int(np.argmin(far))
    return row if far[row] <= reach else None


class Pointing(QObject):
    """Finds out who is pointed at on a canvas, and what that means."""

    picked = Signal(int)
    """The person picked the one of a row, while those who race may be studied."""

    def __init__(self, canvas: QWidget, row_at: Callable[[QPointF], int | None]) -> None:
        """On a canvas that knows the row of whose marker is at a pixel, if there is one."""
        super().__init__(canvas)
        self._row_at = row_at
        self.may_study = False
        self.teller: Teller = nobody

    def tap(self, pixel: QPointF) -> bool:
        """The person pressed what may be a racer; whether that means something."""
        row = self._row_at(pixel) if self.may_study else None
        if row is not None:
            self.picked.emit(row)
        return row is not None

    def tell(self, event: QHelpEvent, widget: QWidget) -> bool:
        """Show what is told of who is pointed at; whether it is anybody."""
        row = self._row_at(QPointF(event.pos()))
        words = "" if row is None else self.teller(row)
        if words:
            QToolTip.showText(event.globalPos(), words, widget)
        else:
            QToolTip.hideText()
        return bool(words)
