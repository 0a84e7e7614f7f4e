"""The rivals of a run: who they are, and who lags behind."""

from __future__ import annotations

from dataclasses import replace

from nnviz.experiment.build import Setup, build
from nnviz.experiment.rivals import entrants
from nnviz.experiment.spec import Experiment, Rival, same_start
from nnviz.runtime.entrant import Entrant
from nnviz.runtime.walk import Loops


class Rivalry:
    """The rivals of an experiment, in its order."""

    def __init__(self, experiment: Experiment, loops: Loops, loop: str) -> None:
        """Stand at the start with all of them."""
        wholes = entrants(experiment)
        self.entrants: list[tuple[Rival, Entrant]] = [
            (rival, Entrant(build(whole), loops, loop))
            for rival, whole in zip(experiment.rivals, wholes, strict=True)
        ]

    def laggard(self, epoch: int) -> Entrant | None:
        """Who has the longest way to an epoch, None when all are there or stand still."""
        late = [each for _, each in self.entrants if each.epoch < epoch and not each.is_over]
        return min(late, key=lambda each: each.epoch, default=None)

    def line_up(self, old: Experiment, setup: Setup, loops: Loops, loop: str) -> None:
        """Go on with the rivals of another experiment; those that are new begin at epoch 0."""
        left = list(self.entrants)
        lined: list[tuple[Rival, Entrant]] = []
        new = setup.experiment
        for rival, whole in zip(new.rivals, entrants(new), strict=True):
            found = next((pair for pair in left if _same(pair[0], rival)), None)
            if found is None or not same_start(found[1].experiment, whole):
                lined.append((rival, Entrant(build(whole), loops, loop)))
                continue
            left.remove(found)
            if found[1].experiment != whole:
                _follow(found[1], build(whole), is_same=trained(old) == trained(new))
            lined.append((rival, found[1]))
        self.entrants = lined


def _same(one: Rival, other: Rival) -> bool:
    return replace(one, name="") == replace(other, name="")


def _follow(entrant: Entrant, setup: Setup, *, is_same: bool) -> None:
    if is_same:
        entrant.dress(setup)
    else:
        entrant.adopt(setup)


def trained(experiment: Experiment) -> tuple[object, ...]:
    """What of an experiment a run depends on."""
    return experiment.data, experiment.features, experiment.architecture, experiment.training
