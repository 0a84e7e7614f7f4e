"""Turns a picture into what the canvas of the landscape shows."""

from __future__ import annotations

from nnviz.engine.outlook import Outlook
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.canvas.relief_trails import Race
from nnviz.ui.panels.landscape.wayside import own_place, starts_of, walker_styles
from nnviz.ui.racers import style_of
from nnviz.ui.theme import Theme


class Scenery:
    """Feeds a canvas with a surface as a landscape."""

    def __init__(self, canvas: ReliefCanvas) -> None:
        """Begin with nothing shown."""
        self._canvas = canvas

    def show(self, picture: Picture, outlook: Outlook, theme: Theme) -> None:
        """Show the landscape of a picture, who races on it, and where they start."""
        surface = picture.surface
        self._canvas.show_outlook(outlook, surface.labels, surface.minima)
        self._canvas.show_race(race_of(picture, theme))
        self._canvas.show_spray(picture.spray)
        self._canvas.show_basins(picture.findings.basins)
        self._canvas.show_starts(starts_of(picture.frame))
        self._canvas.show_network_place(own_place(picture))


def race_of(picture: Picture, theme: Theme) -> Race:
    """Who races: on the surface that is drawn, or, with heights of their own, on the network."""
    landscape, ways = picture.frame.experiment.landscape, picture.ways
    if landscape.is_whole and ways is not None:
        looks = walker_styles(picture.frame.experiment, theme)
        styles = tuple(looks[run] for run in ways.runs)
        return Race(ways.paths, styles, ways.diverged, honest=True)
    race = picture.frame.race
    styles = tuple(style_of(landscape.racers[place], theme) for place in race.racers)
    return Race(race.paths, styles, race.diverged)
