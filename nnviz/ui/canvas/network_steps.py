"""The + and − buttons of a network: for its layers, and above each layer for its neurons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from nnviz.ui.canvas.network_buttons import STEP, StepButton
from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.theme import Theme

MOST_LAYERS = 8
MOST_NEURONS = 16
_LAYERS_TOP = 1
_NEURONS_TOP = 25
_GAP = 4


class Steps(QObject):
    """All step buttons of one canvas, made when needed and kept."""

    layer_added = Signal()
    layer_removed = Signal()
    neuron_added = Signal(int)
    neuron_removed = Signal(int)

    def __init__(self, theme: Theme, canvas: QWidget) -> None:
        """Buttons that live on a canvas."""
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self._widths: tuple[int, ...] = ()
        self._fewer = StepButton("−", "Remove the last hidden layer", theme, canvas)
        self._more = StepButton("+", "Add a hidden layer", theme, canvas)
        self._fewer.clicked.connect(self.layer_removed)
        self._more.clicked.connect(self.layer_added)
        self._pairs: list[tuple[StepButton, StepButton]] = []

    @property
    def caption(self) -> str:
        """What stands beside the buttons of the layers."""
        count = len(self._widths)
        return f"{count} hidden layer{'' if count == 1 else 's'}" if count else "no hidden layer"

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Have a pair of buttons for every hidden layer."""
        self._widths = widths
        while len(self._pairs) < len(widths):
            self._pairs.append(self._pair(len(self._pairs)))
        for layer, (fewer, more) in enumerate(self._pairs):
            is_used = layer < len(widths)
            fewer.setVisible(is_used)
            more.setVisible(is_used)
            if is_used:
                fewer.setEnabled(widths[layer] > 1)
                more.setEnabled(widths[layer] < MOST_NEURONS)
        self._fewer.setEnabled(bool(widths))
        self._more.setEnabled(len(widths) < MOST_LAYERS)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        for button in self.buttons:
            button.show_theme(theme)

    @property
    def buttons(self) -> list[StepButton]:
        """All buttons, in the order of the tab key."""
        return [self._fewer, self._more, *(each for pair in self._pairs for each in pair)]

    def place(self, layout: Layout, width: int) -> QPoint:
        """Put the buttons above their columns; returns where the caption of the layers begins."""
        px, step = self._theme.px, self._theme.px(STEP)
        for (fewer, more), column in zip(self._pairs, layout.columns[1:-1], strict=False):
            middle = round(column)
            fewer.move(middle - px(_GAP) // 2 - step, px(_NEURONS_TOP))
            more.move(middle + px(_GAP) // 2, px(_NEURONS_TOP))
        text = QFontMetrics(self._theme.label_font()).horizontalAdvance(self.caption)
        whole = 2 * step + px(_GAP) + px(10) + text
        middle = round((layout.columns[0] + layout.columns[-1]) / 2)
        left = min(max(0, middle - whole // 2), max(0, width - whole))
        self._fewer.move(left, px(_LAYERS_TOP))
        self._more.move(left + step + px(_GAP), px(_LAYERS_TOP))
        return QPoint(left + 2 * step + px(_GAP) + px(10), px(_LAYERS_TOP))

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
