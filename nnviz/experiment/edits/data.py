"""Edits of what is learned from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.engine.losses import LOSSES
from nnviz.engine.playground import GENERATORS
from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.experiment.build import points_in_force
from nnviz.experiment.columns import Imported
from nnviz.experiment.data import dataset_of
from nnviz.experiment.edits.overlays import probe_place
from nnviz.experiment.edits.training import with_training
from nnviz.experiment.edits.view import with_view
from nnviz.experiment.edits.whole import next_seed, whole
from nnviz.experiment.points import OwnPoints
from nnviz.experiment.spec import (
    OWN_DATA,
    Data,
    Experiment,
)


def losses_for(data: Data) -> tuple[str, ...]:
    """The keys of the losses that fit the problem of the data."""
    regression = dataset_of(data).problem == "regression"
    return tuple(loss.key for loss in LOSSES if loss.for_regression or not regression)


def with_dataset(experiment: Experiment, key: str) -> Experiment:
    """Learn from another data set; a loss that does not fit its problem becomes one that does.

    Playground's rules are left for a data set that the page does not have. The plane of the data
    is shown again: the space of a layer that has yet to learn them says nothing.
    """
    plain = replace(experiment, view=replace(experiment.view, space="plane"))
    return _with_points(plain, replace(experiment.data, dataset=key, own=None))


def with_own(experiment: Experiment, own: OwnPoints) -> Experiment:
    """Learn from points of a person's own; where they are others, their plane is shown again."""
    data = experiment.data
    if own.source != (data.own.source if data.own else data.dataset):
        experiment = replace(experiment, view=replace(experiment.view, space="plane"))
    return _with_points(experiment, replace(data, dataset=OWN_DATA, own=own))


def with_imported(experiment: Experiment, made: Imported) -> Experiment:
    """Learn from the points of a table, in the two parts that it tells, if it tells any."""
    if made.share is not None:
        experiment = with_data(experiment, share=made.share, stratified=False)
    return with_own(experiment, made.own)


def own_of(experiment: Experiment) -> OwnPoints:
    """The points of an experiment as a person's own, to be painted on: in the same two parts."""
    data, dataset = experiment.data, dataset_of(experiment.data)
    now = points_in_force(experiment)
    count = len(now.points)
    if data.own is not None and data.own.lots:
        return data.own
    queue = np.concatenate([now.train, now.test])[:count]
    lots = np.empty(count)
    lots[queue] = (np.arange(count) + 0.5) / count
    if data.own is not None:
        return replace(data.own, lots=tuple(lots.tolist()))
    one, other = dataset.axes
    x1, x2 = now.points.T.tolist()
    return OwnPoints(
        tuple(x1),
        tuple(x2),
        tuple(now.labels.tolist()),
        class_names=dataset.class_names,
        names=(_name(one.label, one.unit), _name(other.label, other.unit)),
        offsets=(one.offset, other.offset),
        scales=(one.scale, other.scale),
        source=data.dataset,
        lots=tuple(lots.tolist()),
        plane=dataset.plane,
    )


def with_data(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change numbers of the data, such as `noise=0.1`."""
    data: Data = replace(experiment.data, **changes)
    return replace(experiment, data=data)


def regenerated(experiment: Experiment) -> Experiment:
    """Draw other points of the same kind, or divide those there are anew.

    By Playground's rules other weights come with them.
    """
    data, rules = experiment.data, experiment.training.rules
    if isinstance(rules, PlaygroundRules):
        return with_training(experiment, rules=rules.next)
    own = data.own and replace(data.own, lots=())
    return with_data(experiment, seed=next_seed(data.seed), own=own)


def _with_points(experiment: Experiment, data: Data) -> Experiment:
    fitting = losses_for(data)
    training = experiment.training
    if training.loss not in fitting:
        training = replace(training, loss=fitting[0])
    if isinstance(training.rules, PlaygroundRules) and data.dataset not in GENERATORS:
        training = replace(training, rules=NNVizRules())
    output = "auto" if training is not experiment.training else experiment.architecture.output
    architecture = replace(experiment.architecture, output=output)
    changed = replace(experiment, data=data, training=training, architecture=architecture)
    return _with_probe_inside(whole(changed, experiment))


def _with_probe_inside(experiment: Experiment) -> Experiment:
    """The same with its probe in the plane of the data: put anew where it would be outside."""
    probe, (left, right, low, high) = experiment.view.probe, dataset_of(experiment.data).plane
    if probe is None or (left <= probe[0] <= right and low <= probe[1] <= high):
        return experiment
    return with_view(experiment, probe=probe_place(experiment))


def _name(label: str, unit: str) -> str:
    return f"{label}, {unit}" if unit else label
