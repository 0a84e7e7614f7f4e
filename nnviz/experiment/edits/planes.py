"""Edits of how the network's own loss is cut, and of the race of the whole network."""

from __future__ import annotations

from dataclasses import replace

from nnviz.experiment.edits.landscape import with_surface
from nnviz.experiment.edits.whole import next_seed, whole, with_landscape
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.experiment.spec import RIVAL_LIMIT, Experiment, Rival


def with_plane(experiment: Experiment, key: str) -> Experiment:
    """Cut along another of PLANES; a race begins from the plane's own place."""
    return with_landscape(experiment, plane=key, starts=())


def with_other_directions(experiment: Experiment) -> Experiment:
    """Draw another pair of random directions."""
    seed = next_seed(experiment.landscape.plane_seed)
    return with_landscape(experiment, plane_seed=seed, starts=())


def with_loss_over(experiment: Experiment, places: tuple[int, ...]) -> Experiment:
    """Show the network's loss over one place of theta or two."""
    first, *rest = places
    old = experiment.landscape.axes
    second = rest[0] if rest else next(each for each in (old[1], old[0]) if each != first)
    shown = _on_network(experiment)
    plane = "axes" if rest else "line"
    return whole(with_landscape(shown, plane=plane, axes=(first, second), starts=()))


def with_race(experiment: Experiment, key: str) -> Experiment:
    """Let optimizers race on the drawn surface, or the run and its rivals on the whole network.

    Those are seen best on the plane of their ways. Who is studied is one of the same kind.
    """
    if key != "run":
        changed = with_landscape(experiment, race=key)
    else:
        changed = with_landscape(_on_network(experiment), race=key, plane="run", starts=())
    return _studying_alike(experiment, changed)


def with_racers_as_rivals(experiment: Experiment) -> Experiment:
    """Let every optimizer that is on race on the whole network, as a rival of the run.

    An optimizer that is just that of the run is there already; there is room for so many.
    """
    racing = with_race(experiment, "run")
    own = experiment.training.optimizer
    racers = [racing.landscape.racers[place] for place in racing.landscape.running]
    labels = [each.label for each in racers]
    rivals = [
        Rival(each.label if labels.count(each.label) == 1 else "", optimizer=each.optimizer)
        for each in racers
        if each.optimizer != own
    ]
    changed = replace(racing, rivals=tuple(dict.fromkeys(rivals))[:RIVAL_LIMIT])
    return _studying_alike(experiment, changed)


def _studying_alike(before: Experiment, after: Experiment) -> Experiment:
    """Where others race, the first of the kind that was studied is, or else the first of all."""
    if before.landscape.is_whole == after.landscape.is_whole and before.rivals == after.rivals:
        return after
    kinds, studied = _kinds(before), before.landscape.studied
    kind = kinds[min(studied, len(kinds) - 1)] if kinds else ""
    found = _kinds(after)
    return with_landscape(after, studied=found.index(kind) if kind in found else 0, phase=0)


def _kinds(experiment: Experiment) -> list[str]:
    """The kinds of optimizers that race, by the places at which they are studied."""
    landscape, own = experiment.landscape, experiment.training.optimizer
    if not landscape.is_whole:
        return [each.optimizer.key for each in landscape.racers]
    return [own.key, *((each.optimizer or own).key for each in experiment.rivals)]


def _on_network(experiment: Experiment) -> Experiment:
    if experiment.landscape.surface == NETWORK_SURFACE:
        return experiment
    return with_surface(experiment, NETWORK_SURFACE)
