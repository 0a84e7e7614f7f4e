"""The picture of a loss surface, finer step by step while there is time for it.

A coarse picture comes at once; a finer one grows row by row, so that whoever paints can
look for newer work in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.engine.landscape import Slice
from nnviz.engine.penalties import NoPenalty
from nnviz.engine.raster import (
    HEIGHTS_DARK,
    HEIGHTS_LIGHT,
    contour_lines,
    loss_levels,
    plane,
    shade_losses,
)
from nnviz.engine.surfaces import Field, surface_of
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.frames import Floats, Frame, SurfacePicture, Wishes

COARSE = 32
LEVELS = 14
MIDDLE_GRAY = 384


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a surface picture shows, before it is painted."""

    title: str
    field: Field
    minima: Floats
    labels: tuple[str, str]


def race_field(setup: Setup, anchor: Floats) -> Field:
    """What the racers of an experiment race on.

    Args:
        setup: the experiment made ready.
        anchor: the theta through which the network's own loss is cut, of shape (parameters,).
    """
    return ground(setup, anchor).field


def race_starts(setup: Setup, anchor: Floats) -> Floats:
    """Where every racer of an experiment starts, of shape (starts, 2)."""
    landscape = setup.experiment.landscape
    if landscape.starts:
        return np.array(landscape.starts)
    if landscape.surface == NETWORK_SURFACE:
        return anchor[None, list(setup.slice_axes)]
    return np.array([surface_of(landscape.surface).start])


def surface_key(setup: Setup, anchor: Floats) -> tuple[object, ...]:
    """What a surface depends on: another key, another surface."""
    experiment, landscape = setup.experiment, setup.experiment.landscape
    surface = landscape.surface
    if surface != NETWORK_SURFACE:
        return (surface,)
    return (
        surface,
        setup.slice_axes,
        anchor.tobytes(),
        setup.network,
        experiment.data,
        experiment.features,
        experiment.training.penalty,
        landscape.loss,
        landscape.penalized,
        landscape.radius,
    )


def ground(setup: Setup, anchor: Floats) -> Ground:
    """The surface that an experiment shows, cut through an anchor if it is the network's own."""
    key = setup.experiment.landscape.surface
    if key != NETWORK_SURFACE:
        surface = surface_of(key)
        return Ground(surface.label, surface, surface.minima, ("x", "y"))
    course, network, landscape = setup.course, setup.network, setup.experiment.landscape
    on_test = landscape.loss == "test" and course.test_inputs.shape[1] > 0
    field = Slice(
        network,
        course.test_inputs if on_test else course.train_inputs,
        course.test_targets if on_test else course.train_targets,
        anchor,
        setup.slice_axes,
        course.penalty if landscape.penalized else NoPenalty(),
        landscape.radius,
    )
    i, j = setup.slice_axes
    labels = (network.place_name(i), network.place_name(j))
    return Ground(
        "Test loss of the network" if on_test else "Loss of the network",
        field,
        np.empty((0, 2)),
        labels,
    )


def picture_of(ground: Ground, losses: Floats, wishes: Wishes) -> SurfacePicture:
    """The picture of losses of shape (cells, cells) over the ground's domain."""
    levels = loss_levels(losses, LEVELS)
    is_dark = sum(wishes.ground) < MIDDLE_GRAY
    domain = ground.field.domain
    return SurfacePicture(
        title=ground.title,
        domain=domain,
        loss=losses,
        rgba=shade_losses(losses, HEIGHTS_DARK if is_dark else HEIGHTS_LIGHT),
        levels=levels,
        contours=contour_lines(losses, domain, levels),
        minima=ground.minima,
        labels=ground.labels,
    )


def growing_losses(field: Field, cells: int) -> Iterator[Floats | None]:
    """The losses of shape (cells, cells), None after every row until they are whole."""
    points = plane(field.domain, cells)
    losses = np.empty((cells, cells))
    for row in range(cells):
        losses[row] = field.sketch(points[row])
        yield None
    yield losses


class Relief:
    """Keeps the surface picture of a run, and refines it row by row."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._colors: tuple[object, ...] = ()
        self._ground: Ground | None = None
        self._losses = np.empty((0, 0))
        self._picture: SurfacePicture | None = None
        self._growing: Iterator[Floats | None] | None = None

    def show(self, setup: Setup, frame: Frame, wishes: Wishes) -> SurfacePicture:
        """The best picture that is there, a coarse one at once where there is none."""
        key, colors = surface_key(setup, frame.anchor), _colors(wishes)
        ground_now = self._ground
        if key != self._key or ground_now is None:
            ground_now = self._ground = ground(setup, frame.anchor)
            self._key, self._growing = key, None
            self._losses, self._picture = (
                _whole(ground_now.field, min(COARSE, wishes.surface_cells)),
                None,
            )
        if self._picture is None or colors != self._colors:
            self._picture = picture_of(ground_now, self._losses, wishes)
            self._colors = colors
        return self._picture

    def refine(self, wishes: Wishes) -> bool:
        """Do one row of the next finer picture; whether a finer one is now there to show."""
        if self._ground is None or len(self._losses) >= wishes.surface_cells:
            return False
        if self._growing is None:
            finer = min(2 * len(self._losses), wishes.surface_cells)
            self._growing = growing_losses(self._ground.field, finer)
        losses = next(self._growing)
        if losses is None:
            return False
        self._losses, self._growing, self._picture = losses, None, None
        return True

    def is_fine(self, wishes: Wishes) -> bool:
        """Whether the picture is as fine as wished."""
        return self._ground is None or len(self._losses) >= wishes.surface_cells


def _whole(field: Field, cells: int) -> Floats:
    *_, losses = growing_losses(field, cells)
    if losses is None:
        raise AssertionError("the last of the growing losses is whole")
    return losses


def _colors(wishes: Wishes) -> tuple[object, ...]:
    return (sum(wishes.ground) < MIDDLE_GRAY,)
