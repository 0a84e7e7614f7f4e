"""The formula card: the whole rule, with the settings of now, and as the lecture prints it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.anatomy.recipes import dissect
from nnviz.engine.optimizers import Optimizer, printed_forms, standard_form
from nnviz.engine.printed import REMARKS
from nnviz.engine.swarm import Moment
from nnviz.experiment import edits
from nnviz.experiment.landscape import Racer
from nnviz.experiment.spec import RIVAL_LIMIT, Experiment, Rival
from nnviz.ui.canvas.formulas import FormulaLine, Formulas
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Caption
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme
from nnviz.ui.typeset import Typesetter

_WIDTH, _LINE, _TYPE = 240, 44, 17.0


class RuleCard(Popover):
    """The standard rule, and beside it the printed one, which can be let race."""

    def __init__(self, store: Store, typesetter: Typesetter, theme: Theme, parent: QWidget) -> None:
        """Show no rule yet."""
        self._store, self._typesetter = store, typesetter
        self._moment: Moment | None = None
        self._form = ""
        self._content = content = QWidget()
        super().__init__("", content, parent)
        self.numbers = Switch("Numbers", "Put the settings of now in the place of their letters.")
        self.numbers.show_on(on=True)
        self.printed = Switch("As printed", "Show the rule as the lecture prints it beside it.")
        self.form = Choice("Printed form", "Which of the printed forms is shown.")
        self.form.setMinimumWidth(170)
        self.names = Caption(), Caption()
        self.rules = (
            Formulas(typesetter, theme, largest=_TYPE),
            Formulas(typesetter, theme, largest=_TYPE),
        )
        self.seen = QLabel()
        self.seen.setWordWrap(True)
        self.race = QPushButton()
        self.race.setToolTip("Add the printed rule to the race, with the settings of this one.")
        self._side = QWidget()
        self._lay_out(content)
        self.numbers.picked.connect(self._refresh)
        self.printed.picked.connect(self._refresh)
        self.form.picked.connect(self._on_form_picked)
        self.race.clicked.connect(self._on_race_clicked)
        store.changed.connect(self._refresh)

    def _lay_out(self, content: QWidget) -> None:
        for each in self.rules:
            each.setFixedWidth(_WIDTH)
        self._side.setLayout(column(self.names[1], self.rules[1], 1, spacing=6))
        sides = row(spacing=16)
        sides.addLayout(column(self.names[0], self.rules[0], 1, spacing=6))
        sides.addWidget(self._side)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row(self.numbers, self.printed, self.form, 1, spacing=16))
        layout.addLayout(sides)
        layout.addWidget(self.seen)
        layout.addLayout(row(self.race, 1))

    def open_below(self, anchor: QWidget) -> None:
        """Open under a widget, with the rule of now."""
        self._refresh()
        super().open_below(anchor)

    def show_moment(self, moment: Moment) -> None:
        """Show the rule of an update, as soon as the card is open."""
        is_other = self._moment is None or moment.optimizer != self._moment.optimizer
        self._moment = moment
        if is_other and self.isVisible():
            self._refresh()

    def show_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        for each in self.rules:
            each.show_theme(theme)

    def _refresh(self) -> None:
        if self._moment is None:
            return
        standard = standard_form(self._moment.optimizer)
        forms = printed_forms(standard)
        self.show_title(f"The rule of {standard.label}")
        self.form.show_choices((each.key, each.label) for each in forms)
        form = next((each for each in forms if each.key == self._form), next(iter(forms), None))
        self.form.show_key(None if form is None else form.key)
        is_beside = self.printed.isChecked()
        self.form.setVisible(is_beside and len(forms) > 1)
        self._side.setVisible(is_beside and form is not None)
        lines = [self._lines(each) for each in (standard, form) if each is not None]
        self._typesetter.ask(line.latex for each in lines for line in each)
        self.names[0].setText(standard.label)
        self._show_rule(0, lines[0])
        self.seen.setVisible(is_beside)
        self.race.setVisible(is_beside and form is not None)
        if form is not None:
            self.names[1].setText(form.label)
            self._show_rule(1, lines[1])
            self._show_race(form)
        self.seen.setText(REMARKS.get(standard.key, _NOWHERE) if form is None else form.seen)
        self.seen.setFixedWidth(2 * _WIDTH + 16 if self._side.isVisibleTo(self) else _WIDTH)
        self._fit()

    def _fit(self) -> None:
        """Be as large as what is shown, at once."""
        for each in (self._side.layout(), self._content.layout(), self.layout()):
            if each is not None:
                each.activate()
        self.adjustSize()

    def _show_rule(self, side: int, lines: list[FormulaLine]) -> None:
        self.rules[side].setFixedHeight(_LINE * len(lines))
        self.rules[side].show_lines(lines, self.names[side].text())

    def _lines(self, optimizer: Optimizer) -> list[FormulaLine]:
        moment = self._moment
        if moment is None:
            return []
        memory = optimizer.remember(moment.point)
        settled = self.numbers.isChecked()
        anatomy = dissect(
            optimizer, moment.point, moment.gradient, memory, moment.t, moment.rate, settled=settled
        )
        return [FormulaLine(each) for each in anatomy.rule]

    def _show_race(self, form: Optimizer) -> None:
        experiment = self._store.experiment
        is_racing, is_full = _races(experiment, form), False
        if experiment.landscape.is_whole:
            is_full = len(experiment.rivals) >= RIVAL_LIMIT
        self.race.setText("It races" if is_racing else "Let it race too")
        self.race.setEnabled(not (is_racing or is_full))

    def _on_form_picked(self, key: str) -> None:
        self._form = key
        self._refresh()

    def _on_race_clicked(self) -> None:
        if self._moment is None:
            return
        forms = printed_forms(standard_form(self._moment.optimizer))
        form = next(each for each in forms if each.key == self.form.key)
        self._store.edit("printed rule", partial(_with_form, form=form))


_NOWHERE = "The lecture does not print this rule."


def _races(experiment: Experiment, form: Optimizer) -> bool:
    """Whether a printed rule races, where racers do or on the whole network."""
    if experiment.landscape.is_whole:
        own = experiment.training.optimizer
        return form in (own, *(each.optimizer for each in experiment.rivals))
    return any(each.on and each.optimizer == form for each in experiment.landscape.racers)


def _with_form(experiment: Experiment, form: Optimizer) -> Experiment:
    """Let a printed rule race: one of its kind that is there takes these settings."""
    if experiment.landscape.is_whole:
        return edits.with_rival_added(experiment, Rival(optimizer=form))
    for place, racer in enumerate(experiment.landscape.racers):
        if racer.optimizer.key == form.key:
            return edits.with_racer(experiment, place, optimizer=form, on=True)
    return edits.with_racer_added(experiment, Racer(form))
