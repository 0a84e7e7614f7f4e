"""The line above the surface: which one it is, and how it is cut and started on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.optimizers import Optimizer
from nnviz.engine.surfaces import surface_of
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.text import Elided
from nnviz.ui.panels.landscape.crowding import CrowdSettings
from nnviz.ui.panels.landscape.cutline import CutLine
from nnviz.ui.panels.landscape.glass import is_line
from nnviz.ui.player import Player
from nnviz.ui.store import Store
from nnviz.ui.terrain import TYPED, TerrainSettings, surface_choices

_LEAST, _BRIEF, _MOST = 108, 86, 172
"""How wide the choice of the surface is, as there is room; by one word it is briefer."""

_SIDE = 24
"""How large a button is: all of them stand side by side in the smallest window."""


class Head(QWidget):
    """Chooses the surface; on the network's own loss also how it is cut."""

    def __init__(self, store: Store, player: Player) -> None:
        """Show the landscape of the store's experiment."""
        super().__init__()
        self._store = store
        self._known: dict[tuple[str, int, str], Optimizer] = {}
        self.surface = Choice("Surface", "What the optimizers race on.")
        self.terrain = TerrainSettings(store)
        self.settings = IconButton(
            "preferences",
            "Settings of the surface",
            "Type a formula, add noise, and more.",
            side=_SIDE,
        )
        self._popover = Popover("Loss surface", self.terrain, self)
        self.crowding = CrowdSettings(store)
        self.crowd = IconButton(
            "swarm",
            "Swarm and basins",
            "Show thousands of particles at once, or where every start leads.",
            side=_SIDE,
        )
        self._crowd_popover = Popover("Swarm and basins", self.crowding, self)
        self.cut = CutLine(store, player)
        self.formula = Elided(Qt.TextElideMode.ElideMiddle)
        self.formula.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.restart = IconButton(
            "reset",
            "Default start",
            "Start the race from the surface’s own place again.",
            side=_SIDE,
        )
        self.picture = Segments(
            "Picture of the surface",
            (
                ("map", "Map", "See the surface from above, as a map (V)."),
                ("relief", "3-D", "See the surface as a landscape; drag to go around it (V)."),
            ),
        )
        self.inside = IconButton(
            "inside", "Look inside", "Show what goes on inside the optimizers (I).", side=_SIDE
        )
        self.inside.setCheckable(True)
        self.standings = IconButton(
            "standings",
            "Racers",
            "Show who races beside the surface, or fold them away.",
            side=_SIDE,
        )
        self.standings.setCheckable(True)
        self.standings.setChecked(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.surface.setMaximumWidth(_MOST)
        line = row(
            self.surface,
            self.settings,
            self.crowd,
            self.formula,
            self.cut,
            self.restart,
            self.picture,
            self.inside,
            self.standings,
            spacing=2,
        )
        for each in (self.surface, self.formula, self.cut):
            line.setStretchFactor(each, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)

    def _connect(self) -> None:
        self.surface.picked.connect(self._on_surface_picked)
        self.settings.clicked.connect(partial(self._popover.open_below, self.settings))
        self.crowd.clicked.connect(partial(self._crowd_popover.open_below, self.crowd))
        self.restart.clicked.connect(self._on_restart_clicked)
        self.inside.clicked.connect(self._on_inside_clicked)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show how the surface is chosen, silently."""
        landscape = experiment.landscape
        self.surface.show_choices(surface_choices(landscape.surface))
        self.surface.show_key(landscape.surface)
        self.terrain.show_experiment(experiment)
        self.crowding.show_experiment(experiment)
        on_network = landscape.surface == NETWORK_SURFACE
        self.surface.setMinimumWidth(_BRIEF if on_network else _LEAST)
        self.crowd.setVisible(not landscape.is_whole)
        self.cut.setVisible(on_network)
        self.formula.setVisible(not on_network)
        if on_network:
            self.cut.show_experiment(experiment)
        else:
            self.formula.show_text(surface_of(landscape.surface).formula)
        self.picture.setVisible(not is_line(landscape))
        self.restart.setEnabled(bool(landscape.starts))
        self.restart.setVisible(bool(landscape.starts) or not on_network)
        self.inside.setChecked(landscape.inside)
        for place, racer in enumerate(landscape.racers):
            self._known[landscape.surface, place, racer.optimizer.key] = racer.optimizer

    def show_picture(self, picture: Picture) -> None:
        """Tell through which network the slice is cut, and where starts lead."""
        frame = picture.frame
        self.crowding.show_basins(picture.findings.basins)
        if frame.experiment.landscape.surface == NETWORK_SURFACE:
            self.cut.show_frame(frame)

    def _on_surface_picked(self, key: str) -> None:
        if key == TYPED:
            self.surface.show_key(self._store.experiment.landscape.surface)
            self._popover.open_below(self.settings)
            return
        self._store.edit("surface", partial(self._on_another_surface, key))

    def _on_another_surface(self, key: str, experiment: Experiment) -> Experiment:
        """Another surface, its racers with the settings they last had there."""
        changed = edits.with_surface(experiment, key)
        for place, racer in enumerate(changed.landscape.racers):
            optimizer = self._known.get((key, place, racer.optimizer.key), racer.optimizer)
            changed = edits.with_racer(changed, place, optimizer=optimizer)
        return changed

    def _on_inside_clicked(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("inner state", partial(edits.with_terrain, inside=on))

    def _on_restart_clicked(self) -> None:
        self._store.edit("start of the race", partial(edits.with_race_starts, starts=()))
