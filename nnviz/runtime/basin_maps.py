"""Maps of basins: from every start, in which minimum an optimizer ends, or how soon.

A coarse map comes first, with gaps while starts are still followed; finer ones take its place. The
minima of a network's cut are not known, and a step there costs a hundred times as much: there a
start is followed for fewer steps, and who ends close together has the same color.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from time import perf_counter

import numpy as np

from nnviz.engine.basins import GONE, NOWHERE, ON_THE_WAY, Basins, Whole
from nnviz.engine.ends import Ends
from nnviz.engine.minima import local_minima
from nnviz.engine.surfaces import surface_of
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape, Racer
from nnviz.runtime.contest import race_terms
from nnviz.runtime.findings import BasinPicture, Bytes, Color, Floats
from nnviz.runtime.frames import Frame, Wishes
from nnviz.runtime.ground import surface_key

LEVELS = (24, 48, 96)
"""The sides of the maps, one after another."""

MOST = 5_000
"""After so many steps a race is over."""

CUT_LEVELS, CUT_MOST = (12, 24), 300
"""The same of a network's cut."""

LOOK_S = 0.25
"""The first map is shown again every so often while it fills."""

HUES = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
"""After Okabe & Ito (2008): the minima that the most starts lead to have one each."""

PALE = 0.42
"""How far the ground shines through, so that racers and their trails stand out."""

RAMP = ((0, 42, 104), (60, 80, 111), (124, 123, 120), (188, 173, 108), (253, 231, 55))
"""From few steps to many, after cividis: Nuñez, Anderton & Renslow (2018)."""

STRIPE = 3


@lru_cache(maxsize=16)
def minima_of(surface: str) -> Floats:
    """All minima of a test surface that a search finds, of shape (m, 2), the lowest first."""
    return local_minima(surface_of(surface))


