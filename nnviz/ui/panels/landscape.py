"""The landscape panel: a loss surface, and the optimizers that race down it."""

from __future__ import annotations

import math
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.network import Network
from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.surfaces import surface_of
from nnviz.experiment import edits
from nnviz.experiment.build import network_of, slice_axes
from nnviz.experiment.spec import NETWORK_SURFACE, Experiment
from nnviz.runtime.frames import Frame, Picture, SurfacePicture
from nnviz.runtime.trainer import RACE_STEPS
from nnviz.ui.canvas.markers import marker
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.knob_form import KnobForm
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.roster import Roster
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.parts import Parts
from nnviz.ui.racers import style_of
from nnviz.ui.terrain import TYPED, TerrainSettings, surface_choices
from nnviz.ui.theme import Theme

_LEGEND_WIDTH = 200
_MARKER = 10.0


class LandscapePanel(QWidget):
    """A test surface or the network's own loss, with a racer for each chosen optimizer."""

    key: ClassVar[str] = "landscape"
    title: ClassVar[str] = "Loss surface"

    def __init__(self, parts: Parts) -> None:
        """Show the landscape of the store's experiment."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self._theme = parts.look.theme
        self._known: dict[tuple[str, str], Optimizer] = {}
        self._network: Network | None = None
        self._drawn: SurfacePicture | None = None
        self._opened: str | None = None
        self.canvas = SurfaceCanvas(parts.look.theme)
        self._make()
        self._lay_out()
        self._connect(parts)
        self._show_theme(parts.look.theme)
        self._show(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _make(self) -> None:
        self.surface = Choice("Surface", "What the optimizers race on.")
        self.terrain = TerrainSettings(self._store)
        self.settings = IconButton(
            "preferences",
            "Settings of the surface",
            "Type a formula, add noise, and more.",
            side=28,
        )
        self._terrain_popover = Popover("Loss surface", self.terrain, self)
        self.axes = tuple(
            Choice(f"Weight along {axis}", f"The weight or bias that changes along {axis}.")
            for axis in ("x", "y")
        )
        self.formula = QLabel()
        self.formula.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.formula.setToolTip("The loss of the two parameters x and y.")
        self.formula.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.recenter = IconButton("target", "Re-centre", "", side=28)
        self.restart = IconButton(
            "reset", "Default start", "Start the race from the surface’s own place again.", side=28
        )
        self.step_name = Caption("Step")
        self.step_name.setToolTip(f"A race ends after {RACE_STEPS:,} steps.")
        self.steps = Figure("0,000")
        self.roster = Roster({each.key: each.label for each in OPTIMIZERS})
        self.rows = self.roster.rows
        self.message = MessageLine()
        self.message.setWordWrap(True)
        self.form = KnobForm()
        self._popover = Popover("", self.form, self)

    def _lay_out(self) -> None:
        self.surface.setFixedWidth(172)
        top = row(
            self.surface,
            self.settings,
            self.formula,
            *self.axes,
            self.recenter,
            self.restart,
            spacing=6,
        )
        for each in (self.formula, *self.axes):
            top.setStretchFactor(each, 1)
        head = row(self.step_name, self.steps, 1, Caption("Loss"), spacing=6)
        head.setContentsMargins(6, 0, 34, 2)
        legend = QWidget()
        legend.setFixedWidth(_LEGEND_WIDTH)
        inner = column(spacing=0)
        inner.addLayout(head)
        inner.addWidget(self.roster)
        inner.addWidget(self.message)
        inner.addStretch(1)
        legend.setLayout(inner)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.canvas, 1)
        bottom.addWidget(legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(bottom, 1)

    def _connect(self, parts: Parts) -> None:
        self._store.changed.connect(self._on_changed)
        self._player.pictured.connect(self._on_pictured)
        parts.look.changed.connect(self._show_theme)
        self.surface.picked.connect(self._on_surface_picked)
        for place, choice in enumerate(self.axes):
            choice.picked.connect(partial(self._on_axis_picked, place))
        self.settings.clicked.connect(partial(self._terrain_popover.open_below, self.settings))
        self.recenter.clicked.connect(self._player.recenter)
        self.restart.clicked.connect(self._on_restart_clicked)
        self.canvas.start_picked.connect(self._on_start_picked)
        for key, each in self.rows.items():
            each.picked.connect(partial(self._on_racer_picked, key))
            each.knobs_asked.connect(partial(self._on_knobs_asked, key))
        self.form.turned.connect(self._on_form_turned)
        self.form.settled.connect(self._store.settle)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if (
            old.landscape is not new.landscape
            or old.architecture is not new.architecture
            or old.features is not new.features
            or old.data is not new.data
            or old.training is not new.training
        ):
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        landscape = experiment.landscape
        self.surface.show_choices(surface_choices(landscape.surface))
        self.surface.show_key(landscape.surface)
        self.terrain.show_experiment(experiment)
        on_network = landscape.surface == NETWORK_SURFACE
        for each in (*self.axes, self.recenter):
            each.setVisible(on_network)
        self.formula.setVisible(not on_network)
        if on_network:
            self._show_axes(experiment)
        else:
            self.formula.setText(surface_of(landscape.surface).formula)
        self.restart.setEnabled(landscape.start is not None)
        racers = {each.key: each for each in landscape.racers}
        self.roster.show_on(racers)
        self._known.update({(landscape.surface, key): racer for key, racer in racers.items()})
        if self._opened in racers:
            self.form.show_value(racers[self._opened])

    def _show_axes(self, experiment: Experiment) -> None:
        network = network_of(experiment)
        if network != self._network:
            self._network = network
            names = [(str(i), network.place_name(i)) for i in range(network.size)]
            for choice in self.axes:
                choice.show_choices(names)
        for choice, place in zip(self.axes, slice_axes(experiment.landscape, network), strict=True):
            choice.show_key(str(place))

    def _show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.canvas.show_theme(theme)
        for key, each in self.rows.items():
            style = style_of(key, theme)
            each.show_look(style.color, marker(style.symbol, QPointF(0, 0), _MARKER), style.dash)

    def _on_pictured(self, picture: Picture) -> None:
        frame, surface = picture.frame, picture.surface
        if surface is not self._drawn:
            self._drawn = surface
            self.canvas.show_surface(
                surface.rgba,
                surface.domain,
                surface.levels,
                surface.contours,
                surface.minima,
                surface.labels,
            )
        self._show_race(frame)
        self._show_places(frame)

    def _show_race(self, frame: Frame) -> None:
        racers = frame.experiment.landscape.racers
        paths, diverged = frame.race.paths, frame.race.diverged
        styles = tuple(style_of(each.key, self._theme) for each in racers)
        self.canvas.show_race(paths, styles, diverged)
        steps = paths.shape[1] - 1
        self.step_name.setText("Step" if steps < RACE_STEPS else "Ended at")
        self.steps.show_text(f"{steps:,}")
        for racer, path, gone in zip(racers, paths, diverged, strict=True):
            self.rows[racer.key].show_number(_written(float(path[-1, 2]), gone=gone), alarm=gone)
        self._show_message(racers, diverged)

    def _show_message(self, racers: tuple[Optimizer, ...], diverged: tuple[bool, ...]) -> None:
        gone = [each for each, left in zip(racers, diverged, strict=True) if left]
        sentence = "".join(
            f"{each.label} left for good: a rate of {each.rate:g} is too high here. "
            for each in gone[:1]
        )
        if len(gone) > 1:
            sentence += f"So did {len(gone) - 1} more."
        self.message.show_sentence(sentence.strip(), stays=True)

    def _show_places(self, frame: Frame) -> None:
        landscape = frame.experiment.landscape
        if landscape.surface != NETWORK_SURFACE:
            self.canvas.show_network_place(None)
            start = landscape.start or surface_of(landscape.surface).start
        else:
            first, second = slice_axes(landscape, network_of(frame.experiment))
            theta, anchor = frame.theta, frame.anchor
            self.canvas.show_network_place((float(theta[first]), float(theta[second])))
            start = landscape.start or (float(anchor[first]), float(anchor[second]))
            self.recenter.setToolTip(
                "Cut the surface through the network as it is now; "
                f"this slice goes through the network at epoch {frame.anchor_epoch:,}."
            )
        self.canvas.show_start(start)

    def _on_surface_picked(self, key: str) -> None:
        if key == TYPED:
            self.surface.show_key(self._store.experiment.landscape.surface)
            self._terrain_popover.open_below(self.settings)
            return
        self._store.edit("surface", partial(self._on_another_surface, key))

    def _on_another_surface(self, key: str, experiment: Experiment) -> Experiment:
        """Another surface, its racers with the settings they last had there."""
        changed = edits.with_surface(experiment, key)
        for racer in changed.landscape.racers:
            changed = edits.with_racer(changed, self._known.get((key, racer.key), racer))
        return changed

    def _on_axis_picked(self, place: int, key: str) -> None:
        network = network_of(self._store.experiment)
        axes = list(slice_axes(self._store.experiment.landscape, network))
        axes[place] = int(key)
        self._store.edit("weights of the slice", partial(edits.with_axes, axes=(axes[0], axes[1])))

    def _on_start_picked(self, x: float, y: float) -> None:
        self._store.edit("start of the race", partial(edits.with_race_start, start=(x, y)))

    def _on_restart_clicked(self) -> None:
        self._store.edit("start of the race", partial(edits.with_race_start, start=None))

    def _on_racer_picked(self, key: str, on: bool) -> None:  # noqa: FBT001 - the state
        surface = self._store.experiment.landscape.surface
        if on:
            racer = self._known.get((surface, key)) or edits.racer_for(surface, key)
            self._store.edit("racer", partial(edits.with_racer, racer=racer))
        else:
            self._store.edit("racer", partial(edits.without_racer, key=key))

    def _on_knobs_asked(self, key: str) -> None:
        racers = {each.key: each for each in self._store.experiment.landscape.racers}
        if key in racers:
            self._opened = key
            self.form.show_value(racers[key])
            self._popover.show_title(racers[key].label)
            self._popover.open_below(self.rows[key].gear)

    def _on_form_turned(self, racer: Optimizer) -> None:
        changed = edits.with_racer(self._store.experiment, racer)
        self._store.change(changed, f"settings of {racer.label}")


def _written(loss: float, *, gone: bool) -> str:
    """A loss in the width of the legend."""
    if gone or not math.isfinite(loss):
        return "left"
    if loss != 0 and (abs(loss) < 1e-3 or abs(loss) >= 1e4):
        return f"{loss:.1e}".replace("-", "−")
    return f"{loss:.4f}"[:7].replace("-", "−")
