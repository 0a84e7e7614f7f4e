"""The experiment: all that a person sets up, as one frozen value.

A change makes a new value, so undo is a list, saving is encoding and comparing is `==`.
Ranges are knobs, checked wherever a value is made; which key is allowed is said by the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nnviz.engine.activations import Activation, Tanh
from nnviz.engine.optimizers import SGD, Optimizer
from nnviz.engine.penalties import NoPenalty, Penalty
from nnviz.engine.rules import NNVizRules, Rules
from nnviz.engine.schedules import Constant, Schedule
from nnviz.engine.surfaces import racing
from nnviz.knob import check_knobs, knob
from nnviz.mistake import Mistake

SEED_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Data:
    """Which points there are to learn from."""

    dataset: str = "circle"
    noise: float = knob(0.0, 0.0, 0.5, hint="how far chance moves points or labels")
    share: float = knob(0.5, 0.1, 0.9, hint="share of the points to train on")
    samples: int = knob(500, 4, 100_000, whole=True, hint="number of points")
    seed: int = knob(1, 0, SEED_LIMIT, whole=True, hint="start of the random stream")

    def __post_init__(self) -> None:
        check_knobs(self)


@dataclass(frozen=True, slots=True)
class Layer:
    """One hidden layer."""

    width: int = knob(4, 1, 1024, whole=True, hint="neurons in the layer")
    activation: Activation = field(default_factory=Tanh)
    dropout: float = knob(0.0, 0.0, 0.9, hint="chance of a neuron to sit out an update")

    def __post_init__(self) -> None:
        check_knobs(self)


@dataclass(frozen=True, slots=True)
class Architecture:
    """The network's shape: hidden layers, output and how weights start.

    `output` is a key of OUTPUTS, or "auto": the one that fits the problem and the loss.
    """

    hidden: tuple[Layer, ...] = (Layer(4), Layer(2))
    output: str = "auto"
    initializer: str = "glorot"


@dataclass(frozen=True, slots=True)
class Training:
    """How the network learns.

    Under Playground's rules their seed takes the place of this one and of the data's, and the
    number of points is the page's.
    """

    loss: str = "half-squared"
    optimizer: Optimizer = field(default_factory=SGD)
    schedule: Schedule = field(default_factory=Constant)
    penalty: Penalty = field(default_factory=NoPenalty)
    batch: int = knob(10, 1, 100_000, whole=True, hint="points in one update")
    seed: int = knob(1, 0, SEED_LIMIT, whole=True, hint="start of the random stream")
    patience: int = knob(
        0, 0, 100_000, whole=True, hint="epochs without a better test loss before it stops"
    )
    rules: Rules = field(default_factory=NNVizRules)

    def __post_init__(self) -> None:
        check_knobs(self)


NETWORK_SURFACE = "network"
"""The key that stands for the loss of the network itself instead of a test surface."""


FIRST_SURFACE = "rosenbrock"
FIRST_RACERS = ("sgd", "momentum", "rmsprop", "adam")


def _first_racers() -> tuple[Optimizer, ...]:
    return tuple(racing(FIRST_SURFACE, key) for key in FIRST_RACERS)


@dataclass(frozen=True, slots=True)
class Landscape:
    """What the optimizers race on: left alone, four of them down Rosenbrock's valley.

    `surface` is a key of SURFACES or NETWORK_SURFACE; `axes` are two places in theta, used on the
    network's own loss; `start` is where all racers start, None for the surface's own place.
    """

    surface: str = FIRST_SURFACE
    axes: tuple[int, int] = (0, 1)
    start: tuple[float, float] | None = None
    racers: tuple[Optimizer, ...] = field(default_factory=_first_racers)

    def __post_init__(self) -> None:
        if self.axes[0] == self.axes[1] or min(self.axes) < 0:
            raise Mistake(f"axes is {self.axes!r}; it must be two different places from 0 on.")


@dataclass(frozen=True, slots=True)
class View:
    """What of the pictures a person chose and wants to find again."""

    show_test: bool = False
    discretize: bool = False
    log_losses: bool = False


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything that makes a run: the same experiment always trains to the same weights."""

    data: Data = field(default_factory=Data)
    features: tuple[str, ...] = ("x1", "x2")
    architecture: Architecture = field(default_factory=Architecture)
    training: Training = field(default_factory=Training)
    landscape: Landscape = field(default_factory=Landscape)
    view: View = field(default_factory=View)


def same_start(old: Experiment, new: Experiment) -> bool:
    """Whether a run of the old experiment can go on, with its weights, as one of the new.

    Rate, schedule, activation, dropout, optimizer, penalty and batch size act at once; whatever
    changes the data, the shape, the start, the rules or what the loss means begins a new run.
    """
    return (
        old.data == new.data
        and old.features == new.features
        and [layer.width for layer in old.architecture.hidden]
        == [layer.width for layer in new.architecture.hidden]
        and old.architecture.output == new.architecture.output
        and old.architecture.initializer == new.architecture.initializer
        and old.training.loss == new.training.loss
        and old.training.seed == new.training.seed
        and old.training.rules == new.training.rules
    )
