"""Who is pointed at: the nearest of those who race, and what is told of them in a tool tip."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF
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


def show_told(event: QHelpEvent, widget: QWidget, row: int | None, teller: Teller) -> bool:
    """Show what is told of who is pointed at; whether it is anybody."""
    words = "" if row is None else teller(row)
    if words:
        QToolTip.showText(event.globalPos(), words, widget)
    else:
        QToolTip.hideText()
    return bool(words)
