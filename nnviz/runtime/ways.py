"""Finds the ways of a run and its rivals over the drawn cut of the loss, moment by moment.

A network is seldom on the plane that is drawn: it is shown at the nearest place of it, and beside
its true loss stands what the surface has at that place.
"""

from __future__ import annotations

import numpy as np

from nnviz.engine.plane import Plane
from nnviz.engine.section import Cost
from nnviz.experiment.build import Setup
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Floats, Frame, History
from nnviz.runtime.ground import Ground, cut_key
from nnviz.runtime.tracks import Track, Ways
from nnviz.value import dataclass

ROOM = 1024
"""Of so many moments ways are made at most; then they are taken from the thinned tracks again."""

FEW = 128
"""So many moments show a way from before as well as more would."""


@dataclass(frozen=True, slots=True, eq=False)
class _Walker:
    """Somebody on the way: who it is, where now and before, and with what losses."""

    run: int
    theta: Floats
    track: Track
    history: History
    diverged: bool


class Wayfarers:
    """Follows the ways from picture to picture: what was handed out never changes."""

    def __init__(self) -> None:
        """Nobody is on the way yet."""
        self._key: tuple[object, ...] = ()
        self._count = 0
        self._epochs = np.empty(0)
        self._paths = np.empty((0, 0, 3))

    def show(self, setup: Setup, frame: Frame, ground: Ground | None) -> Ways | None:
        """The ways up to a frame, None where no cut of the network is drawn.

        The run is always there, and in a race on the whole network those of its rivals whose
        networks have the same parameters. Where the plane is not that of the run and nobody races
        it is seen only where it is now.
        """
        if ground is None or ground.plane is None or ground.cost is None:
            return None
        walkers = _walkers(setup, frame)
        here, heights = _measured(ground.plane, ground.cost, walkers)
        now = frame.epoch + frame.batch / max(setup.course.updates, 1)
        self._follow(setup, frame, ground, walkers, now)
        is_known = self._count > 0 and np.array_equal(self._paths[:, self._count - 1], here)
        if not is_known:
            self._add(now, here)
        return Ways(
            paths=self._paths[:, : self._count],
            epochs=self._epochs[: self._count],
            runs=tuple(each.run for each in walkers),
            heights=heights,
            diverged=tuple(each.diverged for each in walkers),
        )

    def _follow(
        self, setup: Setup, frame: Frame, ground: Ground, walkers: list[_Walker], now: float
    ) -> None:
        """Begin with what lies before a frame, unless it is known already."""
        landscape = setup.experiment.landscape
        key = (
            *cut_key(setup, frame.anchor, frame.laid),
            *(frame.run, frame.looked, landscape.loss, landscape.penalized, landscape.race),
            *(each.run for each in walkers),
        )
        is_later = self._count > 0 and now >= self._epochs[self._count - 1]
        has_way = landscape.is_whole or landscape.plane == "run"
        if key == self._key and is_later and has_way and self._count < ROOM:
            return
        self._key = key
        self._epochs, self._paths = np.empty(ROOM), np.empty((len(walkers), ROOM, 3))
        self._count = 0
        if has_way and ground.plane is not None and ground.cost is not None:
            own = walkers[0].track.epochs
            epochs = own[own < now]
            epochs = epochs[:: max(-(-len(epochs) // FEW), 1)]
            self._count = len(epochs)
            self._epochs[: self._count] = epochs
            for path, walker in zip(self._paths, walkers, strict=True):
                path[: self._count] = _before(
                    walker, epochs, ground.plane, ground.cost, landscape.loss
                )

    def _add(self, now: float, here: Floats) -> None:
        self._epochs[self._count] = now
        self._paths[:, self._count] = here
        self._count += 1


def _walkers(setup: Setup, frame: Frame) -> list[_Walker]:
    is_out = frame.diverged is not None
    walkers = [_Walker(0, frame.theta, frame.tracks[0], frame.history, is_out)]
    if setup.experiment.landscape.is_whole:
        shape = _shape(frame.experiment)
        pairs = zip(frame.rivals, frame.tracks[1:], strict=True)
        walkers += [
            _Walker(run, each.theta, track, each.history, each.diverged is not None)
            for run, (each, track) in enumerate(pairs, 1)
            if _shape(each.experiment) == shape
        ]
    return walkers


def _shape(experiment: Experiment) -> tuple[object, ...]:
    """What decides which parameters a network has."""
    hidden = experiment.architecture.hidden
    layers = tuple((each.width, each.activation.learns) for each in hidden)
    return experiment.features, layers, experiment.training.loss


def _measured(plane: Plane, cost: Cost, walkers: list[_Walker]) -> tuple[Floats, Floats]:
    """Places and true losses (rows, 3), and the losses that the surface has there (rows,)."""
    thetas = np.stack([each.theta for each in walkers])
    with np.errstate(all="ignore"):
        places = plane.place(thetas)
        both = np.concatenate([thetas, plane.theta(places)])
        losses = cost.sketch(both)
    here = np.concatenate([places, losses[: len(walkers), None]], axis=1)
    return here, losses[len(walkers) :]


def _before(walker: _Walker, epochs: Floats, plane: Plane, cost: Cost, loss: str) -> Floats:
    """Places and true losses at epochs of shape (n,), from what is left of the way: (n, 3)."""
    track, history = walker.track, walker.history
    with np.errstate(all="ignore"):
        places = plane.place(track.thetas)
        punished = cost.penalties(track.thetas)
    is_tested = loss == "test" and np.isfinite(history.test_loss[0])
    told = history.test_loss if is_tested else history.train_loss
    known = told[np.minimum(epochs.astype(np.intp), len(told) - 1)]
    columns = [np.interp(epochs, track.epochs, each) for each in (*places.T, punished)]
    return np.stack([columns[0], columns[1], columns[2] + known], axis=1)
