"""Who is first: the racers in the order in which they arrived, the others by their loss."""

from __future__ import annotations

import math

import numpy as np

from nnviz.engine.basins import nearest, reach_of
from nnviz.engine.field import Domain
from nnviz.runtime.findings import Floats, Placing
from nnviz.runtime.frames import RaceFrame


def placings_of(race: RaceFrame, minima: Floats, domain: Domain) -> tuple[Placing, ...]:
    """How every racer fares, in the order of the landscape.

    A racer has arrived once it comes closer to a minimum than a fiftieth of the picture, and
    stays. Who arrived sooner is before who arrived later, whoever arrived before those who have
    not, of whom the lower loss is first; who left for good is last.

    Args:
        race: the race up to a moment.
        minima: those that count, of shape (m, 2).
        domain: the part of the plane that is shown.
    """
    arrived, distances = _arrivals(race.paths, minima, domain)
    steps = race.paths[:, -2:, :2]
    speeds = np.hypot(*np.moveaxis(steps[:, -1] - steps[:, 0], -1, 0))
    ways = [
        Placing(racer, 0, loss, distance, came, speed, is_out)
        for racer, loss, distance, came, speed, is_out in zip(
            race.racers,
            race.paths[:, -1, 2].tolist(),
            distances.tolist(),
            arrived.tolist(),
            speeds.tolist(),
            race.diverged,
            strict=True,
        )
    ]
    best: dict[int, Placing] = {}
    for way in ways:
        if way.racer not in best or _rank(way) < _rank(best[way.racer]):
            best[way.racer] = way
    ranks = sorted(_rank(each) for each in best.values())
    return tuple(_placed(each, ranks.index(_rank(each)) + 1) for each in best.values())


def _rank(way: Placing) -> tuple[bool, float, float]:
    came = math.inf if math.isnan(way.arrived) else way.arrived
    loss = way.loss if math.isfinite(way.loss) else math.inf
    return way.is_out, came, loss if came == math.inf else 0.0


def _placed(way: Placing, place: int) -> Placing:
    return Placing(way.racer, place, way.loss, way.distance, way.arrived, way.speed, way.is_out)


def _arrivals(paths: Floats, minima: Floats, domain: Domain) -> tuple[Floats, Floats]:
    """After how many steps each came to a minimum to stay, NaN if not, and how far it is now."""
    rows = len(paths)
    if not len(minima) or not rows:
        return np.full(rows, np.nan), np.full(rows, np.nan)
    reach = reach_of(domain)
    last = paths[:, -1, :2]
    number, _ = nearest(last.T, minima, reach)
    own = minima[number]
    distances = np.hypot(last[:, 0] - own[:, 0], last[:, 1] - own[:, 1])
    off = (paths[:, :, :2] - own[:, None]) / reach
    is_off = off[..., 0] ** 2 + off[..., 1] ** 2 > 1.0
    came = paths.shape[1] - np.argmax(is_off[:, ::-1], axis=1).astype(np.float64)
    came[~is_off.any(axis=1)] = 0.0
    came[is_off[:, -1]] = np.nan
    return came, distances
