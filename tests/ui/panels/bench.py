"""Panels without threads: a still player, and pictures painted when a test asks for them."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QSettings
from typing_extensions import override

from nnviz.experiment.edits import with_data
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture, Wishes
from nnviz.runtime.painter import paint
from nnviz.runtime.trainer import Trainer
from nnviz.ui.parts import Parts
from nnviz.ui.player import Player
from nnviz.ui.preferences import Preferences
from nnviz.ui.still import StillPlayer, still_parts
from nnviz.ui.store import Store
from nnviz.ui.theme import DARK, LIGHT


class ToldPlayer(StillPlayer):
    """A still player that keeps what it was told."""

    def __init__(self, wishes: Wishes) -> None:
        super().__init__(wishes)
        self.told: list[object] = []

    def _keep(self, name: str) -> None:
        self.told.append(name)

    @override
    def toggle(self) -> None:
        self._keep("toggle")

    @override
    def reset(self) -> None:
        self._keep("reset")

    @override
    def recenter(self) -> None:
        self._keep("recenter")

    @override
    def race_again(self) -> None:
        self._keep("race again")

    @override
    def step_epoch(self) -> None:
        self._keep("epoch")

    @override
    def step_back(self) -> None:
        self._keep("back")

    @override
    def look(self, epoch: int | None) -> None:
        self.told.append(epoch)

    @override
    def step_batch(self) -> None:
        self._keep("batch")

    @override
    def set_weights(self, places: tuple[int, ...], values: tuple[float, ...]) -> None:
        self.told.append((places, values))

    @override
    def set_speed(self, epochs_per_second: float) -> None:
        self.told.append(epochs_per_second)


class Bench:
    """A store, a player that keeps what it was told, and pictures on demand."""

    def __init__(self, folder: Path) -> None:
        wishes = Wishes(
            stops=LIGHT.stops,
            classes=LIGHT.class_colors,
            ground=LIGHT.rgb("panel"),
            boundary_cells=12,
            neuron_cells=4,
            surface_cells=12,
        )
        settings = QSettings(str(folder / "preferences.ini"), QSettings.Format.IniFormat)
        experiment = with_data(Experiment(), samples=40)
        parts, _ = still_parts(experiment, LIGHT, wishes, Preferences(settings))
        self.player = ToldPlayer(wishes)
        self.parts: Parts = replace(parts, player=cast("Player", self.player))

    @property
    def store(self) -> Store:
        """The store of the parts."""
        return self.parts.store

    @property
    def experiment(self) -> Experiment:
        """The experiment of the store."""
        return self.store.experiment

    def paint(self, epochs: int = 0, **wishes: Any) -> Picture:
        """Show everyone the picture of the store's experiment after some epochs."""
        self.player.set_wishes(**wishes)
        trainer = Trainer(self.experiment)
        if epochs:
            trainer.work(epochs, math.inf)
        picture = paint(trainer.frame(), self.player.wishes)
        self.player.show_picture(picture)
        return picture

    def begin_again(self) -> None:
        """Show everyone another run of the same experiment."""
        trainer = Trainer(self.experiment)
        trainer.reset()
        self.player.show_picture(paint(trainer.frame(), self.player.wishes))

    def darken(self) -> None:
        """Another theme, as the look would tell it."""
        self.parts.look.changed.emit(DARK)
