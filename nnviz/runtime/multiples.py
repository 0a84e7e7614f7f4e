"""Small maps of a run and of each of its rivals, painted in turns while frames keep coming."""

from __future__ import annotations

from dataclasses import replace

from nnviz.experiment.build import Setup, build
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Bytes, Floats, Frame, Wishes
from nnviz.runtime.maps import boundary
from nnviz.value import dataclass

AT_ONCE = 3
"""How many maps are painted anew in one picture."""


@dataclass(frozen=True, slots=True, eq=False)
class _Map:
    setup: Setup
    theta: Floats
    look: tuple[object, ...]
    rgba: Bytes


class Multiples:
    """Keeps the maps of a picture for the next one."""

    def __init__(self) -> None:
        """Nothing is painted yet."""
        self._maps: list[_Map] = []
        self._turn = 0
        self._is_settled = True

    @property
    def is_settled(self) -> bool:
        """Whether every map shows the moment that was asked for last."""
        return self._is_settled

    def show(self, frame: Frame, wishes: Wishes, *, exact: bool) -> tuple[Bytes, ...]:
        """A map of shape (cells, cells, 4) of the main run and each rival; () if not wished for.

        Args:
            frame: whose runs to show.
            wishes: how large, and in which colors.
            exact: whether all show this very moment, not only those whose turn it is.
        """
        if not wishes.multiples:
            self._maps, self._is_settled = [], True
            return ()
        runs = [(frame.experiment, frame.theta)]
        runs += [(each.experiment, each.theta) for each in frame.rivals]
        del self._maps[len(runs) :]
        turns = set(range(len(runs))) if exact else self._due(len(runs))
        for place, (experiment, theta) in enumerate(runs):
            self._follow(place, experiment, theta, wishes, is_due=place in turns)
        self._is_settled = all(
            each.theta is theta for each, (_, theta) in zip(self._maps, runs, strict=True)
        )
        return tuple(each.rgba for each in self._maps)

    def _due(self, count: int) -> set[int]:
        due = {(self._turn + step) % count for step in range(min(AT_ONCE, count))}
        self._turn = (self._turn + AT_ONCE) % count
        return due

    def _follow(
        self, place: int, experiment: Experiment, theta: Floats, wishes: Wishes, *, is_due: bool
    ) -> None:
        last = self._maps[place] if place < len(self._maps) else None
        look = (wishes.multiples, wishes.stops.tobytes(), wishes.classes.tobytes())
        is_other = last is None or last.setup.experiment is not experiment or last.look != look
        if not (is_other or is_due):
            return
        setup = build(experiment) if last is None else _rebuilt(experiment, last.setup)
        plain = replace(wishes, unit=None, domain=None, kept=None)
        rgba = boundary(_unpinned(setup), theta, plain, wishes.multiples).rgba
        self._maps[place : place + 1] = [_Map(setup, theta, look, rgba)]


def _rebuilt(experiment: Experiment, last: Setup) -> Setup:
    if last.experiment is experiment:
        return last
    if replace(last.experiment, view=experiment.view, rivals=experiment.rivals) == experiment:
        return replace(last, experiment=experiment)
    return build(experiment)


def _unpinned(setup: Setup) -> Setup:
    view = setup.experiment.view
    if view.pinned is None and not view.levels:
        return setup
    plain = replace(view, pinned=None, levels=False)
    return replace(setup, experiment=replace(setup.experiment, view=plain))
