"""A portrait: an entrant and its rivals at one moment, as a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from nnviz.engine.course import Progress
from nnviz.engine.swarm import Moment
from nnviz.engine.training import next_slope
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.rivals import label_of
from nnviz.experiment.spec import Experiment, Rival
from nnviz.runtime.contest import Contest
from nnviz.runtime.entrant import Entrant
from nnviz.runtime.frames import Divergence, Frame, Ghost, History, RivalFrame
from nnviz.runtime.walk import Walk

GHOST_POINTS = 2000
"""About how many epochs of a ghost are kept."""


def portrait(
    main: Entrant,
    rivals: Sequence[tuple[Rival, Entrant]],
    contest: Contest,
    *,
    is_live: bool,
    **common: Any,  # noqa: ANN401 - fields of the frame
) -> Frame:
    """The frame of the newest moment, or of the one that is looked at."""
    walk = main.walk if is_live else main.shown
    progress, network = walk.progress, walk.setup.network
    if len(common["anchor"]) != network.size:
        common["anchor"] = network.carried(main.setup.network, common["anchor"])
        common["laid"] = None
    marks = [each.epoch for each in main.experiment.view.bookmarks]
    shown = [main, *(each for _, each in rivals)]
    bared = _bared(main.experiment.landscape, len(shown))
    return Frame(
        experiment=_dressed(main, walk.setup.experiment),
        epoch=progress.epoch,
        batch=progress.batch,
        theta=progress.theta,
        history=main.history,
        race=contest.frame(progress.epoch, inside=main.experiment.landscape.inside),
        diverged=_lost(progress),
        memory=progress.memory,
        steps=progress.steps,
        carry=progress.carry,
        watch=progress.watch,
        best=progress.best,
        stopped=_stopped(progress),
        loop=walk.loop,
        head=main.epoch,
        first=main.past.first,
        now=main.measured() if walk.is_touched and is_live else main.history.at(progress.epoch),
        before=walk.before,
        best_epoch=main.best_epoch,
        best_theta=main.best_theta(network),
        past=main.extract(marks),
        rivals=tuple(
            _rival(rival, each, marks, is_live=is_live, is_bared=run in bared)
            for run, (rival, each) in enumerate(rivals, 1)
        ),
        coming=_coming(walk) if 0 in bared else None,
        tracks=tuple(
            each.trail.track(progress.epoch, (each.walk if is_live else each.shown).setup.network)
            for each in shown
        ),
        **common,
    )


def ghost_of(epoch: int, history: History) -> Ghost:
    """What a run had become from an epoch on, thinned for drawing."""
    every = max((len(history) - epoch) // GHOST_POINTS, 1)
    curves = (getattr(history, each.name)[epoch::every] for each in fields(history))
    return Ghost(epoch, History(*(np.array(each) for each in curves)), every)


def _bared(landscape: Landscape, count: int) -> Sequence[int]:
    """Which of those who train are looked inside, by their places; the main run's is 0."""
    if not (landscape.inside and landscape.is_whole):
        return ()
    return range(count) if landscape.arrows == "all" else (min(landscape.studied, count - 1),)


def _coming(walk: Walk) -> Moment | None:
    """The update that follows, None where none does."""
    course, progress = walk.course, walk.progress
    slope = next_slope(course, progress)
    if slope is None:
        return None
    t, rate = progress.steps + 1, progress.rate(course)
    theta, memory = progress.theta, progress.memory
    with np.errstate(all="ignore"):
        after, kept = course.optimizer.step(theta, slope, memory, t, rate)
    return Moment(course.optimizer, t, theta, slope, memory, after, kept, rate)


def _rival(
    rival: Rival, entrant: Entrant, marks: Sequence[int], *, is_live: bool, is_bared: bool
) -> RivalFrame:
    walk = entrant.walk if is_live else entrant.shown
    return RivalFrame(
        name=label_of(rival),
        experiment=_dressed(entrant, walk.setup.experiment),
        theta=walk.progress.theta,
        history=entrant.history,
        past=entrant.extract(marks),
        epoch=walk.epoch,
        diverged=_lost(walk.progress),
        stopped=_stopped(walk.progress),
        is_late=entrant.is_late,
        coming=_coming(walk) if is_bared else None,
    )


def _dressed(entrant: Entrant, then: Experiment) -> Experiment:
    """An experiment of the past, seen as the person wants to see things now."""
    now = entrant.experiment
    if then is now:
        return now
    last = entrant.dressed
    if last is None or last[0] is not then or last[1] is not now:
        whole = replace(then, landscape=now.landscape, view=now.view, rivals=now.rivals)
        entrant.dressed = last = (then, now, whole)
    return last[2]


def _lost(progress: Progress) -> Divergence | None:
    lost = progress.diverged
    return Divergence(lost.epoch, lost.why) if lost else None


def _stopped(progress: Progress) -> str:
    """A sentence where training has stopped by itself."""
    if not progress.stopped or progress.best is None:
        return ""
    return f"stopped; the weights are those of epoch {progress.best.epoch:,}, the best"
