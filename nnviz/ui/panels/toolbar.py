"""The bar at the top: how training plays, and everything that changes a running network."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.datasets import DATASETS
from nnviz.engine.optimizers import EVERY_OPTIMIZER, Optimizer, offered
from nnviz.engine.penalties import PENALTIES, Penalty
from nnviz.engine.stability import has_limit, stable_rate
from nnviz.experiment import edits
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Experiment
from nnviz.knob import Knob, knobs
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.thumbnail import curve_thumbnail
from nnviz.ui.controls.buttons import IconButton, PlayButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.layout import Hairline, named, row
from nnviz.ui.controls.numbers import write_plain
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.speed_slider import SpeedSlider, speed_of
from nnviz.ui.controls.stop_slider import Stop, StopSlider
from nnviz.ui.controls.text import Figure
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme
from nnviz.ui.tuning import RateSettings, RestraintSettings

_LINE = 28
_CURVE_SIDE = 20
_CURVE_REACH = 3.0
_PROBLEMS = (("classification", "Classification"), ("regression", "Regression"))
_PENALTY_SLIDER = Knob(0.001, 1e-4, 10.0, log=True, hint="how much large weights cost")


class ToolbarPanel(QWidget):
    """Play and pause, speed, learning rate, activation, optimizer, regularization, problem."""

    key: ClassVar[str] = "toolbar"

    told = Signal(str)
    """Something follows from what the person did that is easily missed: a short sentence."""

    asked = Signal(str)
    """The person wants a dialog of this name."""

    def __init__(self, parts: Parts) -> None:
        """Show the experiment of the store and the state of the player."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._theme = parts.look.theme
        self._optimizers: dict[str, Optimizer] = {}
        self._activations: dict[str, Activation] = {}
        self._penalties: dict[str, Penalty] = {}
        self._datasets: dict[str, str] = {}
        self._make_transport()
        self._make_learning()
        self._lay_out()
        self._connect()
        self._show_theme(parts.look.theme)
        self._show(parts.store.experiment)
        self._on_state_changed()
        parts.look.changed.connect(self._show_theme)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _make_transport(self) -> None:
        hint = "Go back to the start, with the same weights (R)."
        self.reset = IconButton("reset", "Reset", hint, side=28)
        self.play = PlayButton()
        hint = "Train one epoch: every point once (S)."
        self.step_epoch = IconButton("step-epoch", "Step one epoch", hint, side=28)
        hint = "Train one batch: a single update of the weights."
        self.step_batch = IconButton("step-batch", "Step one batch", hint, side=28)
        self.epoch = Figure("000,000", 1.35)
        self.epoch.show_text("000,000")
        self.epoch.setToolTip("How often the network has seen all the training points.")
        self.speed = SpeedSlider()
        self.problem = Choice("Problem", "Tell classes apart, or predict a number.")
        self.problem.show_choices(_PROBLEMS)

    def _make_learning(self) -> None:
        self.rate = KnobSlider(
            "Learning rate",
            knobs(self._store.experiment.training.optimizer)["rate"],
            hint="How far a step goes along the gradient. Beyond the brown mark it is unstable.",
        )
        self.activation = StopSlider(
            "Activation",
            "tanh",
            hint="What hidden neurons make of their weighted sum; acts at once.",
            widest=max((each.label for each in ACTIVATIONS), key=len),
        )
        self.parameter = KnobSlider("Parameter", Knob(1.0, 0.0, 2.0), hint="Shape of the curve.")
        self.optimizer = Choice("Optimizer", "How a gradient becomes a step; acts at once.")
        self.optimizer_knobs = _settings("the optimizer and the schedule of its rate")
        self.rate_settings = RateSettings(self._store, self._theme)
        self._popover = Popover("Optimizer", self.rate_settings, self)
        self.penalty = Choice("Regularization", "What large weights cost on top of the loss.")
        self.penalty.show_choices((each.key, each.label) for each in PENALTIES)
        self.penalty_rate = KnobSlider(
            "Regularization",
            _PENALTY_SLIDER,
            hint="How much large weights cost; acts at once.",
        )
        self.penalty.setFixedWidth(98)
        self.penalty_knobs = _settings("the regularization, dropout and early stopping")
        self.restraints = RestraintSettings(self._store)
        self._penalty_popover = Popover("Regularization", self.restraints, self)
        self.penalty_rate.stand_before(self.penalty_knobs)
        self.penalty_rate.stand_before(self.penalty)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.setSpacing(5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout.addLayout(row(self.reset, self.play, self.step_epoch, self.step_batch, spacing=2))
        layout.addWidget(named("Epoch", self.epoch))
        layout.addSpacing(4)
        groups: tuple[tuple[QWidget, int, int], ...] = (
            (self.speed, 98, 2),
            (self.rate, 118, 4),
            (self.activation, 150, 4),
            (self.parameter, 98, 2),
            (named("Optimizer", self.optimizer, self.optimizer_knobs), 130, 1),
            (self.penalty_rate, 178, 3),
            (named("Problem", self.problem), 122, 1),
        )
        for widget, least, weight in groups:
            widget.setMinimumWidth(least)
            widget.setMaximumWidth(3 * least)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            if isinstance(widget, KnobSlider):
                widget.track.setMinimumHeight(_LINE)
            if widget is not self.parameter:
                layout.addWidget(Hairline())
            layout.addWidget(widget, weight)

    def _connect(self) -> None:
        self._store.changed.connect(self._on_changed)
        self._player.state_changed.connect(self._on_state_changed)
        self._player.reported.connect(self._on_pictured)
        self.reset.clicked.connect(self._player.reset)
        self.play.clicked.connect(self._player.toggle)
        self.step_epoch.clicked.connect(self._player.step_epoch)
        self.step_batch.clicked.connect(self._player.step_batch)
        self.speed.turned.connect(self._on_speed_turned)
        self.rate.turned.connect(self._on_rate_turned)
        self.activation.picked.connect(self._on_activation_picked)
        self.parameter.turned.connect(self._on_parameter_turned)
        self.optimizer.picked.connect(self._on_optimizer_picked)
        opening = (
            (self._popover, self.optimizer_knobs),
            (self._penalty_popover, self.penalty_knobs),
        )
        for popover, knobs_of in opening:
            knobs_of.clicked.connect(partial(popover.open_below, knobs_of))
        self.penalty.picked.connect(self._on_penalty_picked)
        self.penalty_rate.turned.connect(self._on_penalty_rate_turned)
        self.rate_settings.test.clicked.connect(self._on_test_clicked)
        self.problem.picked.connect(self._on_problem_picked)
        for each in (self.rate, self.activation, self.parameter, self.penalty_rate):
            each.settled.connect(self._store.settle)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.training is not new.training or old.architecture is not new.architecture:
            self._show(new)
        elif old.data is not new.data:
            self._show_problem(new)

    def _show(self, experiment: Experiment) -> None:
        optimizer = experiment.training.optimizer
        self._show_optimizer(optimizer)
        if (limited := has_limit(optimizer)) != self._player.wishes.curvature:
            self._player.set_wishes(curvature=limited)
        self.rate_settings.show_training(experiment.training)
        self.restraints.show_experiment(experiment)
        self._show_activation(experiment)
        self._show_penalty(experiment.training.penalty)
        self._show_problem(experiment)

    def _show_optimizer(self, optimizer: Optimizer) -> None:
        self._optimizers[optimizer.key] = optimizer
        self.rate.show_knob(knobs(optimizer)["rate"])
        self.rate.show_number(optimizer.rate)
        self.optimizer.show_choices((each.key, each.label) for each in offered(optimizer))
        self.optimizer.show_key(optimizer.key)
        self._popover.show_title(optimizer.label)

    def _show_activation(self, experiment: Experiment) -> None:
        for each in (self.activation, self.parameter):
            each.setEnabled(bool(experiment.architecture.hidden))
        if not experiment.architecture.hidden:
            return
        activation = edits.activation_of(experiment)
        self._activations[activation.key] = activation
        self.activation.show_key(activation.key)
        parameter = activation.parameter_knob
        self.parameter.setVisible(parameter is not None)
        if parameter is not None:
            name, knob = parameter
            self.parameter.show_label(name)
            self.parameter.show_knob(knob)
            self.parameter.show_number(activation.parameter)
            self.parameter.setToolTip(f"{activation.label}: {knob.hint}; acts at once.")

    def _show_penalty(self, penalty: Penalty) -> None:
        self._penalties[penalty.key] = penalty
        self.penalty.show_key(penalty.key)
        rate = knobs(penalty).get("rate")
        self.penalty_rate.show_active(active=rate is not None)
        if rate is not None:
            self.penalty_rate.show_knob(_PENALTY_SLIDER, allowed=rate)
            self.penalty_rate.show_number(penalty.strength)

    def _show_problem(self, experiment: Experiment) -> None:
        dataset = dataset_of(experiment.data)
        if dataset.key in DATASETS:
            self._datasets[dataset.problem] = dataset.key
        self.problem.show_key(dataset.problem)

    def _show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.rate_settings.schedule.show_theme(theme)
        stops = [Stop(each.key, each.label, partial(_curve, each, theme)) for each in ACTIVATIONS]
        self.activation.show_stops(stops)

    def _on_state_changed(self) -> None:
        self.play.show_playing(playing=self._player.is_playing)
        self.speed.show_speed(self._player.speed)

    def _on_pictured(self, picture: Picture) -> None:
        self.epoch.show_text(f"{picture.frame.epoch:07,}", tinted=picture.frame.is_past)
        self.rate_settings.show_epoch(picture.frame.epoch)
        limit = stable_rate(picture.frame.experiment.training.optimizer, picture.curvature)
        self.rate.show_limit(limit, self._theme.warn)
        self.rate_settings.show_limit(limit)

    def _on_test_clicked(self) -> None:
        self._popover.hide()
        self.asked.emit("range-test")

    def _on_speed_turned(self, number: float) -> None:
        self._player.set_speed(speed_of(number))

    def _on_rate_turned(self, rate: float) -> None:
        self._store.change(edits.with_rate(self._store.experiment, rate), "learning rate")

    def _on_activation_picked(self, key: str) -> None:
        activation = self._activations.get(key) or ACTIVATIONS[key]()
        self._store.change(edits.with_activation(self._store.experiment, activation), "activation")

    def _on_parameter_turned(self, number: float) -> None:
        activation = edits.activation_of(self._store.experiment)
        parameter = activation.parameter_knob
        if parameter is None:
            return
        turned = replace(activation, **{parameter[0]: number})
        self._store.change(edits.with_activation(self._store.experiment, turned), parameter[0])

    def _on_optimizer_picked(self, key: str) -> None:
        optimizer = self._optimizers.get(key) or EVERY_OPTIMIZER[key]()
        before = self._store.experiment.training.optimizer
        self._store.edit("optimizer", partial(edits.with_optimizer, optimizer=optimizer))
        if optimizer.rate != before.rate:
            rate = write_plain(optimizer.rate)
            self.told.emit(f"{optimizer.label} starts with its own learning rate, {rate}")

    def _on_penalty_picked(self, key: str) -> None:
        penalty = self._penalties.get(key) or PENALTIES[key]()
        self._store.edit("regularization", partial(edits.with_penalty, penalty=penalty))

    def _on_penalty_rate_turned(self, rate: float) -> None:
        penalty = replace(self._store.experiment.training.penalty, rate=rate)
        changed = edits.with_penalty(self._store.experiment, penalty)
        self._store.change(changed, "regularization rate")

    def _on_problem_picked(self, problem: str) -> None:
        fitting = (each.key for each in DATASETS if each.problem == problem)
        key = self._datasets.get(problem) or next(fitting)
        self._store.edit("problem", partial(edits.with_dataset, key=key))


def _curve(kind: type[Activation], theme: Theme) -> QPixmap:
    z = np.linspace(-_CURVE_REACH, _CURVE_REACH, 61)
    return curve_thumbnail(z, kind()(z), theme, _CURVE_SIDE)


def _settings(of: str) -> IconButton:
    return IconButton("preferences", f"Settings of {of}", f"Further settings of {of}.", side=24)
