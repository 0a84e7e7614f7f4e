"""Edits of single layers and links: how many, how wide, what they compute, what is held.

Hidden layers count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from nnviz.engine.activations import Activation
from nnviz.experiment.edits.network import activation_of, experiment_with_architecture
from nnviz.experiment.spec import Experiment, Layer
from nnviz.mistake import Mistake

LAYER_LIMIT = 8
"""How many hidden layers the editor makes; a file may hold more."""

WIDTH_LIMIT = 16
"""How many neurons the editor puts into a layer; a file may hold more."""

NEW_WIDTH = 2


def with_layer_added(experiment: Experiment) -> Experiment:
    """Add a hidden layer before the output.

    Raises:
        Mistake: when there are as many as the editor makes.
    """
    return with_layer_inserted(experiment, len(experiment.architecture.hidden))


def with_layer_inserted(experiment: Experiment, at: int) -> Experiment:
    """Put a hidden layer before the one at a place; it computes what its neighbor does.

    Raises:
        Mistake: when there are as many as the editor makes.
    """
    hidden = experiment.architecture.hidden
    if len(hidden) >= LAYER_LIMIT:
        raise Mistake(f"There are {LAYER_LIMIT} hidden layers; the editor makes no more.")
    neighbor = hidden[min(at, len(hidden) - 1)].activation if hidden else activation_of(experiment)
    return _with_hidden(experiment, (*hidden[:at], Layer(NEW_WIDTH, neighbor), *hidden[at:]))


def with_layer_removed(experiment: Experiment, at: int = -1) -> Experiment:
    """Take a hidden layer away, the last one if none is named.

    Raises:
        Mistake: when there is none.
    """
    hidden = list(experiment.architecture.hidden)
    if not hidden:
        raise Mistake("There is no hidden layer left to take away.")
    hidden.pop(at)
    return _with_hidden(experiment, tuple(hidden))


def with_layer_moved(experiment: Experiment, start: int, end: int) -> Experiment:
    """Let a hidden layer stand at another place among them."""
    hidden = list(experiment.architecture.hidden)
    hidden.insert(end, hidden.pop(start))
    return _with_hidden(experiment, tuple(hidden))


def with_neuron_added(experiment: Experiment, layer: int) -> Experiment:
    """Add a neuron to a hidden layer.

    Raises:
        Mistake: when it has as many as the editor makes.
    """
    width = experiment.architecture.hidden[layer].width
    if width >= WIDTH_LIMIT:
        raise Mistake(f"Layer {layer + 1} has {width} neurons; the editor makes no more.")
    return _with_layer(experiment, layer, width=width + 1)


def with_neuron_removed(experiment: Experiment, layer: int) -> Experiment:
    """Take a neuron from a hidden layer.

    Raises:
        Mistake: when it is the layer's last.
    """
    width = experiment.architecture.hidden[layer].width
    if width <= 1:
        raise Mistake(
            f"Layer {layer + 1} keeps its last neuron; take the whole layer away instead."
        )
    return _with_layer(experiment, layer, width=width - 1)


def with_layer_activation(experiment: Experiment, layer: int, activation: Activation) -> Experiment:
    """Give one hidden layer an activation."""
    return _with_layer(experiment, layer, activation=activation)


def with_layer_dropout(experiment: Experiment, layer: int, chance: float) -> Experiment:
    """Let the neurons of one hidden layer sit out updates by chance."""
    return _with_layer(experiment, layer, dropout=chance)


def with_layer_initializer(experiment: Experiment, layer: int, key: str) -> Experiment:
    """Let the weights of one hidden layer start in another way; "" is as the network's do."""
    return _with_layer(experiment, layer, initializer=key)


def with_held(experiment: Experiment, places: Iterable[int], *, held: bool) -> Experiment:
    """Lock places of theta, so that no update moves them, or let training have them again."""
    changed = _joined(experiment.architecture.held, places, on=held)
    return replace(experiment, architecture=replace(experiment.architecture, held=changed))


def with_cut(experiment: Experiment, places: Iterable[int], *, cut: bool) -> Experiment:
    """Cut links, which are then 0 and stay so, or mend them."""
    changed = _joined(experiment.architecture.cut, places, on=cut)
    return replace(experiment, architecture=replace(experiment.architecture, cut=changed))


def _joined(before: tuple[int, ...], places: Iterable[int], *, on: bool) -> tuple[int, ...]:
    chosen = set(places)
    return tuple(sorted(chosen.union(before) if on else set(before) - chosen))


def _with_layer(experiment: Experiment, layer: int, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    hidden = list(experiment.architecture.hidden)
    hidden[layer] = replace(hidden[layer], **changes)
    return _with_hidden(experiment, tuple(hidden))


def _with_hidden(experiment: Experiment, hidden: tuple[Layer, ...]) -> Experiment:
    return experiment_with_architecture(experiment, replace(experiment.architecture, hidden=hidden))
