"""What can be done with rivals, as menus: let a set or one more in, change, promote, take out.

Every list of rivals has the same menus, and the same changes behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from nnviz.experiment import edits
from nnviz.experiment.presets import OFFERS, PRESETS, written
from nnviz.experiment.rivals import entrants
from nnviz.experiment.spec import Experiment, Rival
from nnviz.mistake import Mistake
from nnviz.ui.player import Player
from nnviz.ui.store import Store


class RivalMenus(QObject):
    """Fills menus for the rivals of the store's experiment, which are counted from 0."""

    told = Signal(str)
    """What could not be done, or what to know, in a sentence."""

    def __init__(self, store: Store, player: Player, parent: QObject) -> None:
        """Change the rivals of a store."""
        super().__init__(parent)
        self._store, self._player = store, player

    def fill_presets(self, menu: QMenu) -> None:
        """Offer whole sets."""
        menu.setToolTipsVisible(True)
        for preset in PRESETS:
            action = menu.addAction(preset.label, partial(self.let_in, preset.key))
            action.setToolTip(preset.hint)

    def fill_add(self, menu: QMenu) -> None:
        """Offer what one more rival can differ in."""
        _fill_offers(menu, self._store.experiment, self._add)

    def fill_more(self, menu: QMenu, index: int) -> None:
        """Offer how a rival can differ besides, and to change places with the main run."""
        rival = entrants(self._store.experiment)[index]
        _fill_offers(menu, rival, partial(self._change, index))
        menu.addSeparator()
        menu.addAction("Make this the main run", partial(self._promote, index))

    def let_in(self, key: str, *_: object) -> None:
        """Let a whole set in, in place of the rivals there are."""
        self._store.edit("rivals", partial(edits.with_preset, key=key))

    def take_out(self, index: int, *_: object) -> None:
        """Take a rival out."""
        self._store.edit("rival removed", partial(edits.without_rival, index=index))

    def take_all_out(self) -> None:
        """Train the main run alone."""
        self._store.edit("rivals removed", edits.without_rivals)

    def _add(self, rival: Rival) -> None:
        try:
            self._store.edit("rival", partial(edits.with_rival_added, rival=rival))
        except Mistake as mistake:
            self.told.emit(str(mistake))

    def _change(self, index: int, change: Rival) -> None:
        edit = partial(edits.with_rival_changed, index=index, change=change)
        self._store.edit("settings of a rival", edit)

    def _promote(self, index: int) -> None:
        self._store.edit("main run", partial(edits.with_rival_as_main, index=index))
        self._player.reset()
        self.told.emit("The rival is the main run now; all begin again from the start")


def _fill_offers(menu: QMenu, experiment: Experiment, pick: Callable[[Rival], None]) -> None:
    """Offer what a rival can differ in, anew: a submenu each, where there is a choice."""
    menu.clear()
    for offer in OFFERS:
        choices = offer.choices(experiment)
        if not choices:
            continue
        inner = menu.addMenu(offer.label)
        for choice in choices:
            inner.addAction(written(choice), partial(pick, choice))
