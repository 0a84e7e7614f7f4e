"""Where the network's own loss is cut: through which weights, and along which plane of the run.

A cut stays where it is until it is asked for anew. One that goes with the run is moved calmly: when
the run has become a good deal longer, or is about to leave the picture. That is looked for only at
epochs that hang on the run alone, so that the same run is followed in the same steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, inf

import numpy as np

from nnviz.engine.network import Network
from nnviz.engine.plane import principal_plane
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.runtime.frames import Floats
from nnviz.runtime.ground import cut_of
from nnviz.runtime.scenes import Domain
from nnviz.runtime.tracks import Laid

Ways = Callable[[], Sequence[Floats]]
"""Gives the moments of the run and then of each rival, each of shape (n, parameters)."""

LOOKS = 16
"""Every so many epochs it is seen whether the run leaves the picture."""

GROWN = 1.25
"""A cut that goes with the run is made anew when that is so many times as long."""

RACED = 2.0
"""The same while optimizers race on the cut: they have to begin again."""

INNER = 0.6
"""A run that is out of this part of the picture is about to leave it."""

MARGIN = 1.3
MOST_ROWS = 256
WILD = 4.0
"""Who went so many times as far as most is diverging; the plane is laid without those moments."""


class Footing:
    """The anchor through which the loss is cut, and the plane that was laid through the run."""

    def __init__(self, theta: Floats, epoch: int = 0) -> None:
        """Cut through the weights of an epoch."""
        self.anchor, self.epoch = theta.copy(), epoch
        self.laid: Laid | None = None
        self._next = 0.0

    def recenter(self, setup: Setup, theta: Floats, epoch: int, ways: Ways) -> None:
        """Cut through theta, the weights of an epoch, and lay the plane of the run anew."""
        landscape = setup.experiment.landscape
        self.anchor, self.epoch = theta.copy(), epoch
        self._next = _later(landscape, epoch)
        if _is_laid(landscape):
            self.laid = _laid(theta, ways(), self.laid) or self.laid

    def attend(self, setup: Setup, theta: Floats, epoch: int, ways: Ways) -> bool:
        """Go with the run if it is time to; whether the cut is another one."""
        if not self._is_time(setup, theta, epoch):
            return False
        self.recenter(setup, theta, epoch, ways)
        return True

    def hurry(self) -> None:
        """Let it be time to go with the run: something else is shown of it."""
        self._next = 0.0

    def due(self, landscape: Landscape, epoch: int) -> float:
        """After how many epochs to attend to it, infinite where it stays."""
        if not _goes(landscape):
            return inf
        return max(min(self._next, epoch + LOOKS - epoch % LOOKS) - epoch, 1.0)

    def carry(self, network: Network, old: Network) -> None:
        """Go on with a network that has other parameters, of the same widths."""
        if network.size != len(self.anchor):
            self.anchor = network.carried(old, self.anchor)
            self.laid, self._next = None, 0.0

    def go_back(self, landscape: Landscape, epoch: int) -> None:
        """What came after an epoch is gone."""
        self.epoch = min(self.epoch, epoch)
        self._next = min(self._next, _later(landscape, epoch))

    def _is_time(self, setup: Setup, theta: Floats, epoch: int) -> bool:
        landscape = setup.experiment.landscape
        if not _goes(landscape) or epoch == 0 or not np.isfinite(theta).all():
            return False
        if epoch >= self._next or (_is_laid(landscape) and self.laid is None):
            return True
        return epoch % LOOKS == 0 and self._is_leaving(setup, theta)

    def _is_leaving(self, setup: Setup, theta: Floats) -> bool:
        plane, domain = cut_of(setup, self.anchor, self.laid)
        if self.laid is not None and plane is self.laid.plane:
            return not _is_inside(self.laid.domain, plane.place(theta), 1.0)
        return not _is_inside(domain, plane.place(theta), INNER)


def _is_laid(landscape: Landscape) -> bool:
    return landscape.plane == "run" and landscape.surface == NETWORK_SURFACE


def _goes(landscape: Landscape) -> bool:
    """Whether the cut goes with the run: that along the run always does."""
    return landscape.surface == NETWORK_SURFACE and (landscape.follow or landscape.plane == "run")


def _later(landscape: Landscape, epoch: int) -> float:
    grown = GROWN if landscape.is_whole else RACED
    return max(epoch + 2, ceil(grown * epoch))


def _is_inside(domain: Domain, place: Floats, part: float) -> bool:
    x0, x1, y0, y1 = domain
    off = np.abs(2 * place - np.array([x0 + x1, y0 + y1])) / np.array([x1 - x0, y1 - y0])
    return bool(off.max() <= part)


def _laid(theta: Floats, ways: Sequence[Floats], before: Laid | None) -> Laid | None:
    """The plane through theta along which ways go most, None if they span none."""
    fitting = [way for way in ways if way.shape[-1] == theta.size and len(way)]
    rows = MOST_ROWS // max(len(fitting), 1)
    moments = _tame([way[:: -(-len(way) // rows)] for way in fitting])
    moments = np.concatenate([moments, theta[None]])
    plane = principal_plane(moments, theta, before.plane if before else None)
    return None if plane is None else Laid(plane, _framing(plane.place(moments)))


def _tame(ways: Sequence[Floats]) -> Floats:
    """The moments of all ways together, of shape (n, parameters), without those that are wild."""
    far = [np.linalg.norm(way - ways[0][0], axis=1) for way in ways]
    limit = WILD * float(np.median([np.nanmax(each) for each in far]))
    kept = [way[np.nan_to_num(off, nan=inf) <= limit] for way, off in zip(ways, far, strict=True)]
    return np.concatenate(kept)


def _framing(places: Floats) -> Domain:
    """A square around places of shape (n, 2), with a margin."""
    low, high = places.min(axis=0), places.max(axis=0)
    x, y = (0.5 * (low + high)).tolist()
    half = 0.5 * MARGIN * float((high - low).max())
    return x - half, x + half, y - half, y + half
