"""Data sets: points of the plane and what a network should say of them.

Every generator draws from a generator handed in, so the same seed always makes the same points.
All points lie around the plane x₁, x₂ from -6 to 6; a data set that has units of its own carries
axes that tell how to read them there.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnviz.assets import asset
from nnviz.engine.elementary import Floats
from nnviz.table import Table

Indices = NDArray[np.intp]
Problem = Literal["classification", "regression"]
NoiseMoves = Literal["point", "label", "nothing"]
Sample = tuple[Floats, Floats]

PLANE = (-6.0, 6.0, -6.0, 6.0)
"""The domain in which data sets live: x_min, x_max, y_min, y_max."""

GATE_PLANE = (-2.0, 2.0, -2.0, 2.0)
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


X1_X2 = (Axis("x₁"), Axis("x₂"))
GATE_AXES = (Axis("x₁", offset=0.5, scale=0.5), Axis("x₂", offset=0.5, scale=0.5))
IRIS_AXES = (Axis("petal length", "cm", 3.95, 0.59), Axis("petal width", "cm", 1.3, 0.24))


@dataclass(frozen=True, slots=True)
class Dataset:
    """A kind of points with their labels.

    `make(rng, samples, noise)` gives points of shape (samples, 2) and labels of shape (samples,):
    the class as 0, 1, … or the value; noise goes from 0 to 0.5. Where `fixed` is true there are
    only so many points, whatever `samples` says. `classes` is 0 for regression.
    """

    key: str
    label: str
    problem: Problem
    classes: int
    make: Callable[[Generator, int, float], Sample]
    noise_moves: NoiseMoves
    axes: tuple[Axis, Axis] = X1_X2
    plane: tuple[float, float, float, float] = PLANE
    fixed: bool = False
    class_names: tuple[str, ...] = ("orange", "blue")
    source: str = ""


def split(rng: Generator, n: int, share: float) -> tuple[Indices, Indices]:
    """Divide n points at random into those to train on and those to test on.

    Either part has at least one point. Four points or fewer are a gate's: it is learned and
    tested whole.
    """
    order = rng.permutation(n)
    if n <= 4:
        return order, order
    count = min(max(int(n * share), 1), n - 1)
    return order[:count], order[count:]


def _halves(samples: int) -> tuple[int, int]:
    return samples // 2, samples - samples // 2


def _polar(radius: Floats, angle: Floats) -> Floats:
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=-1)


def _circle(rng: Generator, samples: int, noise: float) -> Sample:
    inner, outer = _halves(samples)
    radius = np.concatenate([rng.uniform(0.0, 2.5, inner), rng.uniform(3.5, 5.0, outer)])
    points = _polar(radius, rng.uniform(0.0, 2 * np.pi, samples))
    moved = points + rng.uniform(-5.0, 5.0, points.shape) * noise
    return points, (np.hypot(moved[:, 0], moved[:, 1]) < 2.5).astype(np.float64)


def _xor(rng: Generator, samples: int, noise: float) -> Sample:
    points = rng.uniform(-5.0, 5.0, (samples, 2))
    points += np.where(points > 0, 0.3, -0.3)
    moved = points + rng.uniform(-5.0, 5.0, points.shape) * noise
    return points, (moved[:, 0] * moved[:, 1] >= 0).astype(np.float64)


def _gauss(rng: Generator, samples: int, noise: float) -> Sample:
    variance = 0.5 + 7 * noise
    first, second = _halves(samples)
    labels = np.repeat([1.0, 0.0], [first, second])
    centers = np.where(labels == 1, 2.0, -2.0)[:, None]
    return centers + rng.normal(0.0, np.sqrt(variance), (samples, 2)), labels


def _arm(count: int, shift: float) -> Floats:
    way = np.arange(count) / max(count, 1)
    return _polar(5 * way, 1.75 * way * 2 * np.pi + shift)


def _spiral(rng: Generator, samples: int, noise: float) -> Sample:
    first, second = _halves(samples)
    points = np.concatenate([_arm(first, 0.0), _arm(second, np.pi)])
    points += rng.uniform(-1.0, 1.0, points.shape) * noise
    return points, np.repeat([1.0, 0.0], [first, second])


def _moons(rng: Generator, samples: int, noise: float) -> Sample:
    upper, lower = _halves(samples)
    a, b = np.linspace(0, np.pi, upper), np.linspace(0, np.pi, lower)
    x = np.concatenate([np.cos(a) - 0.5, 0.5 - np.cos(b)])
    y = np.concatenate([np.sin(a) - 0.25, 0.25 - np.sin(b)])
    points = np.stack([x, y], axis=-1) * (10 / 3)
    points += rng.normal(0.0, 2.0, points.shape) * noise
    return points, np.repeat([0.0, 1.0], [upper, lower])


def _rings(rng: Generator, samples: int, noise: float) -> Sample:
    labels = (np.arange(samples) % 3).astype(np.float64)
    radius = 2.0 * labels + rng.uniform(0.0, 1.2, samples)
    points = _polar(radius, rng.uniform(0.0, 2 * np.pi, samples))
    points += rng.normal(0.0, 2.0, points.shape) * noise
    return points, labels


def _blobs(classes: int, spread: float) -> Callable[[Generator, int, float], Sample]:
    """Normal clouds in a ring, the first at the upper right, the others clockwise from there."""

    def make(rng: Generator, samples: int, noise: float) -> Sample:
        labels = (np.arange(samples) % classes).astype(np.float64)
        centers = _polar(np.full(samples, 3.8), np.pi * (2 * labels + 1) / classes)
        width = spread * (1 + 2 * noise)
        return centers + rng.normal(0.0, width, centers.shape), labels

    return make


def _plane(rng: Generator, samples: int, noise: float) -> Sample:
    points = rng.uniform(-6.0, 6.0, (samples, 2))
    moved = points + rng.uniform(-6.0, 6.0, points.shape) * noise
    return points, moved.sum(axis=1) / 10


_HILLS = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
_SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])


def hills(points: Floats) -> Floats:
    """Six cones of radius 2 and height 1, three up and three down; 0 elsewhere."""
    away = np.linalg.norm(points[:, None, :] - _HILLS, axis=-1)
    heights = _SIGNS * np.clip(1 - away / 2, 0.0, 1.0)
    highest = np.abs(heights).argmax(axis=1)
    picked: Floats = heights[np.arange(len(points)), highest]
    return picked


def _six_hills(rng: Generator, samples: int, noise: float) -> Sample:
    points = rng.uniform(-6.0, 6.0, (samples, 2))
    moved = points + rng.uniform(-6.0, 6.0, points.shape) * noise
    return points, hills(moved)


def _gate(truth: tuple[int, int, int, int]) -> Callable[[Generator, int, float], Sample]:
    def make(_rng: Generator, _samples: int, _noise: float) -> Sample:
        points = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
        return points, np.array(truth, dtype=np.float64)

    return make


IRIS_SPECIES = ("setosa", "versicolor", "virginica")


def _iris(_rng: Generator, _samples: int, _noise: float) -> Sample:
    with asset("data", "iris.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    real = np.array([[float(row["petal_length"]), float(row["petal_width"])] for row in rows])
    labels = np.array([IRIS_SPECIES.index(row["species"]) for row in rows], dtype=np.float64)
    placed = [axis.placed(column) for axis, column in zip(IRIS_AXES, real.T, strict=True)]
    return np.stack(placed, axis=-1), labels


def _blobs_of(key: str, label: str, classes: int, spread: float) -> Dataset:
    return Dataset(
        key,
        label,
        "classification",
        classes,
        _blobs(classes, spread),
        "point",
        class_names=tuple("ABCDEFGH"[:classes]),
    )


def _gate_of(key: str, label: str, truth: tuple[int, int, int, int]) -> Dataset:
    return Dataset(
        key,
        label,
        "classification",
        2,
        _gate(truth),
        "nothing",
        axes=GATE_AXES,
        plane=GATE_PLANE,
        fixed=True,
        class_names=("0", "1"),
    )


PLAYGROUND = "TensorFlow Playground, playground.tensorflow.org"

DATASETS: Table[Dataset] = Table(
    "data set",
    [
        Dataset("circle", "Circle", "classification", 2, _circle, "label", source=PLAYGROUND),
        Dataset("xor", "Exclusive or", "classification", 2, _xor, "label", source=PLAYGROUND),
        Dataset("gauss", "Two Gaussians", "classification", 2, _gauss, "point", source=PLAYGROUND),
        Dataset("spiral", "Spiral", "classification", 2, _spiral, "point", source=PLAYGROUND),
        Dataset("moons", "Two moons", "classification", 2, _moons, "point"),
        Dataset(
            "rings-3",
            "Three rings",
            "classification",
            3,
            _rings,
            "point",
            class_names=("inner", "middle", "outer"),
        ),
        _blobs_of("blobs-4", "Four clouds", 4, 0.8),
        _blobs_of("blobs-8", "Eight clouds", 8, 0.45),
        _gate_of("gate-and", "AND gate", (0, 0, 0, 1)),
        _gate_of("gate-or", "OR gate", (0, 1, 1, 1)),
        _gate_of("gate-xor", "XOR gate", (0, 1, 1, 0)),
        Dataset(
            "iris",
            "Iris",
            "classification",
            3,
            _iris,
            "nothing",
            axes=IRIS_AXES,
            fixed=True,
            class_names=IRIS_SPECIES,
            source="Measured by E. Anderson (1935), published by R. A. Fisher (1936)",
        ),
        Dataset("reg-plane", "Plane", "regression", 0, _plane, "label", source=PLAYGROUND),
        Dataset("reg-gauss", "Six hills", "regression", 0, _six_hills, "label", source=PLAYGROUND),
    ],
)
