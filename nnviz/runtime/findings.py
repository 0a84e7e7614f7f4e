"""What is found out about a surface and its racers, beside the picture of it: whole values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.anatomy.notes import Arrow
from nnviz.engine.rate_range import RateRange
from nnviz.engine.swarm import Moment
from nnviz.value import dataclass

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Color = tuple[int, int, int]
Domain = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Glass:
    """Through what a swarm is seen: a part of the plane, in cells of so many columns and rows.

    `hues` are the colors of the landscape's racers.
    """

    domain: Domain
    columns: int
    rows: int
    hues: tuple[Color, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SwarmPicture:
    """The swarms after some steps, one of each racer of the landscape named in `racers`.

    `rgba` is premultiplied, of shape (rows, columns, 4) over the `glass`, row 0 at the least y;
    over a line it has a row for each swarm, the last one's first.
    `places` holds for each the places of its particles, of shape (2, particles), and `lost` how
    many of them left for good. `is_late` while the racers are at a later, or an earlier, step;
    `is_thinned` where there are fewer of them than were wished for, to keep going.
    """

    rgba: Bytes
    glass: Glass
    step: int
    racers: tuple[int, ...]
    places: tuple[Floats, ...]
    lost: tuple[int, ...]
    is_late: bool
    is_thinned: bool = False

    @property
    def particles(self) -> int:
        """How many particles each of them has."""
        return self.places[0].shape[1] if self.places else 0


@dataclass(frozen=True, slots=True, eq=False)
class BasinPicture:
    """Where the optimizer of a racer ends from every start, or how soon.

    `rgba` has shape (rows, columns, 4), row 0 at the least y, over the domain of the surface.
    `minima`, of shape (m, 2), are those that have a color of their own in `colors`, and `shares`
    how much of the picture leads to each; `others` to all further minima, `nowhere` to none, and
    `gone` off for good. `span` is the least and the most of the steps shown, `ramp` their colors.
    `is_whole` once it is as fine as it gets. Where the minima are not known, `after` says how many
    steps every start was followed, and of how many: ends that are close together count as one.
    """

    rgba: Bytes
    by_steps: bool
    racer: int
    minima: Floats
    colors: tuple[Color, ...]
    shares: tuple[float, ...]
    others: float
    nowhere: float
    gone: float
    span: tuple[int, int]
    ramp: tuple[Color, ...]
    is_whole: bool
    after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """How a racer of the landscape fares: by the best of its ways where it has several starts.

    `place` is 1 for the first; `distance` to the nearest of the marked minima, NaN where there is
    none; `arrived` after how many steps it came to one and stayed, NaN while it has not; `speed`
    how far its last step went. `is_out` when all of its ways left for good.
    """

    racer: int
    place: int
    loss: float
    distance: float
    arrived: float
    speed: float
    is_out: bool


@dataclass(frozen=True, slots=True, eq=False)
class Studied:
    """How the learning rate of one racer, at a place among them, does.

    `curvature` is the largest of the surface where the racer is, NaN where it is nowhere; `rates`
    how a race at each rate ends, None as long as nothing is known.
    """

    racer: int
    curvature: float
    rates: RateRange | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Insight:
    """The update that follows of one who trains, as it can be told on a plane.

    `run` says whose: 0 is the main run, 1 the first rival. `moment` is cut to a few weights, which
    `names` names: those that the plane is laid over where it `is_laid` over any, those that the
    update moves most otherwise. `point`, of shape (2,), is where it stands on the plane; the
    arrows of its `phases`, and of the whole `step`, are those of all weights, projected on it.
    """

    run: int
    moment: Moment
    names: tuple[str, ...]
    is_laid: bool
    point: Floats
    phases: tuple[tuple[Arrow, ...], ...]
    step: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it for one picture; None for what is not wished for."""

    placings: tuple[Placing, ...] = ()
    swarm: SwarmPicture | None = None
    basins: BasinPicture | None = None
    studied: Studied | None = None
    insights: tuple[Insight, ...] = ()


NO_FINDINGS = Findings()
