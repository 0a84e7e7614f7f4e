"""Edits of what the network is fed: features of the table, and formulas of a person's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nnviz.engine.features import FEATURES, feature_of
from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.experiment.edits.whole import whole
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake

FEATURE_LIMIT = 16
"""How many features the editor feeds to a network; a file may hold more."""


def is_typed(key: str) -> bool:
    """Whether a feature is a formula of a person's own."""
    return key not in FEATURES


def in_order(keys: Iterable[str]) -> tuple[str, ...]:
    """Features as the editor lists them: those of the table in its order, then typed ones."""
    chosen = tuple(keys)
    known = tuple(key for key in FEATURES.keys if key in chosen)
    return (*known, *(key for key in chosen if is_typed(key)))


def with_feature_toggled(experiment: Experiment, key: str) -> Experiment:
    """Feed a feature to the network or stop feeding it; see `in_order` for their order.

    Playground's rules are left for a typed one, which the page cannot have.

    Raises:
        Mistake: when it is the last that is left, one too many, or there is no such feature.
    """
    feature_of(key)
    before = experiment.features
    if key not in before:
        return _fed(experiment, (*before, key))
    if len(before) == 1:
        raise Mistake("The network needs at least one input; switch another one on first.")
    return _fed(experiment, tuple(each for each in before if each != key))


def with_feature_replaced(experiment: Experiment, old: str, new: str) -> Experiment:
    """Feed another feature in the place of one; one that is fed already is not fed twice.

    Raises:
        Mistake: when there is no such feature.
    """
    feature_of(new)
    if new == old:
        return experiment
    kept = (new if each == old else each for each in experiment.features if each != new)
    return _fed(experiment, tuple(kept))


def _fed(experiment: Experiment, keys: tuple[str, ...]) -> Experiment:
    if len(keys) > max(FEATURE_LIMIT, len(experiment.features)):
        raise Mistake(f"There are {FEATURE_LIMIT} inputs; the editor makes no more.")
    training = experiment.training
    if isinstance(training.rules, PlaygroundRules) and any(map(is_typed, keys)):
        training = replace(training, rules=NNVizRules())
    fed = replace(experiment, features=in_order(keys), training=training)
    if fed.features == experiment.features:
        return whole(fed)
    return whole(_without_places(fed), experiment)


def _without_places(experiment: Experiment) -> Experiment:
    """Nothing is held or cut where other inputs come in: the first weights are others."""
    return replace(experiment, architecture=replace(experiment.architecture, held=(), cut=()))
