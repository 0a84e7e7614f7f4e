"""Turns a picture into what is seen of the surface: a map, a landscape, or a curve over a line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from nnviz.experiment.landscape import Camera
from nnviz.runtime.frames import Frame, Picture, SurfacePicture
from nnviz.ui.canvas.line import LineCanvas
from nnviz.ui.canvas.orbit import Stand
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.panels.landscape.bare import show_inner_state
from nnviz.ui.panels.landscape.scenery import Scenery
from nnviz.ui.panels.landscape.wayside import starts_of, told_of, walkers_of, who_is
from nnviz.ui.racers import style_of
from nnviz.ui.theme import Theme

HOME = Stand(Camera().turn, Camera().tilt, Camera().zoom)
"""Where a landscape is first looked at from."""


class Display(QStackedWidget):
    """Feeds the canvas that fits, and only what is another one."""

    start_picked = Signal(float, float)
    """The person picked where all racers start."""

    racer_picked = Signal(int)
    """The person picked a racer, by its place among them, or a run: 0 for the main one."""

    starts_picked = Signal(object)
    """The person picked several places to start from: a tuple of (x, y)."""

    starts_dragged = Signal(object)
    """The person drags one of the starts: all of them, as they are now."""

    drag_ended = Signal()
    """The person let go of a start."""

    sized = Signal()
    """There is room for a picture of another size, or for none."""

    def __init__(self, theme: Theme) -> None:
        """Begin with nothing shown."""
        super().__init__()
        self.map = SurfaceCanvas(theme)
        self.line = LineCanvas(theme)
        self.relief = ReliefCanvas(theme, HOME)
        self._scenery = Scenery(self.relief)
        for canvas in (self.map, self.line, self.relief):
            self.addWidget(canvas)
            canvas.start_picked.connect(self.start_picked)
            canvas.pointing.picked.connect(self._on_racer_picked)
            canvas.pointing.teller = self._told
        for several in (self.map, self.relief):
            several.starts_picked.connect(self.starts_picked)
            several.starts_dragged.connect(self.starts_dragged)
            several.drag_ended.connect(self.drag_ended)
        self._flat: SurfaceCanvas | LineCanvas = self.map
        self._drawn: SurfacePicture | None = None
        self._picture: Picture | None = None

    @property
    def canvas(self) -> SurfaceCanvas | LineCanvas | ReliefCanvas:
        """The one that is seen."""
        return self.relief if self.currentWidget() is self.relief else self._flat

    @property
    def dots(self) -> tuple[int, int]:
        """How many pixels of the screen it is wide and high; none while it is not seen."""
        if not self.isVisible():
            return 0, 0
        ratio = self.devicePixelRatio()
        return round(self.width() * ratio), round(self.height() * ratio)

    @property
    def margin(self) -> float:
        """How many pixels of the screen are kept free around a landscape."""
        return self.relief.margin * self.devicePixelRatio()

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        for canvas in (self.map, self.line, self.relief):
            canvas.show_theme(theme)

    def show_picture(self, picture: Picture, theme: Theme) -> None:
        """Show the surface of a picture, who races on it, and where they start."""
        surface, self._picture = picture.surface, picture
        if surface is not self._drawn:
            self._drawn = surface
            self._show_surface(surface)
        self._show_race(picture.frame, theme)
        landscape = picture.frame.experiment.landscape
        is_relief = landscape.picture == "relief" and surface.profile is None
        if show_inner_state((self.relief if is_relief else self._flat).inner, picture):
            self.map.refresh()
        for each in (self.map, self.line, self.relief):
            each.pointing.may_study = landscape.inside
        self._flat.show_walkers(walkers_of(picture, theme))
        self._flat.show_starts(starts_of(picture.frame))
        self.map.show_findings(picture.findings.swarm, picture.findings.basins)
        self.line.show_swarm(picture.findings.swarm)
        if picture.outlook is not None:
            self._scenery.show(picture, picture.outlook, theme)
        is_waiting = is_relief and picture.outlook is None
        if not is_waiting:  # For a landscape to look at, what is seen stays.
            is_seen = is_relief and picture.outlook is not None
            self.setCurrentWidget(self.relief if is_seen else self._flat)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sized.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sized.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sized.emit()

    def _show_surface(self, surface: SurfacePicture) -> None:
        if surface.profile is not None:
            self.line.show_line(surface.profile, surface.minima, (surface.labels[0], "loss"))
            self._flat = self.line
            return
        self.map.show_surface(
            surface.rgba,
            surface.domain,
            surface.levels,
            surface.contours,
            surface.minima,
            surface.labels,
        )
        self._flat = self.map

    def _on_racer_picked(self, row: int) -> None:
        who = None if self._picture is None else who_is(self._picture, row)
        if who is not None:
            self.racer_picked.emit(who)

    def _told(self, row: int) -> str:
        return "" if self._picture is None else told_of(self._picture, row)

    def _show_race(self, frame: Frame, theme: Theme) -> None:
        race, racers = frame.race, frame.experiment.landscape.racers
        styles = tuple(style_of(racers[place], theme) for place in race.racers)
        self._flat.show_race(race.paths, styles, race.diverged)
