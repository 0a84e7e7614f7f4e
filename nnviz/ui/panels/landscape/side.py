"""Beside the surface: where the race is run, and who is in it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnviz.engine.schedules import Schedule
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.runtime.inside import studied_racer
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.segments import Segments
from nnviz.ui.panels.landscape.entrants import Entrants
from nnviz.ui.panels.landscape.legend import Legend
from nnviz.ui.player import Player
from nnviz.ui.schedule_settings import ScheduleSettings
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

_RACES = (
    ("slice", "Surface", "The optimizers race on the surface that is drawn."),
    (
        "run",
        "Whole network",
        "The run and its rivals race on the whole network; optimizers become rivals if none are.",
    ),
)


class Side(QWidget):
    """The racers of the surface, or the run and its rivals."""

    studied = Signal(int)
    """The person wants to look inside a racer, by its place, or a run: 0 is the main one."""

    widened = Signal()
    """The person wants another number of columns."""

    def __init__(self, store: Store, player: Player, theme: Theme) -> None:
        """Show the race of the store's experiment."""
        super().__init__()
        self._store = store
        self.race = Segments("Race on", _RACES)
        self.legend = Legend(store, player, theme)
        self.entrants = Entrants(store, player)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.legend)
        self._pages.addWidget(self.entrants)
        self.schedule = ScheduleSettings(theme, over="steps")
        self.timing = IconButton(
            "schedule",
            "Schedule of the race",
            "Let the learning rates of all racers change over the race.",
            side=28,
        )
        self._popover = Popover("Learning rates over the race", self.schedule, self)
        self.setFixedWidth(self.legend.width())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(1, self.race, self.timing, 1, spacing=4))
        layout.addWidget(self._pages, 1)
        self.race.picked.connect(self._on_race_picked)
        self.legend.roster.studied.connect(self.studied)
        self.legend.wide.clicked.connect(self.widened)
        self.entrants.studied.connect(self.studied)
        self.timing.clicked.connect(partial(self._popover.open_below, self.timing))
        for signal in (self.schedule.picked, self.schedule.turned):
            signal.connect(self._on_schedule_turned)
        for signal in (self.schedule.picked, self.schedule.settled):
            signal.connect(store.settle)

    @property
    def is_wide(self) -> bool:
        """Whether all numbers are to be seen, at the cost of the surface."""
        return self.legend.wide.isChecked() and self._pages.currentWidget() is self.legend

    def show_experiment(self, experiment: Experiment, theme: Theme) -> None:
        """Show who races and where, silently."""
        is_whole = experiment.landscape.is_whole
        self.race.show_key("run" if is_whole else "slice")
        self.legend.show_racers(experiment.landscape.racers, theme)
        self.legend.roster.show_studied(studied_racer(experiment.landscape))
        self.entrants.show_experiment(experiment, theme)
        self.schedule.show_theme(theme)
        self.schedule.show_schedule(experiment.landscape.schedule)
        self.timing.setVisible(not is_whole)
        self._pages.setCurrentIndex(1 if is_whole else 0)

    def show_room(self, room: int) -> None:
        """Tell as much of the racers as there is room for, in pixels."""
        is_whole = self._pages.currentWidget() is self.entrants
        self.legend.show_room(0 if is_whole else room)
        self.setFixedWidth(self.legend.width())

    def show_picture(self, picture: Picture) -> None:
        """Show how far everyone has come."""
        if picture.frame.experiment.landscape.is_whole:
            self.entrants.show_picture(picture)
        else:
            self.legend.show_picture(picture)
        self.schedule.show_time(picture.frame.race.paths.shape[1] - 1)

    def _on_schedule_turned(self, schedule: Schedule) -> None:
        changed = edits.with_terrain(self._store.experiment, schedule=schedule)
        self._store.change(changed, "schedule of the race")

    def _on_race_picked(self, key: str) -> None:
        if key == "run" and not self._store.experiment.rivals:
            self._store.edit("race on the whole network", edits.with_racers_as_rivals)
        else:
            self._store.edit("race", partial(edits.with_race, key=key))
