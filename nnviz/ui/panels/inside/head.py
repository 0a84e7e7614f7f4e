"""The line above: whose step it is, which one, and the rule by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Frame
from nnviz.runtime.inside import names_of_runs, studied_run
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.store import Store


class Head(QWidget):
    """Chooses the racer, and goes from step to step of the race."""

    stepped = Signal(int)
    """The person goes on by a step of the race, or back by one: 1 or -1."""

    rule_asked = Signal()
    """The person wants to see the rule."""

    def __init__(self, store: Store) -> None:
        """Offer the racers of the store's experiment."""
        super().__init__()
        self._store = store
        self.racer = Choice("Racer", "Whose step is taken apart.")
        self.racer.setFixedWidth(150)
        self.back = IconButton(
            "step-back", "Step before", "Go back to the step before, or the epoch before.", side=26
        )
        self.on = IconButton(
            "step-epoch", "Next step", "Go on to the next step, or the next epoch.", side=26
        )
        self.name = Caption("Step")
        self.step = Figure("0,000")
        self.rule = IconButton(
            "formula", "Rule", "See the whole rule, also as the lecture prints it.", side=26
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addStretch(1)
        for each in (self.racer, self.back, self.name, self.step, self.on, self.rule):
            layout.addWidget(each)
        self.racer.picked.connect(self._on_racer_picked)
        self.back.clicked.connect(partial(self.stepped.emit, -1))
        self.on.clicked.connect(partial(self.stepped.emit, 1))
        self.rule.clicked.connect(self.rule_asked)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show who can be studied, silently."""
        landscape = experiment.landscape
        self.name.setText("Epoch" if landscape.is_whole else "Step")
        if landscape.is_whole:
            names = names_of_runs(experiment)
            self.racer.show_choices((str(run), name) for run, name in enumerate(names))
            self.racer.show_key(_key(studied_run(experiment)))
            return
        self.racer.show_choices(
            (str(place), landscape.racers[place].label) for place in landscape.running
        )
        studied = landscape.studied if landscape.studied in landscape.running else None
        first = next(iter(landscape.running), None)
        self.racer.show_key(_key(first if studied is None else studied))

    def show_frame(self, frame: Frame) -> None:
        """Show which step it is."""
        is_whole = frame.experiment.landscape.is_whole
        step = _epoch(frame) if is_whole else frame.race.paths.shape[1] - 1
        self.step.show_text(f"{step:,}")
        self.back.setEnabled(step > 0 and frame.epoch > frame.first)

    def _on_racer_picked(self, key: str) -> None:
        self._store.edit("racer that is studied", partial(edits.with_studied, place=int(key)))


def _epoch(frame: Frame) -> int:
    """The epoch of the run that is studied, which may still catch up."""
    run = studied_run(frame.experiment)
    return frame.epoch if run == 0 or run > len(frame.rivals) else frame.rivals[run - 1].epoch


def _key(place: int | None) -> str | None:
    return None if place is None else str(place)
