"""Edits: what a person can do to an experiment, each a pure function to a new one.

The one idea: an edit always leaves an experiment that can be built. What hangs together is kept
together here and nowhere else: places in theta stay inside the network, a loss fits its problem.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from nnviz.engine.activations import Activation, Tanh
from nnviz.engine.datasets import DATASETS
from nnviz.engine.features import FEATURES
from nnviz.engine.losses import LOSSES
from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.penalties import Penalty
from nnviz.engine.playground import GENERATORS
from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.engine.surfaces import racing
from nnviz.experiment.build import widths
from nnviz.experiment.spec import (
    SEED_LIMIT,
    Architecture,
    Data,
    Experiment,
    Layer,
    View,
)
from nnviz.mistake import Mistake

LAYER_LIMIT = 6
"""How many hidden layers the editor makes; a file may hold more."""

WIDTH_LIMIT = 8
"""How many neurons the editor puts into a layer; a file may hold more."""

NEW_WIDTH = 2

Place = tuple[float, float]
Edit = Callable[[Experiment], Experiment]


def parameter_count(experiment: Experiment) -> int:
    """How many weights and biases its network has."""
    return sum((below + 1) * above for below, above in pairwise(widths(experiment)))


def losses_for(dataset: str) -> tuple[str, ...]:
    """The keys of the losses that fit the problem of a data set."""
    regression = DATASETS[dataset].problem == "regression"
    return tuple(loss.key for loss in LOSSES if loss.for_regression or not regression)


def with_dataset(experiment: Experiment, key: str) -> Experiment:
    """Learn from another data set; a loss that does not fit its problem becomes one that does.

    Playground's rules are left for a data set that the page does not have.
    """
    fitting = losses_for(key)
    training = experiment.training
    if training.loss not in fitting:
        training = replace(training, loss=fitting[0])
    if isinstance(training.rules, PlaygroundRules) and key not in GENERATORS:
        training = replace(training, rules=NNVizRules())
    output = "auto" if training is not experiment.training else experiment.architecture.output
    return _whole(
        replace(
            experiment,
            data=replace(experiment.data, dataset=key),
            training=training,
            architecture=replace(experiment.architecture, output=output),
        )
    )


def with_data(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change numbers of the data, such as `noise=0.1`."""
    data: Data = replace(experiment.data, **changes)
    return replace(experiment, data=data)


def regenerated(experiment: Experiment) -> Experiment:
    """Draw other points of the same kind; by Playground's rules other weights come with them."""
    rules = experiment.training.rules
    if isinstance(rules, PlaygroundRules):
        return with_training(experiment, rules=rules.next)
    return with_data(experiment, seed=_next_seed(experiment.data.seed))


def with_new_start(experiment: Experiment) -> Experiment:
    """Begin from other weights, and meet the points in another order.

    By Playground's rules, whose one seed draws all, the points are others too.
    """
    rules = experiment.training.rules
    if isinstance(rules, PlaygroundRules):
        return with_training(experiment, rules=rules.next)
    return with_training(experiment, seed=_next_seed(experiment.training.seed))


def with_training(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    """Change how the network learns, such as `batch=20`."""
    return replace(experiment, training=replace(experiment.training, **changes))


def with_loss(experiment: Experiment, key: str) -> Experiment:
    """Measure by another loss; the output becomes the one that fits it."""
    changed = with_training(experiment, loss=key)
    return _whole(replace(changed, architecture=replace(experiment.architecture, output="auto")))


def with_optimizer(experiment: Experiment, optimizer: Optimizer) -> Experiment:
    """Learn by another optimizer, or with other settings of it."""
    return with_training(experiment, optimizer=optimizer)


def with_rate(experiment: Experiment, rate: float) -> Experiment:
    """Learn with another learning rate."""
    optimizer = experiment.training.optimizer
    return with_optimizer(experiment, replace(optimizer, rate=rate))


def with_penalty(experiment: Experiment, penalty: Penalty) -> Experiment:
    """Punish large weights in another way, or not at all."""
    return with_training(experiment, penalty=penalty)


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
    return _whole(replace(experiment, architecture=architecture))


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
    return _whole(replace(experiment, features=ordered))


def with_surface(experiment: Experiment, key: str) -> Experiment:
    """Race on another surface, from its own start, the same optimizers with rates for it."""
    racers = tuple(racer_for(key, each.key) for each in experiment.landscape.racers)
    return _with_landscape(experiment, surface=key, start=None, racers=racers)


def with_axes(experiment: Experiment, axes: tuple[int, int]) -> Experiment:
    """Cut the network's loss along two other places of theta; the same twice trades them."""
    first, second = axes
    if first == second:
        old = experiment.landscape.axes
        first, second = (first, old[0]) if first == old[1] else (old[1], second)
    return _whole(_with_landscape(experiment, axes=(first, second), start=None))


def with_race_start(experiment: Experiment, start: Place | None) -> Experiment:
    """Start the race at a place, None for the surface's own."""
    return _with_landscape(experiment, start=start)


def racer_for(surface: str, optimizer: str) -> Optimizer:
    """An optimizer with settings at which something is to be seen on a surface."""
    return racing(surface, optimizer)


def with_racer(experiment: Experiment, racer: Optimizer) -> Experiment:
    """Let an optimizer race; one of the same kind is replaced. The order is that of the table."""
    racers = {each.key: each for each in experiment.landscape.racers}
    racers[racer.key] = racer
    ordered = tuple(racers[key] for key in OPTIMIZERS.keys if key in racers)
    return _with_landscape(experiment, racers=ordered)


def without_racer(experiment: Experiment, key: str) -> Experiment:
    """Take an optimizer out of the race."""
    racers = tuple(each for each in experiment.landscape.racers if each.key != key)
    return _with_landscape(experiment, racers=racers)


def with_view(experiment: Experiment, **changes: bool) -> Experiment:
    """Show the pictures in another way, such as `discretize=True`."""
    view: View = replace(experiment.view, **changes)
    return replace(experiment, view=view)


def _with_hidden(experiment: Experiment, hidden: tuple[Layer, ...]) -> Experiment:
    return experiment_with_architecture(experiment, replace(experiment.architecture, hidden=hidden))


def _with_width(experiment: Experiment, layer: int, width: int) -> Experiment:
    hidden = list(experiment.architecture.hidden)
    hidden[layer] = replace(hidden[layer], width=width)
    return _with_hidden(experiment, tuple(hidden))


def _with_landscape(experiment: Experiment, **changes: Any) -> Experiment:  # noqa: ANN401 - fields
    return replace(experiment, landscape=replace(experiment.landscape, **changes))


def _next_seed(seed: int) -> int:
    return (seed + 1) % (SEED_LIMIT + 1)


def _whole(experiment: Experiment) -> Experiment:
    """The same experiment with its axes inside the network's theta."""
    first, second = experiment.landscape.axes
    last = parameter_count(experiment) - 1
    if max(first, second) <= last:
        return experiment
    first, second = min(first, last), min(second, last)
    if first == second:
        second = first - 1 if first else 1
    return _with_landscape(experiment, axes=(first, second))
