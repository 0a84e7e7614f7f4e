"""Losses over learning rates, on a logarithmic ruler: where to read a good rate off."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.canvas.chart import Chart
from nnviz.ui.canvas.pens import Floats
from nnviz.ui.theme import Theme

Mark = tuple[float, str, str]
"""A rate, what it is called, and a token of the theme for its color."""


class RatePlot(Chart):
    """Draws the loss after each rate, and names some of the rates; a click picks one."""

    rate_picked = Signal(float)
    """The person picked a rate."""

    def __init__(
        self, theme: Theme, low: float, high: float, parent: QWidget | None = None
    ) -> None:
        """Reach from one rate to another, without losses yet."""
        super().__init__(theme, parent)
        self._rates = (low, high)
        self.show_names("learning rate", "loss")
        self.show_ends(self._rates, (0.0, 1.0), is_log=True)
        self.setAccessibleName("Loss by learning rate")
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_losses(self, rates: Floats, losses: Floats) -> None:
        """Draw losses of shape (n,) over rates of the same shape."""
        self.show_lines(((rates, losses, self._theme.accent),))
        if len(losses):
            self.show_ends(self._rates, (0.0, _top(losses)), is_log=True)

    def show_rates(self, marks: tuple[Mark, ...]) -> None:
        """Name some rates."""
        self.show_marks(
            tuple((rate, name, getattr(self._theme, token)) for rate, name, token in marks)
        )

    @override
    def picked(self, x: float, y: float) -> None:
        low, high = self._rates
        self.rate_picked.emit(min(max(x, low), high))


def _top(losses: Floats) -> float:
    """The loss at the top: what rises far is let out of the picture."""
    return max(1.25 * float(losses[0]), 1.1 * float(np.median(losses)), 1e-9)
