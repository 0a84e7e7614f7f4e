"""The curves panel: how the losses went from epoch to epoch."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.losses import LOSSES
from nnviz.experiment import edits
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Experiment, View
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.curve_scale import Scale
from nnviz.ui.canvas.curves import CurveCanvas
from nnviz.ui.canvas.timeline_picture import Moment
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.switch import Switch
from nnviz.ui.history import curves_of
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme

_ACCURACY = "Show by epoch which share of the points is told right."
_KINDS = (
    ("loss", "Loss", "Show the losses by epoch."),
    ("accuracy", "Accuracy", _ACCURACY),
    ("rate", "Rate", "Show the learning rate by epoch."),
)


class CurvesPanel(QWidget):
    """Losses, accuracies or learning rates over the epochs, on a linear or a log scale."""

    key: ClassVar[str] = "curves"

    def __init__(self, parts: Parts) -> None:
        """Show the history of the newest picture."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._theme = parts.look.theme
        self._view = parts.store.experiment.view
        self._picture: Picture | None = None
        self.canvas = CurveCanvas(parts.look.theme)
        self.kind = Segments("What the curves show", _KINDS)
        self.log = Switch("Log", "Show losses and learning rates on a logarithmic scale.")
        self.loss = Choice("Loss", "What an error costs; another loss begins a new run.")
        self.loss.setMinimumWidth(154)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row(self.kind, self.log, 1, self.loss))
        parts.store.changed.connect(self._on_changed)
        parts.player.reported.connect(self._on_pictured)
        parts.look.changed.connect(self._on_look_changed)
        self.canvas.looked.connect(self._on_looked)
        self.kind.picked.connect(self._on_kind_picked)
        self.log.picked.connect(self._on_log_picked)
        self.loss.picked.connect(self._on_loss_picked)
        self._show_view(self._view)
        self._show_loss(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.training is not new.training or old.data is not new.data:
            self._show_loss(new)
        if old.view is not new.view:
            self._show_view(new.view)
            if self._picture is not None:
                self._on_pictured(self._picture)

    def _show_view(self, view: View) -> None:
        self._view = view
        self.kind.show_key(self._kind)
        self.log.show_on(view.log_losses)
        self.log.setEnabled(self._kind != "accuracy")

    def _show_loss(self, experiment: Experiment) -> None:
        fitting = edits.losses_for(experiment.data)
        self.loss.show_choices((key, LOSSES[key].label) for key in fitting)
        self.loss.show_key(experiment.training.loss)
        has_classes = dataset_of(experiment.data).classes > 1
        accuracy = self.kind.segments["accuracy"]
        accuracy.setEnabled(has_classes)
        accuracy.setToolTip(_ACCURACY if has_classes else "Values have no accuracy; classes do.")
        self._show_view(experiment.view)

    def _on_pictured(self, picture: Picture) -> None:
        self._picture = picture
        frame = picture.frame
        head = max(frame.head, frame.epoch)
        moment = Moment(frame.epoch, head, frame.first, frame.best_epoch, frame.is_past)
        curves = curves_of(frame, self._theme, self._kind)
        self.canvas.show_curves(curves, self._scale, moment)

    @property
    def _kind(self) -> str:
        """What is shown: losses where accuracies were chosen and there are none."""
        kind = self._view.curves
        has_it = kind != "accuracy" or self.kind.segments[kind].isEnabled()
        return kind if has_it else "loss"

    @property
    def _scale(self) -> Scale:
        if self._kind == "accuracy":
            return "share"
        return "log" if self._view.log_losses else "linear"

    def _on_look_changed(self, theme: Theme) -> None:
        self._theme = theme
        self.canvas.show_theme(theme)
        if self._picture is not None:
            self._on_pictured(self._picture)

    def _on_loss_picked(self, key: str) -> None:
        self._store.edit("loss", partial(edits.with_loss, key=key))

    def _on_looked(self, epoch: int) -> None:
        moment = self.canvas.moment
        self._player.look(None if epoch >= moment.head else max(epoch, moment.first))

    def _on_kind_picked(self, key: str) -> None:
        self._store.edit("curves", partial(edits.with_view, curves=key))

    def _on_log_picked(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("log scale", partial(edits.with_view, log_losses=on))
