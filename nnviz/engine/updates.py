"""One update, by either rule book: where a gradient leads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnviz.engine.course import Carry, Course, Progress
from nnviz.engine.elementary import Floats


class Moved(NamedTuple):
    """What an update changes of a progress."""

    theta: Floats
    memory: Floats
    carry: Carry
    steps: int


def moved(course: Course, progress: Progress, grad: Floats, samples: int, rate: float) -> Moved:
    """Where the mean gradient of a batch leads.

    Args:
        course: whose rules are followed.
        progress: where training stands; it is left alone.
        grad: of shape (parameters,).
        samples: how many the batch has.
        rate: the learning rate in force.
    """
    if not course.rules.carries:
        slope = felt(course, progress, grad, samples)
        return _stepped(course, progress, slope, progress.carry, rate)
    return _carried(course, progress, grad, samples, rate)


def felt(course: Course, progress: Progress, grad: Floats, samples: int) -> Floats:
    """The gradient that the optimizer sees in an update, of shape (parameters,).

    Args:
        course: whose rules are followed.
        progress: where training stands.
        grad: the mean gradient of the batch, of the same shape.
        samples: how many the batch has.
    """
    if course.rules.carries:
        carry = progress.carry
        grad = np.where(carry.dead, 0.0, (carry.sums + grad * samples) / (carry.count + samples))
    elif course.penalty.strength > 0.0:
        grad = grad + course.penalty.gradient(progress.theta) * course.network.is_weight
    if course.held_places.size:
        grad = grad.copy()
        grad[course.held_places] = 0.0
    return grad


def _carried(course: Course, progress: Progress, grad: Floats, samples: int, rate: float) -> Moved:
    """As Playground: only whole batches update, with all that is left over, penalty afterwards."""
    theta, carry = progress.theta, progress.carry
    if samples < course.batch:
        waiting = Carry(carry.sums + grad * samples, carry.count + samples, carry.dead)
        return Moved(theta, progress.memory, waiting, progress.steps)
    slope = felt(course, progress, grad, samples)
    after = _stepped(course, progress, slope, carry, rate)
    push = rate * (course.penalty.gradient(theta) * course.network.is_weight)
    push[course.held_places] = 0.0
    pushed = after.theta - push
    dead = carry.dead
    if course.kills:
        dead = dead | (after.theta * pushed < 0.0)
    fresh = Carry(np.zeros_like(carry.sums), 0, dead)
    pushed = np.where(dead, 0.0, pushed)
    pushed[course.held_places] = theta[course.held_places]
    return after._replace(theta=pushed, carry=fresh)


def _stepped(course: Course, progress: Progress, grad: Floats, carry: Carry, rate: float) -> Moved:
    """The optimizer's step by the gradient that it sees; what is held stays as it is."""
    step, held = progress.steps + 1, course.held_places
    theta, memory = course.optimizer.step(progress.theta, grad, progress.memory, step, rate)
    if held.size:
        theta[held] = progress.theta[held]
    return Moved(theta, memory, carry, step)
