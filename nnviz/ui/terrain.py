"""How the loss surface is made, as it opens below its name: a small form over the store."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.surfaces import SURFACES, surface_of
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.spec import Experiment
from nnviz.knob import Knob, knobs
from nnviz.ui.controls.formula_line import FormulaLine
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.switch import Switch
from nnviz.ui.store import Store

TYPED = "…"
"""The key that stands for a formula yet to be typed."""

_PAUSE_MS = 400
_NOISE = Knob(0.0, 0.0, 2.0, hint="how far chance moves every gradient")


class TerrainSettings(QWidget):
    """A formula and noise for a test surface; which loss of the network, and how much of it."""

    def __init__(self, store: Store) -> None:
        """Show the landscape of the store's experiment."""
        super().__init__()
        self._store = store
        self._typed = ""
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
        self.on_test = Switch("Test loss", "Show the loss over the points that test the network.")
        self.penalized = Switch("With the penalty", "Add what large weights cost to the loss.")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._take_formula)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in (self.formula, self.noise, self.radius, self.on_test, self.penalized):
            layout.addWidget(each)
        self._connect()

    def _connect(self) -> None:
        self.formula.turned.connect(self._on_formula_turned)
        self.formula.settled.connect(self._take_formula)
        self.noise.turned.connect(partial(self._turn, "noise"))
        self.radius.turned.connect(partial(self._turn, "radius"))
        for each in (self.noise, self.radius):
            each.settled.connect(self._store.settle)
        self.on_test.picked.connect(self._on_test_picked)
        self.penalized.picked.connect(self._on_penalized_picked)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show how the surface is made, silently."""
        landscape = experiment.landscape
        on_network = landscape.surface == NETWORK_SURFACE
        for each in (self.formula, self.noise):
            each.setVisible(not on_network)
        for part in (self.radius, self.on_test, self.penalized):
            part.setVisible(on_network)
        is_typed = not on_network and landscape.surface not in SURFACES.keys
        self.formula.show_text(landscape.surface if is_typed else "")
        self.noise.show_number(landscape.noise)
        self.radius.show_number(landscape.radius)
        self.on_test.show_on(landscape.loss == "test")
        self.penalized.show_on(landscape.penalized)
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

    def _on_test_picked(self, on: bool) -> None:  # noqa: FBT001 - the state
        change = partial(edits.with_terrain, loss="test" if on else "train")
        self._store.edit("loss of the surface", change)

    def _on_penalized_picked(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("penalty of the surface", partial(edits.with_terrain, penalized=on))


def surface_choices(chosen: str) -> list[tuple[str, str]]:
    """What can be chosen: the network's own loss, the table, and a formula."""
    entries = [(NETWORK_SURFACE, "This network’s loss")]
    entries += [(each.key, each.label) for each in SURFACES]
    if chosen not in dict(entries):
        entries.append((chosen, surface_of(chosen).label))
    return [*entries, (TYPED, "Formula…")]
