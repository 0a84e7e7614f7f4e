"""`nnviz race`: optimizers on a test surface, step by step."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from math import isfinite
from typing import Any

import numpy as np

from nnviz.cli.entry import DONE
from nnviz.engine.optimizers import Optimizer, parse_optimizer
from nnviz.engine.racing import racing
from nnviz.engine.stepping import FAR
from nnviz.engine.surfaces import SURFACES, Surface
from nnviz.engine.swarm import Noise, Race
from nnviz.engine.typed_surface import typed_surface
from nnviz.experiment.landscape import FIRST_RACERS
from nnviz.knob import knobs
from nnviz.mistake import Mistake

Plain = dict[str, Any]


def run(arguments: Namespace) -> int:
    """Race, and write the paths to stdout."""
    surface = _surface(arguments)
    optimizers = [parse_optimizer(text) for text in arguments.optimizer]
    optimizers = optimizers or [racing(surface.key, key) for key in FIRST_RACERS]
    noise = Noise(arguments.noise) if arguments.noise else None
    race = Race(surface, optimizers, _start(surface, arguments.start), noise)
    race.advance(arguments.steps)
    if arguments.json:
        json.dump(report(surface, optimizers, race), sys.stdout, allow_nan=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in table(surface, optimizers, race))
    return DONE


def _surface(arguments: Namespace) -> Surface:
    """The test surface that was named, or the formula that was typed."""
    if arguments.formula is not None:
        return typed_surface(arguments.formula)
    return SURFACES[arguments.surface]


def report(surface: Surface, optimizers: list[Optimizer], race: Race) -> Plain:
    """The paths, as scripts want them."""
    return {
        "surface": surface.key,
        "runs": [
            {
                "optimizer": optimizer.key,
                "hyperparameters": {name: getattr(optimizer, name) for name in knobs(optimizer)},
                "path": path.tolist(),
            }
            for optimizer, path in zip(optimizers, race.paths, strict=True)
        ],
    }


def table(surface: Surface, optimizers: list[Optimizer], race: Race) -> Iterable[str]:
    """Where everyone ended, for people to read."""
    yield f"{surface.label}: {surface.formula}, after {race.steps} steps"
    yield f"{'optimizer':>10}  {'rate':>9}  {'x':>10}  {'y':>10}  {'loss':>12}"
    for optimizer, path, lost in zip(optimizers, race.paths, race.diverged, strict=True):
        x, y, loss = path[-1]
        end = "  diverged" if lost else ""
        place = f"{x:>10.5f}  {y:>10.5f}  {loss:>12.6g}"
        yield f"{optimizer.label:>10}  {optimizer.rate:>9g}  {place}{end}"


def _start(surface: Surface, asked: tuple[float, float] | None) -> tuple[float, float]:
    start = asked or surface.start
    if max(map(abs, start)) > FAR or not isfinite(float(surface.value(np.array(start)))):
        raise Mistake(f"--start is {start[0]:g},{start[1]:g}, where the surface has no value.")
    return start
