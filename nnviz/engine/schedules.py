"""Schedules: how the learning rate changes while a network learns.

A schedule gives a share of the base rate, so dragging the base acts at once under any of them. k
is the time in epochs, from 0 on, and may be a fraction. All but one look at nothing else; the one
that looks at the loss keeps what it must remember in a `Watch`, made anew from the losses seen so
far or carried on from epoch to epoch, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import inf
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from nnviz.engine.elementary import Floats
from nnviz.knob import check_knobs, knob
from nnviz.mistake import Mistake
from nnviz.table import Table
from nnviz.value import dataclass

POINT_LIMIT = 100
"""Of so many points at most a schedule is drawn."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What has been seen of the loss: the best, the epochs since, and the cuts made for it."""

    best: float = inf
    waited: int = knob(0, 0, 10_000_000, whole=True)
    cuts: int = knob(0, 0, 10_000_000, whole=True)


NOTHING_SEEN = Watch()

Watches = tuple[Floats, NDArray[np.int64], NDArray[np.int64]]
"""What has been seen of many losses: the fields of a `Watch`, each of shape (n,)."""


class Schedule:
    """A rule for the rate; knobs that count time do so in epochs."""

    __slots__ = ()

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    looks: ClassVar[bool] = False
    """Whether it looks at the loss."""

    def __post_init__(self) -> None:
        check_knobs(self)

    def share(self, k: Floats) -> Floats:
        """The share of the base rate at times k of any shape, as far as time alone decides."""
        raise NotImplementedError

    def rate(self, base: float, k: float, seen: Watch = NOTHING_SEEN) -> float:
        """The rate at time k, after what has been seen."""
        return base * float(self.share(np.array(float(k)))) * self.cut(seen)

    def cut(self, seen: Watch) -> float:
        """The factor for what has been seen: 1 for all that do not look."""
        del seen
        return 1.0

    def watch(self, seen: Watch, loss: float) -> Watch:
        """What has been seen once an epoch has ended with a loss."""
        del loss
        return seen

    def watch_each(self, seen: Watches, losses: Floats) -> Watches:
        """The same for many, each by its own of the losses of shape (n,)."""
        del losses
        return seen

    def watched(self, losses: Iterable[float]) -> Watch:
        """What has been seen after epochs that ended with these losses."""
        seen = NOTHING_SEEN
        for loss in losses:
            seen = self.watch(seen, loss)
        return seen


@dataclass(frozen=True, slots=True)
class Constant(Schedule):
    """The same rate all the time."""

    key: ClassVar[str] = "constant"
    label: ClassVar[str] = "Constant"
    formula: ClassVar[str] = r"\eta"

    def share(self, k: Floats) -> Floats:
        """Always 1."""
        return np.ones_like(k)


@dataclass(frozen=True, slots=True)
class StepDecay(Schedule):
    """Cut by a factor every so many epochs."""

    key: ClassVar[str] = "step"
    label: ClassVar[str] = "Step"
    formula: ClassVar[str] = r"\eta \gamma^{\lfloor k / s \rfloor}"

    gamma: float = knob(0.5, 0.01, 1.0, hint="factor of a cut")
    every: int = knob(100, 1, 10_000, log=True, whole=True, hint="epochs between cuts")

    def share(self, k: Floats) -> Floats:
        """A staircase down."""
        share: Floats = self.gamma ** np.floor(k / self.every)
        return share


@dataclass(frozen=True, slots=True)
class Exponential(Schedule):
    """Cut a little every epoch."""

    key: ClassVar[str] = "exponential"
    label: ClassVar[str] = "Exponential"
    formula: ClassVar[str] = r"\eta \gamma^k"

    gamma: float = knob(0.995, 0.5, 1.0, hint="factor of an epoch")

    def share(self, k: Floats) -> Floats:
        """A smooth way down to 0."""
        share: Floats = self.gamma**k
        return share


@dataclass(frozen=True, slots=True)
class Inverse(Schedule):
    """Fall as one over time: the classic of Robbins & Monro (1951)."""

    key: ClassVar[str] = "inverse"
    label: ClassVar[str] = "1/t"
    formula: ClassVar[str] = r"\frac{\eta}{1 + d k}"

    decay: float = knob(0.01, 0.0, 10.0, hint="how soon it falls")

    def share(self, k: Floats) -> Floats:
        """Half after 1/decay epochs, a third after two times as many."""
        share: Floats = 1.0 / (1.0 + self.decay * k)
        return share


@dataclass(frozen=True, slots=True)
class Cosine(Schedule):
    """Half a wave down: Loshchilov & Hutter (2017), arXiv:1608.03983, without restarts."""

    key: ClassVar[str] = "cosine"
    label: ClassVar[str] = "Cosine"
    formula: ClassVar[str] = (
        r"\eta_{min} + \frac{1}{2} (\eta - \eta_{min}) (1 + \cos \frac{\pi k}{T})"
    )

    epochs: int = knob(500, 1, 100_000, log=True, whole=True, hint="epochs until the end")
    least: float = knob(0.0, 0.0, 1.0, hint="share of the rate at the end")

    def share(self, k: Floats) -> Floats:
        """From 1 to the least, which is kept from then on."""
        return _wave(1.0, self.least, k / self.epochs)


@dataclass(frozen=True, slots=True)
class WarmUp(Schedule):
    """Start from nothing and rise in a line to the full rate."""

    key: ClassVar[str] = "warm-up"
    label: ClassVar[str] = "Warm-up"
    formula: ClassVar[str] = r"\eta \min(1, k / W)"

    epochs: int = knob(20, 1, 10_000, log=True, whole=True, hint="epochs until the full rate")

    def share(self, k: Floats) -> Floats:
        """From 0 to 1, which is kept from then on."""
        return np.minimum(k / self.epochs, 1.0)


