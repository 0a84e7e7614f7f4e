"""The panel that takes an update apart: phases, formulas, arrows, squares and numbers.

Which racer and which phase is looked at belongs to the document, so a lesson can open on it, it
can be undone, and an export shows it. Formulas in letters are set once; those in figures only
while the race stands still, since nobody reads them while they fly by.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from nnviz.engine.anatomy.notes import Anatomy, Phase
from nnviz.experiment import edits
from nnviz.experiment.landscape import ARROWS
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.runtime.inside import anatomy_of, inside_of
from nnviz.ui.canvas.diagram import Diagram
from nnviz.ui.canvas.formulas import FormulaLine, Formulas
from nnviz.ui.canvas.ledger import Ledger
from nnviz.ui.canvas.sentence import Sentence
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.steps import Steps
from nnviz.ui.panels.inside.card import RuleCard
from nnviz.ui.panels.inside.head import Head
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme
from nnviz.ui.typeset import Typesetter

_NAMES = dict(zip(ARROWS, ("Phase", "Step", "All"), strict=True))
_HINTS = dict(
    zip(
        ARROWS,
        (
            "Draw the arrows of this phase at the racer.",
            "Draw all arrows of the step at the racer, also while the race runs.",
            "Draw the arrows of the step at every racer, also while the race runs.",
        ),
        strict=True,
    )
)


class InsidePanel(QWidget):
    """One step of one racer, a phase at a time."""

    key: ClassVar[str] = "inside"

    def __init__(self, parts: Parts) -> None:
        """Show the inner state of the store's experiment."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._theme = parts.look.theme
        self._picture: Picture | None = None
        self._anatomy: Anatomy | None = None
        self.typesetter = Typesetter(self)
        self.head = Head(parts.store)
        self.card = RuleCard(parts.store, self.typesetter, parts.look.theme, self)
        self._make()
        self._lay_out()
        self._connect(parts)
        self._show(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)
            self._on_reported(parts.player.picture)

    def _make(self) -> None:
        theme = self._theme
        self.back = IconButton("chevron-left", "Phase before", "Go back by a phase.", side=26)
        self.on = IconButton("chevron-right", "Next phase", "Go on by a phase.", side=26)
        self.steps = Steps("Phases", "The phases of this step: click one, or use the arrow keys.")
        entries = ((key, _NAMES[key], _HINTS[key]) for key in ARROWS)
        self.arrows = Segments("Arrows on the surface", entries)
        self.page = QWidget()
        self.sentence = Sentence(theme)
        self.formulas = Formulas(self.typesetter, theme)
        self.diagram = Diagram(theme)
        self.ledger = Ledger(theme)
        self.remark = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.remark.setProperty("tone", "muted")
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open = QPushButton("Look inside")
        self.open.setToolTip("Take the steps of the racers apart.")

    def _lay_out(self) -> None:
        body, empty = QWidget(), QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(row(self.back, self.steps, self.on, self.arrows, spacing=4))
        whole.addWidget(self.page, 1)
        layout = QVBoxLayout(self.page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.sentence)
        pictures = column(spacing=4)
        pictures.addWidget(self.formulas, 5)
        pictures.addWidget(self.diagram, 6)
        beside = row(spacing=12)
        beside.addLayout(pictures, 1)
        beside.addWidget(self.ledger)
        layout.addLayout(beside, 1)
        layout.addWidget(self.remark)
        blank = column(1, self.message, self.open, 1)
        blank.setAlignment(self.open, Qt.AlignmentFlag.AlignHCenter)
        empty.setLayout(blank)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(body)

    def _connect(self, parts: Parts) -> None:
        parts.store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.player.reported.connect(self._on_reported)
        parts.player.state_changed.connect(self._refresh)
        parts.look.changed.connect(self._show_theme)
        self.head.stepped.connect(self._go)
        self.head.rule_asked.connect(self._on_rule_asked)
        self.steps.picked.connect(self._on_phase_picked)
        self.steps.passed.connect(self._on_passed)
        self.back.clicked.connect(partial(self.steps.walk, -1))
        self.on.clicked.connect(partial(self.steps.walk, 1))
        self.arrows.picked.connect(self._on_arrows_picked)
        self.open.clicked.connect(self._on_opened)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.landscape is not new.landscape or old.rivals is not new.rivals:
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        self.head.show_experiment(experiment)
        self.arrows.show_key(experiment.landscape.arrows)
        self._refresh()

    def _show_theme(self, theme: Theme) -> None:
        self._theme = theme
        for each in (self.sentence, self.formulas, self.diagram, self.ledger, self.card):
            each.show_theme(theme)
        self._refresh()

    def _on_pictured(self, picture: Picture) -> None:
        """Let the arrows move; what is to be read comes by turns."""
        self._picture = picture
        inside = inside_of(picture)
        if inside is not None:
            anatomy = anatomy_of(inside.moment, len(inside.axes))
            self.diagram.show_phase(anatomy.phases[self._phase_of(anatomy)], inside.axes)

    def _on_reported(self, picture: Picture) -> None:
        self.head.show_frame(picture.frame)
        self._refresh()

    def _phase_of(self, anatomy: Anatomy) -> int:
        """Which phase of an update is looked at."""
        return min(self._store.experiment.landscape.phase, len(anatomy.phases) - 1)

    def _refresh(self) -> None:
        """Show the update of the moment, or why there is none."""
        inside = None if self._picture is None else inside_of(self._picture)
        if inside is None:
            self._show_nothing()
            return
        axes = inside.axes
        self._anatomy = anatomy = anatomy_of(inside.moment, len(axes))
        at = self._phase_of(anatomy)
        phase = anatomy.phases[at]
        self.steps.show_steps([each.title for each in anatomy.phases], at)
        self.sentence.show_text(phase.title, phase.sentence)
        self.diagram.show_phase(phase, axes)
        self.ledger.show_anatomy(anatomy, at, axes)
        self._show_formulas(phase, axes)
        self.card.show_moment(inside.moment)
        self._show_remark(inside.remark)
        self._stack.setCurrentIndex(1)

    def _show_formulas(self, phase: Phase, axes: tuple[str, ...]) -> None:
        lines = [FormulaLine(phase.formula)]
        if not self._player.is_playing:
            names = axes if len(phase.figures) > 1 else ("",)
            lines += [
                FormulaLine(each, name, 0.82)
                for each, name in zip(phase.figures, names, strict=False)
            ]
        self.typesetter.ask(each.latex for each in lines)
        self.formulas.show_lines(lines, phase.sentence)

    def _show_remark(self, remark: str) -> None:
        self.remark.setVisible(bool(remark))
        if remark != self.remark.text():
            self.remark.setText(remark)

    def _show_nothing(self) -> None:
        self._anatomy = None
        landscape = self._store.experiment.landscape
        self.open.setVisible(not landscape.inside)
        if not landscape.inside:
            text = "Walk through one step of an optimizer, phase by phase, with its numbers."
        elif landscape.is_whole:
            text = "No update follows here: look at another moment, or inside another run."
        elif not landscape.running:
            text = "Nobody races: let an optimizer race to look inside its steps."
        else:
            text = ""
        self.message.setText(text)
        self._stack.setCurrentIndex(0)

    def _on_opened(self) -> None:
        self._store.edit("inner state", partial(edits.with_terrain, inside=True))

    def _on_arrows_picked(self, key: str) -> None:
        self._store.edit("arrows", partial(edits.with_terrain, arrows=key))

    def _on_phase_picked(self, place: int) -> None:
        changed = edits.with_terrain(self._store.experiment, phase=place)
        self._store.change(changed, "phase")

    def _on_passed(self, way: int) -> None:
        """Go on from the last phase to the first of the next step, and the other way round."""
        if self._go(way) and self._anatomy is not None:
            self._on_phase_picked(0 if way > 0 else len(self._anatomy.phases) - 1)

    def _go(self, way: int) -> bool:
        """Go on or back by a step of the race; whether there is one."""
        if way < 0:
            if self.head.back.isEnabled():
                self._player.step_back()
            return self.head.back.isEnabled()
        looked = self._player.looked
        if looked is None:
            self._player.step_epoch()
        else:
            self._player.look(looked + 1)
        return True

    def _on_rule_asked(self) -> None:
        self.card.open_below(self.head.rule)
