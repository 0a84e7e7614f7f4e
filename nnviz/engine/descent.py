"""Optimizers that step by the gradient, or by what they remember of it."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizer import Memory, Moved, Numbers, Optimizer, rate_knob
from nnviz.knob import knob
from nnviz.value import dataclass


def _momentum() -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(0.9, 0.0, 0.999, hint="how much of the last step is kept")


@dataclass(frozen=True, slots=True)
class SGD(Optimizer):
    """Gradient descent, by batches "stochastic": straight down the gradient."""

    key: ClassVar[str] = "sgd"
    label: ClassVar[str] = "SGD"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta g"
    slots: ClassVar[int] = 0

    rate: float = rate_knob(0.03)

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step down."""
        return theta - k[0] * grad, ()


@dataclass(frozen=True, slots=True)
class Momentum(Optimizer):
    """The heavy ball of Polyak (1964): steps add up where gradients agree.

    The rate stands outside the buffer, so changing it acts at once.
    """

    key: ClassVar[str] = "momentum"
    label: ClassVar[str] = "Momentum"
    formula: ClassVar[str] = r"b \leftarrow \mu b + g, \quad \theta \leftarrow \theta - \eta b"
    slots: ClassVar[int] = 1

    rate: float = rate_knob(0.03)
    momentum: float = _momentum()

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step of the ball."""
        (b,) = memory
        rate, mu = k
        b = mu * b + grad
        return theta - rate * b, (b,)


@dataclass(frozen=True, slots=True)
class Nesterov(Optimizer):
    """Momentum that looks ahead: Nesterov (1983) in the form of Sutskever et al. (2013).

    Equals v = mu v - rate grad(theta + mu v) after a change of variable, for a constant rate.
    """

    key: ClassVar[str] = "nesterov"
    label: ClassVar[str] = "Nesterov"
    formula: ClassVar[str] = (
        r"b \leftarrow \mu b + g, \quad \theta \leftarrow \theta - \eta (g + \mu b)"
    )
    slots: ClassVar[int] = 1

    rate: float = rate_knob(0.03)
    momentum: float = _momentum()

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step, by the gradient and the ball that it has already moved."""
        (b,) = memory
        rate, mu = k
        b = mu * b + grad
        return theta - rate * (grad + mu * b), (b,)


@dataclass(frozen=True, slots=True)
class Lion(Optimizer):
    """Steps of one length, by sign alone: Algorithm 2 of Chen et al. (2023), arXiv:2302.06675.

    The sign of 0 is 0: where there is neither gradient nor memory, nothing moves.
    """

    key: ClassVar[str] = "lion"
    label: ClassVar[str] = "Lion"
    formula: ClassVar[str] = (
        r"\theta \leftarrow \theta - \eta \, \mathrm{sign}(\beta_1 m + (1 - \beta_1) g)"
    )
    slots: ClassVar[int] = 1

    rate: float = rate_knob(1e-4)
    beta1: float = knob(0.9, 0.0, 0.999, hint="share of the memory in the step")
    beta2: float = knob(0.99, 0.0, 0.9999, hint="memory of the gradient")

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the sign of a mix of gradient and memory."""
        (m,) = memory
        rate, beta1, beta2 = k
        mix = beta1 * m + (1.0 - beta1) * grad
        return theta - rate * np.sign(mix), (beta2 * m + (1.0 - beta2) * grad,)
