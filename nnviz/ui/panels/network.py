"""The network panel: features, layers, neurons and weights to edit, with what each neuron sees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.engine.initializers import INITIALIZERS
from nnviz.experiment import edits
from nnviz.experiment.build import network_of
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Picture
from nnviz.ui.canvas.network import NetworkCanvas
from nnviz.ui.canvas.network_view import Picked
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.floating import Floating
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.segments import Segments
from nnviz.ui.network.editing import Editing
from nnviz.ui.network.features import FeatureEditing
from nnviz.ui.network.layer_form import LayerForm
from nnviz.ui.network.menus import Entry, is_feature, layer_entries, menu_of, number_entries
from nnviz.ui.network.portrait import Portrait, feature_maps
from nnviz.ui.parts import Parts

_OVERLAYS = (
    ("weight", "Weight", "Links show their weights (O)."),
    ("gradient", "Gradient", "Links show the slope of the training loss (O)."),
    ("update", "Update", "Links show what the last update changed (O)."),
    ("activity", "Activity", "Links show what flows through them from the probe (O)."),
)


class NetworkPanel(QWidget):
    """The network, alive, with everything that changes it."""

    key: ClassVar[str] = "network"

    told = Signal(str)
    """The person went too far: a sentence."""

    def __init__(self, parts: Parts) -> None:
        """Show the network of the store's experiment."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._preferences = parts.preferences
        self._portrait: Portrait | None = None
        self._kept: tuple[str, ...] = ()
        self._pointed = self._selected = Picked()
        self.canvas = NetworkCanvas(parts.look.theme)
        self._make()
        self.floating = Floating(self)
        self.editing = Editing(parts, self.canvas, self.floating)
        self.features = FeatureEditing(parts, self.canvas, self.floating)
        self.layer_form = LayerForm(parts.store, self.floating)
        self._lay_out()
        self._connect(parts)
        self._show(parts.store.experiment)
        self._on_state_changed()
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _make(self) -> None:
        self.message = MessageLine()
        self.message.setToolTip("Units by layer, and how many numbers are learned.")
        self.overlay = Segments("What links show", _OVERLAYS)
        self.probe = IconButton("probe", "Probe", "Send one point through it (P).", side=26)
        self.probe.setCheckable(True)
        self.initializer = Choice("Initial weights", "How the weights start; begins a new run.")
        self.initializer.show_choices((each.key, each.label) for each in INITIALIZERS)
        self.start = IconButton("preferences", "How weights start", "How weights start.", side=22)
        self._starts = Popover("Initial weights", self.initializer, self)
        hint = "Begin again from other weights (N)."
        self.new_start = IconButton("new-start", "New start", hint, side=26)

    def _lay_out(self) -> None:
        self.head = QWidget()
        layers = self.canvas.layers
        parts = (self.message, self.overlay, self.probe, layers, self.new_start, self.start)
        inner = row(*parts, spacing=6)
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
        self.overlay.picked.connect(
            lambda key: self._edit("overlay", partial(edits.with_overlay, key=key))
        )
        self.probe.clicked.connect(partial(self._edit, "probe", edits.with_probe_switched))
        self.initializer.picked.connect(self._on_initializer_picked)
        self.start.clicked.connect(partial(self._starts.open_below, self.start))
        self.new_start.clicked.connect(partial(self._edit, "new start", edits.with_new_start))
        for act in (self.canvas.setFocus, self._wish):
            self.floating.closed.connect(act)
        self.features.dropped.connect(self._drop)
        self._connect_canvas(self.canvas)

    def _connect_canvas(self, canvas: NetworkCanvas) -> None:
        canvas.feature_toggled.connect(self._on_feature_toggled)
        canvas.feature_asked.connect(self._on_feature_asked)
        canvas.layer_added.connect(partial(self.attempt, "layer", edits.with_layer_added))
        canvas.layer_removed.connect(partial(self.attempt, "layer", edits.with_layer_removed))
        canvas.layer_moved.connect(self._on_layer_moved)
        canvas.layer_inserted.connect(
            lambda at: self.attempt("layer", partial(edits.with_layer_inserted, at=at))
        )
        canvas.neuron_added.connect(partial(self._change_width, edits.with_neuron_added))
        canvas.neuron_removed.connect(partial(self._change_width, edits.with_neuron_removed))
        canvas.unit_hovered.connect(self._on_unit_hovered)
        canvas.number_hovered.connect(self._on_number_hovered)
        canvas.picked.connect(self._on_picked)
        canvas.edit_asked.connect(self._on_picked)
        canvas.menu_asked.connect(self._on_menu_asked)
        canvas.cells_changed.connect(self._on_cells_changed)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        parts = ("architecture", "features", "data", "view")
        if any(getattr(old, part) is not getattr(new, part) for part in parts):
            self.message.show_sentence("")
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        network = network_of(experiment)
        shape, size = "–".join(map(str, network.widths)), f"{network.size:,} weights"
        self.message.show_quiet(
            f"{shape} · {size} and biases", f"{size} and biases", f"{network.size:,}"
        )
        typed = filter(edits.is_typed, (*self._kept, *experiment.features))
        self._kept = tuple(dict.fromkeys(typed))[-edits.FEATURE_LIMIT :]
        self.initializer.show_key(experiment.architecture.initializer)
        self.overlay.show_key(experiment.view.overlay)
        self.probe.setChecked(experiment.view.probe is not None)
        if self.floating.content is self.layer_form and not self.layer_form.refresh():
            self.floating.close_down()

    def _on_pictured(self, picture: Picture) -> None:
        frame = picture.frame
        experiment, old = frame.experiment, self._portrait
        if old is None or old.experiment is not experiment or set(self._kept) - set(old.keys):
            self._portrait = old = Portrait.of(experiment, self._kept)
        view = old.view(frame.theta, picture.overlay)
        self.canvas.show_network(view)
        self.editing.show_picture(picture, old, view)
        stops, cells = picture.wishes.stops, picture.wishes.neuron_cells
        maps = feature_maps(old.keys, stops.tobytes(), dataset_of(experiment.data).plane, cells)
        units = picture.neurons[len(experiment.features) :]
        self.canvas.show_maps(np.concatenate([maps, units]))

    def _on_state_changed(self) -> None:
        moves = self._player.is_playing and not self._preferences.reduced_motion
        self.canvas.show_flow(moves)

    def _on_cells_changed(self, cells: int) -> None:
        self._player.set_wishes(neuron_cells=cells)

    def _edit(self, label: str, edit: edits.Edit, *_: object) -> None:
        self._store.edit(label, edit)

    def _on_initializer_picked(self, key: str) -> None:
        self._edit("initial weights", partial(edits.with_initializer, key=key))

    def _on_feature_toggled(self, key: str) -> None:
        self.attempt("feature", partial(edits.with_feature_toggled, key=key))

    def _on_feature_asked(self) -> None:
        self.features.open(QRect(0, 0, self.canvas.width() // 6, self.canvas.height() // 2))

    def _on_layer_moved(self, start: int, end: int) -> None:
        if self._has_layer(max(start, end)):
            self.attempt("layer", partial(edits.with_layer_moved, start=start, end=end))

    def _change_width(self, edit: Callable[[Experiment, int], Experiment], layer: int) -> None:
        if self._has_layer(layer):
            self.attempt("neuron", lambda experiment: edit(experiment, layer))

    def _has_layer(self, layer: int) -> bool:
        """Whether the layer is still there: the picture with its buttons may be a moment old."""
        return layer < len(self._store.experiment.architecture.hidden)

    def attempt(self, label: str, edit: edits.Edit) -> None:
        """Make an edit; one that goes too far is answered with its sentence."""
        try:
            self._store.edit(label, edit)
        except Mistake as mistake:
            self.message.show_sentence(str(mistake))
            self.told.emit(str(mistake))

    def _on_menu_asked(self, target: Picked | int, point: QPoint) -> None:
        entries = self.entries(target, QRect(self.canvas.mapFromGlobal(point), point).topLeft())
        if entries:
            menu_of(entries, self).popup(point)

    def entries(self, target: Picked | int, place: QPoint) -> tuple[Entry | None, ...]:
        """What a menu offers for a layer or a selection, opened at a place of the canvas."""
        beside = QRect(place, place)
        if isinstance(target, int):
            return layer_entries(
                self._store.experiment,
                target,
                self.attempt,
                partial(self._open_layer, target, beside),
                partial(self.editing.open_alpha, target, beside),
            )
        if self._portrait is None or not self._portrait.fits(self._store.experiment):
            return ()
        if is_feature(target):
            return self._feature_entries(target.units[0][1], beside)
        open_ = partial(self.editing.open, target, beside)
        numbers = number_entries(target, self._portrait, self.editing, open_)
        return (*numbers, None, *self._pin_entries(target)) if target.units else numbers

    def _feature_entries(self, place: int, beside: QRect) -> tuple[Entry | None, ...]:
        key = self._portrait.keys[place] if self._portrait else ""
        is_on = key in self._store.experiment.features
        typed = (Entry("Change the formula…", partial(self.features.open, beside, key)),)
        return (
            Entry("Switch off" if is_on else "Switch on", partial(self._on_feature_toggled, key)),
            *(typed if edits.is_typed(key) and is_on else ()),
            *((Entry("Remove", partial(self._forget, key)),) if edits.is_typed(key) else ()),
            Entry("Add a feature of your own…", partial(self.features.open, beside)),
            *(self._pin_entries(Picked(units=((-1, place),))) if is_on else ()),
        )

    def _pin_entries(self, target: Picked) -> tuple[Entry, ...]:
        layer, place = target.units[0]
        unit = self._portrait.unit((layer + 1, place)) if self._portrait else None
        is_pinned = unit is not None and unit == self._store.experiment.view.pinned
        label = "Take the pin from the output" if is_pinned else "Pin to the output"
        edit = partial(edits.with_pin, unit=unit)
        return (
            Entry(label, partial(self.attempt, "pin", edit), "Show it large for good (Shift+P)."),
        )

    def _forget(self, key: str) -> None:
        """Take a typed feature away, its tile too."""
        if key in self._store.experiment.features:
            self._on_feature_toggled(key)
        self._drop(key)

    def _drop(self, key: str) -> None:
        """Offer a typed feature no more."""
        self._kept = tuple(each for each in self._kept if each != key)
        self._portrait = None
        if self._player.picture is not None:
            self._on_pictured(self._player.picture)

    def _open_layer(self, layer: int, beside: QRect) -> None:
        if self.layer_form.show_layer(layer):
            self.floating.show_title(f"Layer {layer + 1}")
            self.floating.open_beside(beside, self.canvas, self.layer_form)
            self.layer_form.dropout.setFocus()

    def _on_picked(self, picked: Picked, *_: object) -> None:
        self._selected = picked
        self._wish()

    def _on_number_hovered(self, number: Picked) -> None:
        self._pointed = number
        self._wish()

    def _wish(self) -> None:
        """Wish for gradients while a number is pointed at, picked or edited."""
        wished = bool(self._pointed or self._selected) or self.editing.is_open
        if wished != self._player.wishes.numbers:
            self._player.set_wishes(numbers=wished)

    def _on_unit_hovered(self, unit: tuple[int, int] | None) -> None:
        self.canvas.show_unit(unit)
        self._player.show_unit(self._portrait.unit(unit) if self._portrait else None)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.floating.close_down()
