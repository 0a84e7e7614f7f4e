"""Which arrows of the inner state are drawn over the surface, and at whom."""

from __future__ import annotations

from nnviz.engine.anatomy.notes import Arrow
from nnviz.runtime.findings import Insight
from nnviz.runtime.frames import Frame, Picture
from nnviz.runtime.inside import anatomy_of, bared_moments, studied_insight
from nnviz.ui.canvas.inner_state import Bared, InnerState


def show_inner_state(layer: InnerState, picture: Picture) -> bool:
    """Show a phase, a step, or that of all racers, as a picture asks for; whether that is new."""
    landscape = picture.frame.experiment.landscape
    bared = _bared_runs(picture) if landscape.is_whole else _bared(picture.frame)
    return layer.show(bared, named=landscape.arrows != "all")


def _bared(frame: Frame) -> list[Bared]:
    landscape, bared = frame.experiment.landscape, []
    for moment in bared_moments(frame):
        anatomy = anatomy_of(moment)
        arrows = anatomy.arrows
        if landscape.arrows == "phase":
            arrows = anatomy.phases[min(landscape.phase, len(anatomy.phases) - 1)].arrows
        bared.append(Bared(moment.point, arrows))
    return bared


def _bared_runs(picture: Picture) -> list[Bared]:
    """Those who train, where the whole network races."""
    landscape = picture.frame.experiment.landscape
    if landscape.arrows == "all":
        return [Bared(each.point, each.step) for each in picture.findings.insights]
    insight = studied_insight(picture)
    return [] if insight is None else [Bared(insight.point, _arrows(insight, picture))]


def _arrows(insight: Insight, picture: Picture) -> tuple[Arrow, ...]:
    landscape = picture.frame.experiment.landscape
    if landscape.arrows == "phase":
        return insight.phases[min(landscape.phase, len(insight.phases) - 1)]
    return insight.step
