"""Export as a picture or as an animation: the two dialogs, and how they are opened."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.export.request import ExportRequest
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.dialogs.export_dialog import ExportDialog, run_of_now
from nnviz.ui.dialogs.export_fields import NumberBox
from nnviz.ui.parts import Parts

START, NOW = "start", "now"


def export_picture(parts: Parts, window: QWidget) -> PictureDialog:
    """Ask which picture to save, above a window, without blocking."""
    dialog = PictureDialog(parts, window)
    dialog.open()
    return dialog


def export_animation(parts: Parts, window: QWidget) -> AnimationDialog:
    """Ask which animation to save, above a window, without blocking."""
    dialog = AnimationDialog(parts, window)
    dialog.open()
    return dialog


class PictureDialog(ExportDialog):
    """Saves the picture of this very moment."""


class AnimationDialog(ExportDialog):
    """Saves a film of training, which trains by itself; the window's own run is left alone."""

    kind = "animation"
    ending = "gif"
    title = "Export animation"
    first_view = "boundary"

    @override
    def _make_more(self) -> None:
        self.start = Choice("Begin", "Where the film begins.")
        self.start.show_choices([(START, "From the start"), (NOW, "From this moment")])
        self.epochs = NumberBox("epochs", "How many epochs the film shows.")
        self.every = NumberBox("every", "How many epochs lie between two frames.")
        self.fps = NumberBox("fps", "How many frames are shown in a second.")
        for each in (self.epochs, self.every, self.fps):
            each.valueChanged.connect(self._refresh)
        self.start.picked.connect(self._refresh)
        self.epochs.setSuffix(" epochs")

    @override
    def _more_rows(self) -> tuple[tuple[str, QWidget], ...]:
        length = QWidget()
        length.setLayout(row(self.start, self.epochs))
        return (
            ("Begin and length", length),
            ("Epochs per frame", self.every),
            ("Frames per second", self.fps),
        )

    @override
    def _more(self) -> dict[str, Any]:
        return {
            "run": run_of_now(self._parts) if self.start.key == NOW else None,
            "epochs": self.epochs.value(),
            "every": self.every.value(),
            "fps": float(self.fps.value()),
        }

    @override
    def _summed_up(self, request: ExportRequest) -> str:
        frames = request.frames
        return f"{frames:,} frames, {frames / request.fps:,.1f} seconds."

    @override
    def _recall(self) -> None:
        self.start.show_key(self._kept.choice("start", START, (START, NOW)))
        for name, field in self._numbers():
            field.show_number(self._kept.number(name, field.first))
        super()._recall()

    @override
    def _remember(self) -> None:
        super()._remember()
        self._kept.keep("start", self.start.key)
        for name, field in self._numbers():
            self._kept.keep(name, field.value())

    def _numbers(self) -> tuple[tuple[str, NumberBox], ...]:
        return (("epochs", self.epochs), ("every", self.every), ("fps", self.fps))
