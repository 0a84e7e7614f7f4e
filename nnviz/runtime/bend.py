"""The largest curvature of the loss, followed while the network moves.

Power iteration that never starts again: now and then it takes a few products of the Hessian with
the direction found so far, as many as its share of the time allows, and the figure trails the
network by a few pictures. Once frames rest it comes to its end.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np

from nnviz.engine.course import Course
from nnviz.engine.curvature import penalized_product
from nnviz.experiment.build import Setup
from nnviz.runtime.frames import Floats

SAMPLES = 2_000
"""The curvature is that of so many training points at most: products cost as much as they have."""

SETTLED = 1e-4
"""It has come to its end when a product changes it by less than this share."""

PRODUCTS = 2
"""So many products are taken at a stretch."""

SHARE = 0.15
"""So much of the time they take while frames come: the rest is for what moves before the eyes."""


class Bending:
    """Follows the largest eigenvalue of the Hessian of the training loss, its penalty included."""

    def __init__(self) -> None:
        self._setup: Setup | None = None
        self._course: Course
        self._vector = np.empty(0)
        self._theta = np.empty(0)
        self._size = 0.0
        self._value = float("nan")
        self._due = 0.0
        self.is_settled = True

    @property
    def is_due(self) -> bool:
        """Whether there is more to find out, and no frame has paid for it just now."""
        return not self.is_settled and perf_counter() >= self._due

    def trail(self, setup: Setup, theta: Floats) -> float:
        """The same as `follow`, but no more often than its share of the time allows."""
        begun = perf_counter()
        value = self.follow(setup, theta, PRODUCTS if begun >= self._due else 0)
        if begun >= self._due:
            self._due = begun + (perf_counter() - begun) / SHARE
        return value

    def follow(self, setup: Setup, theta: Floats, products: int = PRODUCTS) -> float:
        """The curvature as far as it is known at a theta of shape (parameters,); NaN if not."""
        if setup is not self._setup:
            self._take(setup)
        if len(theta) != len(self._vector):
            self._begin(len(theta))
        if not np.array_equal(theta, self._theta):
            self._theta, self.is_settled = theta, False
        for _ in range(0 if self.is_settled else products):
            self._improve()
        return self._value

    def _take(self, setup: Setup) -> None:
        course = setup.course
        part = slice(None, SAMPLES)
        self._setup, self.is_settled = setup, False
        self._course = replace(
            course,
            train_inputs=np.ascontiguousarray(course.train_inputs[:, part]),
            train_targets=np.ascontiguousarray(course.train_targets[:, part]),
        )

    def _begin(self, size: int) -> None:
        vector = np.random.default_rng(0).normal(size=size)
        self._vector = vector / np.linalg.norm(vector)
        self._size, self._value, self.is_settled = 0.0, float("nan"), False

    def _improve(self) -> None:
        """One step of power iteration, lifted by the size so far: negative bends do not lead."""
        moved = penalized_product(self._course, self._theta, self._vector)
        value = float(self._vector @ moved)
        lifted = moved + self._size * self._vector
        length = float(np.linalg.norm(lifted))
        if not np.isfinite(length) or length == 0.0:
            self._begin(len(self._vector))
            self.is_settled = True
            return
        self._size = max(0.5 * self._size, float(np.linalg.norm(moved)))
        self.is_settled = abs(value - self._value) <= SETTLED * abs(value)
        self._vector, self._value = lifted / length, value
