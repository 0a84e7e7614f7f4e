"""The experiment: all that a person sets up, as one frozen value.

A change makes a new value, so undo is a list, saving is encoding and comparing is `==`.
Ranges are knobs, checked wherever a value is made; which key is allowed is said by the tables.
"""

from __future__ import annotations

from dataclasses import field, replace

from nnviz.engine.activations import Activation, Tanh
from nnviz.engine.datasets import DATASETS
from nnviz.engine.optimizers import SGD, Optimizer
from nnviz.engine.penalties import NoPenalty, Penalty
from nnviz.engine.rules import NNVizRules, Rules
from nnviz.engine.schedules import Constant, Schedule
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.points import OwnPoints
from nnviz.knob import SEED_LIMIT, check_knobs, knob
from nnviz.mistake import Mistake, one_of
from nnviz.value import dataclass

OWN_DATA = "own"
"""The key that stands for points of a person's own instead of a data set."""

FORMULA_DATA = "formula"
"""The key of the data set whose classes lie above and below a typed function."""


@dataclass(frozen=True, slots=True)
class Data:
    """Which points there are to learn from.

    `dataset` is a key of DATASETS, or OWN_DATA: then `own` holds the points. `formula` is the
    function of x1 that parts the classes of FORMULA_DATA. `stratified` keeps the share of every
    class the same among the points to train on and those to test on.
    """

    dataset: str = "circle"
    noise: float = knob(0.0, 0.0, 0.8, hint="how far chance moves points or labels")
    share: float = knob(0.5, 0.1, 0.9, hint="share of the points to train on")
    samples: int = knob(500, 4, 100_000, whole=True, hint="number of points")
    seed: int = knob(1, 0, SEED_LIMIT, whole=True, hint="start of the random stream")
    stratified: bool = False
    formula: str = "2*sin(x1)"
    own: OwnPoints | None = None

    def __post_init__(self) -> None:
        check_knobs(self)
        if (self.dataset == OWN_DATA) != (self.own is not None):
            raise Mistake("own holds the points of the data set 'own', and of no other.")


@dataclass(frozen=True, slots=True)
class Layer:
    """One hidden layer; an empty `initializer` stands for the architecture's."""

    width: int = knob(4, 1, 1024, whole=True, hint="neurons in the layer")
    activation: Activation = field(default_factory=Tanh)
    dropout: float = knob(0.0, 0.0, 0.9, hint="chance of a neuron to sit out an update")
    initializer: str = ""

    def __post_init__(self) -> None:
        check_knobs(self)


@dataclass(frozen=True, slots=True)
class Architecture:
    """The network's shape: hidden layers, output and how weights start.

    `output` is a key of OUTPUTS, or "auto": the one that fits the problem and the loss. `held` are
    the places of theta that are not trained, `cut` those that stay 0 besides; both rise.
    """

    hidden: tuple[Layer, ...] = (Layer(4), Layer(2))
    output: str = "auto"
    initializer: str = "glorot"
    held: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for name in ("held", "cut"):
            places: tuple[int, ...] = getattr(self, name)
            if list(places) != sorted(set(places)) or (places and places[0] < 0):
                raise Mistake(f"{name} must be places of theta, from 0 on, each once and rising.")


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


OVERLAYS = ("weight", "gradient", "update", "activity")
"""What the links of the network may show: their weight, its gradient, its last change, or what
flows through them from the probe point."""

SPACES = ("plane", "neurons", "components")
"""Where the output's picture is seen: the plane of the data, two neurons of a layer, or the first
two principal components of a layer."""


CURVE_KINDS = ("loss", "accuracy", "rate")
"""What the curves may show by epoch: losses, accuracies, learning rates."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An epoch that a person marked, and what they call it."""

    epoch: int = knob(0, 0, 10_000_000, whole=True)
    name: str = ""

    def __post_init__(self) -> None:
        check_knobs(self)


LEVEL_LIMIT = 12


