"""The + and − buttons of a network: for its layers, and above each layer for its neurons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.ui.canvas.network_backdrop import HEAD_TOP, STEPS, Head
from nnviz.ui.canvas.network_buttons import STEP, StepButton
from nnviz.ui.theme import Theme

MOST_LAYERS = 8
MOST_NEURONS = 16


class LayerSteps(QWidget):
    """A button for one layer less and one for one more; whoever shows a network places them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Buttons for a network without hidden layers."""
        super().__init__(parent)
        self.fewer = StepButton("−", "Remove the last hidden layer", theme, self)
        self.more = StepButton("+", "Add a hidden layer", theme, self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.fewer)
        box.addWidget(self.more)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        for button in (self.fewer, self.more):
            button.show_theme(theme)

    def show_count(self, count: int) -> None:
        """How many hidden layers there are."""
        self.fewer.setEnabled(count > 0)
        self.more.setEnabled(count < MOST_LAYERS)


class NeuronSteps(QObject):
    """A pair of buttons around the caption of every hidden layer, made when needed and kept."""

    neuron_added = Signal(int)
    neuron_removed = Signal(int)

    def __init__(self, theme: Theme, canvas: QWidget) -> None:
        """Buttons that live on a canvas."""
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self._pairs: list[tuple[StepButton, StepButton]] = []

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Have a pair of buttons for every hidden layer."""
        while len(self._pairs) < len(widths):
            self._pairs.append(self._pair(len(self._pairs)))
        for layer, (fewer, more) in enumerate(self._pairs):
            is_used = layer < len(widths)
            fewer.setVisible(is_used)
            more.setVisible(is_used)
            if is_used:
                fewer.setEnabled(widths[layer] > 1)
                more.setEnabled(widths[layer] < MOST_NEURONS)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        for button in self.buttons:
            button.show_theme(theme)

    @property
    def buttons(self) -> list[StepButton]:
        """All buttons, in the order of the tab key."""
        return [each for pair in self._pairs for each in pair]

    def place(self, heads: list[Head]) -> None:
        """Put the buttons on both sides of the captions of the hidden layers."""
        px = self._theme.px
        for (fewer, more), head in zip(self._pairs, heads[1:-1], strict=False):
            fewer.move(round(head.left) - px(STEPS), px(HEAD_TOP))
            more.move(round(head.left + head.width) + px(STEPS - STEP), px(HEAD_TOP))

    def _pair(self, layer: int) -> tuple[StepButton, StepButton]:
        place = f"hidden layer {layer + 1}"
        fewer = StepButton("−", f"Remove a neuron from {place}", self._theme, self._canvas)
        more = StepButton("+", f"Add a neuron to {place}", self._theme, self._canvas)
        fewer.clicked.connect(partial(self._on_fewer, layer))
        more.clicked.connect(partial(self._on_more, layer))
        return fewer, more

    def _on_fewer(self, layer: int) -> None:
        self.neuron_removed.emit(layer)

    def _on_more(self, layer: int) -> None:
        self.neuron_added.emit(layer)
