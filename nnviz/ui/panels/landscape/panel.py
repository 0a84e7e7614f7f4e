"""The landscape panel: a loss surface, and the optimizers that race down it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.experiment import edits
from nnviz.experiment.landscape import Place
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.line import LineCanvas
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.panels.landscape.display import Display
from nnviz.ui.panels.landscape.glass import Glazing
from nnviz.ui.panels.landscape.head import Head
from nnviz.ui.panels.landscape.looking import Looking
from nnviz.ui.panels.landscape.side import Side
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme

LEAST, WELL, SHARES = 320, 520, (0.86, 0.78)
"""The surface is at least so many pixels wide. Up to the second number it is nearly as wide as
high, by the first share of the height, and beyond at least by the second."""

SCANT = 220
"""It is at least so wide where all numbers are to be seen."""


class LandscapePanel(QWidget):
    """A test surface or the network's own loss, and those who race on it or on the network."""

    key: ClassVar[str] = "landscape"

    told = Signal(str)
    """What could not be done, or what to know, in a sentence."""

    def __init__(self, parts: Parts) -> None:
        """Show the landscape of the store's experiment."""
        super().__init__()
        self._store = parts.store
        self._theme = parts.look.theme
        self.head = Head(parts.store, parts.player)
        self.side = Side(parts.store, parts.player, parts.look.theme)
        self.legend = self.side.legend
        self.display = Display(parts.look.theme)
        self._glazing = Glazing(parts.store, parts.player, self.display, parts.look.theme)
        self.looking = Looking(parts.store, parts.player, self.display, self.head.picture)
        self._lay_out()
        parts.store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.player.reported.connect(self._on_reported)
        parts.look.changed.connect(self._show_theme)
        self.display.start_picked.connect(self._on_start_picked)
        self.display.racer_picked.connect(self._on_racer_picked)
        self.side.studied.connect(self._on_racer_picked)
        self.side.widened.connect(self._share_room)
        self.side.entrants.menus.told.connect(self.told)
        self.head.standings.clicked.connect(self._on_standings_clicked)
        self.display.starts_picked.connect(self._on_starts_picked)
        self.display.starts_dragged.connect(self._on_starts_dragged)
        self.display.drag_ended.connect(parts.store.settle)
        self._show(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)
            self._on_reported(parts.player.picture)

    @property
    def canvas(self) -> SurfaceCanvas | LineCanvas | ReliefCanvas:
        """What the surface is drawn on."""
        return self.display.canvas

    def _lay_out(self) -> None:
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.display, 1)
        bottom.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        layout.addLayout(bottom, 1)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if (
            old.landscape is not new.landscape
            or old.architecture is not new.architecture
            or old.features is not new.features
            or old.data is not new.data
            or old.training is not new.training
            or old.rivals is not new.rivals
        ):
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        self.head.show_experiment(experiment)
        self.side.show_experiment(experiment, self._theme)
        self._share_room()
        self.looking.show_experiment(experiment)
        self._glazing.show_theme(self._theme)

    def _show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.display.show_theme(theme)
        self._glazing.show_theme(theme)
        self.side.show_experiment(self._store.experiment, theme)

    def _on_pictured(self, picture: Picture) -> None:
        self.display.show_picture(picture, self._theme)

    def _on_reported(self, picture: Picture) -> None:
        self.head.show_picture(picture)
        self.side.show_picture(picture)

    def _on_standings_clicked(self, on: bool) -> None:  # noqa: FBT001 - the state
        self.side.setVisible(on)

    def _on_racer_picked(self, place: int) -> None:
        self._store.edit("racer that is studied", partial(edits.with_studied, place=place))

    def _on_start_picked(self, x: float, y: float) -> None:
        self._on_starts_picked(((x, y),))

    def _on_starts_picked(self, starts: tuple[Place, ...]) -> None:
        self._store.edit("start of the race", partial(edits.with_race_starts, starts=starts))

    def _on_starts_dragged(self, starts: tuple[Place, ...]) -> None:
        changed = edits.with_race_starts(self._store.experiment, starts)
        self._store.change(changed, "start of the race")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Leave the surface its room, and tell as much of the racers as fits beside it."""
        square, tall = (int(share * self.height()) for share in SHARES)
        least = SCANT if self.side.is_wide else max(LEAST, min(square, WELL), tall)
        self.side.show_room(self.width() - least)
