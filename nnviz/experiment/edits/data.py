"""Edits of what is learned from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnviz.engine.datasets import DATASETS
from nnviz.engine.losses import LOSSES
from nnviz.engine.playground import GENERATORS
from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.experiment.edits.training import with_training
from nnviz.experiment.edits.whole import next_seed, whole
from nnviz.experiment.spec import (
    Data,
    Experiment,
)


def losses_for(dataset: str) -> tuple[str, ...]:
    """The keys of the losses that fit the problem of a data set."""
    regression = DATASETS[dataset].problem == "regression"
    return tuple(loss.key for loss in LOSSES if loss.for_regression or not regression)


def with_dataset(experiment: Experiment, key: str) -> Experiment:
    """Learn from another data set; a loss that does not fit its problem becomes one that does.

    Playground's rules are left for a data set that the page does not have.
    """
    fitting = losses_for(key)
    training = experiment.training
    if training.loss not in fitting:
        training = replace(training, loss=fitting[0])
    if isinstance(training.rules, PlaygroundRules) and key not in GENERATORS:
        training = replace(training, rules=NNVizRules())
    output = "auto" if training is not experiment.training else experiment.architecture.output
    return whole(
        replace(
            experiment,
            data=replace(experiment.data, dataset=key),
            training=training,
            architecture=replace(experiment.architecture, output=output),
        )
    )


def with_data(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change numbers of the data, such as `noise=0.1`."""
    data: Data = replace(experiment.data, **changes)
    return replace(experiment, data=data)


def regenerated(experiment: Experiment) -> Experiment:
    """Draw other points of the same kind; by Playground's rules other weights come with them."""
    rules = experiment.training.rules
    if isinstance(rules, PlaygroundRules):
        return with_training(experiment, rules=rules.next)
    return with_data(experiment, seed=next_seed(experiment.data.seed))
