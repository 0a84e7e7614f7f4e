"""How the loss surface is made, as it opens below its name: a small form over the store."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.network import Network
from nnviz.engine.surfaces import SURFACES, surface_of
from nnviz.experiment import edits
from nnviz.experiment.build import network_of, slice_axes
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.spec import Experiment
from nnviz.knob import Knob, knobs
from nnviz.runtime.ground import FRAMED
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.formula_line import FormulaLine
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.layout import named
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.switch import Switch
from nnviz.ui.store import Store

TYPED = "…"
"""The key that stands for a formula yet to be typed."""

_PAUSE_MS = 400
WEIGHT_PLANES = ("axes", "line")
_SPOKEN = {"loss": "loss", "penalized": "penalty", "follow": "cut", "log_height": "heights"}
_LOSSES = (
    ("train", "Training", "Show the loss over the points to train on."),
    ("test", "Test", "Show the loss over the points that test the network."),
    (
        "batch",
        "Next batch",
        "Show the loss that the next update lowers; it moves with every batch.",
    ),
)
_NOISE = Knob(0.0, 0.0, 2.0, hint="how far chance moves every gradient")


class TerrainSettings(QWidget):
    """A formula and noise for a test surface; which loss of the network, and how it is seen."""

    def __init__(self, store: Store) -> None:
        """Show the landscape of the store's experiment."""
        super().__init__()
        self._store = store
        self._typed = ""
        self._unit = 1.0
        self._network: Network | None = None
        self.formula = FormulaLine(
            "f(x, y) =",
            "Any loss of x and y, such as sin(x)*cos(y) + 0.1*(x^2+y^2) for x in [-4, 4].",
            surface_of,
        )
        self.formula.line.setMinimumWidth(260)
        self.noise = KnobSlider(
            "Noise", _NOISE, hint="How far chance moves every gradient, as minibatches do."
        )
        self.noise.show_knob(_NOISE, allowed=knobs(Landscape)["noise"])
        self.radius = KnobSlider(
            "Reach", knobs(Landscape)["radius"], hint="How far around the network it is shown."
        )
        self.loss = Segments("Loss over", _LOSSES)
        self.axes = tuple(
            Choice(f"Weight along {axis}", f"The weight or bias that changes along {axis}.")
            for axis in ("x", "y")
        )
        self.axis_cells = tuple(
            named(f"Weight along {axis}", choice)
            for axis, choice in zip("xy", self.axes, strict=True)
        )
        self._over = named("Loss over", self.loss)
        self.penalized = Switch("With the penalty", "Add what large weights cost to the loss.")
        self.follow = Switch(
            "Follow the network", "Let the cut go along with the network, a step now and then."
        )
        self.levels = KnobSlider(
            "Height lines", knobs(Landscape)["levels"], hint="How many lines of one height."
        )
        self.log_height = Switch(
            "Heights by logarithm", "Tell small losses apart as well as large ones."
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._take_formula)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in (self.formula, self.noise, *self.axis_cells, self._over, self.penalized):
            layout.addWidget(each)
        for each in (self.radius, self.follow, self.levels, self.log_height):
            layout.addWidget(each)
        self._connect()

    def _connect(self) -> None:
        self.formula.turned.connect(self._on_formula_turned)
        self.formula.settled.connect(self._take_formula)
        self.noise.turned.connect(partial(self._turn, "noise"))
        self.radius.turned.connect(self._on_reach_turned)
        self.levels.turned.connect(self._on_levels_turned)
        for each in (self.noise, self.radius, self.levels):
            each.settled.connect(self._store.settle)
        for place, choice in enumerate(self.axes):
            choice.picked.connect(partial(self._on_axis_picked, place))
        self.loss.picked.connect(partial(self._set, "loss"))
        for name in ("penalized", "follow", "log_height"):
            getattr(self, name).picked.connect(partial(self._set, name))

    def show_experiment(self, experiment: Experiment) -> None:
        """Show how the surface is made, silently."""
        landscape = experiment.landscape
        on_network = landscape.surface == NETWORK_SURFACE
        for each in (self.formula, self.noise):
            each.setVisible(not on_network)
        for part in (self.radius, self._over, self.penalized):
            part.setVisible(on_network)
        self.follow.setVisible(on_network and landscape.plane != "run")
        is_typed = not on_network and landscape.surface not in SURFACES.keys
        self.formula.show_text(landscape.surface if is_typed else "")
        self.noise.show_number(landscape.noise)
        self._show_axes(experiment)
        self._show_reach(landscape)
        self.loss.show_key(landscape.loss)
        for name in ("penalized", "follow", "log_height"):
            getattr(self, name).show_on(getattr(landscape, name))
        self.levels.show_number(landscape.levels)
        self.adjustSize()

    def _on_formula_turned(self, text: str) -> None:
        """Wait for a pause in typing: a surface takes a moment, and so does a race on it."""
        self._typed = text
        self._pause.start()

    def _take_formula(self) -> None:
        self._pause.stop()
        text, self._typed = self._typed, ""
        if text and text not in SURFACES.keys:
            self._store.edit("surface", partial(edits.with_surface, key=text))

    def _turn(self, name: str, number: float) -> None:
        changed = edits.with_terrain(self._store.experiment, **{name: number})
        self._store.change(changed, f"{name} of the surface")

    def _show_axes(self, experiment: Experiment) -> None:
        landscape = experiment.landscape
        on_network = landscape.surface == NETWORK_SURFACE
        for cell, planes in zip(self.axis_cells, (WEIGHT_PLANES, ("axes",)), strict=True):
            cell.setVisible(on_network and landscape.plane in planes)
        network = network_of(experiment)
        if network != self._network:
            self._network = network
            names = [(str(place), network.place_name(place)) for place in range(network.size)]
            for choice in self.axes:
                choice.show_choices(names)
        for choice, place in zip(self.axes, slice_axes(landscape, network), strict=True):
            choice.show_key(str(place))

    def _on_axis_picked(self, place: int, key: str) -> None:
        experiment = self._store.experiment
        axes = list(slice_axes(experiment.landscape, network_of(experiment)))
        axes[place] = int(key)
        self._store.edit("weights of the slice", partial(edits.with_axes, axes=(axes[0], axes[1])))

    def _show_reach(self, landscape: Landscape) -> None:
        """Weights have a reach of their own; other planes are larger or smaller than usual."""
        self._unit = 1.0 if landscape.plane in WEIGHT_PLANES else FRAMED
        knob = knobs(Landscape)["radius"]
        low, high = knob.low / self._unit, knob.high / self._unit
        self.radius.show_knob(replace(knob, default=knob.default / self._unit, low=low, high=high))
        self.radius.show_number(landscape.radius / self._unit)

    def _on_reach_turned(self, number: float) -> None:
        self._turn("radius", number * self._unit)

    def _on_levels_turned(self, number: float) -> None:
        self._turn("levels", round(number))

    def _set(self, name: str, value: Any) -> None:  # noqa: ANN401 - of any field
        change = partial(edits.with_terrain, **{name: value})
        self._store.edit(f"{_SPOKEN[name]} of the surface", change)


def surface_choices(chosen: str) -> list[tuple[str, str]]:
    """What can be chosen: the network's own loss, the table, and a formula."""
    entries = [(NETWORK_SURFACE, "Network")]
    entries += [(each.key, each.label) for each in SURFACES]
    if chosen not in dict(entries):
        entries.append((chosen, surface_of(chosen).label))
    return [*entries, (TYPED, "Formula…")]
