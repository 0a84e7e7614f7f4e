"""The worker: the thread that trains, obeys orders, and leaves the newest frame in a mailbox.

It works in slices of a few milliseconds, so an order takes effect within a frame of the window.
The loop in NumPy would take the interpreter from whoever paints, so it waits while the window is
busy; the compiled one needs no such manners.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Event, Thread, get_native_id
from time import perf_counter

from nnviz.engine.training import Loop
from nnviz.experiment.spec import Experiment
from nnviz.runtime.compiler import Compiler
from nnviz.runtime.frames import Frame
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.orders import (
    Adopt,
    Branch,
    Failed,
    Look,
    Order,
    Pause,
    Play,
    RaceAgain,
    RaceOn,
    Recenter,
    Recover,
    Reset,
    Restore,
    SetSpeed,
    SetWeights,
    StepBack,
    StepBatch,
    StepEpoch,
    Stop,
)
from nnviz.runtime.pace import Pace
from nnviz.runtime.trainer import Trainer

SLICE_S = 0.008
POSTS_S = 1 / 120
NICENESS = 5
START_SPEED = 10.0
ENDING_S = 5.0
"""How long the thread may take to end; it looks up many times a second, so it hardly ever does."""

BURST = 20
"""So many steps a race takes at a stretch when it goes on alone."""

BUSY_S = 0.1
"""How long a busy window is waited for: it may have forgotten to say that it is idle again."""


class _EndedError(Exception):
    """The thread is to end, here and now."""


class Worker:
    """A thread that trains one run at a time.

    Post orders; take frames from `frames`, and what went wrong from `failures`.
    """

    def __init__(self, experiment: Experiment, gate: Event | None = None) -> None:
        """Make ready, paused at the start.

        Args:
            experiment: what to begin with.
            gate: set while the window is idle; cleared, the loop in NumPy waits.

        Raises:
            Mistake: if the experiment cannot be built.
        """
        self.frames: Mailbox[Frame] = Mailbox()
        self.failures: SimpleQueue[Failed] = SimpleQueue()
        self._orders: SimpleQueue[Order] = SimpleQueue()
        self._gate = gate
        self._compiler: Compiler | None = None
        self._brought: Mailbox[Loop] = Mailbox()
        self._trainer = Trainer(experiment, self._look_up)
        self._pace = Pace(START_SPEED, perf_counter())
        self._is_playing = False
        self._is_replaying = False
        self._obeyed = 0
        self._is_stopped = Event()
        self._posted = 0.0
        self._thread = Thread(target=self._run, name="trainer", daemon=False)

    def start(self) -> None:
        """Begin: the first frame is posted at once."""
        self._thread.start()

    def bring(self, compiler: Compiler) -> None:
        """Let a compiler bring the compiled loop; until it is there NumPy goes on."""
        self._compiler = compiler
        compiler.start(self._brought.post, self._on_failed)

    def post(self, order: Order) -> None:
        """Give an order; orders are obeyed one after another."""
        self._orders.put(order)

    def stop(self) -> None:
        """End the thread, and wait for it a while; nothing happens when it never began."""
        if self._is_stopped.is_set():
            return
        self._is_stopped.set()
        self._orders.put(Stop())
        self.frames.close()
        if self._compiler is not None:
            self._compiler.stop()
        if self._thread.is_alive():
            self._thread.join(ENDING_S)

    def _run(self) -> None:
        _give_way()
        self._show()
        while not self._is_stopped.is_set():
            try:
                self._turn()
            except _EndedError:
                return
            except Exception as error:  # noqa: BLE001 - a failure is a value until the window
                self._is_playing = False
                self._on_failed(error)

    def _turn(self) -> None:
        """Obey what was ordered, or work a slice."""
        if self._obey_next():
            while not self._is_stopped.is_set() and self._obey_next(wait=False):
                pass
            self._show()
        elif self._is_playing:
            self._slice()
        elif self._trainer.is_behind:
            self._trainer.catch_up(perf_counter() + SLICE_S)
            self._show()

    def _obey_next(self, *, wait: bool = True) -> bool:
        """Obey the next order, if one comes before an epoch is due."""
        timeout_s = self._pace.wait_s(perf_counter()) if self._is_playing else None
        if self._trainer.is_behind:
            timeout_s = 0
        try:
            if wait and timeout_s != 0:
                order = self._orders.get(timeout=timeout_s)
            else:
                order = self._orders.get_nowait()
        except Empty:
            return False
        self._obeyed += 1
        self._obey(order)
        return True

    def _obey(self, order: Order) -> None:
        match order:
            case Adopt(experiment):
                self._trainer.adopt(experiment)
            case Play():
                self._is_replaying = self._trainer.looked is not None and not self._is_playing
                self._is_playing = True
                self._pace.restart(perf_counter())
            case SetSpeed(speed):
                self._pace.turn(speed, perf_counter())
            case Recenter():
                self._trainer.recenter()
            case RaceAgain():
                self._trainer.race_again()
            case SetWeights(places, values):
                self._trainer.set_weights(places, values)
            case Look(epoch):
                self._trainer.look(epoch)
            case _:
                self._is_playing = False
                self._obey_standing(order)

    def _obey_standing(self, order: Order) -> None:  # noqa: C901 - one case an order
        """Obey an order that ends playing."""
        match order:
            case StepEpoch() | StepBatch() if self._trainer.looked is not None:
                self._trainer.look(self._trainer.looked + 1)
            case StepEpoch() if self._trainer.is_over:
                self._trainer.race_on(1)
            case StepEpoch():
                self._finish_epoch()
            case RaceOn(steps):
                self._trainer.race_on(steps)
            case StepBatch():
                self._trainer.step_batch()
            case StepBack():
                looked = self._trainer.looked
                self._trainer.look((self._trainer.epoch if looked is None else looked) - 1)
            case Branch():
                self._trainer.branch()
            case Reset():
                self._trainer.reset()
            case Recover():
                self._trainer.recover()
            case Restore(run, experiment):
                self._trainer.restore(run, experiment)
            case Pause() | Stop() | _:
                pass

    def _finish_epoch(self) -> None:
        """Train to the end of the epoch, however long it takes, unless another order comes."""
        while not self._trainer.work(1, perf_counter() + SLICE_S):
            self._show()
            if self._trainer.is_over or not self._orders.empty():
                return

    def _change_loop(self) -> None:
        """Take over the compiled loop when it is there, between two epochs."""
        if self._trainer.is_between_epochs:
            loop = self._brought.take()
            if loop is not None:
                self._trainer.use(loop, "compiled")

    def _on_failed(self, error: Exception) -> None:
        self.failures.put(Failed(error))

    def _slice(self) -> None:
        self._change_loop()
        now = perf_counter()
        if self._trainer.looked is not None:
            self._trainer.catch_up(now + SLICE_S / 2)
        if self._is_replaying and self._trainer.looked is not None:
            self._play_past(now)
            return
        if self._trainer.is_over:
            self._race_alone(min(self._pace.due(now), BURST))
        else:
            done = self._trainer.work(self._pace.due(now), now + SLICE_S)
            self._pace.spend(done)
            self._is_playing = not self._trainer.is_over
        if not self._is_playing or perf_counter() - self._posted >= POSTS_S:
            self._show()

    def _race_alone(self, steps: float) -> None:
        """Let the race go on to its end when there is nothing left to train."""
        self._is_playing = self._trainer.race_on(int(steps))
        self._pace.spend(int(steps))

    def _play_past(self, now: float) -> None:
        """Let what is looked at move on; at the newest moment training goes on."""
        looked = self._trainer.looked
        if looked is not None and self._trainer.is_shown:
            due = min(self._pace.due(now), self._trainer.epoch)
            self._trainer.look(looked + int(due))
            self._pace.spend(int(due))
        if perf_counter() - self._posted >= POSTS_S:
            self._show()

    def _look_up(self) -> None:
        """Look up from work: whether it is to end, and whether the window wants to paint."""
        if self._is_stopped.is_set():
            raise _EndedError
        if self._gate is not None and self._trainer.needs_interpreter:
            self._gate.wait(BUSY_S)

    def _show(self) -> None:
        self._posted = perf_counter()
        frame = self._trainer.frame()
        self.frames.post(replace(frame, orders=self._obeyed, is_playing=self._is_playing))


def _give_way() -> None:
    """Let whoever paints go first: with two busy processors that is thrice as many pictures.

    Only Linux knows priorities of single threads by their number.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), NICENESS)
