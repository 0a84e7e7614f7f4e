"""Turns the ways of a picture into those who are drawn on them."""

from __future__ import annotations

from dataclasses import replace

from nnviz.engine.surfaces import surface_of
from nnviz.experiment.landscape import NETWORK_SURFACE, Place
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Frame, Picture
from nnviz.runtime.inside import names_of_runs
from nnviz.ui.canvas.walkers import SMALLEST, Walkers, share_of_heights, written_off
from nnviz.ui.panels.landscape.standing import written
from nnviz.ui.racers import RacerStyle, entrant_style, style_of_kind
from nnviz.ui.theme import Theme


def walkers_of(picture: Picture, theme: Theme) -> Walkers | None:
    """The run and who races with it, None where no cut of the network is drawn."""
    ways = picture.ways
    if ways is None:
        return None
    styles = walker_styles(picture.frame.experiment, theme)
    return Walkers(
        paths=ways.paths,
        styles=tuple(styles[run] for run in ways.runs),
        off=ways.off,
        shares=share_of_heights(picture.surface.levels, ways.losses, ways.heights),
        left=ways.diverged,
    )


def walker_styles(experiment: Experiment, theme: Theme) -> tuple[RacerStyle, ...]:
    """The looks of the run and its rivals: the colors of the curves, the shapes of their kinds."""
    own = experiment.training.optimizer
    kinds = [(rival.optimizer or own).key for rival in experiment.rivals]
    shapes = ["star", *(style_of_kind(key, theme).symbol for key in kinds)]
    return tuple(
        replace(entrant_style(place, theme), symbol=shape) for place, shape in enumerate(shapes)
    )


def who_is(picture: Picture, row: int) -> int | None:
    """Who is drawn at a row: its place among the racers, or among those who train."""
    ways = picture.ways
    if picture.frame.experiment.landscape.is_whole:
        return ways.runs[row] if ways is not None and row < len(ways.runs) else None
    racers = picture.frame.race.racers
    return racers[row] if row < len(racers) else None


def told_of(picture: Picture, row: int) -> str:
    """What is told of who is drawn at a row: how low it is, and by how much off the surface."""
    who, experiment, ways = who_is(picture, row), picture.frame.experiment, picture.ways
    if who is None:
        return ""
    if experiment.landscape.is_whole and ways is not None:
        loss, height = float(ways.losses[row]), float(ways.heights[row])
        share = share_of_heights(picture.surface.levels, ways.losses, ways.heights)[row]
        off = f", {written_off(loss - height)} off the surface" if abs(share) >= SMALLEST else ""
        return f"{names_of_runs(experiment)[who]}: a true loss of {written(loss)}{off}."
    loss = float(picture.frame.race.paths[row, -1, 2])
    return f"{experiment.landscape.racers[who].label}: a loss of {written(loss)}."


def starts_of(frame: Frame) -> tuple[Place, ...]:
    """Where the racers of a surface start; the whole network starts where it stood."""
    landscape = frame.experiment.landscape
    if landscape.is_whole or landscape.starts:
        return () if landscape.is_whole else landscape.starts
    if landscape.surface != NETWORK_SURFACE:
        return (surface_of(landscape.surface).start,)
    return tuple((float(x), float(y)) for x, y in frame.race.paths[:1, 0, :2])


def own_place(picture: Picture) -> Place | None:
    """Where the network itself is, if it is on the surface."""
    if picture.ways is None:
        return None
    x, y = picture.ways.paths[0, -1, :2].tolist()
    return x, y
