"""Which arrows of the inner state are drawn over the surface, and at whom."""

from __future__ import annotations

from nnviz.runtime.frames import Frame
from nnviz.runtime.inside import anatomy_of, studied_row
from nnviz.ui.canvas.inner_state import Bared, InnerState


def show_inner_state(layer: InnerState, frame: Frame) -> None:
    """Show what the landscape of a frame asks for: a phase, a step, or that of all racers."""
    layer.show(_bared(frame), named=frame.experiment.landscape.arrows != "all")


def _bared(frame: Frame) -> list[Bared]:
    landscape, race = frame.experiment.landscape, frame.race
    studied = studied_row(frame)
    if studied is None:
        return []
    rows = range(len(race.moments)) if landscape.arrows == "all" else (studied,)
    bared = []
    for row in (each for each in rows if not race.diverged[each]):
        anatomy = anatomy_of(race.moments[row])
        arrows = anatomy.arrows
        if landscape.arrows == "phase":
            arrows = anatomy.phases[min(landscape.phase, len(anatomy.phases) - 1)].arrows
        bared.append(Bared(race.moments[row].point, arrows))
    return bared
