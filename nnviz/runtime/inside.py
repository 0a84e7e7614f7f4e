"""What goes on inside those of a picture who race: whose next update is looked at, and its anatomy.

On a surface an update moves a point of two coordinates. On the whole network it moves every weight,
of which a few are told; a remark says which.
"""

from __future__ import annotations

from functools import lru_cache

from nnviz.engine.anatomy.notes import Anatomy
from nnviz.engine.anatomy.recipes import dissect
from nnviz.engine.swarm import Moment
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.rivals import brief_labels, entrants
from nnviz.experiment.spec import Experiment
from nnviz.runtime.findings import Insight
from nnviz.runtime.frames import Frame, Picture
from nnviz.runtime.standings import MAIN
from nnviz.value import dataclass

_LONGEST = 3
_PUSHED = " By Playground's rules the penalty pushes the weights after that, in a step of its own."


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """The next update of the one that is studied.

    `name` is what it is called, and `moment` the update along the axes that are told, called
    `axes`. `count` says after how many steps, or epochs, it is; `remark` of what numbers are told,
    "" where that goes without saying.
    """

    name: str
    moment: Moment
    axes: tuple[str, ...]
    count: int
    remark: str = ""


def inside_of(picture: Picture) -> Inside | None:
    """The next update of the one that is studied, None if nothing is known of it."""
    frame, surface = picture.frame, picture.surface
    if frame.experiment.landscape.is_whole:
        insight = studied_insight(picture)
        return None if insight is None else _inside_run(frame, insight)
    row = studied_row(frame)
    if row is None:
        return None
    axes = _short(surface.labels if surface.profile is None else surface.labels[:1])
    racer = frame.experiment.landscape.racers[frame.race.racers[row]]
    count = frame.race.paths.shape[1] - 1
    return Inside(racer.label, frame.race.moments[row], axes, count)


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


def studied_insight(picture: Picture) -> Insight | None:
    """What is told of the run that is studied in a race on the whole network, None for nothing."""
    studied = studied_run(picture.frame.experiment)
    return next((each for each in picture.findings.insights if each.run == studied), None)


def studied_racer(landscape: Landscape) -> int | None:
    """Whose steps are taken apart, by its place among the racers; None for nobody's."""
    if not landscape.inside or landscape.is_whole:
        return None
    running = landscape.running
    first = running[0] if running else None
    return landscape.studied if landscape.studied in running else first


def studied_run(experiment: Experiment) -> int:
    """Which of those who train is studied: 0 is the main run, 1 the first rival."""
    return min(experiment.landscape.studied, len(experiment.rivals))


def names_of_runs(experiment: Experiment) -> list[str]:
    """What the run and its rivals are called where there is little room."""
    return [MAIN, *brief_labels(experiment.rivals)]


def bared_moments(frame: Frame) -> tuple[Moment, ...]:
    """The next updates whose arrows are drawn: of all racers or of the one that is studied.

    Who has left for good has none.
    """
    race, studied = frame.race, studied_row(frame)
    if studied is None:
        return ()
    is_all = frame.experiment.landscape.arrows == "all"
    rows = range(len(race.moments)) if is_all else (studied,)
    return tuple(race.moments[row] for row in rows if not race.diverged[row])


def dissect_ahead(frame: Frame) -> None:
    """Take apart what a window is going to show of a frame, so that it finds it done."""
    for moment in bared_moments(frame):
        anatomy_of(moment)


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


def _inside_run(frame: Frame, insight: Insight) -> Inside:
    epoch = frame.epoch if insight.run == 0 else frame.rivals[insight.run - 1].epoch
    name = names_of_runs(frame.experiment)[insight.run]
    axes = tuple(each.partition(" in layer")[0] for each in insight.names)
    training = (frame.experiment, *entrants(frame.experiment))[insight.run].training
    is_pushed = training.rules.carries and training.penalty.strength > 0.0
    remark = _remark(insight) + (_PUSHED if is_pushed else "")
    return Inside(name, insight.moment, axes, epoch, remark)


def _remark(insight: Insight) -> str:
    """Of which weights the numbers are, and of which the arrows."""
    told = " and ".join(insight.names)
    if insight.is_laid:
        return f"Numbers and arrows: {told}, over which the surface is cut."
    return (
        f"Numbers: {told}, which update {insight.moment.t:,} moves most. Arrows on the surface:"
        " all weights, projected on its plane."
    )


def _short(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Names of axes that fit before a formula: those of weights do not."""
    return tuple(
        label if len(label) <= _LONGEST else axis
        for label, axis in zip(labels, ("x", "y"), strict=False)
    )
