"""What keeps an experiment whole: what hangs together is kept together here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from nnviz.experiment.build import widths
from nnviz.experiment.spec import (
    SEED_LIMIT,
    Experiment,
)

Edit = Callable[[Experiment], Experiment]


def parameter_count(experiment: Experiment) -> int:
    """How many weights and biases its network has."""
    return sum((below + 1) * above for below, above in pairwise(widths(experiment)))


def with_landscape(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change fields of the landscape."""
    return replace(experiment, landscape=replace(experiment.landscape, **changes))


def next_seed(seed: int) -> int:
    """The seed after this one."""
    return (seed + 1) % (SEED_LIMIT + 1)


def whole(experiment: Experiment) -> Experiment:
    """The same experiment with its axes inside the network's theta."""
    first, second = experiment.landscape.axes
    last = parameter_count(experiment) - 1
    if max(first, second) <= last:
        return experiment
    first, second = min(first, last), min(second, last)
    if first == second:
        second = first - 1 if first else 1
    return with_landscape(experiment, axes=(first, second))
