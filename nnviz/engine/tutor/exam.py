"""How a learned optimizer fares beside Adam and SGD, on losses that none was taught on.

Every one goes once at its own rate and then at each of a row of rates, of which the best counts:
what the first costs whoever does not tune, and what is left of it for whoever does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import inf, isfinite
from typing import Any

import numpy as np

from nnviz.engine.activations import Tanh
from nnviz.engine.course import Course, Progress
from nnviz.engine.datasets import DATASETS
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.losses import Head, targets
from nnviz.engine.network import Network
from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.penalties import NoPenalty
from nnviz.engine.surfaces import SURFACES, Surface
from nnviz.engine.swarm import Race
from nnviz.engine.training import NumpyLoop
from nnviz.value import dataclass

Trial = Callable[[Optimizer], float]
"""How far above the lowest an optimizer ends; infinite where it diverges."""

CANDIDATES = ("sgd", "adam", "learned")
RATES = np.geomspace(1e-4, 10.0, 16)
"""Three to each power of ten: the rates that are tried for the best one."""

STEPS = 200
"""How long a race on a surface is."""

LESSONS = (
    ("circle", 20),
    ("xor", 20),
    ("moons", 20),
    ("checkerboard", 20),
    ("spiral", 20),
    ("spiral", 100),
)
"""What a network learns, and for how many epochs: the last is longer than any lesson was."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far above the lowest loss an optimizer ends: by itself, and at the best rate."""

    default: float
    tuned: float
    rate: float


def examined(candidates: Iterable[Optimizer]) -> dict[str, dict[str, Mark]]:
    """The marks of optimizers by key, for each loss by name."""
    trials = _trials()
    return {
        name: {each.key: _mark(each, trial) for each in candidates}
        for name, trial in trials.items()
    }


def report(candidates: Iterable[Optimizer] | None = None) -> dict[str, Any]:
    """The marks, in numbers for a file, and on how many losses each was the best."""
    marks = examined(candidates or [OPTIMIZERS[key]() for key in CANDIDATES])
    table = {
        name: {
            key: [_short(each.default), _short(each.tuned), _short(each.rate)]
            for key, each in row.items()
        }
        for name, row in marks.items()
    }
    return {
        "columns": ["at its default rate", "at the best rate", "which is"],
        "best at default rates": _winners(marks, "default"),
        "best at tuned rates": _winners(marks, "tuned"),
        "losses": table,
    }


def _short(number: float) -> float | None:
    return float(f"{number:.3g}") if isfinite(number) else None


def _winners(marks: dict[str, dict[str, Mark]], which: str) -> dict[str, int]:
    keys = list(next(iter(marks.values())))
    wins = dict.fromkeys(keys, 0)
    for row in marks.values():
        wins[min(keys, key=lambda key: getattr(row[key], which))] += 1
    return wins


def _mark(optimizer: Optimizer, trial: Trial) -> Mark:
    ends = [trial(replace(optimizer, rate=rate)) for rate in RATES.tolist()]
    best = int(np.argmin(ends))
    return Mark(trial(optimizer), ends[best], float(RATES[best]))


def _trials() -> dict[str, Trial]:
    surfaces = {f"surface {each.key}": _surface_trial(each) for each in SURFACES}
    networks = {f"network on {key}, {n} epochs": _network_trial(key, n) for key, n in LESSONS}
    return surfaces | networks


def _surface_trial(surface: Surface) -> Trial:
    lowest = float(surface.value(surface.minima[0]))

    def trial(optimizer: Optimizer) -> float:
        race = Race(surface, [optimizer], surface.start)
        race.advance(STEPS)
        end = float(race.paths[0, -1, 2]) - lowest
        return inf if race.diverged[0] else max(end, 0.0)

    return trial


def _network_trial(key: str, epochs: int) -> Trial:
    rng = np.random.default_rng(7)
    dataset = DATASETS[key]
    points, labels = dataset.make(rng, 200, 0.1)
    network = Network((2, 8, 8, 1), (Tanh(), Tanh()), Head("sigmoid", "binary-cross-entropy"))
    wanted = targets(labels, 2, "sigmoid")
    start = INITIALIZERS["glorot"].draw(rng, network)

    def trial(optimizer: Optimizer) -> float:
        course = Course(
            network=network,
            train_inputs=points.T,
            train_targets=wanted,
            test_inputs=points.T[:, :0],
            test_targets=wanted[:, :0],
            optimizer=optimizer,
            penalty=NoPenalty(),
            batch=10,
            seed=7,
            classes=2,
        )
        progress = Progress.start(course, start)
        records = NumpyLoop().advance(course, progress, epochs * course.updates)
        return inf if progress.diverged is not None else records[-1].train_loss

    return trial
