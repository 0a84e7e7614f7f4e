"""Turns a picture into what is seen of the surface: a map of it, or a curve where it is a line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from nnviz.engine.surfaces import surface_of
from nnviz.experiment.build import network_of, slice_axes
from nnviz.experiment.landscape import NETWORK_SURFACE, Place
from nnviz.runtime.frames import Frame, Picture, SurfacePicture
from nnviz.ui.canvas.line import LineCanvas
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.racers import style_of
from nnviz.ui.theme import Theme


class Display(QStackedWidget):
    """Feeds the canvas that fits, and only what is another one."""

    start_picked = Signal(float, float)
    """The person picked where all racers start."""

    def __init__(self, theme: Theme) -> None:
        """Begin with nothing shown."""
        super().__init__()
        self.map = SurfaceCanvas(theme)
        self.line = LineCanvas(theme)
        for canvas in (self.map, self.line):
            self.addWidget(canvas)
            canvas.start_picked.connect(self.start_picked)
        self._drawn: SurfacePicture | None = None

    @property
    def canvas(self) -> SurfaceCanvas | LineCanvas:
        """The one that is seen."""
        return self.map if self.currentWidget() is self.map else self.line

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self.map.show_theme(theme)
        self.line.show_theme(theme)

    def show_picture(self, picture: Picture, theme: Theme) -> None:
        """Show the surface of a picture, who races on it, and where they start."""
        surface = picture.surface
        if surface is not self._drawn:
            self._drawn = surface
            self._show_surface(surface)
        self._show_race(picture.frame, theme)
        self._show_places(picture.frame)

    def _show_surface(self, surface: SurfacePicture) -> None:
        if surface.profile is not None:
            self.line.show_line(surface.profile, surface.minima, (surface.labels[0], "loss"))
            self.setCurrentWidget(self.line)
            return
        self.map.show_surface(
            surface.rgba,
            surface.domain,
            surface.levels,
            surface.contours,
            surface.minima,
            surface.labels,
        )
        self.setCurrentWidget(self.map)

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
