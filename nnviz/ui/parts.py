"""The parts: what every panel and command is handed, built once by `nnviz.app`."""

from __future__ import annotations

from typing import Any

from nnviz.runtime.frames import Wishes
from nnviz.ui.look import Look
from nnviz.ui.player import Player
from nnviz.ui.preferences import Preferences
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is made around.

    `look.theme` is the theme of the moment, `look.changed(theme)` tells of another one.
    """

    store: Store
    player: Player
    look: Look
    preferences: Preferences


def tints_of(theme: Theme) -> dict[str, Any]:
    """The fields of `Wishes` that hang on the theme."""
    return {
        "stops": theme.stops,
        "classes": theme.class_colors,
        "ground": theme.rgb("panel"),
    }


def wishes_of(theme: Theme) -> Wishes:
    """What pictures look like in a theme."""
    return Wishes(**tints_of(theme))
