"""The output panel: what the network says over the plane, and how well."""

from __future__ import annotations

import math
from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.engine.features import feature_of
from nnviz.experiment import edits
from nnviz.experiment.build import Setup, build
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime.frames import Floats, Frame, Picture
from nnviz.ui.canvas.boundary import BoundaryCanvas
from nnviz.ui.canvas.colorbar import ColorBar
from nnviz.ui.controls.layout import column
from nnviz.ui.controls.numbers import write_plain
from nnviz.ui.controls.reading import Reading
from nnviz.ui.controls.switch import Switch
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme

_UNDER_PICTURE = 60
_SIDE = 112
_BELOW = 90
_WIDER_THAN_HIGH = 24  # What a plot needs around its square: so much more beside than above it.
_LEAST = 120
_ALL = 1000  # The weight of a part beside which others get nothing.
Unit = tuple[int, int]
_BOUNDS = {"tanh": ("−1", "0", "1"), "sigmoid": ("0", "0.5", "1"), "softmax": ("0", "0.5", "1")}


class OutputPanel(QWidget):
    """The decision boundary with the points, the losses and the accuracy."""

    key: ClassVar[str] = "output"
    title: ClassVar[str] = "Output"

    def __init__(self, parts: Parts) -> None:
        """Show the experiment of the store and the newest picture."""
        super().__init__()
        self._store = parts.store
        self._look = parts.look
        self._setup: Setup | None = None
        self._unit: Unit | None = None
        self._shown: Data | None = None
        self._picture: Picture | None = None
        self._pointed: tuple[float, float] | None = None
        self.canvas = BoundaryCanvas(parts.look.theme)
        self.bar = ColorBar(parts.look.theme)
        self._make()
        self._lay_out()
        self._connect(parts)
        self._show(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _make(self) -> None:
        self.train_loss = Reading("Train loss", "The mean loss over the points trained on.")
        self.test_loss = Reading("Test loss", "The mean loss over the points never trained on.")
        self.accuracy = Reading(
            "Accuracy",
            "The share of the test points that the network gets right.",
            widest="100.0 %",
        )
        self.show_test = Switch("Test data", "Show the points that test the network (T).")
        self.discretize = Switch("Discretize", "Show only what the network decides for (D).")
        self.place = Figure("x₁ −0.00   x₂ −0.00   →  −0.000  orange", 0.95)
        self.place.setToolTip("What the network says where the pointer is.")
        self.head = Caption()
        self.head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.setToolTip("Whose map this is, while the pointer is on a part of the network.")

    def _lay_out(self) -> None:
        self._side = numbers = QWidget()
        self._numbers = QBoxLayout(QBoxLayout.Direction.LeftToRight, numbers)
        self._numbers.setContentsMargins(0, 0, 0, 0)
        for each in (self.train_loss, self.test_loss, self.accuracy):
            self._numbers.addWidget(each)
        switches = QWidget()
        self._switches = QBoxLayout(QBoxLayout.Direction.LeftToRight, switches)
        self._switches.setContentsMargins(0, 0, 0, 0)
        self._switches.setSpacing(4)
        for part in (self.show_test, self.discretize):
            self._switches.addWidget(part)
        picture = QWidget()
        inner = QVBoxLayout(picture)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.head)
        inner.addWidget(self.canvas, _ALL)
        inner.addWidget(self.bar)
        inner.addWidget(self.place)
        inner.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        side = column(numbers, 1, switches, spacing=10)
        self._layout.addWidget(picture, 1)
        self._layout.addLayout(side)

    def _connect(self, parts: Parts) -> None:
        self._store.changed.connect(self._on_changed)
        parts.player.pictured.connect(self._on_pictured)
        parts.look.changed.connect(self._show_theme)
        self._show_theme(parts.look.theme)
        self.show_test.picked.connect(self._on_test_switched)
        self.discretize.picked.connect(self._on_discretize_switched)
        self.canvas.place_hovered.connect(self._on_place_hovered)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Numbers stand beside a wide picture and below a high one."""
        width, height = self.width(), self.height() - _UNDER_PICTURE
        beside = min(width - _SIDE, height) > min(width, height - _BELOW)
        along, across = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(along if beside else across)
        for each in (self._numbers, self._switches):
            each.setDirection(across if beside else along)
        plot = width - (self._side.sizeHint().width() + 10 if beside else 0)
        self.canvas.setMaximumHeight(max(plot - self._look.theme.px(_WIDER_THAN_HIGH), _LEAST))

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.view is not new.view or old.training is not new.training or old.data is not new.data:
            self._show(new)

    def _show(self, experiment: Experiment) -> None:
        self.show_test.show_on(experiment.view.show_test)
        self.discretize.show_on(experiment.view.discretize)
        self.canvas.show_test(experiment.view.show_test)

    def _show_theme(self, theme: Theme) -> None:
        self.train_loss.show_line(theme.accent)
        self.test_loss.show_line(theme.text)
        self.canvas.show_theme(theme)
        self.bar.show_theme(theme)

    def _on_pictured(self, picture: Picture) -> None:
        before, self._picture = self._picture, picture
        frame = picture.frame
        if frame.experiment is not (before.frame.experiment if before else None):
            self._show_setup(frame.experiment)
        self._show_numbers(frame)
        self._show_unit(picture)
        self.canvas.show_map(picture.boundary, dataset_of(frame.experiment.data).plane)
        self._tell()

    def _show_setup(self, experiment: Experiment) -> None:
        self._setup = setup = build(experiment)
        if experiment.data is self._shown:
            return
        self._shown = experiment.data
        is_train = np.zeros(len(setup.points), dtype=np.bool_)
        is_train[setup.train] = True
        self.canvas.show_points(setup.points, setup.labels, is_train, setup.dataset.classes)
        names = [f"{each.label}, {each.unit}" if each.unit else each.label for each in setup.axes]
        self.canvas.show_axes(names[0], names[1], *((it.offset, it.scale) for it in setup.axes))

    def _show_numbers(self, frame: Frame) -> None:
        history = frame.history
        self.train_loss.show_text(_written(float(history.train_loss[-1])))
        self.test_loss.show_text(_written(float(history.test_loss[-1])))
        accuracy = float(history.test_accuracy[-1])
        self.accuracy.setVisible(not math.isnan(accuracy))
        self.accuracy.show_text(f"{accuracy:.1%}".replace("%", " %"))

    def _show_unit(self, picture: Picture) -> None:
        """Say whose map it is; a line where classes meet belongs to the output alone."""
        setup = self._setup
        if setup is None:
            return
        self._unit = unit = _unit_of(setup, picture)
        self.canvas.show_decision(picture.decision if _is_output(setup, unit) else ())
        if unit is None:
            self.head.setText("")
            self._show_output_scale(setup, picture)
        else:
            self.head.setText(_name_of(setup, unit))
            self.bar.show_scale(picture.wishes.stops, _bounds_of(setup, unit, picture))

    def _show_output_scale(self, setup: Setup, picture: Picture) -> None:
        if setup.dataset.classes > 2:
            self.bar.show_classes(setup.dataset.class_names)
        else:
            bounds = _BOUNDS.get(setup.network.head.output_key, _BOUNDS["tanh"])
            self.bar.show_scale(picture.wishes.stops, bounds)

    def _on_test_switched(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("show test data", partial(edits.with_view, show_test=on))

    def _on_discretize_switched(self, on: bool) -> None:  # noqa: FBT001 - the state
        self._store.edit("discretize output", partial(edits.with_view, discretize=on))

    def _on_place_hovered(self, place: tuple[float, float] | None) -> None:
        self._pointed = place
        self._tell()

    def _tell(self) -> None:
        """Say what is under the pointer, with the numbers of now."""
        setup, picture, place = self._setup, self._picture, self._pointed
        if place is None or setup is None or picture is None:
            self.place.show_text("")
        else:
            value = _value_at(setup, picture.output, place)
            said = f"{value:.3f}" if self._unit else _said(setup, value)
            self.place.show_text(f"{_where(setup, place)}   →  {said}".replace("-", "−"))


def _written(loss: float) -> str:
    """A loss with as many figures as can be read at a glance."""
    if not math.isfinite(loss):
        return "∞" if loss > 0 else "–"
    if loss and abs(loss) < 1e-3:
        return f"{loss:.2e}".replace("e-0", "e−")
    return f"{loss:.4f}" if abs(loss) < 100 else f"{loss:.3g}"


def _unit_of(setup: Setup, picture: Picture) -> Unit | None:
    """The unit whose map it is; None for one that the picture's network does not have.

    What is pointed at may be gone from the network by the time a picture of it is painted.
    """
    unit, widths = picture.wishes.unit, setup.network.widths
    if unit is None or not (0 <= unit[0] < len(widths) and 0 <= unit[1] < widths[unit[0]]):
        return None
    return unit


def _is_output(setup: Setup, unit: Unit | None) -> bool:
    widths = setup.network.widths
    return unit is None or (unit[0] == len(widths) - 1 and widths[-1] == 1)


def _name_of(setup: Setup, unit: Unit) -> str:
    layer, place = unit
    if layer == 0:
        return feature_of(setup.experiment.features[place]).label
    if layer == len(setup.network.widths) - 1:
        return "Output" if setup.network.widths[-1] == 1 else f"Output {place + 1}"
    return f"Neuron {place + 1} of layer {layer}"


def _bounds_of(setup: Setup, unit: Unit, picture: Picture) -> tuple[str, str, str]:
    layer = unit[0]
    network = setup.network
    if layer == len(network.widths) - 1:
        return _BOUNDS.get(network.head.output_key, _BOUNDS["tanh"])
    key = network.activations[layer - 1].key if layer else "linear"
    if key in _BOUNDS:
        return _BOUNDS[key]
    most = max(1.0, float(np.abs(picture.output).max()))
    text = write_plain(float(f"{most:.2g}"))
    return (f"−{text}", "0", text)


def _where(setup: Setup, place: tuple[float, float]) -> str:
    """A place of the plane in the units of its axes."""
    return "   ".join(
        f"{axis.label} {axis.offset + axis.scale * at:.2f}{axis.unit and ' ' + axis.unit}"
        for axis, at in zip(setup.axes, place, strict=True)
    )


def _value_at(setup: Setup, values: Floats, place: tuple[float, float]) -> float:
    """The value at a place of the plane, of values (rows, columns), row 0 at the least x₂."""
    x, y = place
    left, right, low, high = setup.dataset.plane
    rows, columns = values.shape
    column_at = min(max(int((x - left) / (right - left) * columns), 0), columns - 1)
    row_at = min(max(int((y - low) / (high - low) * rows), 0), rows - 1)
    return float(values[row_at, column_at])


def _said(setup: Setup, value: float) -> str:
    """What the output says, in words."""
    names = setup.dataset.class_names
    if setup.dataset.problem == "regression":
        return f"{value:.3f}"
    if setup.dataset.classes > 2:
        return names[int(value)]
    return f"{value:.3f}  {names[int(value > setup.network.head.output.middle)]}"
