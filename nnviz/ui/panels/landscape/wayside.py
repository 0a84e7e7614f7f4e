"""Turns the ways of a picture into those who are drawn on them."""

from __future__ import annotations

from dataclasses import replace

from nnviz.engine.surfaces import surface_of
from nnviz.experiment.landscape import NETWORK_SURFACE, Place
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Frame, Picture
from nnviz.ui.canvas.walkers import Walkers, share_of_heights
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
        off=ways.losses - ways.heights,
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
