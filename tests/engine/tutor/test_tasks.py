from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from nnviz.engine.tutor.tasks import KINDS, Tasks

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


class Calm:
    """Dice that make no noise, and batches of all samples."""

    def normal(self, size: tuple[int, ...]) -> Any:
        return np.zeros(size)

    def permuted(self, seen: Any, axis: int) -> Any:
        return np.broadcast_to(seen.mean(axis=axis, keepdims=True), seen.shape)


@every_kind
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_gradients_are_those_of_central_differences(kind: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tasks: Tasks = kind(rng, 3)
    points = tasks.starts[None] + 0.1 * rng.normal(size=(2, *tasks.starts.shape))
    calm: Any = Calm()
    _, gradient = tasks.slope(points, calm)
    step = 1e-6
    for axis in range(points.shape[-1]):
        away = step * np.eye(points.shape[-1])[axis]
        rise = tasks.slope(points + away, calm)[0] - tasks.slope(points - away, calm)[0]
        np.testing.assert_allclose(gradient[..., axis], rise / (2 * step), rtol=1e-4, atol=1e-4)


@every_kind
def test_the_same_dice_make_the_same_tasks_and_the_same_noise(kind: Any) -> None:
    def made(seed: int) -> tuple[Any, Any]:
        rng: Generator = np.random.default_rng(seed)
        tasks: Tasks = kind(rng, 4)
        return tasks.slope(tasks.starts[None], rng)

    for one, other in zip(made(1), made(1), strict=True):
        np.testing.assert_array_equal(one, other)
    assert (made(1)[0] != made(2)[0]).any()


@every_kind
def test_the_crowd_gets_the_same(kind: Any) -> None:
    rng = np.random.default_rng(5)
    tasks = kind(rng, 3)
    losses, gradients = tasks.slope(np.stack([tasks.starts] * 4), rng)
    assert losses.shape == (4, 3)
    np.testing.assert_allclose(gradients, gradients[:1].repeat(4, axis=0))
    np.testing.assert_allclose(losses, losses[:1].repeat(4, axis=0))
