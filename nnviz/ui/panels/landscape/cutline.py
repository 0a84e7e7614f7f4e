"""How the network's own loss is cut: along which plane, and where."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Frame
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.player import Player
from nnviz.ui.store import Store

PLANE_NAMES = {
    "axes": "Two weights",
    "line": "One weight",
    "random": "Random",
    "run": "Run’s plane",
}
_LEAST, _MOST = 108, 120
_BESIDE_DICE = 98  # Then a shorter word stands there.
_SIDE = 24


class CutLine(QWidget):
    """Chooses the plane, draws other random directions, and cuts through the network of now."""

    def __init__(self, store: Store, player: Player) -> None:
        """Show how the store's experiment is cut."""
        super().__init__()
        self._store = store
        self.plane = Choice(
            "Plane", "Along what the loss is shown: weights, random directions, or the run’s way."
        )
        self.plane.show_choices(PLANE_NAMES.items())
        self.plane.setMinimumWidth(_LEAST)
        self.plane.setMaximumWidth(_MOST)
        self.dice = IconButton(
            "shuffle",
            "Other directions",
            "Draw another pair of random directions, as long as the network’s own weights.",
            side=_SIDE,
        )
        self.recenter = IconButton("target", "Re-centre", "", side=_SIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        line = row(self.plane, self.dice, 1, self.recenter, spacing=2)
        line.setStretchFactor(self.plane, 100)
        layout.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.plane.picked.connect(self._on_plane_picked)
        self.dice.clicked.connect(self._on_dice_clicked)
        self.recenter.clicked.connect(player.recenter)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show how it is cut, silently."""
        landscape = experiment.landscape
        self.plane.show_key(landscape.plane)
        is_random = landscape.plane == "random"
        self.plane.setMinimumWidth(_BESIDE_DICE if is_random else _LEAST)
        self.dice.setVisible(is_random)

    def show_frame(self, frame: Frame) -> None:
        """Tell through which network the surface is cut."""
        self.recenter.setToolTip(
            "Cut the surface through the network as it is now; "
            f"this one goes through the network at epoch {frame.anchor_epoch:,}."
        )

    def _on_plane_picked(self, key: str) -> None:
        self._store.edit("plane of the surface", partial(edits.with_plane, key=key))

    def _on_dice_clicked(self) -> None:
        self._store.edit("random directions", edits.with_other_directions)
