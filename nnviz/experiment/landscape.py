"""The loss-surface laboratory as a value: which surface, who races on it, and how it is seen."""

from __future__ import annotations

from dataclasses import field

from nnviz.engine.optimizers import Optimizer
from nnviz.engine.racing import racing
from nnviz.engine.schedules import Constant, Schedule
from nnviz.knob import SEED_LIMIT, check_knobs, knob
from nnviz.mistake import Mistake, one_of
from nnviz.value import dataclass

Place = tuple[float, float]

NETWORK_SURFACE = "network"
"""The key that stands for the loss of the network itself instead of a test surface."""

FIRST_SURFACE = "rosenbrock"
FIRST_RACERS = ("sgd", "momentum", "rmsprop", "adam")

SURFACE_LOSSES = ("train", "test", "batch")
"""Which loss of the network is shown: over the points to train on, over those to test on, or over
the batch of the update under way, with which the surface moves."""

PLANES = ("axes", "line", "random", "run")
"""Along what the network's loss is cut: two places of theta, one alone, two random directions, or
the plane in which the run has moved most."""

RACES = ("slice", "run")
"""Where the racers step: on the surface that is drawn, or, as rivals of the run, on the whole
network, of which the surface is a cut."""

PICTURES = ("map", "relief")
"""How a surface is seen: from above, or as a landscape in three dimensions."""

CROWDS = ("none", "grid", "random")
"""How the particles of a swarm are scattered."""

BASINS = ("none", "minima", "steps")
"""What a map of basins is colored by: the minimum that a start leads to, or the steps it takes."""

ARROWS = ("phase", "step", "all")
"""What is drawn of the inner state: the phase that is studied, the whole step of the racer that is
studied, or that of all racers."""

PHASE_LIMIT = 16

SYMBOLS = (
    "circle",
    "square",
    "diamond",
    "triangle",
    "pentagon",
    "triangle-down",
    "star",
    "hexagon",
    "plus",
    "cross",
    "sparkle",
    "burst",
)
"""The shapes of racers."""

DASHES = ("solid", "dashed", "dotted", "mixed")
"""The dashes of their trails."""

HUES = 12
"""How many hues there are for racers."""

RACER_LIMIT = 24
START_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Racer:
    """An optimizer that races, and how it looks.

    An empty `name` stands for the optimizer's label; `hue`, `symbol` and `dash` are those of its
    kind where they are None or empty. Who is not `on` sits out.
    """

    optimizer: Optimizer
    name: str = ""
    hue: int | None = None
    symbol: str = ""
    dash: str = ""
    on: bool = True

    def __post_init__(self) -> None:
        if self.hue is not None and not 0 <= self.hue < HUES:
            raise Mistake(f"hue is {self.hue}; it must be from 0 to {HUES - 1}, or null.")
        one_of("symbol", self.symbol, ("", *SYMBOLS))
        one_of("dash", self.dash, ("", *DASHES))

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name or self.optimizer.label


@dataclass(frozen=True, slots=True)
class Camera:
    """From where a landscape is seen: degrees around it, degrees above its floor, and how near."""

    turn: float = knob(-30.0, -180.0, 180.0, hint="degrees around the landscape")
    tilt: float = knob(42.0, 0.0, 90.0, hint="degrees above the floor")
    zoom: float = knob(1.0, 0.25, 8.0, log=True, hint="how near")

    def __post_init__(self) -> None:
        check_knobs(self)


def _first_racers() -> tuple[Racer, ...]:
    return tuple(Racer(racing(FIRST_SURFACE, key)) for key in FIRST_RACERS)


@dataclass(frozen=True, slots=True)
class Landscape:
    """What the optimizers race on: left alone, four of them down Rosenbrock's valley.

    `surface` is a key of SURFACES, NETWORK_SURFACE, or a formula in x and y, or in x alone.
    Every racer that is on starts from each of `starts`; none stands for the surface's own place.
    `noise` is added to the gradients of a test surface, and `schedule` lets the racers' rates
    change over the race.

    The network's own loss is cut along one of PLANES: `axes` are the places in theta, `plane_seed`
    draws the random directions, `loss` is one of SURFACE_LOSSES, `penalized` says whether the
    penalty counts, `radius` how far it is shown, and `follow` lets the plane go with the network.
    `race` is one of RACES.

    It is seen as one of PICTURES, by `camera`; heights are told apart by their logarithm
    (`log_height`) and by so many `levels`. A swarm of `particles` an optimizer is scattered as one
    of CROWDS, `basins` is one of BASINS. `inside` shows the inner state of the racer at the place
    `studied` among the racers: `phase` of its next update, drawn as one of ARROWS.
    """

    surface: str = FIRST_SURFACE
    axes: tuple[int, int] = (0, 1)
    plane: str = "axes"
    plane_seed: int = knob(1, 0, SEED_LIMIT, whole=True, hint="start of the random stream")
    loss: str = "train"
    penalized: bool = True
    radius: float = knob(4.0, 0.1, 40.0, log=True, hint="how far the plane reaches")
    follow: bool = False
    log_height: bool = True
    levels: int = knob(14, 2, 40, whole=True, hint="lines of one height")
    starts: tuple[Place, ...] = ()
    racers: tuple[Racer, ...] = field(default_factory=_first_racers)
    race: str = "slice"
    noise: float = knob(0.0, 0.0, 10.0, hint="how far chance moves every gradient")
    schedule: Schedule = field(default_factory=Constant)
    picture: str = "map"
    camera: Camera = field(default_factory=Camera)
    crowd: str = "none"
    particles: int = knob(
        10_000, 10, 100_000, log=True, whole=True, hint="particles of one optimizer"
    )
    basins: str = "none"
    inside: bool = False
    studied: int = knob(0, 0, RACER_LIMIT - 1, whole=True, hint="the racer that is studied")
    phase: int = knob(0, 0, PHASE_LIMIT - 1, whole=True, hint="the phase that is studied")
    arrows: str = "phase"

    def __post_init__(self) -> None:
        check_knobs(self)
        one_of("loss", self.loss, SURFACE_LOSSES)
        one_of("plane", self.plane, PLANES)
        one_of("race", self.race, RACES)
        one_of("picture", self.picture, PICTURES)
        one_of("crowd", self.crowd, CROWDS)
        one_of("basins", self.basins, BASINS)
        one_of("arrows", self.arrows, ARROWS)
        if self.axes[0] == self.axes[1] or min(self.axes) < 0:
            raise Mistake(f"axes is {self.axes!r}; it must be two different places from 0 on.")
        for name, most in (("racers", RACER_LIMIT), ("starts", START_LIMIT)):
            count = len(getattr(self, name))
            if count > most:
                raise Mistake(f"{name} are {count}; there may be up to {most}.")

    @property
    def is_whole(self) -> bool:
        """Whether the run and its rivals race, on the whole network."""
        return self.race == "run" and self.surface == NETWORK_SURFACE

    @property
    def running(self) -> tuple[int, ...]:
        """The places of the racers that are on."""
        return tuple(place for place, racer in enumerate(self.racers) if racer.on)
