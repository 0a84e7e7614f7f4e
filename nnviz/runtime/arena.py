"""The arena: where the loss is cut for a picture, and the race on it, in step with a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnviz.engine.network import Network
from nnviz.experiment.build import Setup
from nnviz.experiment.run import Run
from nnviz.experiment.spec import Experiment
from nnviz.runtime.contest import Contest
from nnviz.runtime.entrant import Entrant
from nnviz.runtime.footing import Footing
from nnviz.runtime.frames import Floats


class Arena:
    """One cut and one race at a time; both go with the main run, the first of the entrants."""

    def __init__(self, setup: Setup, most: int) -> None:
        """Cut through where the weights start, for races of at most so many steps."""
        self._most = most
        self._footing = Footing(setup.theta)
        self.contest = self._made(setup, 0)

    @property
    def cut(self) -> dict[str, Any]:
        """What a frame tells of the cut."""
        footing = self._footing
        return {"anchor": footing.anchor, "anchor_epoch": footing.epoch, "laid": footing.laid}

    def due(self, main: Entrant) -> float:
        """After how many epochs the cut has to be attended to; infinite where it stays."""
        return self._footing.due(main.experiment.landscape, main.epoch)

    def follow(self, entrants: Sequence[Entrant]) -> None:
        """Let the race come to the epoch of the run, and the cut go with it."""
        main = entrants[0]
        self.contest.follow(main.epoch)
        if main.progress.batch == 0:
            self.attend(entrants)

    def attend(self, entrants: Sequence[Entrant]) -> None:
        """Let the cut go with the run if it is time to; then the race begins again."""
        main = entrants[0]
        theta, epoch = main.progress.theta, main.epoch
        if self._footing.attend(main.setup, theta, epoch, lambda: _ways(entrants)):
            self.contest = self._made(main.setup, epoch)

    def recenter(self, entrants: Sequence[Entrant]) -> None:
        """Cut through the weights of this moment."""
        main = entrants[0]
        theta, epoch = main.progress.theta, main.epoch
        self._footing.recenter(main.setup, theta, epoch, lambda: _ways(entrants))
        self.contest = self._made(main.setup, epoch)

    def race_again(self, main: Entrant, epoch: int) -> None:
        """Let the race begin again at an epoch."""
        self.contest = self._made(main.setup, epoch)
        self.contest.follow(main.epoch)

    def adopt(self, old: Experiment, entrants: Sequence[Entrant]) -> None:
        """Go on with another experiment, which the entrants follow already."""
        main = entrants[0]
        if _shown(old) != _shown(main.experiment):
            self._footing.hurry()
            self.attend(entrants)
        if not self.contest.fits(main.setup, self._footing.anchor, self._footing.laid):
            self.contest = self._made(main.setup, main.epoch)

    def carry(self, network: Network, old: Network) -> None:
        """Go on with a network of the same widths that may have other parameters."""
        self._footing.carry(network, old)

    def go_back(self, main: Entrant) -> None:
        """What came after the epoch of the run is gone."""
        self._footing.go_back(main.experiment.landscape, main.epoch)
        if main.epoch < self.contest.began:
            self.contest = self._made(main.setup, main.epoch)

    def restore(self, run: Run, main: Entrant) -> None:
        """Cut and race as a run did that is gone on with."""
        anchor = self._footing.anchor if run.anchor is None else np.array(run.anchor)
        self._footing = Footing(anchor, run.anchor_epoch)
        self.contest = self._made(main.setup, run.race_epoch)
        self.contest.follow(main.epoch)

    def _made(self, setup: Setup, epoch: int) -> Contest:
        footing = self._footing
        return Contest(setup, footing.anchor, footing.laid, epoch, self._most)


def _ways(entrants: Sequence[Entrant]) -> list[Floats]:
    """The moments of the run, and where all race on the whole network of its rivals too."""
    main = entrants[0]
    shown = entrants if main.experiment.landscape.is_whole else entrants[:1]
    network = main.setup.network
    same = [each for each in shown if each.setup.network.places == network.places]
    return [each.trail.track(main.epoch, network).thetas for each in same]


def _shown(experiment: Experiment) -> tuple[object, ...]:
    """What of an experiment decides whether the cut goes with the run, and with whom."""
    landscape = experiment.landscape
    rivals = experiment.rivals if landscape.is_whole else ()
    return landscape.surface, landscape.plane, landscape.follow, landscape.race, rivals
