"""A course that is set, and the progress made on it.

A `Course` is frozen: what is learned and how. A `Progress` is all that changes. Batches come from
(seed, epoch) alone and not from a running state, so any moment can be copied, left, and taken up
again with bit-identical results. An array is never changed in place: a new one takes its place,
so whoever was handed one may keep it.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property
from math import isnan, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.penalties import Penalty
from nnviz.engine.rules import NNVizRules, Rules
from nnviz.engine.schedules import NOTHING_SEEN, Constant, Schedule, Watch
from nnviz.engine.shuffle import dropout_mask
from nnviz.value import dataclass


@dataclass(frozen=True)
class Course:
    """What is learned, from what, and how.

    Inputs have shape (features, samples), targets (outputs, samples). Fewer than two classes mean
    regression. `dropout` is the chance of the units of each hidden layer to sit out an update, ()
    where there is none; after `patience` epochs without a better loss training stops, 0 for never.
    `held` are the places of theta that no update moves, `cut` those among them that are 0.
    `dataclasses.replace` gives the course with another optimizer, penalty,
    batch size or network of the same widths; `Progress.adopt` goes on with it.
    """

    network: Network
    train_inputs: Floats
    train_targets: Floats
    test_inputs: Floats
    test_targets: Floats
    optimizer: Optimizer
    penalty: Penalty
    batch: int
    seed: int
    classes: int
    rules: Rules = field(default_factory=NNVizRules)
    schedule: Schedule = field(default_factory=Constant)
    dropout: tuple[float, ...] = ()
    patience: int = 0
    held: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()

    @property
    def samples(self) -> int:
        """The number of training samples."""
        return len(self.train_inputs[0])

    @property
    def updates(self) -> int:
        """The number of batches in an epoch; the last one may see fewer samples."""
        return -(-self.samples // self.batch)

    @cached_property
    def held_places(self) -> NDArray[np.int64]:
        """What is held, as an index into theta."""
        return np.array(self.held, dtype=np.int64)

    def masks(self, epoch: int, places: NDArray[np.int64]) -> list[Floats]:
        """By what dropout multiplies the values of the hidden layers, [] where there is none.

        Dropout is inverted (as in Srivastava et al. 2014, the other way round): who stays counts
        for more, 1 / (1 - p). So with all units, as every evaluation has them, each weighted sum
        of the next layer is exactly its expectation over the masks of the layer below.

        Args:
            epoch: from 0 on.
            places: of the samples in the epoch's order.
        """
        widths = self.network.widths[1:-1]
        return [
            dropout_mask(self.seed, epoch, layer, widths[layer], places, chance)
            for layer, chance in enumerate(self.dropout)
        ]

    @property
    def looks(self) -> bool:
        """Whether something depends on how good every single epoch is."""
        return self.schedule.looks or self.patience > 0

    @property
    def settings(self) -> tuple[object, ...]:
        """What may change while the parameters are kept."""
        network = self.network.activations, self.dropout
        how = self.optimizer, self.schedule, self.penalty, self.batch, self.patience
        return (*network, *how, self.held, self.cut)

    def has_samples_of(self, other: Course) -> bool:
        """Whether its samples are those of another course."""
        pairs = (
            (self.train_inputs, other.train_inputs),
            (self.train_targets, other.train_targets),
            (self.test_inputs, other.test_inputs),
            (self.test_targets, other.test_targets),
        )
        return all(one is its or np.array_equal(one, its) for one, its in pairs)

    @property
    def kills(self) -> bool:
        """Whether a weight that the penalty drives through zero stays there for good."""
        return self.rules.carries and self.penalty.key == "l1"


class Record(NamedTuple):
    """How good a theta is: mean losses without the penalty, and shares of right answers.

    Accuracies are NaN for regression, and all of the test set's numbers are where it is empty.
    `rate` is the learning rate of the last update before it, NaN where none is meant.
    """

    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    rate: float = nan


@dataclass(frozen=True, slots=True)
class Diverged:
    """Where the numbers were no longer finite: in which update of which epoch, both from 1 on.

    `layer` counts from 0; `why` is a sentence for people. `norms` are those of the gradient in each
    layer just before, as far as it could be worked out (else NaN or infinite).
    """

    epoch: int
    batch: int
    layer: int
    why: str
    norms: tuple[float, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Carry:
    """What Playground's rules keep from update to update; arrays of shape (parameters,).

    `sums` are the gradients of `count` samples that no update has used yet, added up; `dead` marks
    the weights that the penalty has set to zero for good. Other rules keep nothing: (0,).
    """

    sums: Floats
    count: int
    dead: NDArray[np.bool_]

    @classmethod
    def start(cls, course: Course) -> Carry:
        """Nothing is left over and nothing is dead."""
        size = course.network.size if course.rules.carries else 0
        return cls(np.zeros(size), 0, np.zeros(size, dtype=np.bool_))


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The parameters at the end of the best epoch so far, and the loss of the test samples there.

    Without test samples it is that of the training samples.
    """

    theta: Floats
    loss: float
    epoch: int


