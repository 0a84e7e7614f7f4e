"""From the experiment, a value, to all that a run needs: points, network, course and start.

The same experiment always builds the same setup, to the last bit: points come from the data's
seed, weights and batches from the training's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import Linear
from nnviz.engine.course import Course
from nnviz.engine.datasets import Axis, Dataset
from nnviz.engine.features import inputs
from nnviz.engine.initializers import INITIALIZERS, drawn
from nnviz.engine.losses import targets
from nnviz.engine.network import Network
from nnviz.engine.playground import Beginning, begin, train_count
from nnviz.engine.rules import PlaygroundRules
from nnviz.experiment.checks import check
from nnviz.experiment.data import Points, dataset_of, points_of
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.shape import network_of, widths
from nnviz.experiment.spec import Data, Experiment
from nnviz.value import dataclass

__all__ = [
    "Setup",
    "build",
    "check",
    "network_of",
    "points_in_force",
    "slice_axes",
    "start",
    "widths",
]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Setup:
    """An experiment made ready to train.

    `points` has shape (samples, 2), `labels` (samples,); `train` and `test` are places in them.
    `theta`, of shape (parameters,), is where the weights start. `slice_axes` are the two places of
    theta over which the network's own loss is shown.
    """

    experiment: Experiment
    course: Course
    theta: Floats
    points: Floats
    labels: Floats
    train: Indices
    test: Indices
    dataset: Dataset
    slice_axes: tuple[int, int]

    @property
    def network(self) -> Network:
        """The network that learns."""
        return self.course.network

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """How to read the plane of the points."""
        return self.dataset.axes


def build(experiment: Experiment) -> Setup:
    """Make an experiment ready to train.

    Raises:
        Mistake: naming the field that does not fit and what would.
    """
    check(experiment)
    network = network_of(experiment)
    now = points_in_force(experiment)
    return Setup(
        experiment=experiment,
        course=_course(experiment, network),
        theta=start(experiment, network),
        points=now.points,
        labels=now.labels,
        train=now.train,
        test=now.test,
        dataset=dataset_of(experiment.data),
        slice_axes=slice_axes(experiment.landscape, network),
    )


def start(experiment: Experiment, network: Network) -> Floats:
    """The weights before training, of shape (parameters,), from the training's seed.

    Under Playground's rules its own layers are those that the page draws. What is cut is 0.
    """
    architecture, rules = experiment.architecture, experiment.training.rules
    own = architecture.initializer
    keys = [*(layer.initializer or own for layer in architecture.hidden), own]
    rng = np.random.default_rng(experiment.training.seed)
    theta = drawn(rng, network, [INITIALIZERS[key] for key in keys])
    if isinstance(rules, PlaygroundRules):
        plain = replace(network, activations=(Linear(),) * len(network.activations))
        page = _page(rules.seed, experiment.data, network.widths)
        drawings = zip(network.layers(theta), plain.layers(page.theta), keys, strict=True)
        for layer, drawing, key in drawings:
            if key == "playground":
                layer.weights[:], layer.biases[:] = drawing.weights, drawing.biases
    theta[list(architecture.cut)] = 0.0
    return theta


def slice_axes(landscape: Landscape, network: Network) -> tuple[int, int]:
    """The places of theta that span the network's loss slice; the first two if it is too small."""
    return landscape.axes if max(landscape.axes) < network.size else (0, 1)


def _course(experiment: Experiment, network: Network) -> Course:
    now = points_in_force(experiment)
    training, dataset = experiment.training, dataset_of(experiment.data)
    fed = inputs(experiment.features, now.points)
    wanted = targets(now.labels, dataset.classes, network.head.output_key)
    return Course(
        network=network,
        train_inputs=np.ascontiguousarray(fed[:, now.train]),
        train_targets=np.ascontiguousarray(wanted[:, now.train]),
        test_inputs=np.ascontiguousarray(fed[:, now.test]),
        test_targets=np.ascontiguousarray(wanted[:, now.test]),
        optimizer=training.optimizer,
        penalty=training.penalty,
        batch=training.batch,
        seed=training.seed,
        classes=dataset.classes,
        rules=training.rules,
        schedule=training.schedule,
        dropout=_dropout(experiment),
        patience=training.patience,
        held=tuple(sorted({*experiment.architecture.held, *experiment.architecture.cut})),
        cut=experiment.architecture.cut,
    )


def _dropout(experiment: Experiment) -> tuple[float, ...]:
    chances = tuple(layer.dropout for layer in experiment.architecture.hidden)
    return chances if any(chances) else ()


def points_in_force(experiment: Experiment) -> Points:
    """The points with their labels and parts, by the rules in force; kept, so cheap to ask again.

    Raises:
        Mistake: if there are none, see `dataset_of`.
    """
    data, rules = experiment.data, experiment.training.rules
    if not isinstance(rules, PlaygroundRules):
        return points_of(data)
    page = _page(rules.seed, data, widths(experiment))
    places = np.arange(len(page.points))
    count = train_count(len(places), round(100 * data.share, 9))
    return Points(page.points, page.labels, places[:count], places[count:])


@lru_cache(maxsize=8)
def _page(seed: str, data: Data, widths: tuple[int, ...]) -> Beginning:
    """What Playground draws; whoever asks again gets the same arrays, read-only."""
    page = begin(seed, data.dataset, data.noise, widths)
    for each in (page.points, page.labels, page.theta):
        each.flags.writeable = False
    return page


def sharing(setup: Setup, old: Setup) -> tuple[Setup, int]:
    """A setup with the samples of an older one where they are the same, and the bytes of its own.

    A run is changed far more often than its data, and its past keeps every setup.
    """
    new, course = setup.course, old.course
    if not new.has_samples_of(course):
        return setup, new.train_inputs.nbytes + new.test_inputs.nbytes
    shared = replace(
        new,
        train_inputs=course.train_inputs,
        train_targets=course.train_targets,
        test_inputs=course.test_inputs,
        test_targets=course.test_targets,
    )
    return replace(
        setup,
        course=shared,
        points=old.points,
        labels=old.labels,
        train=old.train,
        test=old.test,
    ), 0
