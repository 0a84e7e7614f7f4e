"""What can be picked of rivals, as menus: a whole set, or one difference."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from nnviz.experiment.presets import OFFERS, PRESETS, written
from nnviz.experiment.spec import Experiment, Rival


def fill_presets(menu: QMenu, pick: Callable[[str], None]) -> None:
    """Offer the presets, each by its key."""
    menu.setToolTipsVisible(True)
    for preset in PRESETS:
        action = menu.addAction(preset.label, partial(pick, preset.key))
        action.setToolTip(preset.hint)


def fill_offers(menu: QMenu, experiment: Experiment, pick: Callable[[Rival], None]) -> None:
    """Offer what a rival of an experiment can differ in: a submenu each, where there is a choice.

    Args:
        menu: what is filled, anew.
        experiment: the main run.
        pick: told the difference that was picked.
    """
    menu.clear()
    for offer in OFFERS:
        choices = offer.choices(experiment)
        if not choices:
            continue
        inner = menu.addMenu(offer.label)
        for choice in choices:
            inner.addAction(written(choice), partial(pick, choice))
