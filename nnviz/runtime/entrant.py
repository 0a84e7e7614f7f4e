"""An entrant: one who trains. Where it stands, what its epochs left, and its past.

The run itself is one, and so is each of its rivals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isnan

import numpy as np

from nnviz.engine.course import Progress, Record
from nnviz.engine.elementary import Floats
from nnviz.engine.log import Log
from nnviz.engine.network import Network
from nnviz.engine.training import measure
from nnviz.experiment.build import Setup, sharing
from nnviz.experiment.kept import Settings
from nnviz.experiment.moments import Moment
from nnviz.experiment.past import Adopted, Edited, Extract, Past, Taken
from nnviz.experiment.run import Way
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import History
from nnviz.runtime.look import Look
from nnviz.runtime.trail import Trail
from nnviz.runtime.walk import Loops, Walk, is_slight

GOOD = 10.0
"""A loss is still good while it is at most so many times the least so far."""


class Entrant:
    """One who trains, and can be looked at as it was.

    `is_late` says that it joined a run under way, which it has yet to catch up with.
    """

    def __init__(self, setup: Setup, loops: Loops, loop: str) -> None:
        """Stand at the start of a setup."""
        self.walk: Walk
        self.past: Past
        self.trail: Trail
        self.log: Log
        self.best_epoch: int
        self.is_late = False
        self.look: Look | None
        self.dressed: tuple[Experiment, Experiment, Experiment] | None
        self._least: float
        self._best: Moment | None
        self._search: Look | None
        self._measured: tuple[tuple[int, int], Record] | None
        self._loops = loops
        self._stand(Moment(setup, Progress.start(setup.course, setup.theta), loop))
        self._begin_log()

    @property
    def setup(self) -> Setup:
        """What it follows now."""
        return self.walk.setup

    @property
    def experiment(self) -> Experiment:
        """The experiment that it follows now."""
        return self.walk.setup.experiment

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return self.walk.progress

    @property
    def epoch(self) -> int:
        """The last epoch that it was trained."""
        return self.walk.epoch

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on from here by itself."""
        return self.walk.progress.is_over

    @property
    def history(self) -> History:
        """What every epoch left behind."""
        log = self.log
        accuracies = log.train_accuracy, log.test_accuracy
        return History(log.train_loss, log.test_loss, *accuracies, log.learning_rate)

    @property
    def shown(self) -> Walk:
        """Where it is looked at."""
        return self.walk if self.look is None else self.look.walk

    def restore(self, setup: Setup, way: Way) -> None:
        """Stand at the end of a way; of what lies behind, its chronicle can be looked at."""
        loop, log = self.walk.loop, Log(compact=True)
        log.append(way.curves.arrays(way.epoch))
        if way.past is None:
            self._stand(Moment(setup, way.progress(setup.course), loop))
        else:
            past, then = way.past.past(setup.experiment)
            when = way.past.count, way.past.since, past.changes
            self._stand(Moment(then, way.progress(then.course), way.past.loop, *when), past)
        self.log = log
        self._rank_all()
        if way.past is not None:
            self._follow(setup)
            self.take(loop)

    def bite(self, updates: int) -> None:
        """Make up to so many updates."""
        records = self.walk.bite(updates)
        self.log.extend(records)
        self._rank(records)
        if self.walk.since == 0:
            self.past.keep(self.walk.moment())
            self.trail.add(self.epoch, self.setup.network, self.progress.theta)

    def adopt(self, setup: Setup) -> None:
        """Go on with other settings."""
        setup, samples = sharing(setup, self.setup)
        before = self.progress.copy()
        self.walk.apply(Adopted(setup))
        slight = is_slight(before, self.progress)
        self._note(Adopted(setup, slight, samples))

    def dress(self, setup: Setup) -> None:
        """Follow a setup that trains just as the present one."""
        self.walk.setup, _ = sharing(setup, self.setup)

    def edit(self, places: tuple[int, ...], values: tuple[float, ...]) -> None:
        """Put numbers at places of theta."""
        edited = Edited(places, values)
        self.walk.apply(edited)
        self._note(edited)

    def extract(self, epochs: Iterable[int]) -> Extract:
        """What a document keeps of its past, these epochs above all."""
        return self.past.extract(self.walk.moment(), epochs)

    def take(self, loop: str) -> None:
        """Go on with another loop."""
        if loop != self.walk.loop:
            self.walk.apply(Taken(loop))
            self._note(Taken(loop))

    def see(self, epoch: int | None) -> None:
        """Let it be looked at as it was at an epoch; None for the newest moment."""
        if epoch is None or self.walk.key <= (epoch, 0):
            self.look = None
        elif self.look is None or self.look.epoch != epoch:
            self.look = Look(self.past, max(epoch, self.past.first), self._loops, self.look)

    def go_back(self) -> None:
        """Stand where it is looked at, which is reached; what came after is gone."""
        if self.look is None:
            return
        loop, self.walk, self.look = self.walk.loop, self.look.walk, None
        self.log = self.log.first(self.epoch + 1)
        self.past.cut(self.walk.moment())
        self.trail.cut(self.epoch)
        self._best = self._search = None
        self._rank_all()
        self.take(loop)

    def last_good(self, since: int, least: float) -> int:
        """The last epoch at which the loss was good.

        Args:
            since: the epoch from which on losses compare.
            least: the loss there, or less.
        """
        losses = self.log.train_loss[since + 1 :]
        good = np.flatnonzero(losses <= GOOD * min(least, np.nanmin(losses, initial=np.inf)))
        return since + (int(good[-1]) + 1 if good.size else 0)

    def best_theta(self, network: Network) -> Floats | None:
        """The weights of the best epoch as far as known, if a network can have them."""
        best = self._best
        return best.progress.theta if best and best.setup.network == network else None

    @property
    def is_best_known(self) -> bool:
        """Whether the weights of the best epoch are there."""
        return self._best is not None and self._best.progress.epoch == self._best_reached

    def seek_best(self, until: float, look_up: Callable[[], None] = lambda: None) -> bool:
        """Go to the best epoch, until a time has come; whether it is reached."""
        if self._search is None or self._search.epoch != self._best_reached:
            self._search = Look(self.past, self._best_reached, self._loops)
        if self._search.go(until, look_up):
            self._best = self._search.walk.moment()
        return self._search.is_there

    @property
    def _best_reached(self) -> int:
        return max(self.best_epoch, self.past.first)

    def _stand(self, moment: Moment, past: Past | None = None) -> None:
        self.walk = Walk(moment, self._loops)
        self.past = past or Past(moment)
        self.trail = Trail(self.past.moments.first.setup.network)
        for each in (*self.past.moments, moment):
            self.trail.add(each.progress.epoch, each.setup.network, each.progress.theta)
        self.look = None
        self.log = Log(compact=True)
        self._best = None
        self._search = None
        self.dressed = None
        self._measured = None

    def _follow(self, setup: Setup) -> None:
        """Go on by settings that may be the same."""
        if Settings.of(self.experiment) == Settings.of(setup.experiment):
            self.dress(setup)
        else:
            self.adopt(setup)

    def measured(self) -> Record:
        """How good theta is now, worked out afresh when it is another."""
        key = self.walk.count, self.walk.changes
        if self._measured is None or self._measured[0] != key or not self.walk.is_touched:
            record = measure(self.walk.course, self.progress.theta)
            rate = float(self.log.learning_rate[-1])
            self._measured = key, record._replace(rate=rate)
        return self._measured[1]

    def _begin_log(self) -> None:
        record = measure(self.walk.course, self.progress.theta)
        self.log = Log(compact=True)
        self.log.add(record._replace(rate=self.progress.rate(self.walk.course)))
        self._rank_all()

    def _note(self, change: Adopted | Edited | Taken) -> None:
        self.past.note(self.walk.count, change)
        self.walk.changes = self.past.changes
        if self.walk.key == (0, 0):
            self._begin_log()

    def _rank(self, records: Sequence[Record]) -> None:
        """See whether one of the newest epochs is the best so far."""
        first = self.epoch + 1 - len(records)
        for epoch, record in enumerate(records, first):
            loss = record.train_loss if isnan(record.test_loss) else record.test_loss
            if loss < self._least:
                self._least, self.best_epoch = loss, epoch

    def _rank_all(self) -> None:
        log = self.log
        losses = log.train_loss if isnan(log.test_loss[-1]) else log.test_loss
        known = np.where(np.isfinite(losses), losses, np.inf)
        self.best_epoch = int(known.argmin())
        self._least = float(known[self.best_epoch])
