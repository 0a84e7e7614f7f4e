"""The curves panel: how the losses went from epoch to epoch."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.losses import LOSSES
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Floats, Picture
from nnviz.ui.canvas.curves import CurveCanvas
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Caption
from nnviz.ui.parts import Parts


class CurvesPanel(QWidget):
    """Train and test loss over the epochs, on a linear or a log scale."""

    key: ClassVar[str] = "curves"
    title: ClassVar[str] = "Curves"

    def __init__(self, parts: Parts) -> None:
        """Show the history of the newest picture."""
        super().__init__()
        self._store = parts.store
        self._epochs: Floats = np.arange(1024, dtype=np.float64)
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
        parts.look.changed.connect(self.canvas.show_theme)
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
        history = picture.frame.history
        epochs = self._counted(len(history.train_loss))
        self.canvas.show_curves(epochs, history.train_loss, history.test_loss, self._log)

    def _on_loss_picked(self, key: str) -> None:
        self._store.edit("loss", partial(edits.with_loss, key=key))

    def _on_log_picked(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("log scale", partial(edits.with_view, log_losses=on))

    def _counted(self, length: int) -> Floats:
        """The epochs from 0 on: a view of an array that only ever grows."""
        if length > len(self._epochs):
            self._epochs = np.arange(2 * length, dtype=np.float64)
        return self._epochs[:length]
