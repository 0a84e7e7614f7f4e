"""Which data set an experiment's data mean, be it one of the table or a person's own."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from numpy.random import Generator

from nnviz.engine.datasets import DATASETS, Axis, Dataset
from nnviz.engine.elementary import Floats
from nnviz.engine.expression import parse
from nnviz.engine.generators import Curve, Sample, about
from nnviz.engine.splits import Indices, split, stratified
from nnviz.experiment.points import OwnPoints, entries_of, queue_of
from nnviz.experiment.spec import FORMULA_DATA, Data
from nnviz.value import dataclass

PAINTED = "Painted points"


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points of shape (n, 2) and labels of shape (n,); `train` and `test` are places in them."""

    points: Floats
    labels: Floats
    train: Indices
    test: Indices


def dataset_of(data: Data) -> Dataset:
    """The data set: its problem, classes, axes and plane, and how its points are made.

    Raises:
        Mistake: if there is no such data set, or the formula of its border is none.
    """
    if data.own is not None:
        return _own(data.own)
    dataset = DATASETS[data.dataset]
    if data.dataset != FORMULA_DATA:
        return dataset
    return replace(dataset, make=about(curve_of(data.formula)))


def origin_of(data: Data) -> str:
    """Where the points come from in the end: the key of a data set, or the name of a file."""
    return data.dataset if data.own is None else data.own.source


@lru_cache(maxsize=16)
def curve_of(formula: str) -> Curve:
    """The function of x₁ that a formula means: numbers of shape (n,) to numbers of that shape.

    Raises:
        Mistake: saying where the formula is wrong.
    """
    graph = parse(formula, ("x1",))

    def curve(x1: Floats) -> Floats:
        return np.broadcast_to(graph.values(x1=x1), x1.shape)

    return curve


@lru_cache(maxsize=8)
def points_of(data: Data) -> Points:
    """The points and their two parts; whoever asks again gets the same arrays, read-only."""
    dataset = dataset_of(data)
    points, labels = dataset.make(np.random.default_rng([data.seed, 0]), data.samples, data.noise)
    queue = _queue(data, len(points))
    if data.stratified and dataset.classes:
        train, test = stratified(queue, data.share, labels)
    else:
        train, test = split(queue, data.share)
    for each in (points, labels, train, test):
        each.flags.writeable = False
    return Points(points, labels, train, test)


def _queue(data: Data, count: int) -> Indices:
    """The places of all points, those to train on first."""
    if data.own is not None and data.own.lots:
        return queue_of(data.own.lots)
    return np.random.default_rng([data.seed, 1]).permutation(count)


def _own(own: OwnPoints) -> Dataset:
    is_value = not own.class_names
    one, other = (
        Axis(name, offset=offset, scale=scale)
        for name, offset, scale in zip(own.names, own.offsets, own.scales, strict=True)
    )
    return Dataset(
        "own",
        label_of(own),
        "regression" if is_value else "classification",
        len(own.class_names),
        partial(_own_points, own),
        "nothing",
        plane=own.plane,
        axes=(one, other),
        fixed=True,
        class_names=own.class_names,
        source=own.source,
        value=Axis(own.value_name, offset=own.value_offset, scale=own.value_scale),
    )


def label_of(own: OwnPoints) -> str:
    """What the points are called: their file, or the data set that was painted on."""
    if own.source in DATASETS:
        return f"{DATASETS[own.source].label}, painted on"
    return own.source or PAINTED


def _own_points(own: OwnPoints, _rng: Generator, _samples: int, _noise: float) -> Sample:
    x1, x2, labels = map(entries_of, (own.x1, own.x2, own.labels))
    return np.column_stack([x1, x2]), labels
