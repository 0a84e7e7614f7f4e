"""How fast the parts of the engine are, each measured for a moment.

Machines are noisy, so what is compared is measured in turns, and what is told is a median.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from nnviz.engine import kernel
from nnviz.engine.activations import Tanh
from nnviz.engine.course import Progress
from nnviz.engine.landscape import Slice
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.particles import Swarm, Terms
from nnviz.engine.racing import racing
from nnviz.engine.raster import plane, shade
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race
from nnviz.engine.training import Loop, NumpyLoop
from nnviz.experiment.build import Setup, build
from nnviz.experiment.landscape import FIRST_SURFACE
from nnviz.experiment.spec import Architecture, Experiment, Layer
from nnviz.runtime.maps import unit_values

NETWORKS = {"2-4-2-1": (4, 2), "2-8-8-8-1": (8, 8, 8), "2-8-8-8-8-8-8-1": (8,) * 6}
"""The hidden layers of the networks that are measured: tanh, on 250 points in batches of 10."""

AT_A_STRETCH = 50
"""How many epochs the compiled loop does in a call: about what the trainer asks of it."""

MAP_CELLS = 256
STOPS = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], np.uint8)
SURFACE_NETWORK, SURFACE_CELLS = (8, 8), 64
RACE_STEPS = 20
SWARMS, PARTICLES = 8, 10_000

SHOW_FIRST = "from nnviz.cli.window import show_first; show_first()"

Work = Callable[[], object]


def in_turns(works: Sequence[Work], budget_s: float) -> list[float]:
    """The median time of each work in seconds, all done in turns until the time is used up."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    until = perf_counter() + budget_s
    while perf_counter() < until or not taken[0]:
        for work, times in zip(works, taken, strict=True):
            begun = perf_counter()
            work()
            times.append(perf_counter() - begun)
    return [median(times) for times in taken]


def compiled_loop(tell: Callable[[str], None]) -> Loop | None:
    """The compiled loop, made here if need be; None, and why is told, where there can be none."""
    if not kernel.is_possible():
        tell("there is no compiled loop: Numba is not installed")
        return None
    loop = kernel.load()
    if loop is None:
        tell("compiling the loop, which takes a minute or two and happens once")
        with kernel.build_apart() as process:
            process.wait()
        loop = kernel.load()
    if loop is None:
        tell("there is no compiled loop: compiling failed; `nnviz doctor` may know why")
    return loop


def epochs(hidden: tuple[int, ...], compiled: Loop | None, budget_s: float) -> dict[str, float]:
    """Seconds an epoch takes, by the name of the loop."""
    setup = _setup(hidden)
    works = {"numpy": _training(setup, NumpyLoop(), 1)}
    if compiled is not None:
        works["compiled"] = _training(setup, compiled, AT_A_STRETCH)
    times = dict(zip(works, in_turns(list(works.values()), budget_s), strict=True))
    if compiled is not None:
        times["compiled"] /= AT_A_STRETCH
    return times


def maps(budget_s: float) -> float:
    """Large maps of the output a second: the network over the plane, and its colors."""
    setup = _setup(NETWORKS["2-4-2-1"])

    def draw() -> None:
        output = unit_values(setup, setup.theta, MAP_CELLS)[-1]
        shade(output.reshape(MAP_CELLS, MAP_CELLS), STOPS)

    return 1 / in_turns([draw], budget_s)[0]


def surface_cells(budget_s: float) -> float:
    """Cells a second of the loss surface of a network, as it is drawn."""
    setup = _setup(SURFACE_NETWORK)
    course = setup.course
    cut = Slice(course.network, course.train_inputs, course.train_targets, setup.theta, (0, 1))
    points = plane(cut.domain, SURFACE_CELLS)
    return SURFACE_CELLS**2 / in_turns([partial(cut.sketch, points)], budget_s)[0]


def steps(budget_s: float) -> tuple[float, float]:
    """Steps a second of a race and of a swarm; in a step every optimizer makes one."""
    surface = SURFACES[FIRST_SURFACE]
    racers = [racing(surface.key, key) for key in OPTIMIZERS.keys[:SWARMS]]
    x_min, x_max, y_min, y_max = surface.domain
    rng = np.random.default_rng(0)
    starts = rng.uniform((x_min, y_min), (x_max, y_max), (PARTICLES, 2))
    swarms = [Swarm(Terms(surface), racer, starts, kernel.stepper()) for racer in racers]

    def race() -> None:
        Race(surface, racers, surface.start).advance(RACE_STEPS)

    def swarm() -> None:
        for each in swarms:
            each.advance(1)

    race_s, swarm_s = in_turns([race, swarm], budget_s)
    return RACE_STEPS / race_s, 1 / swarm_s


def version(budget_s: float) -> float:
    """Seconds until the version is told."""
    command = [sys.executable, "-m", "nnviz", "--version"]
    ask = partial(subprocess.run, command, stdout=subprocess.DEVNULL, check=True)
    return in_turns([ask], budget_s)[0]


def first_picture() -> float | None:
    """Seconds from starting the program to its first picture; None where no window can be."""
    begun = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", SHOW_FIRST],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        said = process.stdout.readline() if process.stdout else b""
        taken_s = perf_counter() - begun
    return taken_s if said else None


def _setup(hidden: tuple[int, ...]) -> Setup:
    layers = tuple(Layer(width, Tanh()) for width in hidden)
    return build(Experiment(architecture=Architecture(hidden=layers)))


def _training(setup: Setup, loop: Loop, epochs: int) -> Work:
    """What goes on training by some epochs whenever it is done."""
    course = setup.course
    return partial(
        loop.advance, course, Progress.start(course, setup.theta), epochs * course.updates
    )
