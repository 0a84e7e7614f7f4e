"""The parts: what every panel and command is handed, built once by `nnviz.app`."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.ui.player import Player
from nnviz.ui.preferences import Preferences
from nnviz.ui.store import Store
from nnviz.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is made around.

    `look.theme` is the theme of the moment, `look.changed(theme)` tells of another one.
    """

    store: Store
    player: Player
    look: Look
    preferences: Preferences
