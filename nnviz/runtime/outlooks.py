"""Surfaces looked at as landscapes: drawn when the camera or the surface is another, then kept.

While the camera moves they are as fine as there is time for; at rest they are drawn once more,
smoothly. A surface that moves by itself is drawn again at a calm pace.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

import numpy as np

from nnviz.engine.outlook import Outlook
from nnviz.engine.panorama import DARK_INK, LIGHT_INK, Ink, draw
from nnviz.engine.spray import sprayed
from nnviz.engine.terrain import Terrain
from nnviz.engine.vantage import Vantage
from nnviz.runtime.findings import Bytes, SwarmPicture
from nnviz.runtime.frames import Picture, SurfacePicture
from nnviz.runtime.gaze import Gaze
from nnviz.runtime.relief import MIDDLE_GRAY
from nnviz.value import dataclass

CALM_S = 0.1
"""How long a surface is looked at before a newer one is drawn."""

MOVING_S = 0.018
"""How long a picture may take while the camera moves."""

RESTING_S = 0.25
"""How long it may take at rest."""

SMOOTH = 2
"""How many times finer each way it is drawn at rest, and then made smaller."""

MOST_PIXELS = 8_000_000
"""The largest picture that is drawn finer first when it is to be kept, however long that takes."""

COARSER = (1.0, 0.75, 0.6, 0.45, 0.35)
"""By how much a picture may be smaller than the window while the camera moves."""

_MEMORY = 0.6
_FIRST_PIXEL_S = 1.2e-7


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """What a landscape is drawn from."""

    surface: SurfacePicture
    cloth: Bytes | None
    gaze: Gaze
    ink: Ink
    fine: int

    def shows(self, other: _Wanted) -> bool:
        """Whether both are of the same surface in the same colors."""
        return self.surface is other.surface and self.cloth is other.cloth


class Outlooks:
    """Keeps the landscape of the last surface, and how it was last looked at."""

    def __init__(self) -> None:
        self._terrain: tuple[SurfacePicture, Terrain] | None = None
        self._kept: tuple[_Wanted, Outlook] | None = None
        self._sprayed: tuple[SwarmPicture, Outlook, Bytes] | None = None
        self._drawn_at = 0.0
        self._pixel_s = _FIRST_PIXEL_S
        self._is_settled = True

    @property
    def is_settled(self) -> bool:
        """Whether the last one showed the newest surface, as fine as it gets."""
        return self._is_settled

    def seen(self, picture: Picture, fine: int = 1) -> Picture:
        """A picture with its surface as a landscape, where that is wished for: not over a line.

        Basins lie over it as a cloth, and a swarm stands on it.

        Args:
            picture: what to look at, and the wish from where.
            fine: how many times finer each way it is drawn at least; at 1 an older surface will do
                that was only just drawn.
        """
        gaze = picture.wishes.gaze
        if gaze is None or picture.surface.profile is not None:
            self._is_settled = True
            return replace(picture, outlook=None, spray=None)
        outlook = self._outlook(picture, gaze, fine)
        return replace(picture, outlook=outlook, spray=self._spray(picture, outlook))

    def _outlook(self, picture: Picture, gaze: Gaze, fine: int) -> Outlook:
        ink = DARK_INK if sum(picture.wishes.ground) < MIDDLE_GRAY else LIGHT_INK
        basins = picture.findings.basins
        wanted = _Wanted(picture.surface, None if basins is None else basins.rgba, gaze, ink, fine)
        if self._kept is None or not self._will_do(self._kept[0], wanted):
            self._kept = wanted, self._draw(wanted)
        kept, outlook = self._kept
        self._is_settled = kept.shows(wanted) and kept.fine >= self.resting(gaze)
        return outlook

    def _spray(self, picture: Picture, outlook: Outlook) -> Bytes | None:
        swarm = picture.findings.swarm
        if swarm is None:
            self._sprayed = None
            return None
        kept = self._sprayed
        if kept is None or kept[0] is not swarm or kept[1] is not outlook:
            colors = np.array([swarm.glass.hues[racer] for racer in swarm.racers])
            kept = self._sprayed = swarm, outlook, sprayed(outlook, swarm.places, colors)
        return kept[2]

    def resting(self, gaze: Gaze | None) -> int:
        """How fine there is time to draw it at rest."""
        if gaze is None or gaze.moving:
            return 1
        took_s = SMOOTH * SMOOTH * gaze.width * gaze.height * self._pixel_s
        return SMOOTH if took_s <= RESTING_S else 1

    def _will_do(self, kept: _Wanted, wanted: _Wanted) -> bool:
        """Whether what is kept serves, for a while at least."""
        if kept.gaze != wanted.gaze or kept.ink is not wanted.ink or kept.fine < wanted.fine:
            return False
        is_new = perf_counter() - self._drawn_at < CALM_S
        return kept.shows(wanted) or (wanted.fine == 1 and is_new)

    def _draw(self, wanted: _Wanted) -> Outlook:
        surface, gaze = wanted.surface, wanted.gaze
        terrain = self._terrain_of(surface)
        camera = gaze.camera
        size = gaze.width, gaze.height
        vantage = Vantage(camera.turn, camera.tilt, camera.zoom, *size, gaze.margin)
        if gaze.moving:
            share = self._share(gaze)
            vantage = vantage.resized(*(max(int(share * side), 1) for side in size))
        with self._measured(vantage, wanted.fine):
            panorama = draw(
                terrain, vantage, wanted.ink, len(surface.levels), wanted.fine, wanted.cloth
            )
        return Outlook(surface.domain, surface.scale, terrain, panorama)

    def _terrain_of(self, surface: SurfacePicture) -> Terrain:
        if self._terrain is None or self._terrain[0] is not surface:
            losses = np.where(np.isfinite(surface.loss), surface.loss, np.nan)
            self._terrain = surface, Terrain.of(surface.scale.height(losses))
        return self._terrain[1]

    def _share(self, gaze: Gaze) -> float:
        whole = gaze.width * gaze.height * self._pixel_s
        fitting = [each for each in COARSER if each * each * whole <= MOVING_S]
        return max(fitting, default=COARSER[-1])

    @contextmanager
    def _measured(self, vantage: Vantage, fine: int) -> Iterator[None]:
        begin = perf_counter()
        yield
        self._drawn_at = perf_counter()
        pixels = vantage.width * vantage.height * fine * fine
        pixel_s = (self._drawn_at - begin) / pixels
        self._pixel_s = _MEMORY * self._pixel_s + (1 - _MEMORY) * pixel_s


def lasting(gaze: Gaze | None) -> int:
    """How fine a picture is drawn that is to be kept: the same on every machine."""
    return SMOOTH if gaze is not None and gaze.width * gaze.height <= MOST_PIXELS else 1
