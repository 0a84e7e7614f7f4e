"""The data panel: which points there are to learn from, and in how large bites."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.engine.datasets import DATASETS, PLANE, Dataset
from nnviz.experiment import edits
from nnviz.experiment.build import build
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Data, Experiment, Training
from nnviz.knob import Knob, knobs
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.thumbnail import dataset_thumbnail
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.numbers import PERCENT
from nnviz.ui.controls.thumbnails import Choosable, ThumbnailGrid
from nnviz.ui.icons import icon
from nnviz.ui.parts import Parts

_THUMBNAIL_POINTS = 160
_SAMPLES_SLIDER = Knob(500, 20, 5000, log=True, whole=True, hint="number of points")
_BATCH_SLIDER = Knob(10, 1, 500, log=True, whole=True, hint="points in one update")
_WHAT_NOISE_DOES = {
    "point": "Noise moves the points themselves.",
    "label": "Noise moves where the border of the labels lies; the points stay.",
    "nothing": "These points are as they are; there is no noise to add.",
}


def group_of(dataset: Dataset) -> str:
    """The name of the group in which a data set is offered."""
    if dataset.problem == "regression":
        return "Regression"
    if not dataset.fixed:
        return "Classification"
    return "Logic" if dataset.key.startswith("gate-") else "Measured"


def hint_of(dataset: Dataset) -> str:
    """What is said of a data set: its name, and where it comes from."""
    return f"{dataset.label}. {dataset.source}." if dataset.source else f"{dataset.label}."


class DataPanel(QWidget):
    """Data sets as pictures, noise, share to train on, number of points, batch size."""

    key: ClassVar[str] = "data"
    title: ClassVar[str] = "Data"

    def __init__(self, parts: Parts) -> None:
        """Show the data of the store's experiment."""
        super().__init__()
        self._store = parts.store
        self._look = parts.look
        self._counted: Data | None = None
        self._make()
        self._lay_out()
        self._connect(parts)
        self._show_data(parts.store.experiment.data)
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
            [Choosable(each.key, each.label, hint_of(each), group_of(each)) for each in DATASETS],
            columns=5,
            side=38,
        )
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
        self.regenerate = QPushButton("New points")
        self.regenerate.setToolTip("Draw other points of the same kind.")
        self.head = QLabel()
        self.head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.setToolTip("The data set that is chosen.")
        self.counts = QLabel()
        self.counts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.counts.setToolTip("How many points the network trains on, and how many test it.")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.grid)
        layout.addSpacing(4)
        for each in (self.noise, self.share, self.samples, self.batch):
            layout.addWidget(each)
        layout.addSpacing(4)
        layout.addWidget(self.regenerate)
        layout.addWidget(self.counts)
        layout.addStretch(1)
        self.setMinimumWidth(214)

    def _connect(self, parts: Parts) -> None:
        self._store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.look.changed.connect(self._paint_thumbnails)
        self.grid.picked.connect(self._on_picked)
        self.regenerate.clicked.connect(self._on_regenerate_clicked)
        for name, slider in (
            ("noise", self.noise),
            ("share", self.share),
            ("samples", self.samples),
        ):
            slider.turned.connect(partial(self._on_turned, name))
            slider.settled.connect(self._store.settle)
        self.batch.turned.connect(self._on_batch_turned)
        self.batch.settled.connect(self._store.settle)
        self._tint()

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.data is not new.data:
            self._show_data(new.data)
        if old.training is not new.training:
            self._show_training(new.training)

    def _show_data(self, data: Data) -> None:
        dataset = dataset_of(data)
        self.grid.show_key(data.dataset)
        self.head.setText(dataset.label)
        self.noise.show_number(data.noise)
        self.noise.setEnabled(dataset.noise_moves != "nothing")
        self.noise.setToolTip(_WHAT_NOISE_DOES[dataset.noise_moves])
        self.share.show_number(data.share)
        self.share.setEnabled(not _is_gate(dataset))
        self.samples.show_number(data.samples)
        self.samples.setEnabled(not dataset.fixed)
        self.regenerate.setEnabled(not _is_gate(dataset))
        is_measured = dataset.fixed and not _is_gate(dataset)
        self.regenerate.setText("New split" if is_measured else "New points")

    def _show_training(self, training: Training) -> None:
        self.batch.show_number(training.batch)

    def _on_pictured(self, picture: Picture) -> None:
        experiment = picture.frame.experiment
        if experiment.data is self._counted:
            return
        self._counted = experiment.data
        setup = build(experiment)
        self.counts.setText(f"{len(setup.train):,} to train · {len(setup.test):,} to test")

    def _on_picked(self, key: str) -> None:
        self._store.edit("data set", partial(edits.with_dataset, key=key))

    def _on_regenerate_clicked(self) -> None:
        self._store.edit("new points", edits.regenerated)

    def _on_turned(self, name: str, number: float) -> None:
        kept = round(number) if name == "samples" else number
        self._store.change(edits.with_data(self._store.experiment, **{name: kept}), name)

    def _on_batch_turned(self, number: float) -> None:
        changed = edits.with_training(self._store.experiment, batch=round(number))
        self._store.change(changed, "batch size")

    def _paint_thumbnails(self) -> None:
        self._tint()
        side = self.grid.picture_side
        for each in DATASETS:
            points, labels = each.make(np.random.default_rng(1), _THUMBNAIL_POINTS, 0.0)
            zoom = PLANE[1] / each.plane[1]
            picture = dataset_thumbnail(points * zoom, labels, each.classes, self._look.theme, side)
            self.grid.show_pixmap(each.key, picture)

    def _tint(self) -> None:
        self.regenerate.setIcon(icon("shuffle", self._look.theme.text))


def _is_gate(dataset: Dataset) -> bool:
    """Whether there are only its four points, which are learned and tested whole."""
    return dataset.fixed and dataset.key.startswith("gate-")
