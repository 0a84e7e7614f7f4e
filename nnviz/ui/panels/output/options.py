"""How the output's picture is shown: switches with their keys, and whose space it is."""

from __future__ import annotations

from functools import partial
from math import isfinite

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.engine.features import feature_of
from nnviz.experiment import edits
from nnviz.experiment.build import widths
from nnviz.experiment.spec import LEVEL_LIMIT, Experiment
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.number_field import NumberField
from nnviz.ui.controls.numbers import PLAIN
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Caption
from nnviz.ui.store import Store

_SWITCHES = (
    ("mistakes", "Mistakes", "W", "Ring the points that are taken for another class (W)."),
    ("levels", "Levels", "E", "Draw the lines of the margins, or of round values (E)."),
    ("ghost", "Best boundary", "G", "Draw where classes met at the best epoch (G)."),
)
_SPACES = (
    ("plane", "Plane", "Show the plane of the data (H)."),
    ("neurons", "Neurons", "Show the data as two neurons of a layer see them (H)."),
    ("components", "Components", "Show the data along the two main directions of a layer (H)."),
)


_LEVELS = "At which outputs to draw lines, such as −0.5 0 0.5; nothing for the margins."


class Options(QWidget):
    """The content of the small window that the eye opens."""

    told = Signal(str)
    """What could not be taken, in a sentence."""

    def __init__(self, store: Store) -> None:
        """Show the view of the store's experiment."""
        super().__init__()
        self._store = store
        self.switches = {key: Switch(label, hint) for key, label, _, hint in _SWITCHES}
        self.levels = NumberField()
        self.levels.setAccessibleName("Levels at")
        self.levels.setPlaceholderText("the margins")
        self.levels.setToolTip(_LEVELS)
        self.space = Segments("Space", _SPACES)
        self.layer = Choice("Layer", "Whose space is shown (Shift+H).")
        self.units = (
            Choice("Across", "The neuron along the horizontal axis."),
            Choice("Upward", "The neuron along the vertical axis."),
        )
        self._lay_out()
        for key, switch in self.switches.items():
            switch.picked.connect(partial(self._on_switched, key))
        self.levels.typed.connect(self._on_levels_typed)
        self.space.picked.connect(self._on_space_picked)
        self.layer.picked.connect(self._on_layer_picked)
        for place, choice in enumerate(self.units):
            choice.picked.connect(partial(self._on_unit_picked, place))
        store.changed.connect(self._on_changed)
        self._show(store.experiment)

    def _lay_out(self) -> None:
        box = column(spacing=6)
        for key, _, letter, _ in _SWITCHES:
            box.addLayout(row(self.switches[key], 1, Caption(letter)))
        box.addLayout(row(Caption("Levels at"), self.levels))
        box.addSpacing(8)
        box.addLayout(row(Caption("Seen in"), 1, Caption("H")))
        box.addWidget(self.space)
        box.addWidget(self.layer)
        box.addLayout(row(*self.units))
        self.setLayout(box)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if (
            old.view is not new.view
            or old.architecture is not new.architecture
            or old.features is not new.features
            or old.data is not new.data
        ):
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        view, sizes = experiment.view, widths(experiment)
        for key, switch in self.switches.items():
            switch.show_on(getattr(view, key))
        self.levels.show_text("  ".join(map(PLAIN.write, view.level_values)))
        self.space.show_key(view.space)
        layer, last = edits.layers_seen(experiment)
        self.layer.show_choices((str(at), _layer_name(at, sizes)) for at in range(last + 1))
        self.layer.show_key(str(layer))
        self.layer.setEnabled(view.space != "plane")
        names = [_unit_name(experiment, layer, place) for place in range(sizes[layer])]
        units = view.space_units if max(view.space_units) < len(names) else (0, len(names) > 1)
        for choice, unit in zip(self.units, units, strict=True):
            choice.show_choices((str(place), name) for place, name in enumerate(names))
            choice.show_key(str(int(unit)))
            choice.setEnabled(view.space == "neurons" and len(names) > 1)

    def _on_switched(self, key: str, on: bool) -> None:  # noqa: FBT001 - the state
        label = self.switches[key].text().lower()
        self._store.edit(f"show {label}", lambda it: edits.with_view(it, **{key: on}))

    def _on_levels_typed(self, text: str) -> None:
        words = text.replace(";", " ").split()
        numbers = [PLAIN.read(each.replace("−", "-")) for each in words]
        known = [each for each in numbers if isinstance(each, float) and isfinite(each)]
        if len(known) < len(words):
            wrong = next(word for word, it in zip(words, numbers, strict=True) if it not in known)
            self.told.emit(f"{wrong!r:.40} is no number; numbers with spaces between are.")
        elif len(set(known)) > LEVEL_LIMIT:
            self.told.emit(f"These are {len(set(known))} levels; there may be up to {LEVEL_LIMIT}.")
        else:
            edit = partial(edits.with_view, level_values=tuple(sorted(set(known))), levels=True)
            self._store.edit("levels shown", edit)

    def _on_space_picked(self, key: str) -> None:
        self._store.edit("space shown", partial(edits.with_view, space=key))

    def _on_layer_picked(self, key: str) -> None:
        self._store.edit(
            "layer shown", partial(edits.with_view, space_layer=int(key), space_units=(0, 1))
        )

    def _on_unit_picked(self, place: int, key: str) -> None:
        old, unit = (int(choice.key or 0) for choice in self.units), int(key)
        units = list(old)
        before = self._store.experiment.view.space_units[place]
        units[place] = unit
        if units[0] == units[1]:
            units[1 - place] = before if before != unit else int(unit == 0)
        chosen = (units[0], units[1])
        self._store.edit("neurons shown", partial(edits.with_view, space_units=chosen))


def _layer_name(layer: int, sizes: tuple[int, ...]) -> str:
    if layer == 0:
        return "Features"
    return "Outputs" if layer == len(sizes) - 1 else f"Layer {layer}"


def _unit_name(experiment: Experiment, layer: int, place: int) -> str:
    return feature_of(experiment.features[place]).label if layer == 0 else f"Neuron {place + 1}"
