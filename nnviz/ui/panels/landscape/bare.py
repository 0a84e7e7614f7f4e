"""Which arrows of the inner state are drawn over the surface, and at whom."""

from __future__ import annotations

from nnviz.runtime.frames import Frame
from nnviz.runtime.inside import anatomy_of, studied_row
from nnviz.ui.canvas.inner_state import Bared, InnerState


def show_inner_state(layer: InnerState, frame: Frame) -> None:
    """Show what the landscape of a frame asks for: a phase, a step, or that of all racers."""
    landscape, race = frame.experiment.landscape, frame.race
    row = studied_row(frame)
    if row is None:
        layer.show(())
        return
    rows = range(len(race.moments)) if landscape.arrows == "all" else (row,)
    bared = []
    for each in rows:
        if race.diverged[each]:
            continue
        anatomy = anatomy_of(race.moments[each])
        arrows = anatomy.arrows
        if landscape.arrows == "phase":
            arrows = anatomy.phases[min(landscape.phase, len(anatomy.phases) - 1)].arrows
        bared.append(Bared(race.moments[each].point, arrows))
    layer.show(bared, named=landscape.arrows != "all")
