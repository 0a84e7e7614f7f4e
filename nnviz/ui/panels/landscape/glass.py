"""Through what the swarm is seen: the painter is told what part of the map there is room for."""

from __future__ import annotations

from nnviz.engine.surfaces import surface_of
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape, Racer
from nnviz.runtime.findings import Color, Glass
from nnviz.ui.panels.landscape.display import Display
from nnviz.ui.player import Player
from nnviz.ui.racers import style_of
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

CELL = 2
"""How many pixels of the window a particle is wide and high."""


class Glazing:
    """Wishes for a swarm as large as it is seen, and for none where it is not."""

    def __init__(self, store: Store, player: Player, display: Display, theme: Theme) -> None:
        """Follow the map of a display."""
        self._store, self._player, self._display = store, player, display
        self._theme = theme
        display.sized.connect(self._wish)
        display.map.view.changed.connect(self._wish)
        display.line.view.changed.connect(self._wish)

    def show_theme(self, theme: Theme) -> None:
        """Wish for the colors of the landscape's racers in a theme."""
        self._theme = theme
        self._wish()

    def _wish(self) -> None:
        glass = self._glass()
        if glass != self._player.wishes.glass:
            self._player.set_wishes(glass=glass)

    def _glass(self) -> Glass | None:
        landscape = self._store.experiment.landscape
        plot = self._display.line if is_line(landscape) else self._display.map
        area = plot.area
        columns, rows = int(area.width()) // CELL, int(area.height()) // CELL
        if landscape.picture == "relief" and plot is self._display.map:
            columns = rows = 1  # On a landscape its particles are drawn, not its map.
        is_seen = landscape.crowd != "none" and self._display.isVisible()
        if not is_seen or min(columns, rows) < 1:
            return None
        (x0, x1), (y0, y1) = plot.view.ranges
        return Glass((x0, x1, y0, y1), columns, rows, hues_of(landscape.racers, self._theme))


def is_line(landscape: Landscape) -> bool:
    """Whether a curve is all that there is to see."""
    if landscape.surface == NETWORK_SURFACE:
        return landscape.plane == "line"
    return surface_of(landscape.surface).line


def hues_of(racers: tuple[Racer, ...], theme: Theme) -> tuple[Color, ...]:
    """The colors of racers as bytes."""
    return tuple(_bytes(style_of(each, theme).color) for each in racers)


def _bytes(color: str) -> Color:
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue
