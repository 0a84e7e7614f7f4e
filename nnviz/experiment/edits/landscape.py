"""Edits of the loss surface and of who races on it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from nnviz.engine.optimizers import Optimizer
from nnviz.engine.racing import racing
from nnviz.experiment.edits.whole import whole, with_landscape
from nnviz.experiment.landscape import PICTURES, Place, Racer
from nnviz.experiment.spec import Experiment


def with_surface(experiment: Experiment, key: str) -> Experiment:
    """Race on another surface, from its own start, the same optimizers with rates for it."""
    racers = tuple(
        replace(each, optimizer=_at_rate_for(key, each.optimizer))
        for each in experiment.landscape.racers
    )
    return with_landscape(experiment, surface=key, starts=(), racers=racers)


def with_axes(experiment: Experiment, axes: tuple[int, int]) -> Experiment:
    """Cut the network's loss along two other places of theta; the same twice trades them."""
    first, second = axes
    if first == second:
        old = experiment.landscape.axes
        first, second = (first, old[0]) if first == old[1] else (old[1], second)
    return whole(with_landscape(experiment, axes=(first, second), starts=()))


def with_terrain(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change how the surface is made or seen, such as `noise=0.5` or `loss="test"`."""
    return with_landscape(experiment, **changes)


def with_studied(experiment: Experiment, place: int) -> Experiment:
    """Look inside the racer at a place, or the run; begin at its first phase."""
    return with_landscape(experiment, studied=place, phase=0)


def with_next_picture(experiment: Experiment) -> Experiment:
    """See the surface the next way: as a map, or as a landscape."""
    place = PICTURES.index(experiment.landscape.picture)
    return with_landscape(experiment, picture=PICTURES[(place + 1) % len(PICTURES)])


def with_race_starts(experiment: Experiment, starts: tuple[Place, ...]) -> Experiment:
    """Start the race at some places, none for the surface's own."""
    return with_landscape(experiment, starts=starts)


def racer_for(surface: str, optimizer: str) -> Optimizer:
    """An optimizer with settings at which something is to be seen on a surface."""
    return racing(surface, optimizer)


def with_racers(experiment: Experiment, racers: tuple[Racer, ...]) -> Experiment:
    """Let others race; the racer that is studied stays one of them."""
    studied = min(experiment.landscape.studied, max(len(racers) - 1, 0))
    return with_landscape(experiment, racers=racers, studied=studied)


def with_racer_added(experiment: Experiment, racer: Racer) -> Experiment:
    """Let one more race.

    Raises:
        Mistake: if there are as many as there may be.
    """
    return with_racers(experiment, (*experiment.landscape.racers, racer))


def with_racer(experiment: Experiment, place: int, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change the racer at a place, such as `on=False` or `optimizer=Adam(0.1)`."""
    racers = list(experiment.landscape.racers)
    racers[place] = replace(racers[place], **changes)
    return with_racers(experiment, tuple(racers))


def without_racer(experiment: Experiment, place: int) -> Experiment:
    """Take the racer at a place out of the race."""
    racers = experiment.landscape.racers
    return with_racers(experiment, racers[:place] + racers[place + 1 :])


def _at_rate_for(surface: str, optimizer: Optimizer) -> Optimizer:
    return replace(optimizer, rate=racing(surface, optimizer.key).rate)


def with_racer_doubled(experiment: Experiment, place: int, hue: int | None = None) -> Experiment:
    """Let another one race like the racer at a place, behind it, by another name and hue.

    Raises:
        Mistake: if there are as many as there may be.
    """
    racers = experiment.landscape.racers
    racer = racers[place]
    twin = replace(racer, name=_free_name(racers, racer), hue=hue)
    return with_racers(experiment, (*racers[: place + 1], twin, *racers[place + 1 :]))


def _free_name(racers: tuple[Racer, ...], racer: Racer) -> str:
    """The name of a racer with a number that nobody has yet."""
    stem = racer.label.rstrip(" 0123456789") or racer.label
    taken = {each.label for each in racers}
    return next(name for number in count(2) if (name := f"{stem} {number}") not in taken)
