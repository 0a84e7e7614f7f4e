"""What keeps an experiment whole: what hangs together is kept together here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.experiment.build import network_of
from nnviz.experiment.spec import Experiment
from nnviz.knob import SEED_LIMIT

Edit = Callable[[Experiment], Experiment]


def parameter_count(experiment: Experiment) -> int:
    """How many weights, biases and alphas its network has."""
    return network_of(experiment).size


def with_landscape(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change fields of the landscape."""
    return replace(experiment, landscape=replace(experiment.landscape, **changes))


def next_seed(seed: int) -> int:
    """The seed after this one."""
    return (seed + 1) % (SEED_LIMIT + 1)


def whole(experiment: Experiment, before: Experiment | None = None) -> Experiment:
    """The same experiment with all its places inside the network's theta.

    Args:
        experiment: as it should be.
        before: as it was. Where its network had the same widths, places stay those of the same
            parameters; where it had not, nothing is held or cut any more.
    """
    followed = experiment if before is None else _following(experiment, before)
    return _with_axes_inside(_with_places_inside(followed))


def _following(experiment: Experiment, before: Experiment) -> Experiment:
    """What was held or cut, and the axes, wherever the same parameters are in theta now."""
    was, now = network_of(before), network_of(experiment)
    if now.places == was.places:
        return experiment
    architecture = experiment.architecture
    if now.widths != was.widths:
        return replace(experiment, architecture=replace(architecture, held=(), cut=()))
    came_from = now.carried(was, np.arange(was.size), -1.0).tolist()
    moved = {old: new for new, old in enumerate(came_from) if old >= 0}
    held, cut = (
        tuple(moved[place] for place in places if place in moved)
        for places in (architecture.held, architecture.cut)
    )
    first, second = (moved.get(place, was.size + place) for place in experiment.landscape.axes)
    changed = replace(experiment, architecture=replace(architecture, held=held, cut=cut))
    return with_landscape(changed, axes=(first, second))


def _with_places_inside(experiment: Experiment) -> Experiment:
    architecture, size = experiment.architecture, parameter_count(experiment)
    if max((*architecture.held, *architecture.cut), default=0) < size:
        return experiment
    held, cut = (
        tuple(place for place in places if place < size)
        for places in (architecture.held, architecture.cut)
    )
    return replace(experiment, architecture=replace(architecture, held=held, cut=cut))


def _with_axes_inside(experiment: Experiment) -> Experiment:
    first, second = experiment.landscape.axes
    last = parameter_count(experiment) - 1
    if max(first, second) <= last:
        return experiment
    first, second = min(first, last), min(second, last)
    if first == second:
        second = first - 1 if first else 1
    return with_landscape(experiment, axes=(first, second))
