"""Edits of the rivals that train beside the main run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nnviz.experiment.edits.whole import whole
from nnviz.experiment.presets import PRESETS, merged
from nnviz.experiment.rivals import entrants
from nnviz.experiment.spec import Experiment, Rival


def with_rival_added(experiment: Experiment, rival: Rival) -> Experiment:
    """Let one more train beside the main run.

    Raises:
        Mistake: if there are as many as there may be.
    """
    return replace(experiment, rivals=(*experiment.rivals, rival))


def with_rival_changed(experiment: Experiment, index: int, change: Rival) -> Experiment:
    """Let a rival differ as `change` says, besides how it did; other fields stay as they are."""
    rivals = list(experiment.rivals)
    rivals[index] = merged(rivals[index], change)
    return replace(experiment, rivals=tuple(rivals))


def without_rival(experiment: Experiment, index: int) -> Experiment:
    """Take a rival out, by its place among them."""
    rivals = experiment.rivals
    return replace(experiment, rivals=rivals[:index] + rivals[index + 1 :])


def without_rivals(experiment: Experiment) -> Experiment:
    """Train the main run alone."""
    return replace(experiment, rivals=())


def with_preset(experiment: Experiment, key: str) -> Experiment:
    """Let the rivals of a key of PRESETS in, in place of those there are."""
    return replace(experiment, rivals=PRESETS[key].make(experiment))


def with_rival_as_main(experiment: Experiment, index: int) -> Experiment:
    """Let a rival and the main run change places; everybody trains as before."""
    promoted = experiment.rivals[index]
    main = entrants(experiment)[index]
    others = list(experiment.rivals)
    others[index] = Rival("the main run before")
    rivals = tuple(_kept(each, experiment, promoted) for each in others)
    changed = replace(main, rivals=rivals)
    return whole(changed, experiment)


def _kept(rival: Rival, old: Experiment, promoted: Rival) -> Rival:
    """A rival that still trains as it did when what it shared with the main run is changed."""
    training = old.training
    shared = {
        "features": old.features,
        "hidden": old.architecture.hidden,
        "initializer": old.architecture.initializer,
        "loss": training.loss,
        "optimizer": training.optimizer,
        "schedule": training.schedule,
        "penalty": training.penalty,
        "batch": training.batch,
    }
    changed = {name for name in shared if getattr(promoted, name) is not None}
    if promoted.activation is not None:
        changed.add("hidden")
    given: dict[str, Any] = {name: shared[name] for name in changed if getattr(rival, name) is None}
    return replace(rival, **given) if given else rival
