"""The data panel: which points there are to learn from, and in how large bites."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.engine.datasets import DATASETS, PLANE, Dataset
from nnviz.engine.rules import PlaygroundRules
from nnviz.experiment import edits
from nnviz.experiment.build import points_in_force
from nnviz.experiment.data import curve_of, dataset_of
from nnviz.experiment.spec import FORMULA_DATA, Data, Experiment, Training
from nnviz.knob import Knob, knobs
from nnviz.runtime.frames import Picture
from nnviz.runtime.sample import MOST_POINTS
from nnviz.ui.canvas.balance import Balance, BalanceBars
from nnviz.ui.canvas.thumbnail import dataset_thumbnail
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.formula_line import FormulaLine
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.numbers import PERCENT
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Caption
from nnviz.ui.controls.thumbnails import Choosable, ThumbnailGrid
from nnviz.ui.icons import icon
from nnviz.ui.parts import Parts

_THUMBNAIL_POINTS = 160
_SIDE = 32
_USUAL_NOISE = 0.5
_SAMPLES_SLIDER = Knob(500, 20, 5000, log=True, whole=True, hint="number of points")
_BATCH_SLIDER = Knob(10, 1, 500, log=True, whole=True, hint="points in one update")
_NOISE_NAMES = {"point": "Noise on points", "label": "Noise on labels", "nothing": "Noise"}
_WHAT_NOISE_DOES = {
    "point": "Noise moves the points themselves.",
    "label": "Noise moves where the border of the labels lies; the points stay.",
    "nothing": "These points are as they are; there is no noise to add.",
}
_NOISE_ON_VALUES = "Noise moves the place at which a value is taken; the points stay."
_OWN = (
    ("paint-data", "brush", "Paint data", "Paint points by hand, while the network learns."),
    ("import-data", "import", "Import data", "Learn from the columns of a CSV file."),
    ("export-data", "export", "Export data", "Write the points as a CSV file."),
)


def group_of(dataset: Dataset) -> str:
    """The name of the group in which a data set is offered."""
    if dataset.problem == "regression":
        return "Regression"
    if not dataset.fixed:
        return "Classification"
    return "Logic" if dataset.is_gate else "Measured"


def noise_said(dataset: Dataset) -> str:
    """What noise does to a data set, in a sentence."""
    if dataset.noise_moves == "label" and dataset.problem == "regression":
        return _NOISE_ON_VALUES
    return _WHAT_NOISE_DOES[dataset.noise_moves]


def hint_of(dataset: Dataset) -> str:
    """What is said of a data set: its name, what noise moves, and where it comes from."""
    source = f" {dataset.source}." if dataset.source else ""
    label = f"{dataset.label}, or another number" if dataset.family else dataset.label
    return f"{label}. {noise_said(dataset)}{source}"


def pictured() -> list[Dataset]:
    """The data sets that have a picture of their own: of each family the first."""
    return [each for each in DATASETS if each.family in {"", each.key}]


class DataPanel(QWidget):
    """Data sets as pictures, noise, share to train on, number of points, batch size."""

    key: ClassVar[str] = "data"

    asked = Signal(str)
    """The person wants a dialog, by its name."""

    def __init__(self, parts: Parts) -> None:
        """Show the data of the store's experiment."""
        super().__init__()
        self._store = parts.store
        self._look = parts.look
        self._counted: Data | None = None
        self._make()
        self._lay_out()
        self._connect(parts)
        self._show_data(parts.store.experiment)
        self._show_training(parts.store.experiment.training)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.grid.is_blank:
            self._paint_thumbnails()

    def _make(self) -> None:
        self.grid = ThumbnailGrid(
            [Choosable(each.key, each.label, hint_of(each), group_of(each)) for each in pictured()],
            columns=5,
            side=_SIDE,
        )
        self.doors = {
            name: IconButton(drawing, label, hint, side=_SIDE)
            for name, drawing, label, hint in _OWN
        }
        self.grid.add_group("Your own", tuple(self.doors.values()))
        sizes = (str(each) for each in range(3, 9))
        hint = "How many classes there are."
        self.classes = Segments("Classes", ((each, each, hint) for each in sizes))
        self.classes_row = QWidget()
        self.classes_row.setLayout(row(Caption("Classes"), 1, self.classes))
        self.formula = FormulaLine(
            "x₂ =", "The border between the classes, a formula in x1.", curve_of
        )
        self._make_sliders()
        self.stratified = Switch("Stratified", "Keep the share of every class in both parts.")
        self.regenerate = QPushButton("New points")
        self.regenerate.setToolTip("Draw other points of the same kind.")
        self.head = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.setToolTip("The data set that is chosen.")
        self.bars = BalanceBars(self._look.theme)
        self.quiet = QLabel(wordWrap=True)
        self.quiet.hide()
        self.quiet.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def _make_sliders(self) -> None:
        data, training = knobs(Data), knobs(Training)
        self.noise = KnobSlider("Noise", data["noise"], notation=PERCENT)
        self.share = KnobSlider(
            "Train share",
            data["share"],
            hint="The share of the points to train on; the others test what was learned.",
            notation=PERCENT,
        )
        self.samples = KnobSlider("Points", _SAMPLES_SLIDER, hint="How many points are drawn.")
        self.samples.show_knob(_SAMPLES_SLIDER, allowed=data["samples"])
        self.batch = KnobSlider(
            "Batch size", _BATCH_SLIDER, hint="How many points make one update; acts at once."
        )
        self.batch.show_knob(_BATCH_SLIDER, allowed=training["batch"])

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for each in (self.head, self.grid, self.classes_row, self.formula):
            layout.addWidget(each)
        for slider in (self.noise, self.share, self.samples, self.batch):
            layout.addWidget(slider)
        layout.addLayout(row(self.regenerate, 1, self.stratified))
        layout.addSpacing(2)
        layout.addWidget(self.bars)
        layout.addWidget(self.quiet)
        layout.addStretch(1)
        self.setMinimumWidth(214)

    def _connect(self, parts: Parts) -> None:
        self._store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.look.changed.connect(self._paint_thumbnails)
        self.grid.picked.connect(self._on_picked)
        self.classes.picked.connect(self._on_classes_picked)
        self.regenerate.clicked.connect(self._on_regenerate_clicked)
        self.stratified.picked.connect(self._on_stratified_switched)
        for name, door in self.doors.items():
            door.clicked.connect(partial(self._on_door_clicked, name))
        for name, slider in (
            ("noise", self.noise),
            ("share", self.share),
            ("samples", self.samples),
        ):
            slider.turned.connect(partial(self._on_turned, name))
            slider.settled.connect(self._store.settle)
        self.batch.turned.connect(self._on_batch_turned)
        self.batch.settled.connect(self._store.settle)
        self.formula.turned.connect(partial(self._on_turned, "formula"))
        self.formula.settled.connect(self._store.settle)
        self.formula.doubted.connect(self.bars.setHidden)  # A small window has room for one.
        self._tint()

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.data is not new.data or old.training is not new.training:
            self._show_data(new)
            self._show_training(new.training)

    def _show_data(self, experiment: Experiment) -> None:
        data, dataset = experiment.data, dataset_of(experiment.data)
        self.grid.show_key(dataset.family or dataset.key)
        self.head.setText(self.head.fontMetrics().elidedText(dataset.label, _ELIDE, 180))
        self.classes_row.setVisible(bool(dataset.family))
        for classes, segment in self.classes.segments.items():
            segment.setVisible(f"{dataset.family[:-1]}{classes}" in DATASETS)
        self.classes.show_key(str(dataset.classes))
        self.formula.setVisible(data.dataset == FORMULA_DATA)
        self.formula.show_text(data.formula)
        self._show_noise(data.noise, dataset)
        self.share.show_number(data.share)
        self.share.setEnabled(not dataset.is_gate)
        self.samples.show_number(data.samples if data.own is None else len(data.own))
        self.samples.setEnabled(not dataset.fixed)
        self.regenerate.setEnabled(not dataset.is_gate)
        self.regenerate.setText("New split" if dataset.fixed else "New points")
        self.stratified.show_on(data.stratified)
        is_page = isinstance(experiment.training.rules, PlaygroundRules)
        self.stratified.setEnabled(dataset.classes > 0 and not dataset.is_gate and not is_page)

    def _show_noise(self, noise: float, dataset: Dataset) -> None:
        allowed = knobs(Data)["noise"]
        high = _USUAL_NOISE if noise <= _USUAL_NOISE else allowed.high
        self.noise.show_knob(replace(allowed, high=high), allowed=allowed)
        self.noise.show_number(noise)
        self.noise.show_label(_NOISE_NAMES[dataset.noise_moves])
        self.noise.setEnabled(dataset.noise_moves != "nothing")
        self.noise.setToolTip(noise_said(dataset))

    def _show_training(self, training: Training) -> None:
        self.batch.show_number(training.batch)

    def _on_pictured(self, picture: Picture) -> None:
        experiment = picture.frame.experiment
        if experiment.data is self._counted:
            return
        self._counted = experiment.data
        now, dataset = points_in_force(experiment), dataset_of(experiment.data)
        parts = (now.labels[each] for each in (now.train, now.test))
        train, test = (_counts(each, dataset.classes) for each in parts)
        self.bars.show_balance(Balance(dataset.class_names, train, test))
        count = len(now.points)
        self.quiet.setText(f"All {count:,} count; {MOST_POINTS:,} are drawn at most.")
        self.quiet.setVisible(count > MOST_POINTS)

    def _on_picked(self, key: str) -> None:
        self._store.edit("data set", partial(edits.with_dataset, key=key))

    def _on_classes_picked(self, classes: str) -> None:
        family = dataset_of(self._store.experiment.data).family
        self._on_picked(f"{family[:-1]}{classes}")

    def _on_door_clicked(self, name: str) -> None:
        self.asked.emit(name)

    def _on_regenerate_clicked(self) -> None:
        self._store.edit("new points", edits.regenerated)

    def _on_stratified_switched(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("stratified split", partial(edits.with_data, stratified=on))

    def _on_turned(self, name: str, value: float | str) -> None:
        kept = round(value) if name == "samples" and not isinstance(value, str) else value
        self._store.change(edits.with_data(self._store.experiment, **{name: kept}), name)

    def _on_batch_turned(self, number: float) -> None:
        changed = edits.with_training(self._store.experiment, batch=round(number))
        self._store.change(changed, "batch size")

    def _paint_thumbnails(self) -> None:
        self._tint()
        self.bars.show_theme(self._look.theme)
        side = self.grid.picture_side
        for each in pictured():
            points, labels = each.make(np.random.default_rng(1), _THUMBNAIL_POINTS, 0.0)
            zoom = PLANE[1] / each.plane[1]
            picture = dataset_thumbnail(points * zoom, labels, each.classes, self._look.theme, side)
            self.grid.show_pixmap(each.key, picture)

    def _tint(self) -> None:
        self.regenerate.setIcon(icon("shuffle", self._look.theme.text))


_ELIDE = Qt.TextElideMode.ElideMiddle


def _counts(
    labels: np.ndarray[tuple[int, ...], np.dtype[np.float64]], classes: int
) -> tuple[int, ...]:
    """How many there are of each class, or of all together where there are none."""
    if not classes:
        return (len(labels),)
    return tuple(np.bincount(labels.astype(np.intp), minlength=classes).tolist())
