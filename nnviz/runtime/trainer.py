"""The trainer: a run that obeys orders and goes on by bites, without a thread of its own.

It keeps the course, the progress made on it, the curves, the race that runs in step with it, and
the last moment at which the loss was still good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite, isnan
from time import perf_counter

import numpy as np

from nnviz.engine.course import Progress, Record
from nnviz.engine.log import Log
from nnviz.engine.swarm import Race
from nnviz.engine.training import Loop, NumpyLoop, measure
from nnviz.experiment.build import Setup, build
from nnviz.experiment.run import EPOCH_LIMIT, Run
from nnviz.experiment.spec import Experiment, same_start
from nnviz.runtime.frames import Divergence, Floats, Frame, History, RaceFrame
from nnviz.runtime.relief import race_field, race_start, surface_key

RACE_STEPS = 5_000
"""Races end here: nothing more is to be seen of them."""

GOOD = 10.0
"""A loss is still good while it is at most so many times the least so far."""

BITE_S = {"numpy": 0.002, "compiled": 0.006}
"""How long each loop works at a stretch, before it looks up."""


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    progress: Progress
    records: int


class Trainer:
    """One run at a time, of one experiment."""

    def __init__(self, experiment: Experiment, loop: Loop | None = None) -> None:
        """Stand at the start of an experiment.

        Raises:
            Mistake: if the experiment cannot be built.
        """
        self._loop = loop or NumpyLoop()
        self._loop_name = "numpy"
        self._run = 0
        self._cost_s = 1e-4
        self._setup: Setup
        self._progress: Progress
        self._log: Log
        self._good: _Checkpoint
        self._anchor: Floats
        self._race: Race
        self._race_began: int
        self._begin(build(experiment))

    @property
    def experiment(self) -> Experiment:
        """The experiment as it is followed now."""
        return self._setup.experiment

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on from here: diverged, stopped, or the last epoch is done."""
        return self._progress.is_over or self._progress.epoch >= EPOCH_LIMIT

    @property
    def is_between_epochs(self) -> bool:
        """Whether no epoch is under way."""
        return self._progress.batch == 0

    @property
    def needs_interpreter(self) -> bool:
        """Whether its work keeps other threads from running Python."""
        return self._loop_name == "numpy"

    def use(self, loop: Loop, name: str) -> None:
        """Go on with another loop; the numbers stay the same."""
        self._loop, self._loop_name = loop, name

    def adopt(self, experiment: Experiment) -> None:
        """Go on with another experiment, keeping the weights if they fit it.

        Raises:
            Mistake: if it cannot be built; nothing is changed then.
        """
        setup = build(experiment)
        if not same_start(self.experiment, experiment):
            self._begin(setup)
            return
        was, old = self._race_key(), self._setup
        for progress in (self._progress, self._good.progress):
            progress.adopt(old.course, setup.course)
        self._anchor = setup.network.carried(old.network, self._anchor)
        self._setup = setup
        if self._progress.epoch == 0:
            self._begin_log()
        elif setup.network != old.network or setup.points is not old.points:
            self._least = measure(setup.course, self._progress.theta).train_loss
        if self._race_key() != was:
            self._begin_race()

    def reset(self) -> None:
        """Stand where the weights started."""
        self._begin(self._setup)

    def recenter(self) -> None:
        """Cut the network's loss slice through the weights of this moment."""
        self._anchor, self._anchor_epoch = self._progress.theta.copy(), self._progress.epoch
        self._begin_race()

    def set_weights(self, places: tuple[int, ...], values: tuple[float, ...]) -> None:
        """Put numbers at places of theta."""
        theta = self._progress.theta.copy()
        theta[list(places)] = values
        self._progress.theta = theta

    def reset_weights(self, places: tuple[int, ...]) -> None:
        """Put what the weights started with back at places of theta."""
        self.set_weights(places, tuple(self._setup.theta[list(places)].tolist()))

    @property
    def _best_epoch(self) -> int:
        losses = self._log.train_loss if isnan(self._log.test_loss[-1]) else self._log.test_loss
        return int(losses.argmin())

    def recover(self) -> None:
        """Stand at the last moment at which the loss was good."""
        self._progress = self._good.progress.copy()
        kept = self._log
        self._log = Log()
        self._refill(_history(kept), self._good.records)
        if self._progress.epoch < self._race_began:
            self._begin_race()

    def restore(self, run: Run, experiment: Experiment | None = None) -> None:
        """Stand where a run stood.

        Raises:
            Mistake: if the run is not one of the experiment's; nothing is changed then.
        """
        setup = build(experiment) if experiment is not None else self._setup
        run.check(setup.course.optimizer, setup.network)
        self._begin(setup)
        self._progress = run.progress(setup.course)
        self._log = Log()
        self._refill(History(**run.curves.arrays(run.epoch)), run.epoch + 1)
        if run.anchor is not None:
            self._anchor = np.array(run.anchor)
        self._anchor_epoch = run.anchor_epoch
        self._begin_race(run.race_epoch)
        self._race_on()
        self._keep_good()

    def step_batch(self) -> None:
        """Make one update."""
        self._bite(1)

    def work(self, epochs: float, until: float, look_up: Callable[[], None] = lambda: None) -> int:
        """Go on for some epochs, or until a time has come.

        Args:
            epochs: how many epochs at most, the one under way among them; may be infinite.
            until: when to stop at the latest, by `perf_counter`.
            look_up: called before every bite of work.

        Returns:
            How many epochs came to their end.
        """
        first = self._progress.epoch
        while not self.is_over and self._progress.epoch - first < epochs:
            look_up()
            left = epochs - (self._progress.epoch - first)
            self._bite(self._updates(left))
            if perf_counter() >= until:
                break
        self._keep_good()
        return self._progress.epoch - first

    def frame(self) -> Frame:
        """This moment, as the window wants it."""
        progress = self._progress
        lost = progress.diverged
        return Frame(
            experiment=self.experiment,
            run=self._run,
            epoch=progress.epoch,
            batch=progress.batch,
            theta=progress.theta.copy(),
            history=_history(self._log),
            race=self._race_frame(),
            anchor=self._anchor,
            anchor_epoch=self._anchor_epoch,
            diverged=Divergence(lost.epoch, lost.why) if lost else None,
            memory=progress.memory.copy(),
            steps=progress.steps,
            carry=progress.carry,
            watch=progress.watch,
            best=progress.best,
            stopped=_stopped(progress),
            loop=self._loop_name,
            head=progress.epoch,
            now=_history(self._log).at(progress.epoch),
            best_epoch=self._best_epoch,
        )

    def _begin(self, setup: Setup) -> None:
        self._run += 1
        self._setup = setup
        self._progress = Progress.start(setup.course, setup.theta)
        self._anchor, self._anchor_epoch = setup.theta.copy(), 0
        self._begin_log()
        self._begin_race()
        self._good = _Checkpoint(self._progress.copy(), 1)

    def _begin_log(self) -> None:
        self._log = Log()
        record = measure(self._setup.course, self._progress.theta)
        self._log.add(replace(record, rate=self._progress.rate(self._setup.course)))
        self._least = float(self._log.train_loss[0])

    def _refill(self, history: History, count: int) -> None:
        rows = zip(
            history.train_loss,
            history.test_loss,
            history.train_accuracy,
            history.test_accuracy,
            history.learning_rate,
            strict=True,
        )
        for _, (*record, rate) in zip(range(count), rows, strict=False):
            self._log.add(Record(*(float(each) for each in (*record, rate))))
        self._least = float(np.nanmin(self._log.train_loss))

    def _updates(self, epochs: float) -> int:
        """How many updates make a bite, at most so many epochs."""
        bite = max(int(BITE_S[self._loop_name] / self._cost_s), 1)
        epochs = min(epochs, EPOCH_LIMIT - self._progress.epoch)
        left = epochs * self._setup.course.updates - self._progress.batch
        return int(min(bite, left))

    def _bite(self, updates: int) -> None:
        begun, course = perf_counter(), self._setup.course
        for record in self._loop.advance(course, self._progress, updates):
            self._log.add(record)
            self._least = min(self._least, record.train_loss)
        self._race_on()
        cost_s = (perf_counter() - begun) / updates
        self._cost_s = 0.5 * (self._cost_s + cost_s)

    def _keep_good(self) -> None:
        loss = float(self._log.train_loss[-1])
        is_good = isfinite(loss) and loss <= GOOD * self._least
        if is_good and self._progress.batch == 0 and self._progress.diverged is None:
            self._good = _Checkpoint(self._progress.copy(), len(self._log))

    def _race_key(self) -> tuple[object, ...]:
        landscape = self.experiment.landscape
        return (*surface_key(self._setup, self._anchor), landscape.start, landscape.racers)

    def _begin_race(self, epoch: int | None = None) -> None:
        self._race_began = self._progress.epoch if epoch is None else epoch
        field = race_field(self._setup, self._anchor)
        start = race_start(self._setup, self._anchor)
        self._race = Race(field, self.experiment.landscape.racers, start)

    @property
    def _race_steps(self) -> int:
        return min(self._progress.epoch - self._race_began, RACE_STEPS)

    def _race_on(self) -> None:
        missing = self._race_steps - self._race.steps
        if missing > 0:
            self._race.advance(missing)

    def _race_frame(self) -> RaceFrame:
        steps = self._race_steps
        diverged = self._race.diverged
        return RaceFrame(self._race.paths[:, : steps + 1], diverged, self._race_began)


def _stopped(progress: Progress) -> str:
    """A sentence where training has stopped by itself."""
    if not progress.stopped or progress.best is None:
        return ""
    return f"stopped; the weights are those of epoch {progress.best.epoch:,}, the best"


def _history(log: Log) -> History:
    return History(
        log.train_loss, log.test_loss, log.train_accuracy, log.test_accuracy, log.learning_rate
    )
