"""Beside the surface: who races, how far they have come, and who has left."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.experiment import edits
from nnviz.experiment.landscape import Racer
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Frame, Picture
from nnviz.runtime.trainer import RACE_STEPS
from nnviz.ui.canvas.markers import marker
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.racer_row import RacerRow
from nnviz.ui.controls.roster import Entry, Roster
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.player import Player
from nnviz.ui.racer_settings import RacerSettings
from nnviz.ui.racers import RacerStyle, style_of, style_of_kind
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

_WIDTH = 200
_MARKER = 10.0


class Legend(QWidget):
    """The racers line by line, with the step and the losses of the moment."""

    def __init__(self, store: Store, player: Player, theme: Theme) -> None:
        """Show the racers of the store's experiment."""
        super().__init__()
        self._store, self._player = store, player
        self._racers: tuple[Racer, ...] = ()
        self._opened = -1
        self.step_name = Caption("Step")
        self.step_name.setToolTip(f"A race ends after {RACE_STEPS:,} steps.")
        self.steps = Figure("0,000")
        self.roster = Roster({each.key: each.label for each in OPTIMIZERS})
        self.message = MessageLine()
        self.message.setWordWrap(True)
        self.form = RacerSettings(theme)
        self._popover = Popover("", self.form, self)
        self.setFixedWidth(_WIDTH)
        head = row(self.step_name, self.steps, 1, Caption("Loss"), spacing=6)
        head.setContentsMargins(6, 0, 34, 2)
        inner = column(spacing=0)
        inner.addLayout(head)
        inner.addWidget(self.roster)
        inner.addWidget(self.message)
        inner.addStretch(1)
        self.setLayout(inner)
        self.roster.switched.connect(self._on_switched)
        self.roster.knobs_asked.connect(self._on_knobs_asked)
        self.roster.added.connect(self._on_added)
        self.form.turned.connect(self._on_form_turned)
        self.form.settled.connect(store.settle)
        self.form.opened.connect(self._on_opened)

    def show_racers(self, racers: tuple[Racer, ...], theme: Theme) -> None:
        """Show who races, silently."""
        self._racers = racers
        self.form.show_theme(theme)
        self.roster.show_entries(
            [Entry(each.optimizer.key, each.label, each.on) for each in racers]
        )
        for line, racer in zip(self.roster.rows, racers, strict=False):
            _show_look(line, style_of(racer, theme))
        for key, line in self.roster.kinds.items():
            _show_look(line, style_of_kind(key, theme))
        if 0 <= self._opened < len(racers):
            self.form.show_optimizer(racers[self._opened].optimizer)

    def show_picture(self, picture: Picture) -> None:
        """Show how far everyone has come, and what is known of the rate that is studied."""
        self._show_frame(picture.frame)
        studied = picture.findings.studied
        if studied is not None and studied.racer == self._opened:
            self.form.show_studied(studied)

    def _show_frame(self, frame: Frame) -> None:
        race, racers = frame.race, frame.experiment.landscape.racers
        steps = race.paths.shape[1] - 1
        self.step_name.setText("Step" if steps < RACE_STEPS else "Ended at")
        self.steps.show_text(f"{steps:,}")
        rows = list(zip(race.racers, race.paths[:, -1, 2].tolist(), race.diverged, strict=True))
        for place in dict.fromkeys(race.racers):
            losses = [loss for racer, loss, gone in rows if racer == place and not gone]
            best = min(losses, default=math.inf)
            if place < len(self.roster.rows):
                self.roster.rows[place].show_number(_written(best), alarm=not losses)
        gone = dict.fromkeys(place for place, _, has_left in rows if has_left)
        self._show_message([racers[place] for place in gone])

    def _show_message(self, gone: list[Racer]) -> None:
        sentence = "".join(
            f"{each.label} left for good: a rate of {each.optimizer.rate:g} is too high here. "
            for each in gone[:1]
        )
        if len(gone) > 1:
            sentence += f"So did {len(gone) - 1} more."
        self.message.show_sentence(sentence.strip(), stays=True)

    def _on_switched(self, place: int, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("racer", partial(edits.with_racer, place=place, on=on))

    def _on_added(self, key: str) -> None:
        self._store.edit("racer", partial(_with_one_more, key=key))

    def _on_knobs_asked(self, place: int) -> None:
        racer = self._racers[place]
        self._opened = place
        self.form.show_optimizer(racer.optimizer)
        self._popover.show_title(racer.label)
        self._popover.open_below(self.roster.rows[place].gear)

    def _on_opened(self, is_open: bool) -> None:  # noqa: FBT001 - the state
        self._player.set_wishes(studied=self._opened if is_open else None)

    def _on_form_turned(self, optimizer: Optimizer) -> None:
        changed = edits.with_racer(self._store.experiment, self._opened, optimizer=optimizer)
        self._store.change(changed, f"settings of {optimizer.label}")


def _with_one_more(experiment: Experiment, key: str) -> Experiment:
    racer = Racer(edits.racer_for(experiment.landscape.surface, key))
    return edits.with_racer_added(experiment, racer)


def _show_look(line: RacerRow, style: RacerStyle) -> None:
    line.show_look(style.color, marker(style.symbol, QPointF(0, 0), _MARKER), style.dash)


def _written(loss: float) -> str:
    """A loss in the width of the legend."""
    if not math.isfinite(loss):
        return "left"
    if loss != 0 and (abs(loss) < 1e-3 or abs(loss) >= 1e4):
        return f"{loss:.1e}".replace("-", "−")
    return f"{loss:.4f}"[:7].replace("-", "−")
