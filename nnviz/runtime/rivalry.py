"""The rivals of a run: who they are, and who lags behind.

Rivals go in step with the run. One that joins it on the way, and so begins at epoch 0, does not
hold it up: the run goes on, but slower than the late one, which so catches up and then goes along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf

from nnviz.experiment.build import Setup, build
from nnviz.experiment.kept import Settings
from nnviz.experiment.rivals import entrants, is_alike
from nnviz.experiment.run import Way
from nnviz.experiment.spec import Experiment, Rival, same_start
from nnviz.runtime.entrant import Entrant
from nnviz.runtime.walk import Loops

HEAD_START = 3.0
"""How many epochs those who are late make while the run makes one."""


class Rivalry:
    """The rivals of an experiment, in its order."""

    def __init__(self, experiment: Experiment, loops: Loops, loop: str) -> None:
        """Stand at the start with all of them."""
        self._credit = 0.0
        wholes = entrants(experiment)
        self.entrants: list[tuple[Rival, Entrant]] = [
            (rival, Entrant(build(whole), loops, loop))
            for rival, whole in zip(experiment.rivals, wholes, strict=True)
        ]

    def laggard(self, epoch: int, *, late: bool = False) -> Entrant | None:
        """Who has the longest way to an epoch, None when all are there or stand still.

        Args:
            epoch: that of the run.
            late: look among those that are late, or among those that are not.
        """
        behind = [each for each in self._behind(epoch) if each.is_late == late]
        return min(behind, key=lambda each: each.epoch, default=None)

    def is_complete(self, epoch: int) -> bool:
        """Whether nobody has any way left to an epoch."""
        return not any(True for _ in self._behind(epoch))

    def go_on(
        self, main: Entrant, epochs: float, seconds: float, look_up: Callable[[], None]
    ) -> bool:
        """Let whoever's turn it is go on for about a time; whether there was anybody.

        Args:
            main: the run.
            epochs: how many the run is to make at most.
            seconds: how long, about.
            look_up: called before.
        """
        laggard, late = self.laggard(main.epoch), self.laggard(main.epoch, late=True)
        may = epochs > 0 and not main.is_over
        if laggard is None and late is not None and not (may and self._credit >= 1.0):
            laggard = late
        if laggard is None and not may:
            return False
        look_up()
        if laggard is not None:
            self._catch_up(laggard, main.epoch, seconds)
        else:
            before, most = main.epoch, inf if late is None else self._credit
            main.bite(main.walk.updates(min(epochs, most), seconds))
            self._credit = 0.0 if late is None else self._credit - (main.epoch - before)
        return True

    def _catch_up(self, entrant: Entrant, epoch: int, seconds: float) -> None:
        """Let one go on; for what those who are late make, the run may make a part."""
        before, late = entrant.epoch, sum(each.is_late for each in self._behind(epoch))
        entrant.bite(entrant.walk.updates(epoch - before, seconds))
        if entrant.is_late:
            self._credit += (entrant.epoch - before) / (HEAD_START * late)
            entrant.is_late = entrant.epoch < epoch

    def _behind(self, epoch: int) -> Iterator[Entrant]:
        """Who has some way left."""
        for _, each in self.entrants:
            if each.epoch < epoch and not each.is_over:
                yield each

    def restore(self, ways: Sequence[Way | None], epoch: int) -> None:
        """Let those that have come a way stand at its end; who is not at the epoch is late."""
        for (_, entrant), way in zip(self.entrants, ways, strict=False):
            if way is not None:
                entrant.restore(entrant.setup, way)
        for _, entrant in self.entrants:
            entrant.is_late = entrant.epoch < epoch and not entrant.is_over

    def line_up(self, old: Experiment, setup: Setup, loops: Loops, loop: str) -> None:
        """Go on with the rivals of another experiment; those that are new begin at epoch 0."""
        left = list(self.entrants)
        lined: list[tuple[Rival, Entrant]] = []
        new = setup.experiment
        is_same = Settings.of(old) == Settings.of(new)
        for rival, whole in zip(new.rivals, entrants(new), strict=True):
            found = next((pair for pair in left if is_alike(pair[0], rival)), None)
            if found is None or not same_start(found[1].experiment, whole):
                newcomer = Entrant(build(whole), loops, loop)
                newcomer.is_late = True
                lined.append((rival, newcomer))
                continue
            left.remove(found)
            if found[1].experiment != whole:
                _follow(found[1], build(whole), is_same=is_same)
            lined.append((rival, found[1]))
        self.entrants = lined


def _follow(entrant: Entrant, setup: Setup, *, is_same: bool) -> None:
    if is_same:
        entrant.dress(setup)
    else:
        entrant.adopt(setup)
