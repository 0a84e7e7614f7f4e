"""The painter: turns the newest frame into a picture, in a thread of its own.

What a picture costs lies in large NumPy operations, which let other threads run. What stays the
same from frame to frame is kept: grids, the loss surface, what an experiment builds. While frames
keep coming the large map is as fine as there is time for; it gets finer than wished once they rest.
"""

from __future__ import annotations

from dataclasses import fields, replace
from math import nan
from queue import SimpleQueue
from threading import Thread
from time import perf_counter

import numpy as np

from nnviz.experiment.build import Setup, build
from nnviz.experiment.spec import Experiment
from nnviz.runtime.bend import Bending
from nnviz.runtime.fineness import Fineness
from nnviz.runtime.frames import Frame, Picture, Wishes
from nnviz.runtime.inside import dissect_ahead
from nnviz.runtime.laboratory import Laboratory
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.maps import neuron_maps
from nnviz.runtime.multiples import Multiples
from nnviz.runtime.orders import Failed
from nnviz.runtime.outlooks import Outlooks, lasting
from nnviz.runtime.overlays import Overlays
from nnviz.runtime.relief import Relief
from nnviz.runtime.stage import Stage
from nnviz.runtime.ways import Wayfarers

REFINING_S = 0.008
"""How long the surface is refined after a picture before looking for a newer frame."""

ENDING_S = 5.0
"""How long the thread may take to end: as long as the picture that it is at."""

RESTING_S = 0.15
"""How long no frame has come when they rest."""


