"""Edits of how the network learns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnviz.engine.optimizers import Optimizer
from nnviz.engine.penalties import Penalty
from nnviz.engine.rules import PlaygroundRules
from nnviz.experiment.edits.whole import next_seed, whole
from nnviz.experiment.spec import (
    Experiment,
)


def with_new_start(experiment: Experiment) -> Experiment:
    """Begin from other weights, and meet the points in another order.

    By Playground's rules, whose one seed draws all, the points are others too.
    """
    rules = experiment.training.rules
    if isinstance(rules, PlaygroundRules):
        return with_training(experiment, rules=rules.next)
    return with_training(experiment, seed=next_seed(experiment.training.seed))


def with_training(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change how the network learns, such as `batch=20`."""
    return replace(experiment, training=replace(experiment.training, **changes))


def with_loss(experiment: Experiment, key: str) -> Experiment:
    """Measure by another loss; the output becomes the one that fits it."""
    changed = with_training(experiment, loss=key)
    architecture = replace(experiment.architecture, output="auto")
    return whole(replace(changed, architecture=architecture), experiment)


def with_optimizer(experiment: Experiment, optimizer: Optimizer) -> Experiment:
    """Learn by another optimizer, or with other settings of it."""
    return with_training(experiment, optimizer=optimizer)


def with_rate(experiment: Experiment, rate: float) -> Experiment:
    """Learn with another learning rate."""
    optimizer = experiment.training.optimizer
    return with_optimizer(experiment, replace(optimizer, rate=rate))


def with_penalty(experiment: Experiment, penalty: Penalty) -> Experiment:
    """Punish large weights in another way, or not at all."""
    return with_training(experiment, penalty=penalty)
