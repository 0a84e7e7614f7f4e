"""Data sets: points of the plane and what a network should say of them.

Every generator draws from a generator handed in, so the same seed always makes the same points.
All points lie around the plane x₁, x₂ from -6 to 6; a data set that has units of its own carries
axes that tell how to read them there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.random import Generator

from nnviz.engine import generators, measured
from nnviz.engine.elementary import Floats
from nnviz.engine.generators import Make, Sample
from nnviz.table import Table
from nnviz.value import dataclass

Problem = Literal["classification", "regression"]
NoiseMoves = Literal["point", "label", "nothing"]
Domain = tuple[float, float, float, float]

PLANE: Domain = (-6.0, 6.0, -6.0, 6.0)
"""The domain in which data sets live: x_min, x_max, y_min, y_max."""

GATE_PLANE: Domain = (-2.0, 2.0, -2.0, 2.0)
"""The domain of the gates: 0 and 1 stand at -1 and 1, where a neuron is not yet saturated."""


@dataclass(frozen=True, slots=True)
class Axis:
    """How to read one coordinate of the plane: real = offset + scale * x, in a unit."""

    label: str
    unit: str = ""
    offset: float = 0.0
    scale: float = 1.0

    def real(self, x: Floats) -> Floats:
        """What a coordinate of the plane stands for."""
        return self.offset + self.scale * x

    def placed(self, real: Floats) -> Floats:
        """Where in the plane a real value lies."""
        return (real - self.offset) / self.scale


Axes = tuple[Axis, Axis]

VALUE = Axis("value")
X1_X2 = (Axis("x₁"), Axis("x₂"))
GATE_AXES = (Axis("x₁", offset=0.5, scale=0.5), Axis("x₂", offset=0.5, scale=0.5))
IRIS_AXES = (Axis("petal length", "cm", 3.95, 0.59), Axis("petal width", "cm", 1.3, 0.24))
PENGUIN_AXES = (
    Axis("bill length", "mm", 45.85, 2.75),
    Axis("flipper length", "mm", 201.5, 5.9),
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A kind of points with their labels.

    `make(rng, samples, noise)` gives points of shape (samples, 2) and labels of shape (samples,):
    the class as 0, 1, … or the value; noise goes from 0 to 0.8. Where `fixed` is true there are
    only so many points, whatever `samples` says. `classes` is 0 for regression. Data sets that
    differ only in the number of classes are one `family`, named by the key of the first. `value`
    tells how to read the labels of a regression.
    """

    key: str
    label: str
    problem: Problem
    classes: int
    make: Make
    noise_moves: NoiseMoves
    axes: Axes = X1_X2
    plane: Domain = PLANE
    fixed: bool = False
    class_names: tuple[str, ...] = ("orange", "blue")
    source: str = ""
    family: str = ""
    value: Axis = VALUE

    @property
    def is_gate(self) -> bool:
        """Whether there are only its four points, which are learned and tested whole."""
        return self.plane == GATE_PLANE


def _measured(real: Callable[[], Sample], axes: Axes) -> Make:
    def make(_rng: Generator, _samples: int, _noise: float) -> Sample:
        values, labels = real()
        placed = [axis.placed(column) for axis, column in zip(axes, values.T, strict=True)]
        return np.stack(placed, axis=-1), labels

    return make


def _sine(x1: Floats) -> Floats:
    curve: Floats = 2 * np.sin(x1)
    return curve


def _drawn(key: str, label: str, make: Make, noise_moves: NoiseMoves, source: str = "") -> Dataset:
    return Dataset(key, label, "classification", 2, make, noise_moves, source=source)


_NUMERALS = ("Three", "Four", "Five", "Six", "Seven", "Eight")
_SPREADS = (0.55, 0.8, 0.65, 0.55, 0.5, 0.45)
_RINGS = {
    3: ("inner", "middle", "outer"),
    4: ("inner", "second", "third", "outer"),
    5: ("inner", "second", "third", "fourth", "outer"),
}


def _rings(classes: int) -> Dataset:
    return Dataset(
        f"rings-{classes}",
        f"{_NUMERALS[classes - 3]} rings",
        "classification",
        classes,
        generators.rings(classes),
        "point",
        class_names=_RINGS[classes],
        family="rings-3",
    )


def _clouds(classes: int) -> Dataset:
    return Dataset(
        f"blobs-{classes}",
        f"{_NUMERALS[classes - 3]} clouds",
        "classification",
        classes,
        generators.clouds(classes, _SPREADS[classes - 3]),
        "point",
        class_names=tuple("ABCDEFGH"[:classes]),
        family="blobs-3",
    )


def _gate(key: str, label: str, truth: tuple[int, int, int, int]) -> Dataset:
    return Dataset(
        key,
        label,
        "classification",
        2,
        generators.gate(truth),
        "nothing",
        axes=GATE_AXES,
        plane=GATE_PLANE,
        fixed=True,
        class_names=("0", "1"),
    )


def _species(
    key: str, real: Callable[[], Sample], axes: Axes, names: tuple[str, ...], source: str
) -> Dataset:
    return Dataset(
        key,
        key.capitalize(),
        "classification",
        len(names),
        _measured(real, axes),
        "nothing",
        axes=axes,
        fixed=True,
        class_names=names,
        source=source,
    )


def _values(key: str, label: str, make: Make) -> Dataset:
    return Dataset(key, label, "regression", 0, make, "label", class_names=(), source=PLAYGROUND)


PLAYGROUND = "TensorFlow Playground, playground.tensorflow.org"
ANDERSON = "Measured by E. Anderson (1935), published by R. A. Fisher (1936)"
GORMAN = "Measured by K. Gorman at Palmer Station, published by Horst, Hill & Gorman (2020)"

DATASETS: Table[Dataset] = Table(
    "data set",
    [
        _drawn("circle", "Circle", generators.circle, "label", PLAYGROUND),
        _drawn("xor", "Exclusive or", generators.exclusive_or, "label", PLAYGROUND),
        _drawn("gauss", "Two Gaussians", generators.two_gaussians, "point", PLAYGROUND),
        _drawn("spiral", "Spiral", generators.spiral, "point", PLAYGROUND),
        _drawn("moons", "Two moons", generators.moons, "point"),
        *(_rings(classes) for classes in _RINGS),
        *(_clouds(classes) for classes in range(3, 9)),
        _drawn("checkerboard", "Checkerboard", generators.checkerboard, "label"),
        _drawn("formula", "Above and below a curve", generators.about(_sine), "label"),
        _gate("gate-and", "AND gate", (0, 0, 0, 1)),
        _gate("gate-or", "OR gate", (0, 1, 1, 1)),
        _gate("gate-xor", "XOR gate", (0, 1, 1, 0)),
        _species("iris", measured.iris, IRIS_AXES, measured.IRIS_SPECIES, ANDERSON),
        _species("penguins", measured.penguins, PENGUIN_AXES, measured.PENGUIN_SPECIES, GORMAN),
        _values("reg-plane", "Plane", generators.tilted_plane),
        _values("reg-gauss", "Six hills", generators.six_hills),
    ],
)
