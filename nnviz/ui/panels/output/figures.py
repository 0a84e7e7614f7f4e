"""More figures: the confusion matrix or R², and how well the layers are."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.experiment.build import Setup
from nnviz.runtime.scenes import Quality
from nnviz.ui.canvas.inspection import ConfusionTable, LayerTable, Matrix
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.reading import Reading
from nnviz.ui.controls.segments import Segments
from nnviz.ui.panels.output.words import layer_name
from nnviz.ui.theme import Theme

_PARTS = (
    ("train", "Train", "Judge by the points trained on."),
    ("test", "Test", "Judge by the points never trained on."),
)


class Figures(QWidget):
    """Figures of the points to train on, or of those to test on."""

    part_picked = Signal(str)
    """The person picked which points count."""

    def __init__(self, theme: Theme) -> None:
        """Begin with the test points."""
        super().__init__()
        self.part = Segments("Points that count", _PARTS)
        self.part.show_key("test")
        self.part.picked.connect(self.part_picked)
        self.r_squared = Reading(
            "R²", "The share of the variance that is explained.", widest="−0.000"
        )
        self.confusion = ConfusionTable(theme)
        self.layers = LayerTable(theme)
        self.setLayout(
            column(self._top(), self.r_squared, self.confusion, self.layers, 1, spacing=10)
        )

    def _top(self) -> QWidget:
        top = QWidget()
        top.setLayout(row(self.part, 1))
        return top

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self.confusion.show_theme(theme)
        self.layers.show_theme(theme)

    def show_quality(self, setup: Setup, quality: Quality) -> None:
        """Show the figures of a network."""
        is_class = bool(quality.counts.size)
        self.confusion.setVisible(is_class)
        self.r_squared.setVisible(not is_class)
        if is_class:
            names = setup.dataset.class_names
            self.confusion.show_matrix(
                Matrix(names, quality.counts, quality.precision, quality.recall)
            )
        else:
            value = quality.r_squared
            text = "–" if math.isnan(value) else f"{value:.3f}"
            self.r_squared.show_text(text.replace("-", "−"))
        names = tuple(layer_name(setup, at + 1) for at in range(len(quality.gradients)))
        self.layers.show_layers(names, quality.gradients, quality.dead, quality.saturated)
