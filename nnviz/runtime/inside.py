"""What goes on inside the racers of a frame: whose next update is looked at, and its anatomy."""

from __future__ import annotations

from functools import lru_cache

from nnviz.engine.anatomy.notes import Anatomy
from nnviz.engine.anatomy.recipes import dissect
from nnviz.engine.swarm import Moment
from nnviz.runtime.frames import Frame


def studied_row(frame: Frame) -> int | None:
    """The row of the racer that is studied, or of the first that races; None if nothing is known.

    Of a racer with several starts it is the first one's.
    """
    race = frame.race
    if not race.moments:
        return None
    studied = frame.experiment.landscape.studied
    return race.racers.index(studied) if studied in race.racers else 0


def studied_moment(frame: Frame) -> Moment | None:
    """The next update of the racer that is studied, None if nothing is known of it."""
    row = studied_row(frame)
    return None if row is None else frame.race.moments[row]


def anatomy_of(moment: Moment, axes: int = 2) -> Anatomy:
    """An update along the first axes taken apart; the same one again costs nothing."""
    return _anatomy(moment, axes)


@lru_cache(maxsize=64)
def _anatomy(moment: Moment, axes: int) -> Anatomy:
    return dissect(
        moment.optimizer,
        moment.point[:axes],
        moment.gradient[:axes],
        moment.memory[:, :axes],
        moment.t,
        moment.rate,
    )
