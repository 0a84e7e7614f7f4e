"""Which way a learning rate goes over time: a choice, its knobs, and its curve with the moment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.elementary import Floats
from nnviz.engine.schedules import SCHEDULES, Constant, Drawn, Schedule
from nnviz.ui.canvas.schedule_pad import COLUMNS, SchedulePad
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.knob_form import KnobForm
from nnviz.ui.controls.layout import named
from nnviz.ui.theme import Theme

HORIZON = 500
"""How many epochs of a schedule are drawn that says nothing of its length."""

_POINTS = 121
_TIMES = np.linspace(0.0, 1.0, COLUMNS)


class ScheduleSettings(QWidget):
    """Chooses a schedule and turns it, or lets a person draw one."""

    picked = Signal(object)
    """The person chose another schedule."""

    turned = Signal(object)
    """The person turned a knob of the schedule, or drew: the schedule so changed."""

    settled = Signal()
    """The person let go: the turns since the last time are one change."""

    def __init__(self, theme: Theme, over: str = "epochs") -> None:
        """Show a constant rate; it changes over epochs, or what else time is counted in."""
        super().__init__()
        self._known: dict[str, Schedule] = {}
        self._schedule: Schedule = Constant()
        self.choice = Choice("Schedule", f"How the learning rate changes over the {over}.")
        self.choice.show_choices((each.key, each.label) for each in SCHEDULES)
        self.form = KnobForm(said=lambda text: text.replace("epoch", over.removesuffix("s")))
        self.pad = SchedulePad(theme, f"The learning rate over the {over}; the mark is now.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in (named("Schedule", self.choice), self.form, self.pad):
            layout.addWidget(each)
        self.choice.picked.connect(self._on_picked)
        self.form.turned.connect(self.turned)
        self.pad.drawn.connect(self._on_drawn)
        for part in (self.form, self.pad):
            part.settled.connect(self.settled)

    def show_schedule(self, schedule: Schedule) -> None:
        """Show a schedule, silently."""
        self._schedule = self._known[schedule.key] = schedule
        self.choice.show_key(schedule.key)
        self.form.show_value(schedule)
        self.form.setVisible(self.form.has_knobs())
        self.pad.setVisible(schedule.key != "constant" and not schedule.looks)
        times = np.linspace(0, horizon_of(schedule), _POINTS)
        is_drawn = isinstance(schedule, Drawn)
        self.pad.show_curve(schedule.share(times), 1.0 if is_drawn else None)
        self.pad.show_shares(_columns(schedule) if is_drawn else None)
        self.adjustSize()

    def show_time(self, time: float) -> None:
        """Mark how far the schedule is, in epochs or steps."""
        self.pad.show_now(time / horizon_of(self._schedule))

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self.pad.show_theme(theme)

    def _on_picked(self, key: str) -> None:
        self.picked.emit(self._known.get(key) or SCHEDULES[key]())

    def _on_drawn(self, shares: Floats) -> None:
        points = tuple(zip(_TIMES.tolist(), shares.tolist(), strict=True))
        drawn: Any = self._schedule
        self.turned.emit(replace(drawn, points=points))


def _columns(schedule: Schedule) -> Floats:
    """The shares of a drawing where it is drawn on."""
    return schedule.share(_TIMES * horizon_of(schedule))


def horizon_of(schedule: Schedule) -> int:
    """How many epochs show what a schedule does."""
    if isinstance(schedule, Drawn):
        return schedule.epochs
    epochs = getattr(schedule, "epochs", None)
    if epochs is not None:
        return max(int(1.25 * epochs), 2)
    every = getattr(schedule, "every", None)
    return 5 * every if every is not None else HORIZON