@dataclass(frozen=True, slots=True)
class OneCycle(Schedule):
    """Up to the full rate and far down again: Smith & Topin (2018), arXiv:1708.07120.

    Both ways are half waves and the numbers those of PyTorch: the base rate is the highest.
    """

    key: ClassVar[str] = "one-cycle"
    label: ClassVar[str] = "One cycle"
    formula: ClassVar[str] = r"\frac{\eta}{25} \nearrow \eta \searrow \frac{\eta}{250000}"

    epochs: int = knob(500, 2, 100_000, log=True, whole=True, hint="epochs of the cycle")
    rise: float = knob(0.3, 0.01, 0.99, hint="share of the cycle that goes up")
    low: float = knob(0.04, 1e-3, 1.0, log=True, hint="share of the rate at the start")
    end: float = knob(4e-6, 1e-8, 1.0, log=True, hint="share of the rate at the end")

    def share(self, k: Floats) -> Floats:
        """From the low to 1 and down to the end, which is kept from then on."""
        way = k / self.epochs
        up = _wave(self.low, 1.0, way / self.rise)
        down = _wave(1.0, self.end, (way - self.rise) / (1.0 - self.rise))
        return np.where(way < self.rise, up, down)


@dataclass(frozen=True, slots=True)
class Plateau(Schedule):
    """Cut when the loss has not become better for a while.

    As PyTorch's ReduceLROnPlateau: better means lower by a share of the best so far, and the cut
    comes when more than `patience` epochs in a row were not.
    """

    key: ClassVar[str] = "plateau"
    label: ClassVar[str] = "Reduce on plateau"
    formula: ClassVar[str] = r"\eta \gamma^{cuts}"
    looks: ClassVar[bool] = True

    gamma: float = knob(0.5, 0.01, 0.99, hint="factor of a cut")
    patience: int = knob(10, 0, 10_000, whole=True, hint="epochs to wait")
    threshold: float = knob(1e-4, 0.0, 0.5, hint="share by which better is better")

    def share(self, k: Floats) -> Floats:
        """Always 1: time alone cuts nothing."""
        return np.ones_like(k)

    def cut(self, seen: Watch) -> float:
        """The factor of all cuts together."""
        return float(self.gamma**seen.cuts)

    def watch(self, seen: Watch, loss: float) -> Watch:
        """Remember a better loss, or wait, or cut; a loss that is not a number is no better."""
        return Watch(*self._go_on(seen.best, seen.waited, seen.cuts, loss, _if))

    @override
    def watch_each(self, seen: Watches, losses: Floats) -> Watches:
        with np.errstate(invalid="ignore"):
            best, waited, cuts = self._go_on(*seen, losses, np.where)
        return best, waited, cuts

    def _go_on(self, best: Any, waited: Any, cuts: Any, loss: Any, where: Any) -> tuple[Any, ...]:  # noqa: ANN401 - numbers, or arrays of them
        """The rule, elementwise."""
        is_better = (loss < best - self.threshold * abs(best)) | ((best == inf) & (loss < inf))
        is_over = waited >= self.patience
        return (
            where(is_better, loss, best),
            where(is_better | is_over, 0, waited + 1),
            where(is_better, cuts, cuts + is_over),
        )


def _if(condition: bool, one: float, other: float) -> float:  # noqa: FBT001 - as np.where
    return one if condition else other


@dataclass(frozen=True, slots=True)
class Drawn(Schedule):
    """Any curve: straight lines between points that a person drew.

    Each point is a time, as a share of the epochs, and a share of the rate, both from 0 to 1;
    times rise. Before the first point and after the last the rate stays as it is there.
    """

    key: ClassVar[str] = "drawn"
    label: ClassVar[str] = "Drawn by hand"
    formula: ClassVar[str] = r"\eta \, f(k / T)"

    epochs: int = knob(500, 1, 100_000, log=True, whole=True, hint="epochs that the drawing spans")
    points: tuple[tuple[float, float], ...] = ((0.0, 1.0), (0.5, 1.0), (1.0, 0.1))

    def __post_init__(self) -> None:
        check_knobs(self)
        if not 1 <= len(self.points) <= POINT_LIMIT:
            raise Mistake(f"points are {len(self.points)}; there must be 1 to {POINT_LIMIT}.")
        if not all(0.0 <= number <= 1.0 for point in self.points for number in point):
            raise Mistake("points must be pairs of a time and a share, each from 0 to 1.")
        if any(after[0] <= before[0] for before, after in pairwise(self.points)):
            raise Mistake("points must be in order of time, each time once.")

    def share(self, k: Floats) -> Floats:
        """Along straight lines from point to point."""
        times, shares = np.transpose(self.points)
        share: Floats = np.interp(k / self.epochs, times, shares)
        return share


def _wave(start: float, end: float, way: Floats) -> Floats:
    """Half a cosine wave from start to end as the way goes from 0 to 1; level outside."""
    wave: Floats = end + 0.5 * (start - end) * (1.0 + np.cos(np.pi * np.clip(way, 0.0, 1.0)))
    return wave


SCHEDULES: Table[type[Schedule]] = Table(
    "schedule",
    [Constant, StepDecay, Exponential, Inverse, Cosine, WarmUp, OneCycle, Plateau, Drawn],
)
