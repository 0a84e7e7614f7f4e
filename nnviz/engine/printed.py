"""Optimizers as the lecture prints them: other rules for the settings of the standard ones.

NNViz computes the standard. These are here to be seen beside it and to race against it, so each
takes the settings of the one that it is a form of, and says what will be seen. Where the lecture
prints the standard rule, there is nothing here but a remark.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from nnviz.engine.adaptive import Adagrad, Adam, RMSprop
from nnviz.engine.descent import Nesterov
from nnviz.engine.elementary import Floats
from nnviz.engine.optimizer import Memory, Moved, Numbers, Optimizer
from nnviz.table import Table
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class NesterovPrinted(Nesterov):
    """Nesterov's momentum with the rate inside the velocity, which points downhill.

    Printed for x, with the gradient at x + mu v; here for that place itself, theta = x + mu v,
    since there the gradient is known. At a constant rate it goes where the standard one goes.
    """

    key: ClassVar[str] = "nesterov-printed"
    label: ClassVar[str] = "Nesterov, printed"
    formula: ClassVar[str] = (
        r"v \leftarrow \mu v - \eta \nabla f(x + \mu v), \quad x \leftarrow x + v"
    )
    standard: ClassVar[str] = "nesterov"
    seen: ClassVar[str] = (
        "The same path while the rate stays as it is. But v has the opposite sign, so its arrow"
        " points downhill, and another rate acts late, since v keeps steps made at the old one."
    )

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """Back to x, one step of the velocity, and ahead again."""
        (v,) = memory
        rate, mu = k
        new = mu * v - rate * grad
        return theta - mu * v + (1.0 + mu) * new, (new,)


@dataclass(frozen=True, slots=True)
class AdagradPrinted(Adagrad):
    """Adagrad that divides by the sum of squares itself, not by its root."""

    key: ClassVar[str] = "adagrad-printed"
    label: ClassVar[str] = "Adagrad, printed"
    formula: ClassVar[str] = (
        r"s \leftarrow s + g^2, \quad \theta \leftarrow \theta - \eta \frac{g}{s + \epsilon}"
    )
    standard: ClassVar[str] = "adagrad"
    seen: ClassVar[str] = (
        "Without the root the first step is η/g: the flatter the ground, the larger the leap,"
        " and on steep ground it hardly moves. For g = 0.001 and η = 0.1 it is 100 instead of 0.1."
    )

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the gradient over the sum of squares."""
        (s,) = memory
        rate, eps = k
        s = s + grad * grad
        return theta - rate * grad / (s + eps), (s,)


@dataclass(frozen=True, slots=True)
class RMSpropPrinted(RMSprop):
    """RMSprop that divides by the mean of squares itself, not by its root."""

    key: ClassVar[str] = "rmsprop-printed"
    label: ClassVar[str] = "RMSprop, printed"
    formula: ClassVar[str] = (
        r"v \leftarrow \alpha v + (1 - \alpha) g^2, \quad"
        r" \theta \leftarrow \theta - \eta \frac{g}{v + \epsilon}"
    )
    standard: ClassVar[str] = "rmsprop"
    seen: ClassVar[str] = (
        "Without the root steps grow where gradients shrink: it creeps down steep slopes, leaps on"
        " flat ground, and swings wide about the minimum, where the standard one trembles."
    )

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the gradient over its remembered square."""
        (v,) = memory
        rate, decay, eps = k
        v = decay * v + (1.0 - decay) * grad * grad
        return theta - rate * grad / (v + eps), (v,)


@dataclass(frozen=True, slots=True)
class AdamPrinted(Adam):
    """Momentum over the mean of squares, without root and without bias correction.

    The lecture itself says that this is not quite Adam.
    """

    key: ClassVar[str] = "adam-printed"
    label: ClassVar[str] = "Adam, printed"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta \frac{m}{v + \epsilon}"
    standard: ClassVar[str] = "adam"
    seen: ClassVar[str] = (
        "Without the root, and with a v that starts at 0, the first step is 100 η/g with the"
        " usual betas: on flat ground it leaves at once, on steep ground it creeps."
    )

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the mean of the gradient over the mean of its square."""
        m, v = memory
        rate, beta1, beta2, eps = k
        m = beta1 * m + (1.0 - beta1) * grad
        v = beta2 * v + (1.0 - beta2) * grad * grad
        return theta - rate * m / (v + eps), (m, v)


@dataclass(frozen=True, slots=True)
class AdamUncorrected(Adam):
    """Adam with its root but without bias correction: what the printed one lacks, taken apart."""

    key: ClassVar[str] = "adam-uncorrected"
    label: ClassVar[str] = "Adam, uncorrected"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta \frac{m}{\sqrt{v} + \epsilon}"
    standard: ClassVar[str] = "adam"
    seen: ClassVar[str] = (
        "m and v start at 0 and are too small at first, each by its own share: with the usual"
        " betas the first step is 3.2 times too large; where β₂ is below 0.99 it is too small."
    )

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the mean of the gradient over the root of that of its square."""
        m, v = memory
        rate, beta1, beta2, eps = k
        m = beta1 * m + (1.0 - beta1) * grad
        v = beta2 * v + (1.0 - beta2) * grad * grad
        return theta - rate * m / (np.sqrt(v) + eps), (m, v)


PRINTED: Table[type[Optimizer]] = Table(
    "optimizer",
    [NesterovPrinted, AdagradPrinted, RMSpropPrinted, AdamPrinted, AdamUncorrected],
)

REMARKS = {
    "sgd": "The lecture prints this very rule.",
    "momentum": (
        "The lecture prints this very rule: the rate stands outside the velocity. For Nesterov it"
        " prints it inside, with the opposite sign, so there v points downhill and here uphill."
    ),
}
"""What there is to say where the lecture prints the standard rule, by its key."""
