"""Small courses to follow in tests."""

from __future__ import annotations

import numpy as np

from nnviz.engine.activations import Activation, Tanh
from nnviz.engine.course import Course
from nnviz.engine.elementary import Floats
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.losses import OUTPUTS, Head, output_units, targets
from nnviz.engine.network import Network
from nnviz.engine.optimizers import SGD, Optimizer
from nnviz.engine.penalties import NoPenalty, Penalty
from nnviz.engine.rules import NNVizRules, Rules
from nnviz.engine.schedules import Constant, Schedule

HALF_SQUARED = Head("tanh", "half-squared")


def rings(samples: int, classes: int, seed: int = 0) -> tuple[Floats, Floats]:
    """Points of shape (2, samples) on rings around one another, and the number of their ring."""
    rng = np.random.default_rng(seed)
    labels = np.arange(samples) % classes
    radius = (labels + rng.uniform(0.1, 0.6, samples)) * 5.0 / classes
    angle = rng.uniform(0.0, 2.0 * np.pi, samples)
    return radius * np.stack([np.sin(angle), np.cos(angle)]), labels.astype(np.float64)


def course(
    *,
    hidden: tuple[int, ...] = (4, 2),
    activation: Activation = Tanh(),  # noqa: B008 - a frozen value
    head: Head = HALF_SQUARED,
    optimizer: Optimizer = SGD(),  # noqa: B008 - a frozen value
    penalty: Penalty = NoPenalty(),  # noqa: B008 - a frozen value
    batch: int = 10,
    classes: int = 2,
    samples: int = 60,
    rules: Rules = NNVizRules(),  # noqa: B008 - a frozen value
    schedule: Schedule = Constant(),  # noqa: B008 - a frozen value
    dropout: tuple[float, ...] = (),
) -> Course:
    """A course on rings (on the distance from the middle where there are no classes)."""
    train, train_labels = rings(samples, max(classes, 2), seed=1)
    test, test_labels = rings(samples // 2, max(classes, 2), seed=2)
    if classes < 2:
        train_labels, test_labels = np.hypot(*train) / 5.0, np.hypot(*test) / 5.0
    units = output_units(classes, OUTPUTS[head.output_key].key)
    return Course(
        network=Network((2, *hidden, units), (activation,) * len(hidden), head),
        train_inputs=train,
        train_targets=targets(train_labels, classes, head.output_key),
        test_inputs=test,
        test_targets=targets(test_labels, classes, head.output_key),
        optimizer=optimizer,
        penalty=penalty,
        batch=batch,
        seed=7,
        classes=classes,
        rules=rules,
        schedule=schedule,
        dropout=dropout,
    )


def first_theta(of: Course, seed: int = 3) -> Floats:
    """Where a course starts."""
    return INITIALIZERS["glorot"].draw(np.random.default_rng(seed), of.network)
