"""The alarm: says in the banner that training diverged, and offers the way back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nnviz.experiment import edits
from nnviz.knob import knobs
from nnviz.runtime.frames import Divergence, Picture
from nnviz.ui.banner import Banner
from nnviz.ui.parts import Parts

TOPIC = "divergence"


class Alarm(QObject):
    """Watches the run for a loss that is no longer finite."""

    def __init__(self, parts: Parts, banner: Banner) -> None:
        """Watch the player of these parts, and speak in a banner."""
        super().__init__(banner)
        self._parts, self._banner = parts, banner
        parts.player.pictured.connect(self._on_pictured)

    def _on_pictured(self, picture: Picture) -> None:
        diverged = picture.frame.diverged
        if diverged is None:
            self._banner.drop(TOPIC)
        elif self._banner.topic != TOPIC:
            self._show(diverged)

    def _show(self, diverged: Divergence) -> None:
        self._banner.show_message(
            diverged.why,
            topic=TOPIC,
            action="Go back with a tenth of the rate",
            act=self._on_recover,
        )

    def _on_recover(self) -> None:
        store = self._parts.store
        optimizer = store.experiment.training.optimizer
        rate = max(optimizer.rate / 10, knobs(optimizer)["rate"].low)
        self._parts.player.recover()
        store.edit("learning rate", lambda experiment: edits.with_rate(experiment, rate))
        ground = self._banner.parentWidget()
        if ground is not None:  # The button is gone; keys are commands again.
            ground.setFocus()
