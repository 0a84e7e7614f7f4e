"""Edits of the loss surface and of who races on it."""

from __future__ import annotations

from typing import Any

from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.racing import racing
from nnviz.experiment.edits.whole import whole, with_landscape
from nnviz.experiment.spec import (
    Experiment,
)

Place = tuple[float, float]


def with_surface(experiment: Experiment, key: str) -> Experiment:
    """Race on another surface, from its own start, the same optimizers with rates for it."""
    racers = tuple(racer_for(key, each.key) for each in experiment.landscape.racers)
    return with_landscape(experiment, surface=key, start=None, racers=racers)


def with_axes(experiment: Experiment, axes: tuple[int, int]) -> Experiment:
    """Cut the network's loss along two other places of theta; the same twice trades them."""
    first, second = axes
    if first == second:
        old = experiment.landscape.axes
        first, second = (first, old[0]) if first == old[1] else (old[1], second)
    return whole(with_landscape(experiment, axes=(first, second), start=None))


def with_terrain(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change how the surface is made, such as `noise=0.5` or `loss="test"`."""
    return with_landscape(experiment, **changes)


def with_race_start(experiment: Experiment, start: Place | None) -> Experiment:
    """Start the race at a place, None for the surface's own."""
    return with_landscape(experiment, start=start)


def racer_for(surface: str, optimizer: str) -> Optimizer:
    """An optimizer with settings at which something is to be seen on a surface."""
    return racing(surface, optimizer)


def with_racer(experiment: Experiment, racer: Optimizer) -> Experiment:
    """Let an optimizer race; one of the same kind is replaced. The order is that of the table."""
    racers = {each.key: each for each in experiment.landscape.racers}
    racers[racer.key] = racer
    ordered = tuple(racers[key] for key in OPTIMIZERS.keys if key in racers)
    return with_landscape(experiment, racers=ordered)


def without_racer(experiment: Experiment, key: str) -> Experiment:
    """Take an optimizer out of the race."""
    racers = tuple(each for each in experiment.landscape.racers if each.key != key)
    return with_landscape(experiment, racers=racers)
