"""Where a run stands: all that it takes to go on to the very same numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.experiment.chronicle import Chronicle
from nnviz.experiment.rivals import entrants
from nnviz.experiment.shape import network_of
from nnviz.experiment.spec import Experiment
from nnviz.experiment.stand import EPOCH_LIMIT, Numbers, Stand, check_length, counter
from nnviz.knob import check_knobs, knob
from nnviz.mistake import Mistake
from nnviz.value import dataclass

Floats = NDArray[np.float64]
Gaps = tuple[float | None, ...]

CURVE_POINTS = 100_000
"""About how many epochs of the curves a document keeps; a longer run is thinned evenly."""


@dataclass(frozen=True, slots=True)
class Curves:
    """What the epochs left behind: an entry for epoch 0, for every `every` on, and for the last.

    Accuracies are shares from 0 to 1, None where there is none (regression).
    """

    train_loss: Numbers
    test_loss: Numbers
    train_accuracy: Gaps
    test_accuracy: Gaps
    learning_rate: Numbers
    every: int = knob(1, 1, EPOCH_LIMIT, whole=True)

    def __post_init__(self) -> None:
        check_knobs(self)

    @staticmethod
    def of(arrays: Mapping[str, Floats], points: int = CURVE_POINTS) -> Curves:
        """The curves of a run, thinned if it was long.

        Args:
            arrays: for every name in CURVES an array of shape (epochs + 1,).
            points: about how many epochs are kept at most.
        """
        epoch = len(arrays["train_loss"]) - 1
        every = max(math.ceil(epoch / points), 1)
        kept = _kept(epoch, every)
        return Curves(**{name: _entries(arrays[name][kept]) for name in CURVES}, every=every)

    def arrays(self, epoch: int) -> dict[str, Floats]:
        """Arrays of shape (epoch + 1,) by name; what was thinned out lies on straight lines."""
        at, kept = np.arange(epoch + 1), _kept(epoch, self.every)
        return {
            name: np.interp(at, kept, np.array(getattr(self, name), dtype=np.float64))
            for name in CURVES
        }

    def check(self, epoch: int, place: str) -> None:
        """Refuse curves that are not those of a run at an epoch.

        Raises:
            Mistake: naming the curve and its right length.
        """
        kept = len(_kept(epoch, self.every))
        for name in CURVES:
            check_length(f"{place}.{name}", getattr(self, name), kept)


CURVES = tuple(each.name for each in fields(Curves) if each.name != "every")
"""The names of the curves."""


def _kept(epoch: int, every: int) -> NDArray[np.int64]:
    """The epochs of the entries."""
    kept = np.arange(0, epoch + 1, every)
    return kept if kept[-1] == epoch else np.append(kept, epoch)


def _entries(array: Floats) -> Any:  # noqa: ANN401 - Numbers, or Gaps where there are NaN
    return tuple(each if math.isfinite(each) else None for each in array.tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Stand):
    """Where one of those who train stands, the run or a rival, with what lies behind it."""

    curves: Curves
    past: Chronicle | None = None

    def check(self, experiment: Experiment, place: str) -> None:
        """Refuse a way that is not one of an experiment, a rival's or the whole run's.

        Raises:
            Mistake: naming the field and what is allowed.
        """
        self.check_stand(experiment.training.optimizer, network_of(experiment), place)
        self.curves.check(self.epoch, f"{place}.curves")
        if self.past is not None:
            self.past.check(experiment, f"{place}.past")
            last = self.past.moments[-1]
            if last.epoch > self.epoch:
                raise Mistake(f"{place}.past.moments end later than the run, at {last.epoch}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A way that was left for a branch: entry i of its curves is of `from_epoch + i * every`."""

    from_epoch: int = counter(EPOCH_LIMIT)
    every: int = knob(1, 1, EPOCH_LIMIT, whole=True)
    curves: Curves

    def __post_init__(self) -> None:
        check_knobs(self)

    def check(self, place: str) -> None:
        """Refuse curves of different lengths, or none.

        Raises:
            Mistake: naming the curve and its right length.
        """
        entries = len(self.curves.train_loss)
        if not entries or self.curves.every != 1:
            raise Mistake(f"{place}.curves must have entries, with nothing between them.")
        self.curves.check(entries - 1, f"{place}.curves")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Way):
    """A moment of a run: all that it takes to go on.

    `anchor` is the theta through which the loss slice is cut, None for where the weights started;
    `race_epoch` is when the race began. `rivals` are the ways of the experiment's rivals, None for
    one that has none yet; empty, none of them has. `ghosts` are the ways that were left.
    """

    anchor: Numbers | None = None
    anchor_epoch: int = counter(EPOCH_LIMIT)
    race_epoch: int = counter(EPOCH_LIMIT)
    rivals: tuple[Way | None, ...] = ()
    ghosts: tuple[Left, ...] = ()

    def check_run(self, experiment: Experiment) -> None:
        """Refuse a run that is not one of an experiment.

        Raises:
            Mistake: naming the field and what is allowed.
        """
        self.check(experiment, "run")
        anchor = self.theta if self.anchor is None else self.anchor
        check_length("run.anchor", anchor, len(self.theta))
        for name in ("anchor_epoch", "race_epoch"):
            if getattr(self, name) > self.epoch:
                raise Mistake(f"run.{name} is later than the epoch of the run, {self.epoch}.")
        if self.rivals:
            check_length("run.rivals", self.rivals, len(experiment.rivals))
        for place, (way, whole) in enumerate(zip(self.rivals, entrants(experiment), strict=False)):
            if way is not None:
                way.check(whole, f"run.rivals[{place}]")
        for place, left in enumerate(self.ghosts):
            left.check(f"run.ghosts[{place}]")
