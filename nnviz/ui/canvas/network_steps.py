"""The buttons of a network: for its layers, and above each layer its caption with + and −."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.ui.canvas.network_backdrop import HEAD_HEIGHT, HEAD_TOP, STEPS, Head
from nnviz.ui.canvas.network_buttons import STEP, StepButton
from nnviz.ui.canvas.network_caption import LayerCaption
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


class LayerHeads(QObject):
    """Above every hidden layer its caption between two buttons, made when needed and kept.

    Where columns stand close, the buttons of a layer are there only while it is pointed at.
    """

    neuron_added = Signal(int)
    neuron_removed = Signal(int)
    menu_asked = Signal(object, object)
    dragged = Signal(int, int)
    dropped = Signal(int)
    drag_left = Signal()

    def __init__(self, theme: Theme, canvas: QWidget) -> None:
        """Buttons that live on a canvas."""
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self._all: list[tuple[StepButton, LayerCaption, StepButton]] = []
        self._heads: list[Head] = []
        self._open: int | None = None

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Have buttons for every hidden layer."""
        while len(self._all) < len(widths):
            self._all.append(self._make(len(self._all)))
        for layer, (fewer, caption, more) in enumerate(self._all):
            is_used = layer < len(widths)
            for each in (fewer, caption, more):
                each.setVisible(is_used)
            if is_used:
                fewer.setEnabled(widths[layer] > 1)
                more.setEnabled(widths[layer] < MOST_NEURONS)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        for button in self.buttons:
            button.show_theme(theme)

    @property
    def buttons(self) -> list[StepButton | LayerCaption]:
        """All buttons, in the order of the tab key."""
        return [each for buttons in self._all for each in buttons]

    def place(self, heads: list[Head]) -> None:
        """Put the buttons where the captions of the hidden layers are."""
        px = self._theme.px
        self._heads = heads[1:-1]
        for (fewer, caption, more), head in zip(self._all, self._heads, strict=False):
            fewer.move(round(head.left) - px(STEPS), px(HEAD_TOP))
            more.move(round(head.left + head.width) + px(STEPS - STEP), px(HEAD_TOP))
            caption.setGeometry(
                round(head.left) - px(3), px(HEAD_TOP), round(head.width) + px(6), px(HEAD_HEIGHT)
            )
            caption.show_text(head.text)
        self.show_open(self._open)

    def show_open(self, layer: int | None) -> None:
        """Show the buttons of the layer that is pointed at, where there is no room for all."""
        self._open = layer
        for place, ((fewer, _, more), head) in enumerate(zip(self._all, self._heads, strict=False)):
            for each in (fewer, more):
                each.setVisible(not head.is_tight or place == layer)
                if place == layer:
                    each.raise_()

    def carry(self, layer: int, x: int) -> bool:
        """Let the caption of a layer follow the pointer; whether there is such a layer."""
        if layer >= len(self._heads):
            return False
        fewer, caption, more = self._all[layer]
        fewer.hide()
        more.hide()
        caption.move(x - caption.width() // 2, caption.y())
        caption.raise_()
        return True

    def _make(self, layer: int) -> tuple[StepButton, LayerCaption, StepButton]:
        place = f"hidden layer {layer + 1}"
        fewer = StepButton("−", f"Remove a neuron from {place}", self._theme, self._canvas)
        caption = LayerCaption(layer, self._theme, self._canvas)
        more = StepButton("+", f"Add a neuron to {place}", self._theme, self._canvas)
        fewer.clicked.connect(partial(self._on_fewer, layer))
        more.clicked.connect(partial(self._on_more, layer))
        caption.clicked.connect(partial(self._on_caption, layer))
        caption.entered.connect(self.show_open)
        caption.menu_asked.connect(self.menu_asked)
        caption.dragged.connect(self.dragged)
        caption.dropped.connect(self.dropped)
        caption.drag_left.connect(self.drag_left)
        return fewer, caption, more

    def _on_fewer(self, layer: int) -> None:
        self.neuron_removed.emit(layer)

    def _on_more(self, layer: int) -> None:
        self.neuron_added.emit(layer)

    def _on_caption(self, layer: int) -> None:
        caption = self._all[layer][1]
        self.menu_asked.emit(layer, caption.mapToGlobal(QPoint(0, caption.height())))
