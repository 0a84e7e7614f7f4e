"""What the output's picture is made of, besides colors: lines, points, and what is said of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.experiment.build import Setup
from nnviz.experiment.spec import Experiment
from nnviz.value import dataclass

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Places = NDArray[np.intp]
Lines = tuple[Floats, ...]
Domain = tuple[float, float, float, float]
Unit = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a person points, in the coordinates of the picture, and how far around counts.

    `reach` are the half axes of the ellipse in which a data point counts as pointed at.
    """

    x: float
    y: float
    reach: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A moment that was kept to compare with: where the network of an experiment stood then."""

    experiment: Experiment
    theta: Floats
    epoch: int


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The lines, each of shape (points, 2), along which a map takes a value, and its label."""

    value: float
    label: str
    lines: Lines


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The points that are drawn: all of them, or so many that the eye can still tell them apart.

    `chosen` are their places among the `total` points that could be shown; `points` has shape
    (n, 2), `labels` and `is_train` (n,). `classes` is 0 for regression.
    """

    chosen: Places
    points: Floats
    labels: Floats
    is_train: Bools
    classes: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The data point next to the pointer: its place in the sample, and what it costs."""

    place: int
    label: float
    is_train: bool
    loss: float
    decided: int


@dataclass(frozen=True, slots=True, eq=False)
class Pointed:
    """What the network says where a person points.

    `outputs` has shape (outputs,), empty where the place stands for no one point of the plane;
    `value` is that of the unit shown, `decided` the class that it speaks for.
    """

    pointer: Pointer
    outputs: Floats
    value: float
    decided: int
    near: Near | None


@dataclass(frozen=True, slots=True)
class Change:
    """The map shows by how much it changed since an epoch: from -most to most."""

    epoch: int
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class SpacePicture:
    """The data and the plane as a layer sees them: in two of its directions.

    `places` of shape (n, 2) are those of the sample's points, `across` and `upward` the images of
    lines of the plane along which x2, or x1, stays the same, each of shape (lines, points, 2).
    `shares` are the shares of the variance along the two directions where they are components.
    `colors` is what the rest of the network makes of every place, of shape (cells, cells, 4),
    where two directions are all that the layer has; `decision` is a line in this space then, and
    otherwise the image of the line in the plane. Both cover what is looked at of it, the part
    `covered`, None for all. `probe` is the image of the probe, of shape (2,).
    """

    layer: int
    units: Unit
    domain: Domain
    places: Floats
    across: Floats
    upward: Floats
    decision: Lines
    colors: Bytes | None = None
    shares: tuple[float, float] | None = None
    probe: Floats | None = None
    covered: Domain | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """How good the network is on one part of the points, and how well its layers are.

    `counts` of shape (classes, classes) tells how often which class (row) was taken for which,
    `precision` and `recall` have shape (classes,); all are empty for regression, which has
    `r_squared`. `gradients` are the lengths of the gradient's parts by layer, `dead` and
    `saturated` shares of the units by hidden layer.
    """

    part: str
    points: int
    counts: NDArray[np.intp]
    precision: Floats
    recall: Floats
    r_squared: float
    gradients: Floats
    dead: Floats
    saturated: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that the output's picture shows besides the colors of the map.

    `unit` is whose map it is, None for the output; `domain` what part of the plane it covers.
    `wrong` marks those points of the sample that the network takes for another class, of shape
    (n,), and is None where nobody asked; `ghost` is where classes met at the best epoch.
    """

    setup: Setup
    unit: Unit | None
    domain: Domain
    sample: Sample
    levels: tuple[Level, ...] = ()
    ghost: Lines = ()
    wrong: Bools | None = None
    pointed: Pointed | None = None
    change: Change | None = None
    space: SpacePicture | None = None
    quality: Quality | None = None
