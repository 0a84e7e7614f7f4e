"""The learning-rate range test: a few updates at ever larger rates show which ones are good."""

from __future__ import annotations

from threading import Event, Thread

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.engine.curvature import RangeTest, range_steps
from nnviz.experiment.build import build
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Floats
from nnviz.runtime.mailbox import Mailbox
from nnviz.ui.canvas.rate_plot import Mark, RatePlot
from nnviz.ui.controls.numbers import write_plain
from nnviz.ui.errand import PATIENCE_S
from nnviz.ui.theme import Theme

LOW, HIGH, UPDATES = 1e-5, 10.0, 160
POLL_MS = 30
WHAT = (
    "From the weights of now, the network makes one update at each rate, from small to large. "
    "A good rate lies where the loss falls fastest, well before it rises."
)

Steps = tuple[Floats, Floats]


class RangeTestDialog(QDialog):
    """Runs the test beside the window, draws it while it runs, and offers the rate it finds."""

    picked = Signal(float)
    """The person wants to train at this rate."""

    def __init__(
        self, experiment: Experiment, weights: Floats, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Begin at once, with an experiment's network at weights of shape (parameters,)."""
        super().__init__(parent)
        self.setWindowTitle("Learning-rate range test")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._now = experiment.training.optimizer.rate
        self._rate: float | None = None
        self._test: RangeTest | None = None
        self._news: Mailbox[Steps] = Mailbox()
        self._stopped = Event()
        self.plot = RatePlot(theme, LOW, HIGH)
        self.plot.rate_picked.connect(self._on_rate_picked)
        self.verdict = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._lay_out()
        self._thread = Thread(
            target=self._run, args=(experiment, weights.copy()), name="range test", daemon=False
        )
        self._thread.start()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _lay_out(self) -> None:
        what = QLabel(WHAT, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        what.setProperty("tone", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.use = self.buttons.addButton("Use this rate", QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setEnabled(False)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 24, 28, 20)
        box.setSpacing(12)
        for each in (what, self.plot, self.verdict, self.buttons):
            box.addWidget(each)
        box.setStretch(1, 1)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._stopped.set()
        self._timer.stop()
        self._thread.join(PATIENCE_S)
        super().hideEvent(event)

    def _run(self, experiment: Experiment, weights: Floats) -> None:
        course = build(experiment).course
        rates, losses = [], []
        for rate, loss in range_steps(course, weights, np.geomspace(LOW, HIGH, UPDATES)):
            rates.append(rate)
            losses.append(loss)
            self._news.post((np.array(rates), np.array(losses)))
            if self._stopped.is_set():
                return

    def _on_timeout(self) -> None:
        is_over = not self._thread.is_alive()
        steps = self._news.take()
        if steps is not None:
            self.plot.show_losses(*steps)
            self._test = RangeTest(*steps)
        if is_over:
            self._timer.stop()
            self._show_verdict()

    def _show_verdict(self) -> None:
        test = self._test
        if test is None or len(test.rates) < 2:
            self.verdict.setText("Even the smallest rate makes the loss rise far from here.")
            return
        self._show_rate(test.steepest, f"The loss falls fastest at {_said(test.steepest)}.")

    def _show_rate(self, rate: float, sentence: str) -> None:
        self._rate = float(f"{rate:.1e}")
        self.verdict.setText(sentence)
        marks: tuple[Mark, ...] = (
            (self._now, f"now {_said(self._now)}", "muted"),
            (self._rate, f"chosen {_said(self._rate)}", "good"),
        )
        self.plot.show_rates(marks)
        self.use.setEnabled(True)

    def _on_rate_picked(self, rate: float) -> None:
        if self.use.isEnabled():
            self._show_rate(rate, f"You chose {_said(rate)}; click elsewhere for another one.")

    def _on_accepted(self) -> None:
        rate = self._rate
        self.accept()
        if rate is not None:
            self.picked.emit(rate)


def _said(rate: float) -> str:
    return write_plain(float(f"{rate:.1e}"))