class BasinMaps:
    """Keeps the finest map that there is, and makes a finer one as time allows."""

    def __init__(self) -> None:
        """Nothing is asked for."""
        self._key: tuple[object, ...] = ()
        self._look: tuple[object, ...] = ()
        self._setup: Setup | None = None
        self._frame: Frame | None = None
        self._ground: Color = (255, 255, 255)
        self._level = 0
        self._basins: Basins | Ends | None = None
        self._work: Iterator[None] | None = None
        self._best: Basins | Ends | None = None
        self._picture: BasinPicture | None = None
        self._shown_at = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether the map is as fine as it gets."""
        return self._setup is None or self._level == len(self._levels)

    @property
    def _levels(self) -> tuple[int, ...]:
        return CUT_LEVELS if self._is_cut else LEVELS

    @property
    def _is_cut(self) -> bool:
        setup = self._setup
        return setup is not None and setup.experiment.landscape.surface == NETWORK_SURFACE

    def show(self, setup: Setup, frame: Frame, wishes: Wishes) -> BasinPicture | None:
        """The map as far as it is, None where none is wished for."""
        landscape = setup.experiment.landscape
        if landscape.basins == "none" or not has_basins(landscape):
            self._key, self._look, self._setup, self._work = (), (), None, None
            return None
        optimizer = _studied(landscape).optimizer
        surface = surface_key(setup, frame.anchor, frame.laid)
        key = *surface, optimizer, landscape.noise, landscape.schedule
        if key != self._key:
            self._key, self._level, self._best, self._work = key, 0, None, None
        look = key, wishes.ground, landscape.basins, landscape.studied
        if look != self._look:
            self._look, self._picture = look, None
        self._setup, self._frame, self._ground = setup, frame, wishes.ground
        return self._painted()

    def follow(self, until: float) -> BasinPicture | None:
        """Go on until a time, by `perf_counter`; the picture if there is another one."""
        while not self.is_settled:
            if self._work is None:
                self._work = self._begun()
            if next(self._work, self._work) is self._work:
                self._work, self._level = None, self._level + 1
                self._best = self._basins
                return self._fresh()
            if perf_counter() >= until:
                break
        if self._level == 0 and perf_counter() - self._shown_at > LOOK_S:
            self._best = self._basins
            return self._fresh()
        return None

    def finish(self) -> BasinPicture | None:
        """The map as fine as it gets, however long that takes."""
        while not self.is_settled:
            self.follow(np.inf)
        return self._painted()

    def _begun(self) -> Iterator[None]:
        """Follow the starts of the next finer map."""
        setup, frame = self._setup, self._frame
        if setup is None or frame is None:
            return
        landscape = setup.experiment.landscape
        terms = race_terms(setup, frame.anchor, frame.laid, frame.race.began)
        optimizer = _studied(landscape).optimizer
        cells, best = self._levels[self._level], self._best
        if self._is_cut:
            known = best.minima if isinstance(best, Ends) and self._level else None
            self._basins = Ends(terms, optimizer, cells, known)
            yield from self._basins.follow(CUT_MOST)
            return
        minima = minima_of(landscape.surface)
        self._basins = Basins(terms, optimizer, minima, cells)
        yield from self._basins.follow(MOST)

    def _fresh(self) -> BasinPicture | None:
        self._picture = None
        return self._painted()

    def _painted(self) -> BasinPicture | None:
        setup = self._setup
        if self._picture is None and setup is not None and self._best is not None:
            landscape = setup.experiment.landscape
            self._shown_at = perf_counter()
            best, by_steps = self._best, landscape.basins == "steps"
            minima = best.minima if isinstance(best, Ends) else minima_of(landscape.surface)
            self._picture = picture_of(best, minima, self._ground, by_steps=by_steps)
            if isinstance(best, Ends):
                self._picture = replace(self._picture, after=(best.done, CUT_MOST))
        if self._picture is not None and setup is not None:
            studied = setup.experiment.landscape.studied
            self._picture = replace(self._picture, racer=studied, is_whole=self.is_settled)
        return self._picture


def has_basins(landscape: Landscape) -> bool:
    """Whether there are racers on a surface of two numbers, of which any start may be tried."""
    if landscape.is_whole or not landscape.racers:
        return False
    if landscape.surface == NETWORK_SURFACE:
        return landscape.plane != "line"
    return not surface_of(landscape.surface).line


def _studied(landscape: Landscape) -> Racer:
    return landscape.racers[min(landscape.studied, len(landscape.racers) - 1)]


def picture_of(
    basins: Basins | Ends, minima: Floats, ground: Color, *, by_steps: bool = False
) -> BasinPicture:
    """Basins in color, on a ground."""
    ends, steps = basins.ends, basins.steps
    counts = np.bincount(ends[ends >= 0], minlength=len(minima))
    order = np.argsort(-counts, kind="stable")
    named = np.sort(order[: len(HUES)][counts[order[: len(HUES)]] > 0])
    colors = tuple(_mixed(HUES[place], ground, PALE) for place in range(len(named)))
    known = steps[ends >= 0]
    span = (int(known.min()), int(known.max())) if known.size else (0, 0)
    ramp = tuple(_mixed(each, ground, 0.15) for each in RAMP)
    shares = counts[named] / ends.size
    rgba = _by_steps(ends, steps, span, ramp) if by_steps else _by_minimum(ends, named, colors)
    _paint_ends(rgba, ends, ground)
    return BasinPicture(
        rgba=rgba,
        by_steps=by_steps,
        racer=0,
        minima=minima[named],
        colors=colors,
        shares=tuple(shares.tolist()),
        others=float((ends >= 0).mean() - shares.sum()) if len(named) < np.sum(counts > 0) else 0.0,
        nowhere=float((ends == NOWHERE).mean()),
        gone=float((ends == GONE).mean()),
        span=span,
        ramp=ramp,
        is_whole=False,
    )


def _by_minimum(ends: Whole, named: Whole, colors: tuple[Color, ...]) -> Bytes:
    """Every named minimum in its color, further ones in two grays by turns."""
    most = int(max(ends.max(initial=0), named.max(initial=0))) + 1
    table = np.full((most, 4), 255, dtype=np.uint8)
    table[:, :3] = np.where(np.arange(most)[:, None] % 2, 150, 176)
    for number, color in zip(named.tolist(), colors, strict=True):
        table[number, :3] = color
    return table[np.maximum(ends, 0)]


def _by_steps(ends: Whole, steps: Whole, span: tuple[int, int], ramp: tuple[Color, ...]) -> Bytes:
    least, most = span
    share = (steps - least) / max(most - least, 1) * (len(ramp) - 1)
    stops = np.arange(len(ramp))
    rgba = np.full((*ends.shape, 4), 255, dtype=np.uint8)
    for channel in range(3):
        shades = [color[channel] for color in ramp]
        rgba[..., channel] = np.interp(share, stops, shades)
    return rgba


def _paint_ends(rgba: Bytes, ends: Whole, ground: Color) -> None:
    """Ends that are no minimum: plain, striped where they left, and faint while not yet known."""
    is_dark = sum(ground) < 384
    ink = (220, 220, 220) if is_dark else (60, 60, 60)
    rows, columns = np.indices(ends.shape)
    is_stripe = (rows + columns) // STRIPE % 2 == 0
    rgba[ends == NOWHERE, :3] = _mixed(ink, ground, 0.82)
    rgba[ends == GONE, :3] = _mixed(ink, ground, 0.82)
    rgba[(ends == GONE) & is_stripe, :3] = _mixed(ink, ground, 0.5)
    rgba[ends == ON_THE_WAY, :3] = _mixed(ink, ground, 0.93)


def _mixed(color: Color, ground: Color, share: float) -> Color:
    """A color with a share of the ground in it."""
    red, green, blue = (
        round((1 - share) * one + share * other) for one, other in zip(color, ground, strict=True)
    )
    return red, green, blue
