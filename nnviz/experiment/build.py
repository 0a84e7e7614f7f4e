"""From the experiment, a value, to all that a run needs: points, network, course and start.

The same experiment always builds the same setup, to the last bit: points come from the data's
seed, weights and batches from the training's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.course import Course
from nnviz.engine.datasets import Axis, Dataset
from nnviz.engine.features import FEATURES, feature_of, inputs
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.losses import LOSSES, OUTPUTS, Head, fitting_output, output_units, targets
from nnviz.engine.network import Network
from nnviz.engine.playground import GENERATORS, Beginning, begin, train_count
from nnviz.engine.rules import PlaygroundRules
from nnviz.engine.surfaces import surface_of
from nnviz.experiment.data import Points, dataset_of, points_of
from nnviz.experiment.spec import (
    FORMULA_DATA,
    NETWORK_SURFACE,
    Data,
    Experiment,
    Landscape,
)
from nnviz.mistake import Mistake
from nnviz.table import Table

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


LAYER_LIMIT = 32
PARAMETER_LIMIT = 1_000_000


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


def check(experiment: Experiment) -> None:
    """Refuse an experiment of which the parts do not fit together.

    Raises:
        Mistake: naming the field and what is allowed.
    """
    data = experiment.data
    with _at("data.formula" if data.dataset == FORMULA_DATA else "data.dataset"):
        dataset_of(data)
    for place, key in enumerate(experiment.features):
        with _at(f"features[{place}]"):
            feature_of(key)
    if not experiment.features or len(set(experiment.features)) < len(experiment.features):
        raise Mistake("experiment.features must name at least one feature, and each only once.")
    _known(INITIALIZERS, experiment.architecture.initializer, "architecture.initializer")
    _check_landscape(experiment.landscape)
    _check_rules(experiment)
    _check_head(experiment)
    _check_size(experiment)


def start(experiment: Experiment, network: Network) -> Floats:
    """The weights before training, of shape (parameters,), from the training's seed."""
    rules = experiment.training.rules
    if isinstance(rules, PlaygroundRules) and experiment.architecture.initializer == "playground":
        return _page(rules.seed, experiment.data, network.widths).theta.copy()
    rng = np.random.default_rng(experiment.training.seed)
    initializer = INITIALIZERS[experiment.architecture.initializer]
    return initializer.draw(rng, network)


def slice_axes(landscape: Landscape, network: Network) -> tuple[int, int]:
    """The places of theta that span the network's loss slice; the first two if it is too small."""
    return landscape.axes if max(landscape.axes) < network.size else (0, 1)


def widths(experiment: Experiment) -> tuple[int, ...]:
    """Units by layer, inputs and outputs included."""
    hidden = (layer.width for layer in experiment.architecture.hidden)
    classes = dataset_of(experiment.data).classes
    outputs = output_units(classes, head(experiment).output_key)
    return (len(experiment.features), *hidden, outputs)


def head(experiment: Experiment) -> Head:
    """The output and the loss that the experiment says, "auto" resolved.

    Raises:
        Mistake: if they do not fit the problem or one another.
    """
    dataset, loss = dataset_of(experiment.data), experiment.training.loss
    fitting = fitting_output(dataset.problem, loss, dataset.classes)
    chosen = experiment.architecture.output
    return Head(fitting if chosen == "auto" else chosen, loss)


def network_of(experiment: Experiment) -> Network:
    """The network that the experiment describes."""
    activations = tuple(layer.activation for layer in experiment.architecture.hidden)
    return Network(widths(experiment), activations, head(experiment))


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


def _check_head(experiment: Experiment) -> None:
    _known(LOSSES, experiment.training.loss, "training.loss")
    if experiment.architecture.output != "auto":
        _known(OUTPUTS, experiment.architecture.output, "architecture.output")
    with _at("training.loss"):
        head(experiment)


def _check_rules(experiment: Experiment) -> None:
    if not isinstance(experiment.training.rules, PlaygroundRules):
        return
    place = "experiment.training.rules is Playground's"
    if experiment.data.dataset not in GENERATORS:
        known = ", ".join(GENERATORS)
        raise Mistake(f"{place}, which has no {experiment.data.dataset!r}; it has {known}.")
    ordered = [key for key in FEATURES.keys if key in experiment.features]
    if list(experiment.features) != ordered:
        raise Mistake(f"{place}, so experiment.features must be in order: {', '.join(ordered)}.")


def _check_landscape(landscape: Landscape) -> None:
    if landscape.surface != NETWORK_SURFACE:
        with _at("landscape.surface"):
            surface_of(landscape.surface)


def _check_size(experiment: Experiment) -> None:
    layers = len(experiment.architecture.hidden)
    if layers > LAYER_LIMIT:
        raise Mistake(
            f"experiment.architecture.hidden has {layers} layers; it may have up to {LAYER_LIMIT}."
        )
    all_widths = widths(experiment)
    size = sum((a + 1) * b for a, b in pairwise(all_widths))
    if size > PARAMETER_LIMIT:
        raise Mistake(
            f"experiment.architecture.hidden makes {size:,} weights;"
            f" there may be up to {PARAMETER_LIMIT:,}."
        )


def _known(table: Table[Any], key: str, place: str) -> None:
    with _at(place):
        table[key]


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Put the path of a field before a mistake that does not name one."""
    try:
        yield
    except Mistake as mistake:
        text = str(mistake)
        raise Mistake(
            text if text.startswith("experiment.") else f"experiment.{place}: {text}"
        ) from None
