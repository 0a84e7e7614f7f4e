"""The network panel: features, layers and neurons to edit, with what each neuron sees."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import ClassVar

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.features import FEATURES, inputs
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.raster import plane, shade
from nnviz.experiment import edits
from nnviz.experiment.build import network_of
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Bytes, Picture
from nnviz.ui.canvas.network import FeatureView, NetworkCanvas, NetworkView
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.text import Caption
from nnviz.ui.parts import Parts


class NetworkPanel(QWidget):
    """The network, alive, with everything that changes its shape."""

    key: ClassVar[str] = "network"
    title: ClassVar[str] = "Network"

    def __init__(self, parts: Parts) -> None:
        """Show the network of the store's experiment."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._look, self._preferences = parts.look, parts.preferences
        self.canvas = NetworkCanvas(parts.look.theme)
        self.message = MessageLine()
        self.initializer = Choice("Initial weights", "How the weights start; begins a new run.")
        self.new_start = IconButton(
            "new-start", "New start", "Begin again from other weights (N).", side=28
        )
        self._lay_out()
        self._connect(parts)
        self._show(parts.store.experiment)
        self._on_state_changed()
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _lay_out(self) -> None:
        self.message.setToolTip("Units by layer, and how many numbers are learned.")
        self.initializer.show_choices((each.key, each.label) for each in INITIALIZERS)
        self.initializer.setFixedWidth(118)
        self.head = QWidget()
        inner = row(
            self.message,
            Caption("Layers"),
            self.canvas.layers,
            Caption("Start"),
            self.initializer,
            self.new_start,
            spacing=8,
        )
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setStretchFactor(self.message, 1)
        self.head.setLayout(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.canvas, 1)

    def _connect(self, parts: Parts) -> None:
        self._store.changed.connect(self._on_changed)
        self._player.pictured.connect(self._on_pictured)
        self._player.state_changed.connect(self._on_state_changed)
        self._player.beat.connect(self.canvas.move_flow)
        parts.look.changed.connect(self.canvas.show_theme)
        parts.preferences.changed.connect(self._on_state_changed)
        self.initializer.picked.connect(self._on_initializer_picked)
        self.new_start.clicked.connect(self._on_new_start_clicked)
        canvas = self.canvas
        canvas.feature_toggled.connect(self._on_feature_toggled)
        canvas.layer_added.connect(self._on_layer_added)
        canvas.layer_removed.connect(self._on_layer_removed)
        canvas.neuron_added.connect(self._on_neuron_added)
        canvas.neuron_removed.connect(self._on_neuron_removed)
        canvas.unit_hovered.connect(self._on_unit_hovered)
        canvas.cells_changed.connect(self._on_cells_changed)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if (
            old.architecture is not new.architecture
            or old.features is not new.features
            or old.data is not new.data
        ):
            self.message.show_sentence("")
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        network = network_of(experiment)
        shape, size = "–".join(map(str, network.widths)), f"{network.size:,} weights"
        self.message.show_quiet(
            f"{shape} · {size} and biases", f"{size} and biases", f"{network.size:,} numbers"
        )
        self.initializer.show_key(experiment.architecture.initializer)

    def _on_pictured(self, picture: Picture) -> None:
        frame = picture.frame
        experiment = frame.experiment
        self.canvas.show_network(view_of(experiment, frame.theta))
        stops = picture.wishes.stops
        domain = dataset_of(experiment.data).plane
        maps = feature_maps(stops.tobytes(), domain, picture.wishes.neuron_cells)
        units = picture.neurons[len(experiment.features) :]
        self.canvas.show_maps(np.concatenate([maps, units]))

    def _on_state_changed(self) -> None:
        moves = self._player.is_playing and not self._preferences.reduced_motion
        self.canvas.show_flow(moves)

    def _on_cells_changed(self, cells: int) -> None:
        self._player.set_wishes(neuron_cells=cells)

    def _on_initializer_picked(self, key: str) -> None:
        self._store.edit("initial weights", partial(edits.with_initializer, key=key))

    def _on_new_start_clicked(self) -> None:
        self._store.edit("new start", edits.with_new_start)

    def _on_feature_toggled(self, key: str) -> None:
        self._try("feature", partial(edits.with_feature_toggled, key=key))

    def _on_layer_added(self) -> None:
        self._try("layer", edits.with_layer_added)

    def _on_layer_removed(self) -> None:
        self._try("layer", edits.with_layer_removed)

    def _on_neuron_added(self, layer: int) -> None:
        if self._has_layer(layer):
            self._try("neuron", partial(edits.with_neuron_added, layer=layer))

    def _on_neuron_removed(self, layer: int) -> None:
        if self._has_layer(layer):
            self._try("neuron", partial(edits.with_neuron_removed, layer=layer))

    def _has_layer(self, layer: int) -> bool:
        """Whether the layer is still there: the picture with its buttons may be a moment old."""
        return layer < len(self._store.experiment.architecture.hidden)

    def _try(self, label: str, edit: edits.Edit) -> None:
        """Make an edit; one that goes too far is answered with its sentence."""
        try:
            self._store.edit(label, edit)
        except Mistake as mistake:
            self.message.show_sentence(str(mistake))

    def _on_unit_hovered(self, unit: tuple[int, int] | None) -> None:
        self.canvas.show_unit(unit)
        self._player.show_unit(_among_inputs(self._store.experiment, unit))


def view_of(experiment: Experiment, theta: np.typing.NDArray[np.float64]) -> NetworkView:
    """What the canvas draws of an experiment's network at a theta of shape (parameters,)."""
    network = network_of(experiment)
    layers = network.layers(theta)
    return NetworkView(
        features=tuple(
            FeatureView(each.key, each.label, each.key in experiment.features) for each in FEATURES
        ),
        widths=network.widths[1:-1],
        outputs=network.widths[-1],
        activations=(*(each.label for each in network.activations), network.head.output.label),
        weights=tuple(each.weights for each in layers),
        biases=tuple(each.biases for each in layers),
    )


@lru_cache(maxsize=4)
def feature_maps(stops: bytes, domain: tuple[float, float, float, float], cells: int) -> Bytes:
    """The maps of all features, whether they are on or not, of shape (features, cells, cells, 4).

    Args:
        stops: the bytes of the color scale, of shape (3, 3).
        domain: x_min, x_max, y_min, y_max of the plane.
        cells: the side of a map.
    """
    values = inputs(FEATURES.keys, plane(domain, cells).reshape(-1, 2))
    values /= np.abs(values).max(axis=1, keepdims=True, initial=1.0)
    colors = np.frombuffer(stops, dtype=np.uint8).reshape(3, 3)
    return shade(values.reshape(-1, cells, cells), colors)


def _among_inputs(experiment: Experiment, unit: tuple[int, int] | None) -> tuple[int, int] | None:
    """A unit of the canvas as the network counts it: only the features that are on."""
    if unit is None or unit[0] > 0:
        return unit
    key = FEATURES.keys[unit[1]]
    return (0, experiment.features.index(key)) if key in experiment.features else None
