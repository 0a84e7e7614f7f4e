"""Random losses to learn on: many of a kind at once, for a whole crowd of networks.

Points have shape (crowd, tasks, parameters), losses (crowd, tasks). Every kind is drawn anew for
each lesson from the generator that is handed in; whoever is in the crowd gets the same.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from nnviz.engine.elementary import Floats
from nnviz.value import dataclass

Slope = Callable[[Floats, Generator], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True, eq=False)
class Tasks:
    """Losses of one kind: where they start, of shape (tasks, parameters), and how they slope.

    `slope` gives losses and gradients; what is random in them (a minibatch, noise) it draws.
    `bottom` is below every loss, if that is known; a loss is as good as another when both are less
    than `floor` of the way above the bottom.
    """

    starts: Floats
    slope: Slope
    floor: float
    bottom: float | None = 0.0


def bowls(rng: Generator, tasks: int) -> Tasks:
    """Quadratics in a random position, their bends up to a thousand apart; some are noisy."""
    size = int(rng.integers(2, 9))
    turn = np.linalg.qr(rng.normal(size=(tasks, size, size)))[0]
    bends = 10.0 ** (rng.uniform(-2, 1, (tasks, 1)) + rng.uniform(-1.5, 1.5, (tasks, size)))
    hessians = np.einsum("tij,tj,tkj->tik", turn, bends, turn)
    starts = rng.normal(size=(tasks, size)) * 10.0 ** rng.uniform(-1, 1, (tasks, 1))
    steep = np.linalg.norm(np.einsum("tij,tj->ti", hessians, starts), axis=1, keepdims=True)
    noise = rng.choice([0.0, 0.0, 0.1], (tasks, 1)) * steep / np.sqrt(size)

    def slope(points: Floats, dice: Generator) -> tuple[Floats, Floats]:
        slopes = np.einsum("tij,ptj->pti", hessians, points)
        return 0.5 * (slopes * points).sum(axis=-1), slopes + noise * dice.normal(size=noise.shape)

    return Tasks(starts, slope, 1e-6)


def bends(rng: Generator, tasks: int) -> Tasks:
    """Valleys of the plane that wind as a sine does, turned anyhow and of any height."""
    steep, wave, height = 10.0 ** rng.uniform(
        [[0.0], [-0.3], [-1.0]], [[2.0], [0.3], [1.0]], (3, tasks)
    )
    wide, angle = rng.uniform(0.3, 1.5, tasks), rng.uniform(0, 2 * np.pi, tasks)
    sine, cosine = np.sin(angle), np.cos(angle)

    def slope(points: Floats, dice: Generator) -> tuple[Floats, Floats]:
        del dice
        x, y = points[..., 0], points[..., 1]
        along, across = cosine * x - sine * y, sine * x + cosine * y
        off = across - wide * np.sin(wave * along)
        by_across = 2 * steep * off
        by_along = 0.5 * along - by_across * wide * wave * np.cos(wave * along)
        slopes = [cosine * by_along + sine * by_across, cosine * by_across - sine * by_along]
        loss = height * (0.25 * along * along + steep * off * off)
        return loss, height[:, None] * np.stack(slopes, axis=-1)

    return Tasks(rng.uniform(-3, 3, (tasks, 2)), slope, 1e-5)


def hills(rng: Generator, tasks: int) -> Tasks:
    """Wells among hills of the plane: sines in any direction over a wide bowl."""
    waves = 6
    ways = rng.normal(size=(tasks, waves, 2)) * 10.0 ** rng.uniform(-0.5, 0.4, (tasks, 1, 1))
    heights = rng.normal(size=(tasks, waves)) * 0.5
    phases = rng.uniform(0, 2 * np.pi, (tasks, waves))
    wide, height = rng.uniform(0.02, 0.5, tasks), 10.0 ** rng.uniform(-1, 1, tasks)

    def slope(points: Floats, dice: Generator) -> tuple[Floats, Floats]:
        del dice
        angles = np.einsum("twi,pti->ptw", ways, points) + phases
        loss = (heights * np.sin(angles)).sum(axis=-1) + wide * (points * points).sum(axis=-1)
        slopes = np.einsum("ptw,twi->pti", heights * np.cos(angles), ways)
        return height * loss, height[:, None] * (slopes + 2 * wide[:, None] * points)

    return Tasks(rng.uniform(-3, 3, (tasks, 2)), slope, 1e-3, bottom=None)


def plains(rng: Generator, tasks: int) -> Tasks:
    """Holes in plains that are almost level, as where units are saturated."""
    size = int(rng.integers(1, 5))
    wide = 10.0 ** rng.uniform(-0.2, 0.4, (tasks, size))
    height = 10.0 ** rng.uniform(-2, 1, tasks)
    starts = rng.normal(size=(tasks, size))
    starts *= rng.uniform(1.0, 3.0, (tasks, 1)) / np.linalg.norm(starts, axis=1, keepdims=True)

    def slope(points: Floats, dice: Generator) -> tuple[Floats, Floats]:
        del dice
        square = (points * points / wide).sum(axis=-1)
        far = 1.0 + square
        return height * square / far, (height / (far * far))[..., None] * 2 * points / wide

    return Tasks(starts * np.sqrt(wide), slope, 1e-5)


def networks(rng: Generator, tasks: int) -> Tasks:
    """Networks with one hidden layer of four that learn another's answers, by small batches."""
    hidden, samples, batch = 4, 24, 8
    inputs = rng.normal(size=(tasks, 2, samples)) * rng.choice([1.0, 3.0], (tasks, 1, 1))
    teacher = rng.normal(size=(tasks, 4 * hidden + 1)) * rng.uniform(1.0, 3.0, (tasks, 1))
    shape = tasks, 4 * hidden + 1

    def rise(theta: Floats) -> tuple[Floats, Floats]:
        ahead = theta.shape[:-1]
        first = theta[..., : 2 * hidden].reshape(*ahead, hidden, 2)
        sums = first @ inputs + theta[..., 2 * hidden : 3 * hidden, None]
        units = np.tanh(sums)
        last = theta[..., 3 * hidden : 4 * hidden]
        return units, np.tanh((last[..., None] * units).sum(axis=-2) + theta[..., -1:])

    answers = np.sign(rise(teacher)[1] - np.median(rise(teacher)[1], axis=-1, keepdims=True))

    def slope(points: Floats, dice: Generator) -> tuple[Floats, Floats]:
        units, outputs = rise(points)
        error = outputs - answers
        seen = dice.permuted(np.tile(np.arange(samples) < batch, (tasks, 1)), axis=-1) / batch
        delta = error * (1 - outputs * outputs) * seen
        last = points[..., 3 * hidden : 4 * hidden]
        below = delta[..., None, :] * last[..., None] * (1 - units * units)
        grad = np.empty(points.shape)
        ahead = points.shape[:-1]
        grad[..., : 2 * hidden] = (below @ inputs.swapaxes(-1, -2)).reshape(*ahead, -1)
        grad[..., 2 * hidden : 3 * hidden] = below.sum(axis=-1)
        grad[..., 3 * hidden : 4 * hidden] = (units * delta[..., None, :]).sum(axis=-1)
        grad[..., -1] = delta.sum(axis=-1)
        return 0.5 * (error * error).mean(axis=-1), grad

    return Tasks(rng.normal(size=shape) * 0.5, slope, 1e-3)


KINDS: tuple[Callable[[Generator, int], Tasks], ...] = (bowls, bends, hills, plains, networks)
