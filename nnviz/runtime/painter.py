"""The painter: turns the newest frame into a picture, in a thread of its own.

What a picture costs lies in large NumPy operations, which let other threads run. What stays the
same from frame to frame is kept: grids, the loss surface, what an experiment builds. While frames
keep coming the large map is coarser than wished; it gets finer once they rest.
"""

from __future__ import annotations

from dataclasses import replace
from math import nan
from queue import SimpleQueue
from threading import Thread
from time import perf_counter

import numpy as np

from nnviz.experiment.build import Setup, build
from nnviz.experiment.spec import Experiment
from nnviz.runtime.bend import Bending
from nnviz.runtime.frames import Frame, Picture, Wishes
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.maps import boundary, neuron_maps
from nnviz.runtime.orders import Failed
from nnviz.runtime.overlays import Overlays
from nnviz.runtime.relief import Relief

REFINING_S = 0.008
"""How long the surface is refined after a picture before looking for a newer frame."""


MOVING_CELLS = 96
"""The side of the large map while frames keep coming, at most."""

RESTING_S = 0.15
"""How long no frame has come when they rest."""


class Studio:
    """Paints pictures, and keeps what the next one can use."""

    def __init__(self) -> None:
        self._setup: Setup | None = None
        self._relief = Relief()
        self._overlays = Overlays()
        self._bending = Bending()
        self._last: Picture | None = None

    def paint(self, frame: Frame, wishes: Wishes, most_cells: int = MOVING_CELLS) -> Picture:
        """The picture of a frame, its surface as fine as it is by now.

        Args:
            frame: the moment to show.
            wishes: what to show of it, and how.
            most_cells: the side of the large map at most.
        """
        setup = self._setup_of(frame.experiment)
        with np.errstate(all="ignore"):
            large = boundary(setup, frame.theta, wishes, min(wishes.boundary_cells, most_cells))
            self._last = Picture(
                frame=frame,
                wishes=wishes,
                neurons=neuron_maps(setup, frame.theta, wishes),
                output=large.output,
                boundary=large.rgba,
                decision=large.decision,
                surface=self._relief.show(setup, frame, wishes),
                curvature=self._curvature(setup, frame, wishes),
                overlay=self._overlays.show(
                    setup, frame, wishes, exact=most_cells >= wishes.boundary_cells
                ),
            )
        return self._last

    @property
    def is_fine(self) -> bool:
        """Whether the surface of the last picture is as fine as was wished."""
        return self._last is None or self._relief.is_fine(self._last.wishes)

    @property
    def is_measured(self) -> bool:
        """Whether the curvature of the last picture is as exact as it gets."""
        last = self._last
        return last is None or not last.wishes.curvature or self._bending.is_settled

    def measure(self) -> Picture | None:
        """The last picture with a better figure for the curvature."""
        last = self._last
        if last is None or self._setup is None:
            return None
        with np.errstate(all="ignore"):
            curvature = self._curvature(self._setup, last.frame, last.wishes)
        self._last = replace(last, curvature=curvature)
        return self._last

    def _curvature(self, setup: Setup, frame: Frame, wishes: Wishes) -> float:
        return self._bending.follow(setup, frame.theta) if wishes.curvature else nan

    @property
    def is_sharp(self) -> bool:
        """Whether the large map of the last picture is as fine as was wished."""
        last = self._last
        return last is None or len(last.output) >= last.wishes.boundary_cells

    def sharpen(self) -> Picture | None:
        """The last picture with a large map as fine as was wished."""
        last = self._last
        if last is None or self._setup is None:
            return None
        with np.errstate(all="ignore"):
            large = boundary(self._setup, last.frame.theta, last.wishes)
            overlay = self._overlays.show(self._setup, last.frame, last.wishes, exact=True)
        self._last = replace(
            last, output=large.output, boundary=large.rgba, decision=large.decision, overlay=overlay
        )
        return self._last

    def refine(self) -> Picture | None:
        """Do a little of the finer surface; the last picture with it when it is whole."""
        last = self._last
        if last is None or self._setup is None:
            return None
        with np.errstate(all="ignore"):
            if not self._relief.refine(last.wishes):
                return None
            surface = self._relief.show(self._setup, last.frame, last.wishes)
        self._last = replace(last, surface=surface)
        return self._last

    def _setup_of(self, experiment: Experiment) -> Setup:
        if self._setup is None or self._setup.experiment is not experiment:
            self._setup = build(experiment)
        return self._setup


def paint(frame: Frame, wishes: Wishes, studio: Studio | None = None) -> Picture:
    """The picture of a frame, as fine as wished.

    Args:
        frame: the moment to show.
        wishes: what to show of it, and how.
        studio: keeps what pictures share; hand in one for a series.
    """
    studio = studio or Studio()
    picture = studio.paint(frame, wishes, wishes.boundary_cells)
    while not studio.is_fine:
        picture = studio.refine() or picture
    return picture


class Painter:
    """A thread that paints the newest frame it was given.

    Take pictures from `pictures`, and what went wrong from `failures`.
    """

    def __init__(self) -> None:
        self.pictures: Mailbox[Picture] = Mailbox()
        self.failures: SimpleQueue[Failed] = SimpleQueue()
        self._inbox: Mailbox[tuple[Frame, Wishes]] = Mailbox()
        self._thread = Thread(target=self._run, name="painter", daemon=False)

    def start(self) -> None:
        """Begin to paint."""
        self._thread.start()

    def post(self, frame: Frame, wishes: Wishes) -> None:
        """Ask for the picture of a frame, in place of one not yet begun."""
        self._inbox.post((frame, wishes))

    def stop(self) -> None:
        """End the thread, and wait until it has ended; nothing happens when it never began."""
        self._inbox.close()
        self.pictures.close()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        studio = Studio()
        while not self._inbox.is_closed:
            try:
                self._work(studio)
            except Exception as error:  # noqa: BLE001 - a failure is a value until the window
                studio = Studio()
                self.failures.put(Failed(error))

    def _work(self, studio: Studio) -> None:
        work = self._next(studio)
        if work is not None:
            self.pictures.post(studio.paint(*work))
        elif studio.is_fine:
            self._post(studio.sharpen())
        until = perf_counter() + REFINING_S
        while not studio.is_fine and perf_counter() < until:
            self._post(studio.refine())
        while not studio.is_measured and perf_counter() < until:
            self._post(studio.measure())

    def _next(self, studio: Studio) -> tuple[Frame, Wishes] | None:
        """The newest work; None when there is something to make finer in the meantime."""
        if not (studio.is_fine and studio.is_measured):
            return self._inbox.take()
        return self._inbox.wait(None if studio.is_sharp else RESTING_S)

    def _post(self, picture: Picture | None) -> None:
        if picture is not None:
            self.pictures.post(picture)
