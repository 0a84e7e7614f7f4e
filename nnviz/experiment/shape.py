"""The network that an experiment describes, before it is built."""

from __future__ import annotations

from nnviz.engine.losses import Head, fitting_output, output_units
from nnviz.engine.network import Network
from nnviz.experiment.data import dataset_of
from nnviz.experiment.spec import Experiment


def widths(experiment: Experiment) -> tuple[int, ...]:
    """Units by layer, inputs and outputs included."""
    hidden = (layer.width for layer in experiment.architecture.hidden)
    classes = dataset_of(experiment.data).classes
    outputs = output_units(classes, head(experiment).output_key)
    return (len(experiment.features), *hidden, outputs)


def head(experiment: Experiment) -> Head:
    """The output and the loss that the experiment says, "auto" resolved.

    Raises:
        Mistake: if they do not fit the problem or one another.
    """
    dataset, loss = dataset_of(experiment.data), experiment.training.loss
    fitting = fitting_output(dataset.problem, loss, dataset.classes)
    chosen = experiment.architecture.output
    return Head(fitting if chosen == "auto" else chosen, loss)


def network_of(experiment: Experiment) -> Network:
    """The network that the experiment describes."""
    activations = tuple(layer.activation for layer in experiment.architecture.hidden)
    return Network(widths(experiment), activations, head(experiment))
