"""How the points of data sets that are drawn are drawn.

Every generator takes a random generator, the number of points and the noise, and gives points of
shape (samples, 2) with labels of shape (samples,). Noise moves either the points themselves or
only the border at which their labels change; whichever it is, the same seed draws the same points.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from nnviz.engine.elementary import Floats

Sample = tuple[Floats, Floats]
Make = Callable[[Generator, int, float], Sample]
Curve = Callable[[Floats], Floats]
"""A function of x₁: numbers of shape (n,) to numbers of that shape."""


def circle(rng: Generator, samples: int, noise: float) -> Sample:
    """A disk and a ring around it."""
    inner, outer = _halves(samples)
    radius = np.concatenate([rng.uniform(0.0, 2.5, inner), rng.uniform(3.5, 5.0, outer)])
    points = _polar(radius, rng.uniform(0.0, 2 * np.pi, samples))
    moved = points + rng.uniform(-5.0, 5.0, points.shape) * noise
    return points, _said(np.hypot(moved[:, 0], moved[:, 1]) < 2.5)


def exclusive_or(rng: Generator, samples: int, noise: float) -> Sample:
    """Four squares, opposite ones of one class."""
    points = rng.uniform(-5.0, 5.0, (samples, 2))
    points += np.where(points > 0, 0.3, -0.3)
    moved = points + rng.uniform(-5.0, 5.0, points.shape) * noise
    return points, _said(moved[:, 0] * moved[:, 1] >= 0)


def two_gaussians(rng: Generator, samples: int, noise: float) -> Sample:
    """Two normal clouds, wider the more noise there is."""
    variance = 0.5 + 7 * noise
    first, second = _halves(samples)
    labels = np.repeat([1.0, 0.0], [first, second])
    centers = np.where(labels == 1, 2.0, -2.0)[:, None]
    return centers + rng.normal(0.0, np.sqrt(variance), (samples, 2)), labels


def spiral(rng: Generator, samples: int, noise: float) -> Sample:
    """Two arms that wind around one another."""
    first, second = _halves(samples)
    points = np.concatenate([_arm(first, 0.0), _arm(second, np.pi)])
    points += rng.uniform(-1.0, 1.0, points.shape) * noise
    return points, np.repeat([1.0, 0.0], [first, second])


def moons(rng: Generator, samples: int, noise: float) -> Sample:
    """Two half circles that hook into one another."""
    upper, lower = _halves(samples)
    a, b = np.linspace(0, np.pi, upper), np.linspace(0, np.pi, lower)
    x = np.concatenate([np.cos(a) - 0.5, 0.5 - np.cos(b)])
    y = np.concatenate([np.sin(a) - 0.25, 0.25 - np.sin(b)])
    points = np.stack([x, y], axis=-1) * (10 / 3)
    points += rng.normal(0.0, 2.0, points.shape) * noise
    return points, np.repeat([0.0, 1.0], [upper, lower])


def rings(classes: int) -> Make:
    """Rings in one another up to a radius of 5.2, of gaps two thirds as wide as they are."""
    width = 5.2 / (classes + (classes - 1) * 2 / 3)

    def make(rng: Generator, samples: int, noise: float) -> Sample:
        labels = (np.arange(samples) % classes).astype(np.float64)
        radius = width * 5 / 3 * labels + rng.uniform(0.0, width, samples)
        points = _polar(radius, rng.uniform(0.0, 2 * np.pi, samples))
        points += rng.normal(0.0, 2.0, points.shape) * noise
        return points, labels

    return make


def clouds(classes: int, spread: float) -> Make:
    """Normal clouds in a ring, the first at the upper right, the others clockwise from there."""

    def make(rng: Generator, samples: int, noise: float) -> Sample:
        labels = (np.arange(samples) % classes).astype(np.float64)
        centers = _polar(np.full(samples, 3.8), np.pi * (2 * labels + 1) / classes)
        width = spread * (1 + 2 * noise)
        return centers + rng.normal(0.0, width, centers.shape), labels

    return make


def checkerboard(rng: Generator, samples: int, noise: float) -> Sample:
    """Four by four squares of two classes in turn, from -5 to 5."""
    points = rng.uniform(-5.0, 5.0, (samples, 2))
    moved = points + rng.uniform(-5.0, 5.0, points.shape) * noise
    squares = np.floor((moved + 5.0) / 2.5).sum(axis=1)
    return points, squares % 2


def about(curve: Curve) -> Make:
    """Points above a curve over x₁ (class 1) and below it, or where it has no value (class 0)."""

    def make(rng: Generator, samples: int, noise: float) -> Sample:
        points = rng.uniform(-6.0, 6.0, (samples, 2))
        moved = points + rng.uniform(-5.0, 5.0, points.shape) * noise
        with np.errstate(all="ignore"):
            return points, _said(moved[:, 1] > curve(moved[:, 0]))

    return make


def tilted_plane(rng: Generator, samples: int, noise: float) -> Sample:
    """Values that rise with both coordinates."""
    points = rng.uniform(-6.0, 6.0, (samples, 2))
    moved = points + rng.uniform(-6.0, 6.0, points.shape) * noise
    return points, moved.sum(axis=1) / 10


_HILLS = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
_SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])


def hills(points: Floats) -> Floats:
    """Six cones of radius 2 and height 1, three up and three down; 0 elsewhere."""
    away = np.linalg.norm(points[:, None, :] - _HILLS, axis=-1)
    heights = _SIGNS * np.clip(1 - away / 2, 0.0, 1.0)
    highest = np.abs(heights).argmax(axis=1)
    picked: Floats = heights[np.arange(len(points)), highest]
    return picked


def six_hills(rng: Generator, samples: int, noise: float) -> Sample:
    """Values that are the height of six hills."""
    points = rng.uniform(-6.0, 6.0, (samples, 2))
    moved = points + rng.uniform(-6.0, 6.0, points.shape) * noise
    return points, hills(moved)


def gate(truth: tuple[int, int, int, int]) -> Make:
    """The four points of a gate; `truth` is what it says of 00, 01, 10 and 11."""

    def make(_rng: Generator, _samples: int, _noise: float) -> Sample:
        points = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
        return points, np.array(truth, dtype=np.float64)

    return make


def _halves(samples: int) -> tuple[int, int]:
    return samples // 2, samples - samples // 2


def _polar(radius: Floats, angle: Floats) -> Floats:
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=-1)


def _arm(count: int, shift: float) -> Floats:
    way = np.arange(count) / max(count, 1)
    return _polar(5 * way, 1.75 * way * 2 * np.pi + shift)


def _said(is_one: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    return is_one.astype(np.float64)