@dataclass(frozen=True, slots=True)
class View:
    """What of the pictures a person chose and wants to find again.

    `curves` is one of CURVE_KINDS, `log_losses` shows losses and rates by their logarithm.
    `overlay` is one of OVERLAYS; `probe` the point whose forward pass is shown; `levels` draws the
    lines of the outputs `level_values`, those of the margins or of round values where there are
    none, `mistakes` rings the points that the network gets wrong. `pinned` is the unit
    (layer, place) shown large, the features being layer 0; `ghost` draws the boundary of
    the best epoch. `space` is one of SPACES, of layer `space_layer`, the features being layer 0,
    spanned by its neurons `space_units`. `goal` is the loss that rivals race for.
    """

    show_test: bool = False
    discretize: bool = False
    log_losses: bool = False
    curves: str = "loss"
    overlay: str = "weight"
    probe: tuple[float, float] | None = None
    levels: bool = False
    level_values: tuple[float, ...] = ()
    mistakes: bool = False
    ghost: bool = True
    pinned: tuple[int, int] | None = None
    space: str = "plane"
    space_layer: int = knob(1, 0, 33, whole=True)
    space_units: tuple[int, int] = (0, 1)
    bookmarks: tuple[Bookmark, ...] = ()
    goal: float = knob(0.05, 1e-6, 1e6, log=True, hint="test loss to reach")

    def __post_init__(self) -> None:
        check_knobs(self)
        one_of("curves", self.curves, CURVE_KINDS)
        one_of("overlay", self.overlay, OVERLAYS)
        one_of("space", self.space, SPACES)
        values = self.level_values
        if len(values) > LEVEL_LIMIT or list(values) != sorted(set(values)):
            raise Mistake(
                f"level_values must be up to {LEVEL_LIMIT} numbers, each once and rising."
            )


@dataclass(frozen=True, slots=True)
class Rival:
    """The same run with a few settings changed; what is None is as in the experiment.

    `activation` is that of every hidden layer, `hidden` takes the place of all of them.
    """

    name: str = ""
    features: tuple[str, ...] | None = None
    hidden: tuple[Layer, ...] | None = None
    activation: Activation | None = None
    initializer: str | None = None
    loss: str | None = None
    optimizer: Optimizer | None = None
    schedule: Schedule | None = None
    penalty: Penalty | None = None
    batch: int | None = None


RIVAL_LIMIT = 11


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything that makes a run: the same experiment always trains to the same weights.

    `rivals` train beside it, in lock-step, from the same start on the same batches.
    """

    data: Data = field(default_factory=Data)
    features: tuple[str, ...] = ("x1", "x2")
    architecture: Architecture = field(default_factory=Architecture)
    training: Training = field(default_factory=Training)
    rivals: tuple[Rival, ...] = ()
    landscape: Landscape = field(default_factory=Landscape)
    view: View = field(default_factory=View)

    def __post_init__(self) -> None:
        if len(self.rivals) > RIVAL_LIMIT:
            raise Mistake(f"rivals are {len(self.rivals)}; there may be up to {RIVAL_LIMIT}.")


def same_start(old: Experiment, new: Experiment) -> bool:
    """Whether a run of the old experiment can go on, with its weights, as one of the new.

    Rate, schedule, activation, dropout, optimizer, penalty, batch size, what is held or cut, and
    the rivals act at once, and so do points that are painted or moved by hand; whatever else
    changes the data, the shape, the start, the rules or what the loss means begins a new run.
    """
    return (
        _same_points(old.data, new.data)
        and old.features == new.features
        and _shape(old.architecture) == _shape(new.architecture)
        and old.architecture.output == new.architecture.output
        and old.architecture.initializer == new.architecture.initializer
        and old.training.loss == new.training.loss
        and old.training.seed == new.training.seed
        and old.training.rules == new.training.rules
    )


def _same_points(old: Data, new: Data) -> bool:
    """Whether the points are the same, or were only painted on and moved by hand."""
    if old == new:
        return True
    is_same_else = replace(old, dataset=new.dataset, own=new.own) == new
    return is_same_else and _origin(old) == _origin(new)


def _origin(data: Data) -> tuple[str, int]:
    """Where the points come from, and how many classes they have."""
    if data.own is not None:
        return data.own.source, len(data.own.class_names)
    return data.dataset, DATASETS[data.dataset].classes if data.dataset in DATASETS else 0


def _shape(architecture: Architecture) -> list[tuple[int, str]]:
    return [(layer.width, layer.initializer) for layer in architecture.hidden]
