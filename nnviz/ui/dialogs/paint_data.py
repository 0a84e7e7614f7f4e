"""Where points are painted by hand: an easel beside the window, while the network learns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import dist

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.datasets import Dataset, Domain
from nnviz.experiment import brush, edits
from nnviz.experiment.build import points_in_force
from nnviz.experiment.data import dataset_of
from nnviz.experiment.points import OwnPoints
from nnviz.knob import Knob
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Bytes, Picture
from nnviz.runtime.maps import is_output
from nnviz.runtime.sample import MOST_POINTS
from nnviz.ui.canvas.easel import Easel, Place
from nnviz.ui.canvas.points import Cloud
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.segments import Segments
from nnviz.ui.parts import Parts

_TOOLS = (
    ("paint", "Paint", "Add points of the chosen class (B)."),
    ("erase", "Erase", "Take the points under the brush away (E)."),
    ("move", "Move", "Drag a single point (M)."),
)
_KEYS = {"B": "paint", "E": "erase", "M": "move"}
_WIDTH = 12.0  # Of the plane that brush and reach are measured in.
_REACH = 0.4
_VALUES = (-1.0, -0.5, 0.0, 0.5, 1.0)


class PaintDialog(QDialog):
    """An easel with brush, eraser and mover; every stroke can be undone."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        """Show the points of the store's experiment."""
        super().__init__(parent)
        self.setWindowTitle("Paint data")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._parts, self._store = parts, parts.store
        self._rng = np.random.default_rng(0)
        self._label = 0
        self._grabbed: int | None = None
        self._last: Place = (0.0, 0.0)
        self._plane: Domain | None = None
        self._unit = 1.0
        self.easel = Easel(parts.look.theme)
        self.easel.setMinimumSize(440, 440)
        self._make()
        self._lay_out()
        self._connect()
        self._show()
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _make(self) -> None:
        self.tools = Segments("Tool", _TOOLS)
        self.tools.show_key("paint")
        hint = "The class to paint; its number is its key."
        self.classes = Segments("Class", ((str(i), str(i + 1), hint) for i in range(8)))
        self.named = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.breadth = KnobSlider("Brush", Knob(0.6, 0.1, 3.0, hint="how far the brush reaches"))
        self.density = KnobSlider(
            "Density", Knob(4, 1, 40, whole=True, hint="points at each touch of the brush")
        )
        self.add = QPushButton("Add class")
        self.add.setToolTip("Have one more class to paint; the network begins anew.")
        self.clear = QPushButton("Clear")
        self.clear.setToolTip("Begin with one point of each class.")
        for each in (self.add, self.clear):
            each.setAutoDefault(False)  # Return belongs to the number that is typed.
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setProperty("tone", "muted")

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addLayout(row(self.tools, 1, self.named, self.classes))
        box.addWidget(self.easel, 1)
        box.addLayout(row(self.breadth, self.density, spacing=24))
        box.addLayout(row(self.told, 1, self.add, self.clear))

    def _connect(self) -> None:
        self.easel.pressed.connect(self._on_pressed)
        self.easel.dragged.connect(self._on_dragged)
        self.easel.lifted.connect(self._on_lifted)
        self.classes.picked.connect(self._on_class_picked)
        self.breadth.turned.connect(self._show_brush)
        self.add.clicked.connect(self._on_add_clicked)
        self.clear.clicked.connect(self._on_clear_clicked)
        self._store.changed.connect(self._show)
        self._parts.player.pictured.connect(self._on_pictured)
        self._parts.look.changed.connect(self.easel.show_theme)
        self._key(QKeySequence.StandardKey.Undo, self._store.undo)
        self._key(QKeySequence.StandardKey.Redo, self._store.redo)
        for key, tool in _KEYS.items():
            self._key(key, partial(self.tools.show_key, tool))
        for index in range(8):
            self._key(str(index + 1), partial(self._on_class_picked, str(index)))

    def _key(self, keys: QKeySequence.StandardKey | str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)

    def _show(self, *_: object) -> None:
        experiment = self._store.experiment
        dataset, now = dataset_of(experiment.data), points_in_force(experiment)
        count = dataset.classes or len(_VALUES)
        for key, segment in self.classes.segments.items():
            segment.setVisible(int(key) < count)
        self._label = min(self._label, count - 1)
        self.classes.show_key(str(self._label))
        names = dataset.class_names or tuple(f"value {each:g}" for each in _VALUES)
        self.named.setText(names[self._label])
        self.add.setEnabled(2 <= dataset.classes < len(brush.LETTERS))
        self._show_plane(dataset)
        is_train = np.zeros(len(now.points), dtype=np.bool_)
        is_train[now.train] = True
        few = slice(None, None, max(1, -(-len(now.points) // MOST_POINTS)))
        targets = (-1.0, 1.0)
        cloud = (now.points[few], now.labels[few], is_train[few])
        self.easel.show_points(Cloud(*cloud, dataset.classes, targets))
        self._tell(f"{len(now.points):,} points: filled to train, hollow to test")

    def _show_plane(self, dataset: Dataset) -> None:
        left, right, _, _ = dataset.plane
        if dataset.plane != self._plane:
            self._plane = dataset.plane
            self.easel.show_domain(dataset.plane)
        one, other = dataset.axes
        self.easel.show_names(one.label, other.label)
        self._unit = (right - left) / _WIDTH
        self._show_brush()

    def _show_brush(self, *_: object) -> None:
        self.easel.show_radius(self._reach)

    @property
    def _reach(self) -> float:
        """How far the brush reaches in the plane."""
        return self.breadth.number * self._unit

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    def _on_pictured(self, picture: Picture) -> None:
        data = picture.frame.experiment.data
        if dataset_of(data).plane == dataset_of(self._store.experiment.data).plane:
            self.easel.show_map(output_map(picture))

    def _on_class_picked(self, key: str) -> None:
        if self.classes.segments[key].isHidden():
            return
        self._label = int(key)
        self.tools.show_key("paint")
        self._show()

    def _on_pressed(self, place: Place) -> None:
        self._store.settle()
        if self.tools.key == "move":
            points = points_in_force(self._store.experiment).points
            self._grabbed = brush.nearest(points, place, _REACH * self._unit)
            return
        self._touch(place)

    def _on_dragged(self, place: Place) -> None:
        if self.tools.key == "move":
            if self._grabbed is not None:
                self._take("move a point", partial(_moved, self._grabbed, place))
        elif dist(place, self._last) >= self._reach / 2:
            self._touch(place)

    def _on_lifted(self) -> None:
        self._grabbed = None
        self._store.settle()

    def _touch(self, place: Place) -> None:
        self._last = place
        if self.tools.key == "erase":
            self._take("erase points", partial(_erased, place, self._reach))
            return
        count = round(self.density.number)
        places = brush.dab(self._rng, place, self._reach, count)
        classes = dataset_of(self._store.experiment.data).classes
        label = float(self._label) if classes else _VALUES[self._label]
        self._take("paint points", partial(brush.with_points, places=places, label=label))

    def _on_add_clicked(self) -> None:
        self._store.settle()
        self._take("add a class", brush.with_class)
        self._store.settle()

    def _on_clear_clicked(self) -> None:
        self._store.settle()
        self._take("clear points", brush.cleared)
        self._store.settle()

    def _take(self, label: str, change: brush.Change) -> None:
        """Change the points, as part of the stroke under way."""
        experiment = self._store.experiment
        try:
            own = change(edits.own_of(experiment))
        except Mistake as mistake:
            self._tell(str(mistake))
            return
        self._store.change(edits.with_own(experiment, own), label)


def output_map(picture: Picture) -> Bytes | None:
    """What the output says over the whole plane, whatever else is shown large; None if unknown."""
    scene = picture.scene
    is_whole = scene.domain == scene.setup.dataset.plane and scene.change is None
    if is_whole and is_output(scene.setup, scene.unit):
        return picture.boundary
    return picture.neurons[-1] if scene.setup.network.widths[-1] == 1 else None


def _moved(index: int, place: Place, own: OwnPoints) -> OwnPoints:
    return brush.with_point_at(own, index, place)


def _erased(place: Place, radius: float, own: OwnPoints) -> OwnPoints:
    gone = brush.near(np.column_stack([own.x1, own.x2]), place, radius)
    return brush.without_points(own, gone) if gone.any() else own
