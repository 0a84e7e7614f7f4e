"""Edits of the network's shape and of what its units compute."""

from __future__ import annotations

from dataclasses import replace

from nnviz.engine.activations import Activation, Tanh
from nnviz.engine.features import FEATURES
from nnviz.experiment.edits.whole import whole
from nnviz.experiment.spec import (
    Architecture,
    Experiment,
    Layer,
)
from nnviz.mistake import Mistake

LAYER_LIMIT = 8
"""How many hidden layers the editor makes; a file may hold more."""

WIDTH_LIMIT = 16
"""How many neurons the editor puts into a layer; a file may hold more."""

NEW_WIDTH = 2


def activation_of(experiment: Experiment) -> Activation:
    """The activation of the hidden layers: that of the first, Tanh when there is none."""
    hidden = experiment.architecture.hidden
    return hidden[0].activation if hidden else Tanh()


def with_activation(experiment: Experiment, activation: Activation) -> Experiment:
    """Give every hidden layer an activation."""
    hidden = tuple(
        replace(layer, activation=activation) for layer in experiment.architecture.hidden
    )
    return replace(experiment, architecture=replace(experiment.architecture, hidden=hidden))


def with_dropout(experiment: Experiment, chance: float) -> Experiment:
    """Let the neurons of every hidden layer sit out updates by chance."""
    hidden = tuple(replace(layer, dropout=chance) for layer in experiment.architecture.hidden)
    return replace(experiment, architecture=replace(experiment.architecture, hidden=hidden))


def experiment_with_architecture(experiment: Experiment, architecture: Architecture) -> Experiment:
    """Take another network; the axes of the loss slice stay inside its theta."""
    return whole(replace(experiment, architecture=architecture))


def with_initializer(experiment: Experiment, key: str) -> Experiment:
    """Let the weights start in another way."""
    return experiment_with_architecture(
        experiment, replace(experiment.architecture, initializer=key)
    )


def with_layer_added(experiment: Experiment) -> Experiment:
    """Add a hidden layer before the output.

    Raises:
        Mistake: when there are as many as the editor makes.
    """
    hidden = experiment.architecture.hidden
    if len(hidden) >= LAYER_LIMIT:
        raise Mistake(f"There are {LAYER_LIMIT} hidden layers; the editor makes no more.")
    return _with_hidden(experiment, (*hidden, Layer(NEW_WIDTH, activation_of(experiment))))


def with_layer_removed(experiment: Experiment) -> Experiment:
    """Take the last hidden layer away.

    Raises:
        Mistake: when there is none.
    """
    hidden = experiment.architecture.hidden
    if not hidden:
        raise Mistake("There is no hidden layer left to take away.")
    return _with_hidden(experiment, hidden[:-1])


def with_neuron_added(experiment: Experiment, layer: int) -> Experiment:
    """Add a neuron to a hidden layer, counted from 0.

    Raises:
        Mistake: when it has as many as the editor makes.
    """
    width = experiment.architecture.hidden[layer].width
    if width >= WIDTH_LIMIT:
        raise Mistake(f"Layer {layer + 1} has {width} neurons; the editor makes no more.")
    return _with_width(experiment, layer, width + 1)


def with_neuron_removed(experiment: Experiment, layer: int) -> Experiment:
    """Take a neuron from a hidden layer, counted from 0.

    Raises:
        Mistake: when it is the layer's last.
    """
    width = experiment.architecture.hidden[layer].width
    if width <= 1:
        raise Mistake(
            f"Layer {layer + 1} keeps its last neuron; take the whole layer away instead."
        )
    return _with_width(experiment, layer, width - 1)


def with_feature_toggled(experiment: Experiment, key: str) -> Experiment:
    """Feed a feature to the network or stop feeding it; their order is that of the table.

    Raises:
        Mistake: when it is the last that is left, or there is no such feature.
    """
    chosen = set(experiment.features) ^ {FEATURES[key].key}
    if not chosen:
        raise Mistake("The network needs at least one input; switch another one on first.")
    ordered = tuple(each for each in FEATURES.keys if each in chosen)
    return whole(replace(experiment, features=ordered))


def _with_hidden(experiment: Experiment, hidden: tuple[Layer, ...]) -> Experiment:
    return experiment_with_architecture(experiment, replace(experiment.architecture, hidden=hidden))


def _with_width(experiment: Experiment, layer: int, width: int) -> Experiment:
    hidden = list(experiment.architecture.hidden)
    hidden[layer] = replace(hidden[layer], width=width)
    return _with_hidden(experiment, tuple(hidden))
