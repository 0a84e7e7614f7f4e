"""The picture of a loss surface, finer step by step while there is time for it.

A coarse picture comes at once; a finer one grows part by part, so that whoever paints can look for
newer work in between. A surface that moves with every batch is drawn anew at a calm pace.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter, sleep

import numpy as np

from nnviz.engine.raster import (
    HEIGHTS_DARK,
    HEIGHTS_LIGHT,
    Heights,
    contour_lines,
    loss_levels,
    plane,
    shade_losses,
)
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.runtime.frames import Floats, Frame, SurfacePicture, Wishes
from nnviz.runtime.ground import Ground, ground, surface_key

COARSE, COARSEST = 32, 8
"""The side of the first picture, and where every cell costs much."""

FIRST_NUMBERS = 5_000_000
"""A first picture takes no more values of single units than these, if it can be helped."""

PART_NUMBERS = 500_000
"""About as many are worked out at a stretch."""

CALM_S = 0.15
"""A surface that moves with every batch is drawn anew no sooner than so many seconds later."""

NAP_S = 0.002
MIDDLE_GRAY = 384
PROFILE = 8
"""So many times as fine as a surface is a curve."""


def picture_of(
    ground: Ground, losses: Floats, wishes: Wishes, landscape: Landscape
) -> SurfacePicture:
    """The picture of losses of shape (cells, cells) over the ground's domain."""
    is_straight = not landscape.log_height
    levels = loss_levels(losses, landscape.levels, straight=is_straight)
    is_dark = sum(wishes.ground) < MIDDLE_GRAY
    domain, stops = ground.field.domain, HEIGHTS_DARK if is_dark else HEIGHTS_LIGHT
    return SurfacePicture(
        title=ground.title,
        domain=domain,
        loss=losses,
        rgba=shade_losses(losses, stops, straight=is_straight),
        levels=levels,
        contours=contour_lines(losses, domain, levels),
        minima=ground.minima,
        labels=ground.labels,
        scale=Heights.of(losses, straight=is_straight),
        profile=profile(ground, PROFILE * len(losses)),
    )


def profile(ground: Ground, cells: int) -> Floats | None:
    """The curve over a line, of shape (n, 2), x and loss, from end to end; None over a plane.

    It has a point more than cells, or as many as can be worked out at once.
    """
    field = ground.field
    if not field.line:
        return None
    cells = max(min(cells, FIRST_NUMBERS // ground.numbers), COARSEST)
    across = np.linspace(*field.domain[:2], cells + 1)
    points = np.column_stack([across, np.zeros_like(across)])
    return np.column_stack([across, field.sketch(points)])


def growing_losses(ground: Ground, cells: int) -> Iterator[Floats | None]:
    """The losses of shape (cells, cells), None after every part until they are whole."""
    field = ground.field
    rows = 1 if field.line else cells
    points = plane(field.domain, cells)[:rows].reshape(-1, 2)
    losses = np.empty(len(points))
    size = max(PART_NUMBERS // ground.numbers, 1)
    for start in range(0, len(points), size):
        losses[start : start + size] = field.sketch(points[start : start + size])
        yield None
    yield np.broadcast_to(losses.reshape(rows, cells), (cells, cells)).copy()


class Relief:
    """Keeps the surface picture of a run, and refines it part by part."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._moment: tuple[int, int] | None = None
        self._look: tuple[object, ...] = ()
        self._ground: Ground | None = None
        self._losses = np.empty((0, 0))
        self._picture: SurfacePicture | None = None
        self._growing: Iterator[Floats | None] | None = None
        self._began_s = 0.0
        self._is_late = False

    @property
    def ground(self) -> Ground | None:
        """What the last picture shows."""
        return self._ground

    def show(
        self, setup: Setup, frame: Frame, wishes: Wishes, *, exact: bool = False
    ) -> SurfacePicture:
        """The best picture that is there, a coarse one at once where there is none.

        Args:
            setup: the experiment made ready.
            frame: the moment to show.
            wishes: how to show it.
            exact: whether it has to be the surface of this very batch.
        """
        landscape = setup.experiment.landscape
        key, moment = surface_key(setup, frame.anchor, frame.laid), _moment(landscape, frame)
        is_moved = key == self._key and moment != self._moment
        is_calm = is_moved and not exact and perf_counter() - self._began_s < CALM_S
        self._is_late = is_calm
        shown = self._ground
        if shown is None or key != self._key or (is_moved and not is_calm):
            shown = self._ground = ground(setup, frame.anchor, frame.laid, moment or (0, 0))
            self._key, self._moment, self._began_s = key, moment, perf_counter()
            self._losses = _whole(shown, _first_cells(shown, wishes))
            self._growing = self._picture = None
        look = landscape.log_height, landscape.levels, sum(wishes.ground) < MIDDLE_GRAY
        if self._picture is None or look != self._look:
            self._picture = picture_of(shown, self._losses, wishes, landscape)
            self._look = look
        return self._picture

    def refine(self, wishes: Wishes) -> bool:
        """Do a part of the next finer picture; whether there is another one to show."""
        if self._is_late:
            return self._is_due()
        if self._ground is None or len(self._losses) >= wishes.surface_cells:
            return False
        if self._growing is None:
            finer = min(2 * len(self._losses), wishes.surface_cells)
            self._growing = growing_losses(self._ground, finer)
        losses = next(self._growing)
        if losses is None:
            return False
        self._losses, self._growing, self._picture = losses, None, None
        return True

    def is_fine(self, wishes: Wishes) -> bool:
        """Whether the picture is as fine as wished, and of this moment."""
        is_fine = self._ground is None or len(self._losses) >= wishes.surface_cells
        return is_fine and not self._is_late

    def _is_due(self) -> bool:
        """Whether the surface of another batch can be shown; a nap if it cannot yet."""
        if perf_counter() - self._began_s >= CALM_S:
            return True
        sleep(NAP_S)
        return False


def _moment(landscape: Landscape, frame: Frame) -> tuple[int, int] | None:
    """Which batch comes next, where the surface moves with it."""
    if landscape.surface != NETWORK_SURFACE or landscape.loss != "batch":
        return None
    return frame.epoch, frame.batch


def _first_cells(ground: Ground, wishes: Wishes) -> int:
    cells = COARSEST
    while cells < COARSE and (2 * cells) ** 2 * ground.numbers <= FIRST_NUMBERS:
        cells *= 2
    return min(cells, wishes.surface_cells)


def _whole(ground: Ground, cells: int) -> Floats:
    *_, losses = growing_losses(ground, cells)
    if losses is None:
        raise AssertionError("the last of the growing losses is whole")
    return losses
