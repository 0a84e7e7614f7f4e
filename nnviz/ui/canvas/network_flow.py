"""What runs along the stronger weights while the network learns: dots from input to output."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.canvas.network_layout import SAMPLES
from nnviz.ui.canvas.pens import Floats, polygon

_DOT_GAP = 22.0
_MOST_DOTS = 200
_FAINTEST = 1.4


class Flow:
    """Dots on curves, dealt out to the widest ones first."""

    def __init__(self, lines: Floats, widths: Floats) -> None:
        """Dots on curves (n, SAMPLES, 2) of widths (n,)."""
        self._lines = lines
        lengths = np.linalg.norm(np.diff(lines, axis=1), axis=-1).sum(axis=1)
        counts = np.maximum(1, np.round(lengths / _DOT_GAP)).astype(np.intp)
        strong = np.argsort(-widths, kind="stable")
        strong = strong[widths[strong] > _FAINTEST]
        strong = strong[np.cumsum(counts[strong]) <= _MOST_DOTS]
        counts = counts[strong]
        self._link: NDArray[np.intp] = np.repeat(strong, counts)
        first = np.cumsum(counts) - counts
        number = np.arange(len(self._link)) - np.repeat(first, counts)
        self._step = 1.0 / np.repeat(counts, counts)
        self._start = number * self._step

    def paint(self, painter: QPainter, phase: float, pen: QPen) -> None:
        """Draw the dots, which move on by one gap as the phase goes from 0 to 1."""
        along = (self._start + phase * self._step) * (SAMPLES - 1)
        left = np.minimum(along.astype(np.intp), SAMPLES - 2)
        rest = (along - left)[:, None]
        places = (1.0 - rest) * self._lines[self._link, left]
        places += rest * self._lines[self._link, left + 1]
        painter.setPen(pen)
        painter.drawPoints(polygon(places))
