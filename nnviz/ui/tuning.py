"""The further settings of training, as they open below the bar: small forms over the store."""

from __future__ import annotations

from dataclasses import fields
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.optimizers import Optimizer
from nnviz.engine.penalties import Penalty
from nnviz.engine.schedules import Schedule
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment, Layer, Training
from nnviz.knob import Knob, knobs
from nnviz.ui.controls.knob_form import KnobForm
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.numbers import PERCENT, Notation, read_plain, write_plain
from nnviz.ui.schedule_settings import ScheduleSettings
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

_PATIENCE = Knob(0, 0, 500, whole=True, hint="epochs without a better test loss")


def _write_patience(epochs: float) -> str:
    return f"{epochs:g} epochs" if epochs else "never"


def _read_patience(text: str) -> float | str:
    return 0.0 if text.strip().lower() == "never" else read_plain(text.replace("epochs", ""))


_EPOCHS = Notation(_write_patience, _read_patience)


class RateSettings(QWidget):
    """What makes a gradient a step, besides the rate: the optimizer's knobs and the schedule."""

    def __init__(self, store: Store, theme: Theme) -> None:
        """Show the training of the store's experiment."""
        super().__init__()
        self._store = store
        self.form = KnobForm(leave_out=("rate",))
        self.schedule = ScheduleSettings(theme)
        self.test = QPushButton("Range test…")
        self.test.setToolTip("Find the rate at which the loss falls fastest from here.")
        self.limit = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.limit.setProperty("tone", "muted")
        self.limit.setToolTip(
            "Two over the largest curvature of the loss, with momentum accordingly more."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in (self.form, self.schedule, self.limit, self.test):
            layout.addWidget(each)
        self.form.turned.connect(self._on_optimizer_turned)
        self.schedule.picked.connect(self._on_schedule_picked)
        self.schedule.turned.connect(self._on_schedule_turned)
        for part in (self.form, self.schedule):
            part.settled.connect(store.settle)

    def show_training(self, training: Training) -> None:
        """Show how a network learns, silently."""
        self.form.show_value(training.optimizer)
        self.form.setVisible(self.form.has_knobs())
        self.schedule.show_schedule(training.schedule)
        self.adjustSize()

    def show_epoch(self, epoch: int) -> None:
        """Mark how far the schedule is."""
        self.schedule.show_time(epoch)

    def show_limit(self, limit: float | None) -> None:
        """Say up to which rate training is stable here; None where that is not known."""
        self.limit.setVisible(limit is not None)
        if limit is not None:
            self.limit.setText(f"Stable here up to a rate of about {write_plain(tidied(limit))}")

    def _on_optimizer_turned(self, optimizer: Optimizer) -> None:
        changed = edits.with_optimizer(self._store.experiment, optimizer)
        self._store.change(changed, "settings of the optimizer")

    def _on_schedule_picked(self, schedule: Schedule) -> None:
        self._store.edit("schedule", partial(edits.with_training, schedule=schedule))

    def _on_schedule_turned(self, schedule: Schedule) -> None:
        changed = edits.with_training(self._store.experiment, schedule=schedule)
        self._store.change(changed, "schedule")


class RestraintSettings(QWidget):
    """What keeps a network from learning by heart, besides the penalty's rate."""

    def __init__(self, store: Store) -> None:
        """Show the training of the store's experiment."""
        super().__init__()
        self._store = store
        chance = next(each for each in fields(Layer) if each.name == "dropout").metadata["knob"]
        self.form = KnobForm(leave_out=("rate",))
        self.dropout = KnobSlider(
            "Dropout",
            chance,
            hint="Chance of a neuron of any hidden layer to sit out an update; acts at once.",
            notation=PERCENT,
        )
        self.patience = KnobSlider(
            "Early stopping",
            _PATIENCE,
            hint="After how long without a better test loss training stops, at its best weights.",
            notation=_EPOCHS,
        )
        self.patience.show_knob(_PATIENCE, allowed=knobs(Training)["patience"])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in (self.form, self.dropout, self.patience):
            layout.addWidget(each)
            each.settled.connect(store.settle)
        self.form.turned.connect(self._on_penalty_turned)
        self.dropout.turned.connect(self._on_dropout_turned)
        self.patience.turned.connect(self._on_patience_turned)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what holds a network back, silently."""
        hidden = experiment.architecture.hidden
        self.form.show_value(experiment.training.penalty)
        self.form.setVisible(self.form.has_knobs())
        self.dropout.setEnabled(bool(hidden))
        self.dropout.show_number(hidden[0].dropout if hidden else 0.0)
        self.patience.show_number(experiment.training.patience)
        self.adjustSize()

    def _on_penalty_turned(self, penalty: Penalty) -> None:
        self._store.change(edits.with_penalty(self._store.experiment, penalty), "regularization")

    def _on_dropout_turned(self, chance: float) -> None:
        self._store.change(edits.with_dropout(self._store.experiment, chance), "dropout")

    def _on_patience_turned(self, epochs: float) -> None:
        changed = edits.with_training(self._store.experiment, patience=int(epochs))
        self._store.change(changed, "early stopping")


def tidied(rate: float) -> float:
    """A rate with two digits."""
    return float(f"{rate:.1e}")
