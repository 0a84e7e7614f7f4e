"""Who wins: the numbers of a run and its rivals at the epoch that is shown, and the best of them.

An entrant that diverged has numbers, but wins nothing with them, and so has one that is late: it
joined on the way and is still at an earlier epoch.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from nnviz.engine.course import Record
from nnviz.experiment.rivals import brief_labels
from nnviz.runtime.frames import Floats, Frame, History
from nnviz.value import dataclass

MAIN = "Main run"

CRITERIA = ("train_loss", "test_loss", "accuracy", "epochs")
"""What can be won; the greatest accuracy wins, the least of everything else."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entrant stands; NaN for what there is not, such as a goal not reached.

    `brief` is the name where there is little room. `accuracy` is that on the test data, or on the
    training data where nothing is tested. `wins` are the criteria in which nobody is better and
    somebody is worse. `late` is the epoch that one who catches up has come to.
    """

    name: str
    brief: str
    train_loss: float
    test_loss: float
    accuracy: float
    epochs: float
    is_out: bool = False
    late: int | None = None
    wins: frozenset[str] = frozenset()


class Goal:
    """The first epoch at which a curve is at most a goal, found as the curve grows."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._goal = math.nan
        self._seen = 0
        self._ends = (math.nan, math.nan)
        self._epoch = math.nan

    def follow(self, losses: Floats, goal: float) -> float:
        """The epoch, NaN for not yet; only what losses of shape (n,) have grown by is looked at."""
        if goal != self._goal or not self._is_continued_by(losses):
            self._goal, self._seen, self._epoch = goal, 0, math.nan
        if math.isnan(self._epoch):
            found = np.flatnonzero(losses[self._seen :] <= goal)
            self._epoch = float(self._seen + found[0]) if len(found) else math.nan
        self._seen = len(losses)
        self._ends = (losses[0], losses[-1]) if len(losses) else self._ends
        return self._epoch

    def _is_continued_by(self, losses: Floats) -> bool:
        if not 0 < self._seen <= len(losses):
            return False
        ends = np.array([losses[0], losses[self._seen - 1]])
        return np.array_equal(ends, self._ends, equal_nan=True)


class Standings:
    """Keeps how far the curve of each entrant was searched."""

    def __init__(self) -> None:
        """Nobody runs yet."""
        self._goals: list[Goal] = []

    def of(self, frame: Frame, goal: float) -> tuple[Standing, ...]:
        """The main run and then each rival, at the epoch of the frame.

        Args:
            frame: the moment that is shown.
            goal: the loss to reach: that on the test data, or on the training data where nothing
                is tested.
        """
        runs = [_Run(MAIN, MAIN, frame.now, frame.history, frame.epoch, frame.diverged is not None)]
        briefs = brief_labels(frame.experiment.rivals[: len(frame.rivals)])
        for each, brief in zip(frame.rivals, briefs, strict=True):
            record = each.history.at(each.epoch)
            is_out = each.diverged is not None
            late = each.is_late and each.epoch < frame.epoch
            runs.append(_Run(each.name, brief, record, each.history, each.epoch, is_out, late))
        missing = len(runs) - len(self._goals)
        self._goals = [*self._goals[: len(runs)], *(Goal() for _ in range(missing))]
        stood = [run.stand(seeker, goal) for run, seeker in zip(runs, self._goals, strict=True)]
        return _with_winners(stood)


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    name: str
    brief: str
    record: Record
    history: History
    epoch: int
    is_out: bool
    is_late: bool = False

    def stand(self, seeker: Goal, goal: float) -> Standing:
        record = self.record
        accuracy = record.test_accuracy
        if math.isnan(accuracy):
            accuracy = record.train_accuracy
        reached = seeker.follow(_told_losses(self.history), goal)
        epochs = reached if reached <= self.epoch else math.nan
        losses = record.train_loss, record.test_loss
        late = self.epoch if self.is_late else None
        return Standing(self.name, self.brief, *losses, accuracy, epochs, self.is_out, late)


def _with_winners(stood: list[Standing]) -> tuple[Standing, ...]:
    wins: list[set[str]] = [set() for _ in stood]
    racing = [each for each in stood if each.late is None]
    for name in CRITERIA:
        sign = -1.0 if name == "accuracy" else 1.0
        values = [
            math.nan if each.is_out or each.late is not None else sign * getattr(each, name)
            for each in stood
        ]
        finite = [each for each in values if math.isfinite(each)]
        is_won = bool(finite) and (min(finite) < max(finite) or len(finite) < len(racing))
        for won, value in zip(wins, values, strict=True):
            if is_won and value == min(finite):
                won.add(name)
    pairs = zip(stood, wins, strict=True)
    return tuple(replace(each, wins=frozenset(won)) for each, won in pairs)


def _told_losses(history: History) -> Floats:
    is_tested = len(history) > 0 and bool(np.isfinite(history.test_loss[0]))
    return history.test_loss if is_tested else history.train_loss
