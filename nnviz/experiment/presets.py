"""What rivals a person can let in: whole sets of them, and one difference at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from nnviz.engine.activations import ACTIVATIONS, ReLU, Tanh
from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.penalties import L1, L2, NoPenalty, Penalty
from nnviz.experiment.rivals import label_of
from nnviz.experiment.spec import Experiment, Layer, Rival
from nnviz.knob import knobs
from nnviz.table import Table
from nnviz.value import dataclass

Rivals = tuple[Rival, ...]

_SEVEN = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
_SHAPES: tuple[tuple[int, ...], ...] = ((), (2,), (4,), (8,), (4, 2), (8, 8), (8, 8, 8))
_BATCHES = (1, 5, 10, 20, 50, 100)
_PENALTIES: tuple[Penalty, ...] = (NoPenalty(), L1(0.001), L1(0.01), L2(0.001), L2(0.01))
_STRONG = L2(0.01)


@dataclass(frozen=True, slots=True)
class Preset:
    """A question to a network, as the rivals that answer it; the main run is one of them."""

    key: str
    label: str
    hint: str
    make: Callable[[Experiment], Rivals]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing in which a rival can differ, and the differences that there are."""

    label: str
    choices: Callable[[Experiment], Rivals]


def written(rival: Rival) -> str:
    """A difference as a menu names it."""
    penalty = rival.penalty
    rate = getattr(penalty, "rate", None)
    return f"{penalty.label}, rate {rate:g}" if penalty and rate is not None else label_of(rival)


def merged(rival: Rival, change: Rival) -> Rival:
    """A rival that differs in one thing more, or in another way; it is named by what differs."""
    given = {each.name: getattr(change, each.name) for each in fields(Rival)}
    kept = {name: value for name, value in given.items() if value is not None}
    return replace(rival, **(kept | {"name": ""}))


def at_rate(optimizer: Optimizer, factor: float) -> Optimizer:
    """An optimizer at so many times its rate, within what it allows."""
    knob = knobs(optimizer)["rate"]
    rate = float(f"{optimizer.rate * factor:.3g}")
    return replace(optimizer, rate=min(max(rate, knob.low), knob.high))


def _rates(*factors: float) -> Callable[[Experiment], Rivals]:
    def make(experiment: Experiment) -> Rivals:
        own = experiment.training.optimizer
        several = dict.fromkeys(at_rate(own, factor) for factor in factors)
        return tuple(Rival(optimizer=each) for each in several if each != own)

    return make


def _seven(experiment: Experiment) -> Rivals:
    own = experiment.training.optimizer.key
    others = [key for key in _SEVEN if key != own][:6]
    return tuple(Rival(optimizer=OPTIMIZERS[key]()) for key in others)


def _optimizers(experiment: Experiment) -> Rivals:
    own = experiment.training.optimizer
    made = (OPTIMIZERS[key]() for key in OPTIMIZERS.keys)
    return tuple(Rival(optimizer=each) for each in made if each != own)


def _activations(experiment: Experiment) -> Rivals:
    has = {layer.activation for layer in experiment.architecture.hidden}
    made = (ACTIVATIONS[key]() for key in ACTIVATIONS.keys)
    return tuple(Rival(activation=each) for each in made if has != {each})


def _tanh_relu(experiment: Experiment) -> Rivals:
    has = {layer.activation for layer in experiment.architecture.hidden}
    return tuple(Rival(activation=each) for each in (Tanh(), ReLU()) if has != {each})


def _shapes(experiment: Experiment) -> Rivals:
    own = [layer.width for layer in experiment.architecture.hidden]
    return tuple(Rival(hidden=_hidden(experiment, w)) for w in _SHAPES if list(w) != own)


def _product(experiment: Experiment) -> Rivals:
    plain, helped = ("x1", "x2"), ("x1", "x2", "x1-x2")
    one, two = _hidden(experiment, (4,)), _hidden(experiment, (4, 4))
    return (
        Rival("1 layer, with x₁x₂", features=helped, hidden=one),
        Rival("2 layers, x₁ and x₂", features=plain, hidden=two),
    )


def _penalties(experiment: Experiment) -> Rivals:
    own = experiment.training.penalty
    return tuple(_punished(each) for each in _PENALTIES if each != own)


def _penalty(experiment: Experiment) -> Rivals:
    is_free = isinstance(experiment.training.penalty, NoPenalty)
    return (_punished(_STRONG if is_free else NoPenalty()),)


def _punished(penalty: Penalty) -> Rival:
    if isinstance(penalty, NoPenalty):
        return Rival("no penalty", penalty=penalty)
    return Rival(written(Rival(penalty=penalty)), penalty=penalty)


def _batches(experiment: Experiment) -> Rivals:
    own = experiment.training.batch
    return tuple(Rival(batch=each) for each in _BATCHES if each != own)


def _hidden(experiment: Experiment, widths: tuple[int, ...]) -> tuple[Layer, ...]:
    """Hidden layers of these widths, otherwise as the first of the experiment."""
    first = next(iter(experiment.architecture.hidden), Layer())
    return tuple(replace(first, width=width) for width in widths)


PRESETS: Table[Preset] = Table(
    "preset",
    [
        Preset(
            "rates",
            "Five learning rates",
            "The same optimizer at a tenth, a third, three and ten times its rate.",
            _rates(0.1, 1 / 3, 3.0, 10.0),
        ),
        Preset(
            "optimizers",
            "Seven optimizers",
            "The same network trained by seven optimizers, each at its usual rate.",
            _seven,
        ),
        Preset(
            "tanh-relu",
            "Tanh against ReLU",
            "The same network with the one and with the other activation.",
            _tanh_relu,
        ),
        Preset(
            "product",
            "x₁x₂ against a layer",
            "One layer that is given the product, two layers that are not.",
            _product,
        ),
        Preset(
            "penalty",
            "With and without penalty",
            "The same network where large weights cost something, and where they do not.",
            _penalty,
        ),
    ],
)

OFFERS = (
    Offer("Optimizer", _optimizers),
    Offer("Learning rate", _rates(1 / 10, 1 / 3, 3.0, 10.0)),
    Offer("Activation", _activations),
    Offer("Layers", _shapes),
    Offer("Penalty", _penalties),
    Offer("Batch", _batches),
)
"""What a rival can be told to differ in, in the order of the menu."""