@dataclass(slots=True)
class Progress:
    """What changes while a course is followed.

    `memory` is the optimizer's, of shape (slots, parameters); `steps` counts its updates; `epoch`
    the whole epochs; `batch` those batches of the epoch under way that are done; `watch` is what
    the schedule has seen, `best` is kept where patience has an end. Once `diverged` is set, theta
    is the last finite one, and once `stopped` is, it is the best one; then nothing goes on.
    """

    theta: Floats
    memory: Floats
    carry: Carry
    steps: int = 0
    epoch: int = 0
    batch: int = 0
    watch: Watch = NOTHING_SEEN
    best: Best | None = None
    stopped: bool = False
    diverged: Diverged | None = None

    @classmethod
    def start(cls, course: Course, theta: Floats) -> Progress:
        """Stand at the start of a course with these parameters."""
        return cls(theta.copy(), course.optimizer.remember(theta), Carry.start(course))

    def copy(self) -> Progress:
        """A progress that goes its own way from here."""
        return replace(self)

    def rates(self, course: Course, updates: int) -> Floats:
        """The learning rates of the next updates, of shape (updates,), after what was seen."""
        if isinstance(course.schedule, Constant):
            return np.full(updates, course.optimizer.rate)
        epochs, batches = np.divmod(self.batch + np.arange(updates), course.updates)
        share = course.schedule.share(self.epoch + epochs + batches / course.updates)
        return course.optimizer.rate * course.schedule.cut(self.watch) * share

    def rate(self, course: Course) -> float:
        """The learning rate of the next update."""
        return float(self.rates(course, 1)[0])

    def close_epoch(self, course: Course, record: Record) -> None:
        """Take note of how good theta is at the end of an epoch."""
        self.watch = course.schedule.watch(self.watch, record.train_loss)
        if not course.patience:
            return
        loss = record.train_loss if isnan(record.test_loss) else record.test_loss
        if self.best is None or loss < self.best.loss:
            self.best = Best(self.theta, loss, self.epoch)
        elif self.epoch - self.best.epoch >= course.patience:
            self.theta, self.stopped = self.best.theta, True

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on from here."""
        return self.stopped or self.diverged is not None

    def adopt(self, old: Course, new: Course) -> None:
        """Go on, with the same parameters, on a course whose settings were changed.

        Alphas that the old network has not start where they do; what is cut is set to 0.
        Another kind of optimizer starts without memories; another batch size goes on in the epoch
        where the old one stood, at worst seeing some samples again. Another schedule has seen
        nothing yet; on other samples nothing was best yet. What had diverged may go on, and what
        had stopped with other settings too.
        """
        if new.network.places != old.network.places:
            self._take_over(old.network, new.network)
        if type(new.optimizer) is not type(old.optimizer):
            self.memory = new.optimizer.remember(self.theta)
            self.steps = 0
        if (new.batch, new.samples) != (old.batch, old.samples):
            self.batch = min(self.batch * old.batch, new.samples - 1) // new.batch
        if new.schedule != old.schedule:
            self.watch = NOTHING_SEEN
        is_same = new.patience and new.has_samples_of(old)
        if not is_same or (self.stopped and new.settings != old.settings):
            self.best, self.stopped = None, False
        if new.rules != old.rules:
            self.carry = Carry.start(new)
        if new.cut:
            self._cut(list(new.cut))
        self.diverged = None

    def _take_over(self, old: Network, new: Network) -> None:
        """Take a place for every parameter of another network of the same widths."""
        self.theta = new.carried(old, self.theta)
        self.memory = new.carried(old, self.memory, 0.0)
        if self.carry.sums.size:
            sums, dead = self.carry.sums, self.carry.dead
            self.carry = Carry(
                new.carried(old, sums, 0.0), self.carry.count, new.carried(old, dead, 0.0)
            )
        if self.best is not None:
            self.best = replace(self.best, theta=new.carried(old, self.best.theta))

    def _cut(self, places: list[int]) -> None:
        """Set parameters to 0, also where training may go back to."""
        self.theta = self.theta.copy()
        self.theta[places] = 0.0
        if self.best is not None:
            theta = self.best.theta.copy()
            theta[places] = 0.0
            self.best = replace(self.best, theta=theta)
