"""The sliders of one layer: its dropout, and what its activation has to turn."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.activations import Activation
from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment, Layer
from nnviz.knob import knobs
from nnviz.ui.controls.knob_form import KnobForm
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.numbers import PERCENT
from nnviz.ui.store import Store


class LayerForm(QWidget):
    """Turns a hidden layer of the store's experiment."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        """Show the first layer."""
        super().__init__(parent)
        self._store = store
        self._layer = 0
        self.dropout = KnobSlider("Dropout", knobs(Layer)["dropout"], notation=PERCENT)
        self.form = KnobForm()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.dropout)
        box.addWidget(self.form)
        self.dropout.turned.connect(self._on_dropout_turned)
        self.form.turned.connect(self._on_activation_turned)
        for each in (self.dropout, self.form):
            each.settled.connect(store.settle)
        self.hide()

    def show_layer(self, layer: int) -> bool:
        """Show a layer, counted from 0; whether there is such a layer."""
        self._layer = layer
        hidden = self._store.experiment.architecture.hidden
        if layer >= len(hidden):
            return False
        self.dropout.show_number(hidden[layer].dropout)
        self.form.show_value(hidden[layer].activation)
        self.form.setVisible(self.form.has_knobs())
        return True

    def refresh(self) -> bool:
        """Show the same layer as it is by now; whether it is still there."""
        return self.show_layer(self._layer)

    def _on_dropout_turned(self, chance: float) -> None:
        self._change("dropout", partial(edits.with_layer_dropout, layer=self._layer, chance=chance))

    def _on_activation_turned(self, activation: Activation) -> None:
        edit = partial(edits.with_layer_activation, layer=self._layer, activation=activation)
        self._change("activation of a layer", edit)

    def _change(self, label: str, edit: edits.Edit) -> None:
        experiment: Experiment = edit(self._store.experiment)
        self._store.change(experiment, label)
