"""Teaching by evolution: a crowd around the network tries, and it moves to where they did well.

Evolution strategies after Salimans et al. (2017), arXiv:1703.03864: each of the crowd has a mirror
image, all get the same losses and the same noise, ranks count and not scores; Adam makes the step.
Nothing is differentiated, so however long and wild a race is, it can be learned from.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log10

import numpy as np
from numpy.random import Generator

from nnviz.engine.adaptive import Adam
from nnviz.engine.elementary import Floats
from nnviz.engine.learned import NUMBERS, UNITS, Units, rule_of
from nnviz.engine.tutor.tasks import KINDS, Tasks
from nnviz.value import dataclass

WORST = 3.0
"""A loss a thousand times that of the start counts as no worse than that, as does a lost one."""

TIMES = (1, 1, 2, 2, 8)
"""How many times as long as the shortest a descent may be: who is only ever seen for a short while
learns to take what is near and to stop."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an optimizer is taught: the same recipe makes the same one.

    In each of the `rounds`, `pairs` of networks that are `apart` from the taught one go down
    `tasks` losses of every kind, at rates from `low` to `high`, in `steps` or some times as many.
    """

    seed: int = 1
    rounds: int = 240
    pairs: int = 12
    tasks: int = 8
    steps: int = 75
    apart: float = 0.08
    stride: float = 0.03
    low: float = 1e-3
    high: float = 1e-1


def first(seed: int) -> Floats:
    """A network that steps about as Adam does, of shape (units * numbers,)."""
    numbers = np.random.default_rng([seed, 0]).normal(size=(UNITS, NUMBERS)) * 0.5
    numbers[:, :2] = 0.0
    numbers[0] = 1.0, 0.0, 0.0, 0.0, 1.0, 0.0
    return numbers.ravel()


def units_of(numbers: Floats) -> Units:
    """Networks by their numbers, of shape (…, units * numbers), to go through many tasks each."""
    parts = numbers.reshape(*numbers.shape[:-1], UNITS, NUMBERS)
    return tuple(
        tuple(parts[..., unit, number, None, None] for number in range(NUMBERS))  # type: ignore[misc]
        for unit in range(UNITS)
    )


def taught(recipe: Recipe) -> Iterator[tuple[Floats, float]]:
    """The network after each round, and the mean score of its crowd: the lower the better."""
    numbers, adam = first(recipe.seed), Adam(rate=recipe.stride)
    memory = adam.remember(numbers)
    for number in range(1, recipe.rounds + 1):
        rng = np.random.default_rng([recipe.seed, number])
        away = rng.normal(size=(recipe.pairs, numbers.size))
        crowd = numbers + recipe.apart * np.concatenate([away, -away])
        scores = np.mean(
            [_scores(crowd, kind(rng, recipe.tasks), rng, recipe) for kind in KINDS], 0
        )
        ranks = np.argsort(np.argsort(scores)) / (len(scores) - 1) - 0.5
        lean = ranks[: recipe.pairs] - ranks[recipe.pairs :]
        # Annealed to nothing: at the end the crowd agrees.
        rate = recipe.stride * 0.5 * (1.0 + np.cos(np.pi * number / recipe.rounds))
        grad = lean @ away / recipe.pairs
        numbers, memory = adam.step(numbers, grad, memory, number, rate)
        yield numbers, float(scores.mean())


def _scores(crowd: Floats, tasks: Tasks, rng: Generator, recipe: Recipe) -> Floats:
    """How far down each of a crowd comes: the mean logarithm of the loss, of shape (crowd,)."""
    rates = 10.0 ** rng.uniform(log10(recipe.low), log10(recipe.high), (len(tasks.starts), 1))
    steps = recipe.steps * int(rng.choice(TIMES))
    losses = descend(crowd, tasks, rates, steps, rng)
    bottom = np.nanmin(losses, axis=(0, 1)) if tasks.bottom is None else tasks.bottom
    share = (losses - bottom) / (losses[0] - bottom + 1e-300)
    logs = np.log10(np.maximum(share, 0.0) + tasks.floor)
    logs = np.nan_to_num(np.minimum(logs, WORST), nan=WORST)
    late = np.linspace(0.0, 2.0, len(logs))[:, None, None]
    means: Floats = ((late * logs).mean(axis=0) / -np.log10(tasks.floor)).mean(axis=1)
    return means


def descend(crowd: Floats, tasks: Tasks, rates: Floats, steps: int, rng: Generator) -> Floats:
    """The losses on the way down, of shape (steps + 1, crowd, tasks).

    Args:
        crowd: networks, of shape (crowd, units * numbers).
        tasks: what they go down.
        rates: of shape (tasks, 1).
        steps: how many they take.
        rng: what batches and noise are drawn from.
    """
    rule = rule_of(units_of(crowd))
    points = np.repeat(tasks.starts[None], len(crowd), axis=0)
    memory = tuple(np.zeros((5, *points.shape)))
    losses = np.empty((steps + 1, *points.shape[:-1]))
    with np.errstate(all="ignore"):
        for step in range(1, steps + 1):
            losses[step - 1], slopes = tasks.slope(points, rng)
            points, memory = rule(points, slopes, memory, float(step), (rates,))  # type: ignore[arg-type]
        losses[steps] = tasks.slope(points, rng)[0]
    return losses
