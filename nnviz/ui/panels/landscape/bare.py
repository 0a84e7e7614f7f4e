"""Which arrows of the inner state are drawn over the surface, and at whom."""

from __future__ import annotations

from collections.abc import Iterable

from nnviz.runtime.frames import Frame
from nnviz.runtime.inside import anatomy_of, studied_row
from nnviz.ui.canvas.inner_state import Bared, InnerState


def show_inner_state(layers: Iterable[InnerState], frame: Frame) -> None:
    """Show what the landscape of a frame asks for: a phase, a step, or that of all racers."""
    bared, is_named = _bared(frame), frame.experiment.landscape.arrows != "all"
    for each in layers:
        each.show(bared, named=is_named)


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
