"""`nnviz bench`: how fast everything is, here and now."""

from __future__ import annotations

import json
import os
import platform
import sys
from argparse import Namespace
from collections.abc import Iterator
from statistics import median
from typing import Any

from nnviz import __version__
from nnviz.cli import timing
from nnviz.cli.entry import DONE, say
from nnviz.cli.scenes import SCENES, Scene
from nnviz.engine.training import Loop

Plain = dict[str, Any]

THOROUGH_S, QUICK_S = 1.0, 0.1
"""How long each part is measured."""

WARM_STARTS = 3
EPOCH_UPDATES, EPOCH_SAMPLES = 25, 250


def run(arguments: Namespace) -> int:
    """Measure, and write the figures to stdout."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    figures = measured(QUICK_S if arguments.quick else THOROUGH_S)
    if arguments.json:
        json.dump(figures, sys.stdout, allow_nan=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in table(figures))
    return DONE


def measured(budget_s: float) -> Plain:
    """All figures; what is going on is told on stderr.

    Args:
        budget_s: how long each part is measured.
    """
    machine = {"nnviz": __version__, "python": platform.python_version(), "cpus": os.cpu_count()}
    say("nnviz: start-up …")
    startup = _startup(budget_s)
    loop = timing.compiled_loop(lambda what: say(f"nnviz: {what}."))
    networks = {}
    for name, hidden in timing.NETWORKS.items():
        say(f"nnviz: {name} …")
        networks[name] = _network(hidden, loop, 2 * budget_s)
    say("nnviz: pictures and races …")
    race, swarm = timing.steps(budget_s)
    parts = {
        "maps_per_s": timing.maps(budget_s),
        "surface_cells_per_s": timing.surface_cells(budget_s),
        "race_steps_per_s": race,
        "swarm_steps_per_s": swarm,
    }
    windows = _windows(5 * budget_s, loop) if startup["first_picture_warm"] else {"gui": None}
    return {**machine, "networks": networks, **parts, **windows, "startup_s": startup}


def table(figures: Plain) -> Iterator[str]:
    """The figures for people to read."""
    yield f"NNViz {figures['nnviz']}, Python {figures['python']}, {figures['cpus']} processors"
    yield "an epoch of 250 points, batches of 10, tanh, SGD:"
    titles = ("NumPy µs", "compiled µs", "ratio", "updates/s", "samples/s")
    yield f"  {'network':<16}" + "".join(f"{title:>14}" for title in titles)
    for name, row in figures["networks"].items():
        cells = (row["numpy_us"], row["compiled_us"], row["ratio"])
        many = (row["updates_per_s"], row["samples_per_s"])
        yield f"  {name:<16}" + "".join(map(_cell, cells)) + "".join(map(_cell, many))
    yield _line("maps of the output at 256 × 256", figures["maps_per_s"], "a second")
    yield _line("loss surface of 2-8-8-1", figures["surface_cells_per_s"], "cells a second")
    yield _line("race of 8 optimizers", figures["race_steps_per_s"], "steps a second")
    yield _line("8 optimizers × 10,000 particles", figures["swarm_steps_per_s"], "steps a second")
    yield from _window_lines(figures)
    startup = figures["startup_s"]
    yield _line("nnviz --version", startup["version"], "s")
    yield _line("first picture, first start", startup["first_picture_cold"], "s")
    yield _line("first picture, later starts", startup["first_picture_warm"], "s")


def _startup(budget_s: float) -> Plain:
    """Seconds until the version is told, and until the first picture: cold, and warm.

    Cold is the first start of this run, with as much of the program in the system's memory as there
    happens to be; warm is the median of the starts after it, which find all of it there. A picture
    counts when network, boundary and data are painted; what lies below them follows at once.
    """
    cold = timing.first_picture()
    warm = [timing.first_picture() for _ in range(WARM_STARTS if cold is not None else 0)]
    there = [each for each in warm if each is not None]
    if not there:
        say("nnviz: no window can open here; `nnviz doctor` knows why.")
    return {
        "version": timing.version(budget_s),
        "first_picture_cold": cold,
        "first_picture_warm": median(there) if there else None,
    }


def _network(hidden: tuple[int, ...], loop: Loop | None, budget_s: float) -> Plain:
    """What an epoch of a network takes; updates and samples are of the fastest loop there is."""
    taken = timing.epochs(hidden, loop, budget_s)
    numpy_s, compiled_s = taken["numpy"], taken.get("compiled")
    best_s = numpy_s if compiled_s is None else compiled_s
    return {
        "numpy_us": numpy_s * 1e6,
        "compiled_us": None if compiled_s is None else compiled_s * 1e6,
        "ratio": None if compiled_s is None else numpy_s / compiled_s,
        "updates_per_s": EPOCH_UPDATES / best_s,
        "samples_per_s": EPOCH_SAMPLES / best_s,
    }


def _windows(seconds: float, loop: Loop | None) -> Plain:
    """The figures of every scene, by where they stand among all figures."""
    # Heavy: all of the window comes with it.
    from nnviz import app

    windows = {}
    for scene in SCENES:
        say(f"nnviz: the window, flat out: {scene.label} …")
        windows[_place(scene)] = app.time_frames(
            scene.experiment, scene.workspace, seconds, compiled=loop is not None
        )
    return windows


def _place(scene: Scene) -> str:
    return "gui" if scene.key == SCENES.keys[0] else f"gui_{scene.key.replace('-', '_')}"


def _window_lines(figures: Plain) -> Iterator[str]:
    """What the window's thread works for a picture, scene by scene."""
    if figures["gui"] is None:
        return
    loop = "compiled loop" if figures["gui"]["loop"] == "compiled" else "loop in NumPy"
    yield f"window of 1600 × 1000, flat out, {loop}, its thread's work a picture:"
    titles = ("p50 ms", "p95 ms", "frame p95", "pictures/s", "epochs/s", "steps/s")
    yield f"  {'':<36}" + "".join(f"{title:>14}" for title in titles)
    rates = ("pictures_per_s", "epochs_per_s", "swarm_steps_per_s")
    names = ("p50_ms", "p95_ms", "frame_p95_ms", *rates)
    for scene in SCENES:
        cells = [figures[_place(scene)].get(name) for name in names]
        yield f"  {scene.label:<36}" + "".join(map(_cell, cells))


def _line(what: str, number: float | None, unit: str) -> str:
    return f"{what:<36}{_cell(number)} {unit}"


def _cell(number: float | None) -> str:
    if number is None:
        return f"{'–':>14}"
    return f"{number:>14,.{0 if number >= 1000 else 1 if number >= 10 else 2}f}"
