"""Turns a picture into what the canvas of the landscape shows."""

from __future__ import annotations

from nnviz.engine.outlook import Outlook
from nnviz.engine.surfaces import surface_of
from nnviz.experiment.build import network_of, slice_axes
from nnviz.experiment.landscape import NETWORK_SURFACE, Place
from nnviz.runtime.frames import Frame, Picture
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.canvas.relief_trails import Race
from nnviz.ui.racers import entrant_style, style_of
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
        starts, own = places_of(picture.frame)
        self._canvas.show_starts(starts)
        self._canvas.show_network_place(own)


def race_of(picture: Picture, theme: Theme) -> Race:
    """Who races: on the surface that is drawn, or, with heights of their own, on the network."""
    landscape, ways = picture.frame.experiment.landscape, picture.ways
    if landscape.race == "run" and ways is not None:
        styles = tuple(entrant_style(run, theme) for run in ways.runs)
        return Race(ways.paths, styles, ways.diverged, honest=True)
    race = picture.frame.race
    styles = tuple(style_of(landscape.racers[place], theme) for place in race.racers)
    return Race(race.paths, styles, race.diverged)


def places_of(frame: Frame) -> tuple[tuple[Place, ...], Place | None]:
    """Where every racer starts, and where the network itself is, if it is on the surface."""
    landscape = frame.experiment.landscape
    if landscape.surface != NETWORK_SURFACE:
        return landscape.starts or (surface_of(landscape.surface).start,), None
    first, second = slice_axes(landscape, network_of(frame.experiment))
    theta, anchor = frame.theta, frame.anchor
    begin = (float(anchor[first]), float(anchor[second]))
    return landscape.starts or (begin,), (float(theta[first]), float(theta[second]))
