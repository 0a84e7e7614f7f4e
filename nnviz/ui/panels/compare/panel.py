"""The compare panel: the main run and its rivals as small multiples."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.experiment.build import network_of
from nnviz.experiment.presets import PRESETS
from nnviz.experiment.rivals import brief_labels, entrants, label_of
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.runtime.standings import MAIN, Standings
from nnviz.ui.controls.layout import row
from nnviz.ui.panels.compare.card import EntrantCard
from nnviz.ui.panels.compare.cards import Cards
from nnviz.ui.parts import Parts
from nnviz.ui.racers import entrant_style
from nnviz.ui.rival_menus import RivalMenus
from nnviz.ui.theme import Theme

MULTIPLE_CELLS = 64
_EMPTY = "Train rivals beside this run, in lock-step on the same data, and see who wins."


class ComparePanel(QWidget):
    """Lets rivals in, changes and removes them, and shows each one's map and numbers."""

    key: ClassVar[str] = "compare"

    told = Signal(str)
    """What could not be done, in a sentence."""

    def __init__(self, parts: Parts) -> None:
        """Show the rivals of the newest picture."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._theme = parts.look.theme
        self._standings = Standings()
        self._cards: list[EntrantCard] = []
        self.menus = RivalMenus(parts.store, parts.player, self)
        self.presets = _menu_button("Presets", "Let a whole set of rivals in, in place of these.")
        self.add = _menu_button("Add rival", "Choose in what one more rival differs.")
        self.remove_all = QPushButton("Remove all")
        self.remove_all.setToolTip("Train the main run alone again.")
        self.starters = {each.key: QPushButton(each.label) for each in PRESETS}
        self.cards = Cards()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect(parts)
        self._show_rivals(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    @property
    def shown(self) -> tuple[EntrantCard, ...]:
        """The cards, that of the main run first; none without rivals."""
        return tuple(self._cards)

    def _lay_out(self) -> None:
        empty = QWidget()
        box = QVBoxLayout(empty)
        box.addStretch(2)
        sentence = QLabel(_EMPTY)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence.setWordWrap(True)
        box.addWidget(sentence)
        box.addSpacing(8)
        for preset in PRESETS:
            button = self.starters[preset.key]
            button.setToolTip(preset.hint)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self._pages.addWidget(empty)
        self._pages.addWidget(self.cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.presets, self.add, 1, self.remove_all))
        layout.addWidget(self._pages, 1)

    def _connect(self, parts: Parts) -> None:
        parts.store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.look.changed.connect(self._on_look_changed)
        self.menus.told.connect(self.told)
        self.menus.fill_presets(self.presets.menu())
        for key, button in self.starters.items():
            button.clicked.connect(partial(self.menus.let_in, key))
        self.add.menu().aboutToShow.connect(partial(self.menus.fill_add, self.add.menu()))
        self.remove_all.clicked.connect(self.menus.take_all_out)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wish(seen=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wish(seen=False)

    def _wish(self, *, seen: bool) -> None:
        cells = MULTIPLE_CELLS if seen and self._cards else 0
        if self._player.wishes.multiples != cells:
            self._player.set_wishes(multiples=cells)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        is_other = old.architecture is not new.architecture or old.features != new.features
        if old.rivals is not new.rivals or (is_other and new.rivals):
            self._show_rivals(new)
        if old.view.goal != new.view.goal and self._player.picture is not None:
            self._on_pictured(self._player.picture)

    def _show_rivals(self, experiment: Experiment) -> None:
        names = [MAIN, *(label_of(each) for each in experiment.rivals)]
        names = names if experiment.rivals else []
        briefs = [MAIN, *brief_labels(experiment.rivals)][: len(names)]
        del self._cards[len(names) :]
        for place in range(len(self._cards), len(names)):
            self._cards.append(self._new_card(place))
        everybody = (experiment, *entrants(experiment))
        named = zip(self._cards, names, briefs, strict=True)
        for place, (card, name, brief) in enumerate(named):
            card.show_entrant(name, brief, entrant_style(place, self._theme))
            card.shape.show_widths(network_of(everybody[place]).widths)
            card.show_standing(None, None)
        self.cards.hold(self._cards)
        self._pages.setCurrentIndex(1 if names else 0)
        self.remove_all.setEnabled(bool(names))
        self._wish(seen=self.isVisible())

    def _new_card(self, place: int) -> EntrantCard:
        card = EntrantCard(self._theme, is_main=place == 0)
        index = place - 1
        card.remove.clicked.connect(partial(self.menus.take_out, index))
        card.menu.aboutToShow.connect(partial(self.menus.fill_more, card.menu, index))
        return card

    def _on_pictured(self, picture: Picture) -> None:
        frame = picture.frame
        if not self._cards or frame.experiment.rivals != self._store.experiment.rivals:
            return
        if len(frame.rivals) != len(self._cards) - 1:
            return
        maps = picture.multiples or (None,) * len(self._cards)
        stood = self._standings.of(frame, self._store.experiment.view.goal)
        for card, standing, rgba in zip(self._cards, stood, maps, strict=False):
            card.show_standing(standing, rgba)

    def _on_look_changed(self, theme: Theme) -> None:
        self._theme = theme
        for place, card in enumerate(self._cards):
            card.show_theme(theme)
            card.swatch.show_style(entrant_style(place, theme))


def _menu_button(text: str, hint: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(hint)
    button.setMenu(QMenu(button))
    return button
