"""The scenes of the window that `bench` times, each with something else that takes time to draw."""

from __future__ import annotations

from dataclasses import replace

from nnviz.engine.features import FEATURES
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.racing import racing
from nnviz.experiment import edits
from nnviz.experiment.landscape import FIRST_SURFACE, NETWORK_SURFACE, Landscape, Racer
from nnviz.experiment.spec import Architecture, Experiment, Layer
from nnviz.table import Table
from nnviz.value import dataclass

SEVEN = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")

FULL = replace(
    Experiment(),
    features=FEATURES.keys,
    architecture=Architecture(tuple(Layer(8) for _ in range(6))),
)
"""Everything there is to draw at once."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An experiment that is trained flat out, and the workspace in which it is looked at."""

    key: str
    label: str
    experiment: Experiment
    workspace: str = "playground"


def _on(landscape: Landscape) -> Experiment:
    return replace(FULL, landscape=landscape)


def _racers(*keys: str) -> tuple[Racer, ...]:
    return tuple(Racer(racing(FIRST_SURFACE, key)) for key in keys)


_WHOLE = _on(Landscape(surface=NETWORK_SURFACE, plane="run", race="run"))
_INSIDE = Landscape(racers=_racers(*SEVEN), inside=True, studied=SEVEN.index("adam"))

SCENES: Table[Scene] = Table(
    "scene",
    [
        Scene("full", "7 features, six layers of 8", FULL),
        Scene(
            "whole-race", "its whole-network race of seven", edits.with_preset(_WHOLE, "optimizers")
        ),
        Scene("inside", "inside one of seven racers, a phase", _on(_INSIDE), "optimizers"),
        Scene(
            "inside-all",
            "inside all of seven racers",
            _on(replace(_INSIDE, arrows="all")),
            "optimizers",
        ),
        Scene(
            "swarm",
            "a swarm of 8 × 10,000 particles",
            _on(Landscape(racers=_racers(*OPTIMIZERS.keys[:8]), crowd="grid")),
            "optimizers",
        ),
    ],
)
"""The first is the one that figures were always told of; the others are told beside it."""
