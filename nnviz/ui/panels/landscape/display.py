"""Turns a picture into what the canvas of the surface shows."""

from __future__ import annotations

from nnviz.engine.surfaces import surface_of
from nnviz.experiment.build import network_of, slice_axes
from nnviz.experiment.landscape import NETWORK_SURFACE, Place
from nnviz.runtime.frames import Frame, Picture, SurfacePicture
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.racers import style_of
from nnviz.ui.theme import Theme


class Display:
    """Feeds a canvas, and only what is another one."""

    def __init__(self, canvas: SurfaceCanvas) -> None:
        """Begin with nothing shown."""
        self.canvas = canvas
        self._drawn: SurfacePicture | None = None

    def show(self, picture: Picture, theme: Theme) -> None:
        """Show the surface of a picture, who races on it, and where they start."""
        surface = picture.surface
        if surface is not self._drawn:
            self._drawn = surface
            self.canvas.show_surface(
                surface.rgba,
                surface.domain,
                surface.levels,
                surface.contours,
                surface.minima,
                surface.labels,
            )
        self._show_race(picture.frame, theme)
        self._show_places(picture.frame)

    def _show_race(self, frame: Frame, theme: Theme) -> None:
        race, racers = frame.race, frame.experiment.landscape.racers
        styles = tuple(style_of(racers[place], theme) for place in race.racers)
        self.canvas.show_race(race.paths, styles, race.diverged)

    def _show_places(self, frame: Frame) -> None:
        landscape = frame.experiment.landscape
        if landscape.surface != NETWORK_SURFACE:
            self.canvas.show_network_place(None)
            own: Place = surface_of(landscape.surface).start
        else:
            first, second = slice_axes(landscape, network_of(frame.experiment))
            theta, anchor = frame.theta, frame.anchor
            self.canvas.show_network_place((float(theta[first]), float(theta[second])))
            own = (float(anchor[first]), float(anchor[second]))
        self.canvas.show_starts(landscape.starts or (own,))
