"""What a document keeps of a run: all that it takes to go on from a frame, bit by bit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnviz.experiment.chronicle import ROOM, Chronicle
from nnviz.experiment.past import Extract
from nnviz.experiment.rivals import entrants, is_alike
from nnviz.experiment.run import CURVE_POINTS, CURVES, Curves, Left, Run, Way
from nnviz.experiment.spec import Data, Experiment, same_start
from nnviz.experiment.stand import stand_of
from nnviz.runtime.frames import Frame, Ghost, History


def run_of(frame: Frame, wanted: Experiment | None = None) -> Run:
    """The run of a frame: its newest moment, also while the past is looked at.

    Args:
        frame: of a run that the wanted experiment can go on with.
        wanted: what the document holds, the frame's own experiment if left out; a rival that is
            another one there is left out, and will begin anew.
    """
    frame = frame.live or frame
    wanted = wanted or frame.experiment
    share = 1 + len(frame.rivals)
    return Run(
        **stand_of(frame.past.newest.progress),
        curves=_curves(frame.history, CURVE_POINTS),
        past=Chronicle.of(frame.past, wanted.data, ROOM // share),
        anchor=tuple(frame.anchor.tolist()),
        anchor_epoch=frame.anchor_epoch,
        race_epoch=frame.race.began,
        rivals=tuple(_ways(frame, wanted, share)),
        ghosts=tuple(_left(each) for each in frame.ghosts if _is_whole(each.history)),
    )


def ghosts_of(run: Run) -> tuple[Ghost, ...]:
    """The ways that were left for a branch, as a frame shows them."""
    return tuple(_ghost(each) for each in run.ghosts)


def fits(ran: Experiment, wanted: Experiment) -> bool:
    """Whether weights and memory of a run of one experiment are those of the other."""
    same_memory = type(ran.training.optimizer) is type(wanted.training.optimizer)
    return same_memory and same_start(ran, wanted)


def _ways(frame: Frame, wanted: Experiment, share: int) -> Iterator[Way | None]:
    """The way of each rival that is wanted, None where there is none that fits."""
    left = list(zip(frame.experiment.rivals, frame.rivals, strict=True))
    for rival, whole in zip(wanted.rivals, entrants(wanted), strict=True):
        found = next((pair for pair in left if is_alike(pair[0], rival)), None)
        if found is None or not fits(found[1].experiment, whole):
            yield None
        else:
            left.remove(found)
            yield _way(found[1].past, found[1].history, wanted.data, share)


def _way(past: Extract, history: History, data: Data, share: int) -> Way:
    return Way(
        **stand_of(past.newest.progress),
        curves=_curves(history, CURVE_POINTS // share),
        past=Chronicle.of(past, data, ROOM // share),
    )


def _curves(history: History, points: int) -> Curves:
    return Curves.of({name: getattr(history, name) for name in CURVES}, points)


def _left(ghost: Ghost) -> Left:
    return Left(
        from_epoch=ghost.from_epoch,
        every=ghost.every,
        curves=_curves(ghost.history, CURVE_POINTS),
    )


def _ghost(left: Left) -> Ghost:
    arrays = left.curves.arrays(len(left.curves.train_loss) - 1)
    return Ghost(left.from_epoch, History(**arrays), left.every)


def _is_whole(history: History) -> bool:
    """Whether a document can hold what there is of a way."""
    losses = np.concatenate([history.train_loss, history.test_loss])
    return len(losses) > 0 and bool(np.isfinite(losses).all())
