"""The settings of a racer as they open below its line: its rate above all, and what that does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import SGD, Optimizer
from nnviz.engine.rate_range import RateRange
from nnviz.engine.stability import has_limit, stable_rate
from nnviz.knob import knobs
from nnviz.runtime.findings import Studied
from nnviz.ui.canvas.rate_strip import RateStrip
from nnviz.ui.controls.knob_form import KnobForm
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.numbers import write_plain
from nnviz.ui.theme import Theme
from nnviz.ui.tuning import tidied

_FAINT = 1e-12


class RacerSettings(QWidget):
    """A slider for the rate with the limit where the racer is, all rates below it, other knobs."""

    turned = Signal(object)
    """The person turned a knob: the optimizer with that setting."""

    settled = Signal()
    """The person let go: the turns since the last time are one change."""

    opened = Signal(bool)
    """It is seen from now on, or no longer."""

    def __init__(self, theme: Theme) -> None:
        """Begin with some optimizer."""
        super().__init__()
        self._theme = theme
        self._optimizer: Optimizer = SGD()
        self.rate = KnobSlider("rate", knobs(SGD)["rate"])
        self.limit = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.limit.setProperty("tone", "muted")
        self.limit.setToolTip("Two over the curvature below the racer, with momentum more.")
        self.strip = RateStrip(theme)
        self.best = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.best.setProperty("tone", "muted")
        self.best.setToolTip("From the start of the race, with all other settings as they are.")
        self.form = KnobForm(leave_out=("rate",))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for each in (self.rate, self.strip, self.best, self.limit, self.form):
            layout.addWidget(each)
        self.rate.turned.connect(self._on_rate_turned)
        self.strip.picked.connect(self._on_rate_picked)
        self.form.turned.connect(self._on_form_turned)
        for part in (self.rate, self.form):
            part.settled.connect(self.settled)

    def show_optimizer(self, optimizer: Optimizer) -> None:
        """Show the settings of a racer, silently."""
        if type(optimizer) is not type(self._optimizer):
            self.show_studied(None)
        self._optimizer = optimizer
        knob = knobs(optimizer)["rate"]
        self.rate.show_knob(knob)
        self.rate.show_number(optimizer.rate)
        self.strip.show_ends(knob.low, knob.high)
        self.strip.show_rate(optimizer.rate)
        self.form.show_value(optimizer)
        self.form.setVisible(self.form.has_knobs())
        self.limit.setVisible(has_limit(optimizer))
        self.adjustSize()

    def show_studied(self, studied: Studied | None) -> None:
        """Show what is known of the rate; nothing yet, or no longer, where it is None."""
        limit = stable_rate(self._optimizer, studied.curvature) if studied else None
        self.rate.show_limit(limit, self._theme.warn)
        self.limit.setText(
            "Not bent upwards here: no limit"
            if limit is None
            else f"Stable here up to {write_plain(tidied(limit))}"
        )
        rates = studied.rates if studied else None
        if rates is None:
            nothing = np.empty(0)
            self.strip.show_rates(nothing, nothing, nothing.astype(np.int64))
            self.best.setText("Racing at every rate …")
        else:
            self.strip.show_rates(rates.rates, heights_of(rates), rates.zones)
            best = write_plain(tidied(rates.best))
            self.best.setText(f"Lowest after {rates.steps} steps: {best}")

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.strip.show_theme(theme)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit(True)  # noqa: FBT003 - the state

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.opened.emit(False)  # noqa: FBT003 - the state

    def _on_form_turned(self, optimizer: Optimizer) -> None:
        self._optimizer = optimizer
        self.turned.emit(optimizer)

    def _on_rate_turned(self, rate: float) -> None:
        self._on_form_turned(replace(self._optimizer, rate=rate))

    def _on_rate_picked(self, rate: float) -> None:
        self.rate.show_number(tidied(rate))
        self._on_rate_turned(tidied(rate))
        self.settled.emit()


def heights_of(rates: RateRange) -> Floats:
    """How far down a race comes at each rate, by the logarithm of its loss, from 0 to 1."""
    low = float(rates.losses.min())
    span = max(rates.first - low, _FAINT)
    above = np.clip((rates.losses - low) / span, 0.0, 1.0)
    depths: Floats = np.log10(above + 1e-4) / -4.0
    return np.clip(depths, 0.0, 1.0)