class Studio:
    """Paints pictures, and keeps what the next one can use."""

    def __init__(self) -> None:
        self._setup: Setup | None = None
        self._relief = Relief()
        self._outlooks = Outlooks()
        self._wayfarers = Wayfarers()
        self._laboratory = Laboratory()
        self._overlays = Overlays()
        self._bending = Bending()
        self._stage = Stage()
        self._multiples = Multiples()
        self._fineness = Fineness()
        self._last: Picture | None = None

    def paint(self, frame: Frame, wishes: Wishes, cells: int | None = None) -> Picture:
        """The picture of a frame, its surface as fine as it is by now.

        Args:
            frame: the moment to show.
            wishes: what to show of it, and how.
            cells: the side of the large map, if not as many as there is time for.
        """
        last = self._last
        if cells is None and last is not None and _looks_only(last, frame, wishes):
            return self._looked(last, wishes)
        setup = self._setup_of(frame.experiment)
        dissect_ahead(frame)
        exact = cells is not None
        cells = min(wishes.boundary_cells, cells or self._fineness.moving)
        with np.errstate(all="ignore"), self._fineness.measured(cells):
            large = self._stage.large(setup, frame, wishes, cells)
        with np.errstate(all="ignore"):
            surface = self._relief.show(setup, frame, wishes, exact=exact)
            picture = Picture(
                frame=frame,
                wishes=wishes,
                neurons=neuron_maps(setup, frame.theta, wishes),
                output=large.output,
                boundary=large.rgba,
                decision=large.decision,
                surface=surface,
                scene=self._stage.scene(setup, frame, wishes, large),
                curvature=self._bending.trail(setup, frame.theta) if wishes.curvature else nan,
                overlay=self._overlays.show(setup, frame, wishes, exact=exact),
                multiples=self._multiples.show(frame, wishes, exact=exact),
                ways=self._wayfarers.show(setup, frame, self._relief.ground),
                findings=self._laboratory.show(setup, frame, wishes, self._relief.ground),
            )
            self._last = self._outlooks.seen(picture)
        return self._last

    def _looked(self, last: Picture, wishes: Wishes) -> Picture:
        """The last picture, pointed at or looked at otherwise."""
        picture = replace(last, wishes=wishes)
        if last.wishes.pointer is not wishes.pointer:
            scene = self._stage.pointed(last.scene, last.frame, wishes)
            picture = replace(picture, scene=scene)
        if last.wishes.gaze is not wishes.gaze:
            picture = self._outlooks.seen(picture)
        if self._setup is not None and last.wishes.glass is not wishes.glass:
            findings = self._laboratory.show(self._setup, last.frame, wishes, self._relief.ground)
            picture = replace(picture, findings=findings)
        self._last = picture
        return self._last

    @property
    def is_fine(self) -> bool:
        """Whether the surface of the last picture is as fine as was wished."""
        return self._last is None or self._relief.is_fine(self._last.wishes)

    @property
    def is_measured(self) -> bool:
        """Whether nothing is due that takes longer: the curvature, what is beside the surface."""
        is_bent = not (self._is_bending and self._bending.is_due)
        return is_bent and self._laboratory.is_settled

    def measure(self) -> Picture | None:
        """The last picture with more of that, None if nothing is new."""
        last = self._last
        if last is None or self._setup is None:
            return None
        findings, curvature = self._laboratory.work(), last.curvature
        if self._is_bending and self._bending.is_due:
            with np.errstate(all="ignore"):
                curvature = self._bending.follow(self._setup, last.frame.theta)
        elif findings is None:
            return None
        picture = replace(last, curvature=curvature, findings=findings or last.findings)
        self._last = self._outlooks.seen(picture)
        return self._last

    @property
    def _is_bending(self) -> bool:
        """Whether the curvature of the last picture was wished for, and is not all it can be."""
        last = self._last
        return last is not None and last.wishes.curvature and not self._bending.is_settled

    @property
    def is_sharp(self) -> bool:
        """Whether the large map of the last picture is as fine as it gets at rest."""
        last = self._last
        if last is None:
            return True
        is_late = self._stage.is_late(last.frame, last.wishes)
        is_exact = self._overlays.is_exact and self._multiples.is_settled and not is_late
        is_exact = is_exact and self._outlooks.is_settled and not self._is_bending
        return is_exact and len(last.output) >= self._resting(last.wishes)

    def sharpen(self) -> Picture | None:
        """The last picture with a large map as fine as it gets at rest."""
        last, setup = self._last, self._setup
        if last is None or setup is None:
            return None
        with np.errstate(all="ignore"):
            large = self._stage.large(setup, last.frame, last.wishes, self._resting(last.wishes))
            scene = self._stage.settled(setup, last.frame, last.wishes, large)
            overlay = self._overlays.show(setup, last.frame, last.wishes, exact=True)
            multiples = self._multiples.show(last.frame, last.wishes, exact=True)
        picture = replace(
            last,
            output=large.output,
            boundary=large.rgba,
            decision=large.decision,
            scene=scene,
            overlay=overlay,
            multiples=multiples,
        )
        self._last = self._outlooks.seen(picture, self._outlooks.resting(last.wishes.gaze))
        return self._last

    def _resting(self, wishes: Wishes) -> int:
        return self._fineness.resting(wishes.boundary_cells)

    def refine(self) -> Picture | None:
        """Do a little of the finer surface; the last picture with it when it is whole."""
        last = self._last
        if last is None or self._setup is None:
            return None
        with np.errstate(all="ignore"):
            if not self._relief.refine(last.wishes):
                return None
            surface = self._relief.show(self._setup, last.frame, last.wishes)
            ways = self._wayfarers.show(self._setup, last.frame, self._relief.ground)
        self._last = self._outlooks.seen(replace(last, surface=surface, ways=ways))
        return self._last

    def develop(self) -> Picture | None:
        """The last picture as fine as for a file, with all that there is to find out."""
        last = self._last
        if last is None:
            return None
        picture = replace(last, findings=self._laboratory.finish())
        self._last = self._outlooks.seen(picture, lasting(last.wishes.gaze))
        return self._last

    def _setup_of(self, experiment: Experiment) -> Setup:
        if self._setup is None or self._setup.experiment is not experiment:
            self._setup = rebuilt(experiment, self._setup)
        return self._setup


def rebuilt(experiment: Experiment, before: Setup | None) -> Setup:
    """What an experiment builds; where only the view changed since, with the same arrays."""
    if before is not None and replace(before.experiment, view=experiment.view) == experiment:
        return replace(before, experiment=experiment)
    return build(experiment)


def _looks_only(last: Picture, frame: Frame, wishes: Wishes) -> bool:
    """Whether a picture shows all that is wished for, but for the pointer and the camera."""
    return last.frame is frame and all(
        getattr(last.wishes, each.name) is getattr(wishes, each.name)
        for each in fields(Wishes)
        if each.name not in {"pointer", "gaze", "glass"}
    )


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
    return studio.develop() or picture


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
        """End the thread, and wait for it a while; nothing happens when it never began."""
        if self._inbox.is_closed:
            return
        self._inbox.close()
        self.pictures.close()
        if self._thread.is_alive():
            self._thread.join(ENDING_S)

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
        elif studio.is_fine and studio.is_measured:
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
