"""Beside the surface: who races, how they fare, who is first, and who has left."""

from __future__ import annotations

from functools import partial
from random import uniform

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nnviz.engine.optimizers import EVERY_OPTIMIZER
from nnviz.experiment import edits
from nnviz.experiment.landscape import RACER_LIMIT, Racer
from nnviz.experiment.spec import Experiment
from nnviz.runtime.findings import Domain, Placing, SwarmPicture
from nnviz.runtime.frames import Picture
from nnviz.runtime.trainer import RACE_STEPS
from nnviz.ui.canvas.markers import marker
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.racer_row import RacerRow
from nnviz.ui.controls.roster import Entry, Roster
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.panels.landscape.racer_card import RacerCard
from nnviz.ui.panels.landscape.standing import COLUMNS, ROOMS, Column, told
from nnviz.ui.player import Player
from nnviz.ui.racer_settings import RacerSettings
from nnviz.ui.racers import RacerStyle, free_hue, style_of
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

_NARROW, _GEAR = 222, 30
_MARKER = 10.0


class Legend(QWidget):
    """The racers line by line, with the step and how they fare at the moment."""

    def __init__(self, store: Store, player: Player, theme: Theme) -> None:
        """Show the racers of the store's experiment."""
        super().__init__()
        self._store = store
        self._racers: tuple[Racer, ...] = ()
        self._domain: Domain = (-1.0, 1.0, -1.0, 1.0)
        self._columns: tuple[Column, ...] = COLUMNS
        self._placings: tuple[Placing, ...] = ()
        self._theme = theme
        self.step_name = Caption("Step")
        self.step_name.setToolTip(f"A race ends after {RACE_STEPS:,} steps.")
        self.steps = Figure("0,000")
        self.again = IconButton(
            "race-again",
            "Race again",
            "Let the optimizers start again; the network stays where it is (Shift+R).",
            side=24,
        )
        self.roster = Roster()
        self.kinds: dict[str, QAction] = {}
        self.add = QToolButton()
        self.add.setText("Add…")
        self.add.setAccessibleName("Add an optimizer")
        self.add.setToolTip("Let one more optimizer race, also a second one of its kind.")
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add.setMenu(self._kinds())
        self.chance = IconButton(
            "shuffle", "Random start", "Start the race from a place that chance picks.", side=24
        )
        self.wide = IconButton(
            "chevron-left",
            "All numbers",
            "Tell all numbers, also at the cost of the surface.",
            side=24,
        )
        self.wide.setCheckable(True)
        self.message = MessageLine()
        self.message.setWordWrap(True)
        self.settings = RacerCard(store, player, theme)
        self._popover = Popover("", self.settings, self)
        self._lay_out()
        self.show_room(0)
        self.again.clicked.connect(player.race_again)
        self.chance.clicked.connect(self._on_chance_clicked)
        self.roster.verticalScrollBar().rangeChanged.connect(self._align)
        self._align(0, 0)
        self.roster.switched.connect(self._on_switched)
        self.roster.knobs_asked.connect(self._on_knobs_asked)
        self.settings.closed.connect(self._popover.hide)

    @property
    def form(self) -> RacerSettings:
        """The knobs of the racer whose settings are open."""
        return self.settings.form

    def _lay_out(self) -> None:
        self._captions = QHBoxLayout()
        self._captions.setSpacing(0)
        self.captions = [Caption(each.name) for each in COLUMNS]
        for caption, each in zip(self.captions, COLUMNS, strict=True):
            caption.setToolTip(each.hint)
            caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            caption.setFixedWidth(each.width)
            self._captions.addWidget(caption)
        head = row(self.step_name, self.steps, 1, spacing=4)
        head.addLayout(self._captions)
        self._head = head
        inner = column(spacing=0)
        inner.addLayout(head)
        inner.addWidget(self.roster)
        inner.addLayout(row(self.add, 1, self.again, self.chance, self.wide, spacing=4))
        inner.addWidget(self.message)
        inner.addStretch(1)
        self.setLayout(inner)

    def _kinds(self) -> QMenu:
        """A menu of all optimizers, those that the lecture prints under a heading of their own."""
        menu = QMenu(self.add)
        for kind in EVERY_OPTIMIZER:
            if kind.standard and not any(each.isSeparator() for each in menu.actions()):
                menu.addSeparator()
                menu.addAction("As the lecture prints them").setEnabled(False)
            self.kinds[kind.key] = menu.addAction(kind.label)
            self.kinds[kind.key].triggered.connect(partial(self._on_added, kind.key))
        return menu

    def _align(self, _least: int, most: int) -> None:
        """Keep the captions above their columns, beside a scroll bar or none."""
        bar = self.roster.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self._head.setContentsMargins(6, 2, _GEAR + bar, 4)

    def show_room(self, room: int) -> None:
        """Show as many columns as there is room for, in pixels of the whole list."""
        least = sum(COLUMNS[number].width for number in ROOMS[-1])
        widths = [_NARROW - least + sum(COLUMNS[each].width for each in some) for some in ROOMS]
        fitting = next((n for n, width in enumerate(widths) if width <= room), len(ROOMS) - 1)
        self.setFixedWidth(widths[fitting])
        self.wide.setVisible(fitting > 0 or self.wide.isChecked())
        self.wide.show_drawing("chevron-right" if self.wide.isChecked() else "chevron-left")
        self._columns = tuple(COLUMNS[number] for number in ROOMS[fitting])
        for caption, each in zip(self.captions, COLUMNS, strict=True):
            caption.setVisible(each in self._columns)
        self.roster.show_widths(tuple(each.width for each in self._columns))
        self._show_placings()

    def show_racers(self, racers: tuple[Racer, ...], theme: Theme) -> None:
        """Show who races, silently."""
        self._racers, self._theme = racers, theme
        self.roster.show_entries([Entry(each.label, each.on) for each in racers])
        for line, racer in zip(self.roster.rows, racers, strict=False):
            _show_look(line, style_of(racer, theme))
        self.add.setEnabled(len(racers) < RACER_LIMIT)
        if self.settings.place >= 0:
            self.settings.show_racer(self.settings.place, theme)

    def show_picture(self, picture: Picture) -> None:
        """Show how far everyone has come."""
        race, racers = picture.frame.race, picture.frame.experiment.landscape.racers
        self._domain = picture.surface.domain
        steps = race.paths.shape[1] - 1
        self.step_name.setText("Step" if steps < RACE_STEPS else "Ended at")
        self.steps.show_text(f"{steps:,}")
        self._placings = picture.findings.placings
        self._show_placings()
        self.settings.show_studied(picture.findings.studied)
        gone = [place for place, out in zip(race.racers, race.diverged, strict=True) if out]
        sentence = _of_those([racers[place] for place in dict.fromkeys(gone)])
        sentence += _of_swarm(picture.findings.swarm)
        self.message.show_sentence(sentence.strip(), stays=True)

    def _show_placings(self) -> None:
        for placing in self._placings:
            if placing.racer < len(self.roster.rows):
                texts = tuple(each.write(placing) for each in self._columns)
                line = self.roster.rows[placing.racer]
                line.show_numbers(texts, told(placing), alarm=placing.is_out)

    def _on_switched(self, place: int, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("racer", partial(edits.with_racer, place=place, on=on))

    def _on_added(self, key: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        change = partial(_with_one_more, key=key, hue=free_hue(self._racers, self._theme))
        self._store.edit("racer", change)

    def _on_chance_clicked(self) -> None:
        x_min, x_max, y_min, y_max = self._domain
        place = uniform(x_min, x_max), uniform(y_min, y_max)
        self._store.edit("start of the race", partial(edits.with_race_starts, starts=(place,)))

    def _on_knobs_asked(self, place: int) -> None:
        self.settings.show_racer(place, self._theme)
        self._popover.show_title(self._racers[place].optimizer.label)
        self._popover.open_below(self.roster.rows[place].gear)


def _with_one_more(experiment: Experiment, key: str, hue: int) -> Experiment:
    """One more of a kind; it looks otherwise and has a number where there is one already."""
    racers = experiment.landscape.racers
    racer = Racer(edits.racer_for(experiment.landscape.surface, key))
    same = [place for place, each in enumerate(racers) if each.optimizer.key == key]
    if not same:
        return edits.with_racer_added(experiment, racer)
    return edits.with_racer_doubled(experiment, same[-1], hue)


def _show_look(line: RacerRow, style: RacerStyle) -> None:
    line.show_look(style.color, marker(style.symbol, QPointF(0, 0), _MARKER), style.dash)


def _of_those(gone: list[Racer]) -> str:
    """Who left, and why."""
    if not gone:
        return ""
    first = gone[0]
    sentence = f"{first.label} left for good: a rate of {first.optimizer.rate:g} is too high here. "
    return sentence if len(gone) == 1 else f"{sentence}So did {len(gone) - 1} more. "


def _of_swarm(swarm: SwarmPicture | None) -> str:
    """How far a swarm is, where it is not with the racers, how large, and how many are lost."""
    if swarm is None:
        return ""
    sentence = f"Swarm at step {swarm.step:,}. " if swarm.is_late else ""
    if swarm.is_thinned:
        sentence += f"{swarm.particles:,} particles each: here every step takes all the data. "
    lost, all_of_it = sum(swarm.lost), swarm.particles * len(swarm.racers)
    return sentence + (f"{lost:,} of {all_of_it:,} particles left for good." if lost else "")
