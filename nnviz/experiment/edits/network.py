"""Edits of the network as a whole: what all its layers have in common."""

from __future__ import annotations

from dataclasses import replace

from nnviz.engine.activations import Activation, Tanh
from nnviz.experiment.edits.whole import whole
from nnviz.experiment.spec import Architecture, Experiment


def activation_of(experiment: Experiment) -> Activation:
    """The activation of the hidden layers: that of the first, Tanh when there is none."""
    hidden = experiment.architecture.hidden
    return hidden[0].activation if hidden else Tanh()


def with_activation(experiment: Experiment, activation: Activation) -> Experiment:
    """Give every hidden layer an activation."""
    hidden = tuple(
        replace(layer, activation=activation) for layer in experiment.architecture.hidden
    )
    return experiment_with_architecture(experiment, replace(experiment.architecture, hidden=hidden))


def with_dropout(experiment: Experiment, chance: float) -> Experiment:
    """Let the neurons of every hidden layer sit out updates by chance."""
    hidden = tuple(replace(layer, dropout=chance) for layer in experiment.architecture.hidden)
    return replace(experiment, architecture=replace(experiment.architecture, hidden=hidden))


def experiment_with_architecture(experiment: Experiment, architecture: Architecture) -> Experiment:
    """Take another network; what is held, cut or looked at follows its parameters."""
    return whole(replace(experiment, architecture=architecture), experiment)


def with_initializer(experiment: Experiment, key: str) -> Experiment:
    """Let the weights start in another way."""
    return experiment_with_architecture(
        experiment, replace(experiment.architecture, initializer=key)
    )
