"""The curves panel: how the losses went from epoch to epoch."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.losses import LOSSES
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.curve_scale import Scale
from nnviz.ui.canvas.curves import CurveCanvas
from nnviz.ui.canvas.timeline_picture import Moment
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Caption
from nnviz.ui.history import curves_of
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme


class CurvesPanel(QWidget):
    """Train and test loss over the epochs, on a linear or a log scale."""

    key: ClassVar[str] = "curves"
    title: ClassVar[str] = "Curves"

    def __init__(self, parts: Parts) -> None:
        """Show the history of the newest picture."""
        super().__init__()
        self._store = parts.store
        self._theme = parts.look.theme
        self._log = parts.store.experiment.view.log_losses
        self._picture: Picture | None = None
        self.canvas = CurveCanvas(parts.look.theme)
        self.log = Switch("Log scale", "Show the losses on a logarithmic scale.")
        self.loss = Choice("Loss", "What an error costs; another loss begins a new run.")
        self.loss.setMinimumWidth(168)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row(self.log, 1, Caption("Loss"), self.loss))
        parts.store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.look.changed.connect(self._on_look_changed)
        self.log.picked.connect(self._on_log_picked)
        self.loss.picked.connect(self._on_loss_picked)
        self.log.show_on(self._log)
        self._show_loss(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.training is not new.training or old.data is not new.data:
            self._show_loss(new)
        if old.view is not new.view:
            self._log = new.view.log_losses
            self.log.show_on(self._log)
            if self._picture is not None:
                self._on_pictured(self._picture)

    def _show_loss(self, experiment: Experiment) -> None:
        fitting = edits.losses_for(experiment.data)
        self.loss.show_choices((key, LOSSES[key].label) for key in fitting)
        self.loss.show_key(experiment.training.loss)

    def _on_pictured(self, picture: Picture) -> None:
        self._picture = picture
        frame = picture.frame
        head = max(frame.head, frame.epoch)
        moment = Moment(frame.epoch, head, frame.first, frame.best_epoch, frame.is_past)
        scale: Scale = "log" if self._log else "linear"
        self.canvas.show_curves(curves_of(frame, self._theme), scale, moment)

    def _on_look_changed(self, theme: Theme) -> None:
        self._theme = theme
        self.canvas.show_theme(theme)
        if self._picture is not None:
            self._on_pictured(self._picture)

    def _on_loss_picked(self, key: str) -> None:
        self._store.edit("loss", partial(edits.with_loss, key=key))

    def _on_log_picked(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("log scale", partial(edits.with_view, log_losses=on))
