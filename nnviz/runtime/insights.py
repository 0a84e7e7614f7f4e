"""Turns the updates that follow, of a run and its rivals, into what is told of them on a plane.

An update moves hundreds of weights at once, and a plane has two directions. A rule treats every
weight by itself, so two of them can be told in full: those that the plane is laid over, or, where
it runs across all of them, the two that the update moves most. The arrows are those of all weights,
projected on the plane: over two weights that is what these two do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from nnviz.engine.anatomy.notes import Arrow
from nnviz.engine.anatomy.recipes import dissect
from nnviz.engine.plane import Plane
from nnviz.engine.swarm import Moment
from nnviz.experiment.build import Setup
from nnviz.runtime.findings import Insight
from nnviz.runtime.frames import Frame
from nnviz.runtime.ground import Ground

TOLD = 2
"""Of so many weights the numbers are told."""


def insights_of(setup: Setup, frame: Frame, ground: Ground | None) -> tuple[Insight, ...]:
    """What is told of everybody who is looked inside; nothing where no cut is drawn."""
    if ground is None or ground.plane is None:
        return ()
    return tuple(
        _insight(setup, run, moment, ground.plane)
        for run, moment in _comings(frame)
        if moment.point.size == ground.plane.origin.size
    )


def _comings(frame: Frame) -> Iterator[tuple[int, Moment]]:
    for run, coming in enumerate((frame.coming, *(each.coming for each in frame.rivals))):
        if coming is not None:
            yield run, coming


def _insight(setup: Setup, run: int, moment: Moment, plane: Plane) -> Insight:
    landscape, network = setup.experiment.landscape, setup.network
    is_laid = landscape.plane in {"axes", "line"}
    places = setup.slice_axes[: 1 if plane.is_line else TOLD] if is_laid else _greatest(moment)
    anatomy = dissect(
        moment.optimizer, moment.point, moment.gradient, moment.memory, moment.t, moment.rate
    )
    return Insight(
        run=run,
        moment=moment.along(places),
        names=tuple(network.place_name(place) for place in places),
        is_laid=is_laid,
        point=plane.place(moment.point),
        phases=tuple(_projected(each.arrows, plane) for each in anatomy.phases),
        step=_projected(anatomy.arrows, plane),
    )


def _greatest(moment: Moment) -> tuple[int, ...]:
    """The places that an update moves most, the first of them most."""
    moved = np.abs(np.nan_to_num(moment.after - moment.point))
    order = np.argsort(-moved, kind="stable")
    return tuple(order[:TOLD].tolist())


def _projected(arrows: tuple[Arrow, ...], plane: Plane) -> tuple[Arrow, ...]:
    return tuple(
        replace(each, vector=plane.along(each.vector), begins=plane.along(each.begins))
        for each in arrows
    )
