"""The compiled loop as the rest of the program sees it: another `Loop`, to the same numbers.

Importing this imports Numba; `kernel` is the way to it. What was compiled is taken from the cache
on disk; what is not there is compiled on the spot.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numba
import numpy as np

from nnviz.engine import loop, rows
from nnviz.engine.activations import ACTIVATIONS, Tanh
from nnviz.engine.course import Carry, Course, Progress, Record
from nnviz.engine.losses import LOSSES, Head
from nnviz.engine.network import Network
from nnviz.engine.optimizers import EVERY_OPTIMIZER, SGD
from nnviz.engine.penalties import PENALTIES, NoPenalty
from nnviz.engine.stepping import Room
from nnviz.engine.stride import Terms
from nnviz.engine.stride import stride as swarm_stride
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.tile import Plan
from nnviz.engine.training import NumpyLoop
from nnviz.engine.vectors import OPTIONS


@cache
def activation_row(key: str) -> Any:  # noqa: ANN401 - a compiled function
    """The row of an activation."""
    return rows.activation_row(ACTIVATIONS[key])


@cache
def head_row(head: Head) -> Any:  # noqa: ANN401 - a compiled function
    """The row of an output with its loss."""
    return rows.head_row(head)


@cache
def penalty_row(key: str) -> Any:  # noqa: ANN401 - a compiled function
    """The row of a penalty."""
    return rows.penalty_row(PENALTIES[key])


@cache
def optimizer_row(key: str) -> Any:  # noqa: ANN401 - a compiled function
    """The row of an optimizer."""
    return rows.optimizer_row(EVERY_OPTIMIZER[key])


@cache
def surface_row(key: str) -> Any:  # noqa: ANN401 - a compiled function
    """The row of a test surface."""
    return rows.surface_row(SURFACES[key])


@cache
def stride() -> Any:  # noqa: ANN401 - a compiled function
    """A step of a swarm: of (room now, room after, terms, number of the step)."""
    return numba.njit(cache=True, nogil=True, **OPTIONS)(swarm_stride)


@cache
def _advance() -> Any:  # noqa: ANN401 - a compiled function
    return numba.njit(cache=True, nogil=True, **OPTIONS)(loop.advance)


class CompiledLoop:
    """The loop in machine code; it lets go of the interpreter while it runs."""

    def __init__(self) -> None:
        """Begin with nothing prepared."""
        self._course: Course | None = None
        self._plan: Plan
        self._train: loop.Samples
        self._test: loop.Samples

    def advance(self, course: Course, progress: Progress, updates: int) -> list[Record]:
        """Make up to so many updates; see `Loop.advance`.

        It only sees that numbers are no longer finite. Then it goes back to the start of that
        epoch, and the loop in NumPy finds where and why.
        """
        records: list[Record] = []
        while updates > 0 and not progress.is_over:
            done = updates
            if course.looks:
                done = min(updates, course.updates - progress.batch)
            fresh, is_finite = self._run(course, progress, done)
            if not is_finite:
                done = len(fresh) * course.updates - progress.batch if fresh else 0
                fresh, _ = self._run(course, progress, done)
            records += fresh
            updates -= done
            if not is_finite:
                close = min(updates, course.updates - progress.batch)
                records += NumpyLoop().advance(course, progress, close)
                updates -= close
        return records

    def _run(self, course: Course, progress: Progress, updates: int) -> tuple[list[Record], bool]:
        """Make updates: the records of the epochs that ended, and whether all is finite.

        If not, the progress stays where it was.
        """
        self._prepare(course)
        epochs, batch = divmod(progress.batch + updates, course.updates)
        table = np.empty((epochs, 5))
        rates = progress.rates(course, updates)
        moment = _moment(course, progress)
        done, steps, left, is_finite = _advance()(
            moment, self._train, self._test, self._plan, rates, table
        )
        if is_finite:
            progress.theta, progress.memory = moment.theta, moment.memory
            progress.carry = Carry(moment.sums, left, moment.dead)
            progress.steps, progress.epoch, progress.batch = steps, progress.epoch + epochs, batch
        records = [*map(Record._make, table[:done].tolist())]
        for record in records if is_finite and course.looks else ():
            progress.close_epoch(course, record)
        return records, is_finite

    def _prepare(self, course: Course) -> None:
        """Put a course into arrays of the types that the loop was compiled for."""
        if course is self._course:
            return
        self._plan = _plan(course)
        self._train = loop.Samples(_plain(course.train_inputs), _plain(course.train_targets))
        self._test = loop.Samples(_plain(course.test_inputs), _plain(course.test_targets))
        self._course = course


def _moment(course: Course, progress: Progress) -> loop.Moment:
    """A progress in arrays of its own."""
    carry = progress.carry
    return loop.Moment(
        theta=progress.theta.copy(),
        memory=progress.memory.copy(),
        sums=carry.sums.copy(),
        dead=carry.dead.copy(),
        kept=progress.theta[course.held_places],
        left=carry.count,
        steps=progress.steps,
        epoch=progress.epoch,
        batch=progress.batch,
    )


def _plain(array: Any) -> Any:  # noqa: ANN401 - any array in, a plain one out
    return np.require(array, np.float64, ["C", "W", "A"])


def _plan(course: Course) -> Plan:
    network = course.network
    units = np.cumsum((0, *network.widths))
    spans = []
    for place, unit in zip(network.places, units, strict=False):
        alpha = place.alphas.start if place.learned else -1
        spans.append((place.start, place.inputs, place.outputs, unit, alpha))
    functions = [
        *(activation_row(each.key) for each in network.activations),
        head_row(network.head),
        penalty_row(course.penalty.key),
        optimizer_row(course.optimizer.key),
    ]
    numbers = [
        *(each.parameter for each in network.activations),
        *course.penalty.numbers,
        *(course.dropout or [0.0] * len(network.activations)),
        network.head.output.middle,
    ]
    return Plan(
        spans=np.array(spans, dtype=np.int64),
        rules=np.array([each.address for each in functions], dtype=np.int64),
        numbers=np.array(numbers),
        hyperparameters=np.array(course.optimizer.hyperparameters),
        held=course.held_places,
        is_shared=network.head.output.is_shared,
        carries=course.rules.carries,
        kills=course.kills,
        classes=course.classes,
        batch=course.batch,
        seed=course.seed,
    )


def compile_all() -> None:
    """Compile the row of every rule, and the loop by following a small course for a moment."""
    for key in ACTIVATIONS.keys:
        activation_row(key)
    for loss in LOSSES:
        for output in loss.outputs:
            head_row(Head(output, loss.key))
    for key in PENALTIES.keys:
        penalty_row(key)
    for key in EVERY_OPTIMIZER.keys:
        optimizer_row(key)
    for key in SURFACES.keys:
        surface_row(key)
    place = np.zeros((2, 1))
    now = Room(place, place.copy(), np.zeros((0, 2, 1)), np.zeros(1), np.zeros(1, np.bool_))
    mover, looker = optimizer_row(SGD.key).address, surface_row(SURFACES.keys[0]).address
    terms = Terms(mover, looker, noise=np.zeros(2), k=np.zeros(1), far=1.0)
    stride()(now, now.like(), terms, 1.0)
    network = Network((1, 1, 1), (Tanh(),), Head("tanh", "half-squared"))
    inputs = np.zeros((1, 1))
    course = Course(network, inputs, inputs, inputs, inputs, SGD(), NoPenalty(), 1, 0, 2)
    CompiledLoop().advance(course, Progress.start(course, np.zeros(network.size)), 1)
