"""The swarm and the basins of attraction, as they are chosen beside the surface."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnviz.experiment import edits
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.spec import Experiment
from nnviz.knob import Knob, knobs
from nnviz.runtime.basin_maps import has_basins
from nnviz.runtime.findings import BasinPicture
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.layout import named
from nnviz.ui.controls.segments import Segments
from nnviz.ui.store import Store

_PARTICLES = Knob(10_000, 100, 20_000, log=True, whole=True, hint="particles of one optimizer")
_CROWDS = (
    ("none", "None", "Only the racers are shown."),
    ("grid", "Grid", "Thousands of particles for every racer, from the points of a grid."),
    ("random", "Random", "Thousands of particles for every racer, from random places."),
)
_BASINS = (
    ("none", "None", "The colors show the loss."),
    ("minima", "Minimum", "Color every start by the minimum, or the end, that it leads to."),
    ("steps", "Steps", "Color every start by the steps that the optimizer needs."),
)
_NO_MINIMA = "A map of basins needs racers on a surface of two numbers."


class CrowdSettings(QWidget):
    """A small form over the store: swarm, basins, and whose basins they are."""

    def __init__(self, store: Store) -> None:
        """Show the landscape of the store's experiment."""
        super().__init__()
        self._store = store
        self.crowd = Segments("Swarm", _CROWDS)
        self.particles = KnobSlider(
            "Particles", _PARTICLES, hint="How many particles each optimizer has."
        )
        self.particles.show_knob(_PARTICLES, allowed=knobs(Landscape)["particles"])
        self.basins = Segments("Basins of attraction", _BASINS)
        self.racer = Choice("Optimizer of the basins", "Whose basins are shown.")
        self._whose = named("Basins of", self.racer)
        self._shown: BasinPicture | None = None
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setProperty("tone", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for each in (
            named("Swarm", self.crowd),
            self.particles,
            named("Basins of attraction", self.basins),
            self._whose,
            self.words,
        ):
            layout.addWidget(each)
        self.crowd.picked.connect(partial(self._set, "crowd", "swarm"))
        self.basins.picked.connect(partial(self._set, "basins", "basins of attraction"))
        self.particles.turned.connect(self._on_particles_turned)
        self.particles.settled.connect(store.settle)
        self.racer.picked.connect(self._on_racer_picked)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what is chosen, silently."""
        landscape = experiment.landscape
        self.crowd.show_key(landscape.crowd)
        self.particles.show_number(landscape.particles)
        self.particles.setEnabled(landscape.crowd != "none")
        self.basins.show_key(landscape.basins)
        is_possible = has_basins(landscape)
        self.basins.setEnabled(is_possible)
        self._whose.setVisible(is_possible and landscape.basins != "none")
        names = [(str(place), each.label) for place, each in enumerate(landscape.racers)]
        self.racer.show_choices(names)
        self.racer.show_key(str(min(landscape.studied, len(names) - 1)))
        self._show_words("" if is_possible else _NO_MINIMA)
        self._shown = None

    def show_basins(self, basins: BasinPicture | None) -> None:
        """Tell where the starts lead."""
        if basins is not None and basins is not self._shown and has_basins(self._landscape):
            self._shown = basins
            self._show_words("\n".join(_told(basins)))

    @property
    def _landscape(self) -> Landscape:
        return self._store.experiment.landscape

    def _show_words(self, words: str) -> None:
        self.words.setVisible(bool(words))
        if words != self.words.text():
            self.words.setText(words)
            self.adjustSize()

    def _set(self, name: str, label: str, key: str) -> None:
        changes: dict[str, Any] = {name: key}
        self._store.edit(label, partial(edits.with_terrain, **changes))

    def _on_particles_turned(self, number: float) -> None:
        changed = edits.with_terrain(self._store.experiment, particles=int(number))
        self._store.change(changed, "particles of the swarm")

    def _on_racer_picked(self, key: str) -> None:
        self._store.edit("basins of attraction", partial(edits.with_terrain, studied=int(key)))


def _told(basins: BasinPicture) -> list[str]:
    """Line by line where the starts lead."""
    if basins.after is not None and not len(basins.minima) and not basins.is_whole:
        done, most = basins.after
        return [f"… following every start: step {done:,} of {most:,}"]
    places = basins.minima.round(2).tolist()
    lines = [
        f"({x:g}, {y:g}): {_percent(share)}".replace("-", "−")
        for (x, y), share in sorted(
            zip(places, basins.shares, strict=True), key=lambda each: -each[1]
        )
    ]
    is_cut = basins.after is not None
    rest = (
        ("other ends" if is_cut else "other minima", basins.others),
        ("on the way still" if is_cut else "none of them", basins.nowhere),
        ("left for good", basins.gone),
    )
    lines += [f"{name}: {_percent(share)}" for name, share in rest if share > 0]
    if basins.by_steps and basins.span[1]:
        lines.append(f"{basins.span[0]:,} to {basins.span[1]:,} steps")
    if basins.after is not None:
        lines.append(f"Ends after {basins.after[1]:,} steps, those close together as one.")
    return lines if basins.is_whole else [*lines, "… getting finer"]


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"
