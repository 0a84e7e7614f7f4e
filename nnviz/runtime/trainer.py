"""The trainer: a run that obeys orders and goes on by bites, without a thread of its own.

It keeps the run and its rivals, the race in step with it, and which moment of them is looked at.
Rivals stand at the run's epoch once they have caught up. To look at the past leaves the newest
moment where it is; to edit what is looked at goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np

from nnviz.engine.training import Loop, NumpyLoop
from nnviz.experiment.build import Setup, build
from nnviz.experiment.kept import Settings
from nnviz.experiment.run import Run
from nnviz.experiment.spec import Experiment, same_start
from nnviz.experiment.stand import EPOCH_LIMIT
from nnviz.mistake import Mistake
from nnviz.runtime.arena import Arena
from nnviz.runtime.entrant import Entrant
from nnviz.runtime.frames import Frame, Ghost
from nnviz.runtime.portrait import ghost_of, portrait
from nnviz.runtime.rivalry import Rivalry
from nnviz.runtime.saving import ghosts_of

RACE_STEPS = 5_000
"""Races end here: nothing more is to be seen of them."""

BITE_S = {"numpy": 0.002, "compiled": 0.006}
"""How long each loop works at a stretch, before it looks up."""

GHOSTS = 4
"""How many branches that were left are remembered."""


class Trainer:
    """One run at a time, of one experiment, with its rivals."""

    def __init__(self, experiment: Experiment, look_up: Callable[[], None] = lambda: None) -> None:
        """Stand at the start of an experiment.

        Args:
            experiment: what to begin with.
            look_up: called before every bite of work; may raise, to give up.

        Raises:
            Mistake: if the experiment cannot be built.
        """
        self._loops: dict[str, Callable[[], Loop]] = {"numpy": NumpyLoop}
        self._loop_name = "numpy"
        self._look_up = look_up
        self._run = 0
        self._main: Entrant
        self._rivals: Rivalry
        self._arena: Arena
        self._looked: int | None
        self._ghosts: tuple[Ghost, ...]
        self._since: int
        self._least: float
        self._begin(build(experiment))

    @property
    def experiment(self) -> Experiment:
        """The experiment as it is followed now."""
        return self._main.experiment

    @property
    def epoch(self) -> int:
        """The last epoch that was trained."""
        return self._main.epoch

    @property
    def looked(self) -> int | None:
        """The epoch of the past that is looked at, None for the newest moment."""
        return self._looked

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on from here: diverged, stopped, or the last epoch is done."""
        return self._main.is_over or self._main.epoch >= EPOCH_LIMIT

    @property
    def is_between_epochs(self) -> bool:
        """Whether no epoch is under way."""
        return self._main.progress.batch == 0

    @property
    def is_behind(self) -> bool:
        """Whether something is still to be reached: what is looked at, a rival, the best epoch."""
        return not self.is_in_step or not self._main.is_best_known

    @property
    def is_in_step(self) -> bool:
        """Whether what is looked at is reached, and no rival lags behind."""
        return self.is_shown and self._rivals.is_complete(self.epoch)

    @property
    def is_shown(self) -> bool:
        """Whether what is looked at is reached."""
        return all(each.look is None or each.look.is_there for each in self._all)

    @property
    def needs_interpreter(self) -> bool:
        """Whether its work keeps other threads from running Python."""
        return self._loop_name == "numpy"

    def use(self, loop: Loop, name: str) -> None:
        """Go on with another loop; the numbers stay the same."""
        self._loops[name], self._loop_name = type(loop), name
        for each in self._all:
            each.take(name)

    def adopt(self, experiment: Experiment) -> None:
        """Go on with another experiment, keeping the weights if they fit it.

        What trains otherwise goes on from the epoch that is looked at.

        Raises:
            Mistake: if it cannot be built; nothing is changed then.
        """
        setup, old = build(experiment), self.experiment
        if not same_start(self.experiment, experiment):
            self._begin(setup)
            return
        if Settings.of(experiment) == Settings.of(self.experiment):
            self._rivals.line_up(self.experiment, setup, self._loops, self._loop_name)
            self._main.dress(setup)
        else:
            self.branch()
            self._rivals.line_up(self.experiment, setup, self._loops, self._loop_name)
            self._change(setup)
        self._arena.adopt(old, self._all)
        self._share_room()

    def reset(self) -> None:
        """Stand where the weights started."""
        self._begin(build(self.experiment))

    def recenter(self) -> None:
        """Cut the network's loss slice through the weights of this moment."""
        self._arena.recenter(self._all)

    def race_again(self) -> None:
        """Let the optimizers start again, at the epoch that is looked at."""
        self._arena.race_again(self._main, self.epoch if self._looked is None else self._looked)

    def race_on(self, steps: int) -> bool:
        """Let the race take steps alone, or back, if the run is over; whether there are more."""
        return self.is_over and self._arena.contest.go_on_alone(self.epoch, steps)

    def set_weights(self, places: tuple[int, ...], values: tuple[float, ...]) -> None:
        """Put numbers at places of theta, where it is looked at.

        Raises:
            Mistake: if there is no such place, or a value is not finite.
        """
        size = self._main.setup.network.size
        if len(places) != len(values) or not all(0 <= place < size for place in places):
            raise Mistake(f"Weights have places from 0 to {size - 1}, with a number for each.")
        if not np.isfinite(values).all():
            raise Mistake("A weight must be a finite number.")
        self.branch()
        self._main.edit(places, values)

    def look(self, epoch: int | None) -> None:
        """Look at the run as it was at the end of an epoch; None for its newest moment."""
        wanted = self.epoch if epoch is None else max(epoch, 0)
        self._see(wanted if wanted < self.epoch else None)

    def branch(self) -> None:
        """Go on from the epoch that is looked at; what came after becomes a ghost."""
        if self._looked is not None:
            self._ghosts = (*self._ghosts, ghost_of(self._looked, self._main.history))[-GHOSTS:]
            self._go_back()

    def recover(self) -> None:
        """Stand at the last epoch at which the loss was good."""
        self._see(self._main.last_good(self._since, self._least))
        self._go_back()

    def restore(self, run: Run, experiment: Experiment | None = None) -> None:
        """Stand where a run stood.

        Raises:
            Mistake: if the run is not one of the experiment's; nothing is changed then.
        """
        setup = build(self.experiment if experiment is None else experiment)
        run.check_run(setup.experiment)
        self._begin(setup)
        self._main.restore(setup, run)
        self._rivals.restore(run.rivals, run.epoch)
        self._share_room()
        self._arena.restore(run, self._main)
        self._ghosts = ghosts_of(run)[-GHOSTS:]

    def step_batch(self) -> None:
        """Make one update."""
        self._main.bite(1)
        self._arena.follow(self._all)
        self.work(0, perf_counter())

    def work(self, epochs: float, until: float) -> int:
        """Go on for some epochs, the rivals too, or until a time has come.

        Args:
            epochs: how many epochs at most, the one under way among them; may be infinite.
            until: when to stop at the latest, by `perf_counter`.

        Returns:
            How many epochs came to their end.
        """
        first = self.epoch
        while True:
            made, done = self._main.walk.count, self.epoch - first
            left = min(epochs - done, EPOCH_LIMIT - self.epoch, self._arena.due(self._main))
            is_on = self._rivals.go_on(self._main, left, self._bite_s, self._look_up)
            if self._main.walk.count > made:
                self._arena.follow(self._all)
            if not is_on or perf_counter() >= until:
                break
        return self.epoch - first

    def catch_up(self, until: float) -> None:
        """Go to what is looked at, let rivals catch up, and find the best, as time allows."""
        for each in self._all:
            each.see(self._looked)
            if each.look is not None and not each.look.go(until, self._look_up):
                return
        self.work(0, until)
        if self.is_in_step:
            self._arena.attend(self._all)
        if self.is_in_step and perf_counter() < until:
            self._main.seek_best(until, self._look_up)

    def frame(self) -> Frame:
        """This moment, or the one that is looked at, as the window wants it."""
        common = {"run": self._run, "ghosts": self._ghosts, **self._arena.cut}
        shown = self._main, self._rivals.entrants, self._arena.contest
        live = portrait(*shown, is_live=True, **common)
        if self._looked is None:
            return live
        past = portrait(*shown, is_live=False, **common)
        return replace(past, live=live, looked=self._looked)

    @property
    def _all(self) -> tuple[Entrant, ...]:
        return (self._main, *(each for _, each in self._rivals.entrants))

    @property
    def _bite_s(self) -> float:
        return BITE_S[self._loop_name] / len(self._all) + 0.001 * (len(self._all) > 1)

    def _begin(self, setup: Setup) -> None:
        self._run += 1
        self._main = Entrant(setup, self._loops, self._loop_name)
        self._rivals = Rivalry(setup.experiment, self._loops, self._loop_name)
        self._arena = Arena(setup, RACE_STEPS)
        self._looked = None
        self._ghosts = ()
        self._since, self._least = 0, float(self._main.log.train_loss[0])
        self._share_room()

    def _share_room(self) -> None:
        """Let the past of everyone have an equal part of the room that there is."""
        for each in self._all:
            each.past.share(len(self._all))

    def _see(self, epoch: int | None) -> None:
        self._looked = epoch
        for each in self._all:
            each.see(epoch)

    def _go_back(self) -> None:
        """Stand where everyone is looked at, by the settings of now."""
        setup = self._main.setup
        for each in self._all:
            if each.look is not None:
                each.look.go(np.inf, self._look_up)
            each.go_back()
            each.take(self._loop_name)
        self._looked = None
        self._change(setup)
        self._arena.go_back(self._main)
        self._since = min(self._since, self.epoch)

    def _change(self, setup: Setup) -> None:
        """Go on by other settings."""
        old = self._main.setup
        self._main.adopt(setup)
        self._arena.carry(setup.network, old.network)
        if setup.network != old.network or not setup.course.has_samples_of(old.course):
            self._since = self.epoch
            self._least = self._main.measured().train_loss
