"""The switch between map and landscape, and where the landscape is looked at from.

While the camera moves only the painter is told; the document takes where it came to rest, as one
step that can be undone.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.experiment import edits
from nnviz.experiment.landscape import Camera
from nnviz.experiment.spec import Experiment
from nnviz.runtime.gaze import Gaze
from nnviz.ui.canvas.orbit import VIEWS, Stand
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.segments import Segments
from nnviz.ui.panels.landscape.display import Display
from nnviz.ui.player import Player
from nnviz.ui.store import Store

_SIDE = 26
_VIEWS = (
    ("view-front", "From the front", "Look along the second axis (X).", Qt.Key.Key_X),
    ("view-side", "From the side", "Look along the first axis (Y).", Qt.Key.Key_Y),
    ("view-above", "From above", "Look straight down, as on a map (Z).", Qt.Key.Key_Z),
)


class Looking:
    """Binds the camera of a canvas to the landscape of a document."""

    def __init__(self, store: Store, player: Player, display: Display, switch: Segments) -> None:
        """Follow the landscape of a display, and a switch between the pictures."""
        self._store, self._player, self._display = store, player, display
        self._orbit, self._switch = display.relief.orbit, switch
        self.views = Views(display.relief)
        self._switch.picked.connect(self._on_picture_picked)
        display.sized.connect(self._wish)
        self._orbit.moved.connect(self._wish)
        self._orbit.settled.connect(self._on_settled)

    def show_experiment(self, experiment: Experiment) -> None:
        """Look at the landscape as an experiment says, silently."""
        landscape = experiment.landscape
        camera = landscape.camera
        self._switch.show_key(landscape.picture)
        self._orbit.show(Stand(camera.turn, camera.tilt, camera.zoom))
        self._wish()

    def _wish(self) -> None:
        """Wish for a picture of the size that there is room for, or for none."""
        width, height = self._display.dots
        gaze = None
        if self._store.experiment.landscape.picture == "relief" and width and height:
            camera, margin = Camera(*self._orbit.stand), self._display.margin
            gaze = Gaze(camera, width, height, margin, self._orbit.is_moving)
        if gaze != self._player.wishes.gaze:
            self._player.set_wishes(gaze=gaze)

    def _on_settled(self) -> None:
        camera = Camera(*self._orbit.stand)
        self._store.edit("camera", partial(edits.with_terrain, camera=camera))
        self._wish()

    def _on_picture_picked(self, key: str) -> None:
        self._store.edit("picture of the surface", partial(edits.with_terrain, picture=key))


class Views(QWidget):
    """Buttons in a corner of a landscape: along each axis, and back to where it began."""

    def __init__(self, canvas: ReliefCanvas) -> None:
        """Lie over a canvas."""
        super().__init__(canvas)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for drawing, name, hint, key in _VIEWS:
            button = IconButton(drawing, name, hint, side=_SIDE)
            button.clicked.connect(partial(_look_along, canvas, *VIEWS[key]))
            line.addWidget(button)
        home = IconButton(
            "view-home", "Reset the view", "Look as at first (Home or 0).", side=_SIDE
        )
        home.clicked.connect(partial(_go_home, canvas))
        line.addWidget(home)
        self.adjustSize()
        corner = QHBoxLayout(canvas)
        corner.setContentsMargins(4, 4, 4, 4)
        corner.addWidget(self, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)


def _look_along(canvas: ReliefCanvas, turn: float, tilt: float, *_: object) -> None:
    canvas.orbit.go(Stand(turn, tilt, canvas.orbit.stand.zoom))


def _go_home(canvas: ReliefCanvas, *_: object) -> None:
    canvas.orbit.go(canvas.orbit.home)
