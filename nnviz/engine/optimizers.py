"""Optimizers: how a gradient moves the parameters.

An optimizer is hyperparameters, memory and a pure rule. The rule knows single numbers only, so
the same one steps a network, a swarm of particles and, compiled, the fast training loop.
Forms and defaults are PyTorch's; g is the gradient at the parameters before the step.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from typing import Any, ClassVar, TypeAlias

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.knob import check_knobs, knob, knobs
from nnviz.mistake import Mistake
from nnviz.table import Table

Memory: TypeAlias = tuple[Floats, ...]
Numbers: TypeAlias = tuple[float, ...]
Moved: TypeAlias = tuple[Floats, Memory]

RATE_RANGE = (1e-5, 10.0)
"""The least and the greatest learning rate of every optimizer."""


def _rate(default: float) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(default, *RATE_RANGE, log=True, hint="learning rate")


def _momentum() -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(0.9, 0.0, 0.999, hint="how much of the last step is kept")


def _eps(default: float) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(default, 1e-16, 1.0, log=True, hint="keeps the division finite")


class Optimizer:
    """Hyperparameters and the rule that moves a parameter by its gradient.

    The rule gets the parameter, its gradient, its memory (a tuple of `slots` numbers, 0 at
    first), the step t from 1 on, and the hyperparameters in the order of the fields; it gives the
    new parameter and its new memory. It never branches and never asks for other parameters.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    slots: ClassVar[int]
    rate: float

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """The parameter after the step, and its memory."""
        raise NotImplementedError

    def __post_init__(self) -> None:
        check_knobs(self)

    def step(self, theta: Floats, grad: Floats, memory: Floats, t: int) -> tuple[Floats, Floats]:
        """Move parameters of any shape by one step; the arguments stay as they are.

        Args:
            theta: the parameters, of any shape.
            grad: the gradient there, of the same shape.
            memory: what `remember` or the step before gave, of shape (slots, *theta.shape).
            t: the number of the step, 1 for the first.
        """
        moved, kept = self.rule(theta, grad, tuple(memory), float(t), self.hyperparameters)
        after = np.empty_like(memory)
        for slot, values in enumerate(kept):
            after[slot] = values
        return moved, after

    def remember(self, theta: Floats) -> Floats:
        """The memory before the first step, of shape (slots, *theta.shape)."""
        return np.zeros((self.slots, *theta.shape))

    @property
    def hyperparameters(self) -> Numbers:
        """The numbers of the fields in order, the rate first."""
        return tuple(float(getattr(self, each.name)) for each in fields(self))


@dataclass(frozen=True, slots=True)
class SGD(Optimizer):
    """Gradient descent, by batches "stochastic": straight down the gradient."""

    key: ClassVar[str] = "sgd"
    label: ClassVar[str] = "SGD"
    formula: ClassVar[str] = r"\theta \leftarrow \theta - \eta g"
    slots: ClassVar[int] = 0

    rate: float = _rate(0.03)

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

    rate: float = _rate(0.03)
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

    rate: float = _rate(0.03)
    momentum: float = _momentum()

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step, by the gradient and the ball that it has already moved."""
        (b,) = memory
        rate, mu = k
        b = mu * b + grad
        return theta - rate * (grad + mu * b), (b,)


@dataclass(frozen=True, slots=True)
class Adagrad(Optimizer):
    """Steps shrink with all gradients so far: Duchi et al. (2011)."""

    key: ClassVar[str] = "adagrad"
    label: ClassVar[str] = "Adagrad"
    formula: ClassVar[str] = (
        r"s \leftarrow s + g^2, \quad"
        r" \theta \leftarrow \theta - \eta \frac{g}{\sqrt{s} + \epsilon}"
    )
    slots: ClassVar[int] = 1

    rate: float = _rate(0.01)
    eps: float = _eps(1e-10)

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the gradient over the root of the sum of squares."""
        (s,) = memory
        rate, eps = k
        s = s + grad * grad
        return theta - rate * grad / (np.sqrt(s) + eps), (s,)


@dataclass(frozen=True, slots=True)
class Adadelta(Optimizer):
    """Steps in the units of the parameter: Algorithm 1 of Zeiler (2012), arXiv:1212.5701.

    The first step is about 0.00316 times the rate, whatever the gradient.
    """

    key: ClassVar[str] = "adadelta"
    label: ClassVar[str] = "Adadelta"
    formula: ClassVar[str] = (
        r"d = \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}} g, \quad"
        r" \theta \leftarrow \theta - \eta d"
    )
    slots: ClassVar[int] = 2

    rate: float = _rate(1.0)
    rho: float = knob(0.9, 0.0, 0.999, hint="memory of squared gradients and steps")
    eps: float = _eps(1e-6)

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step: v remembers squared gradients, u squared steps."""
        v, u = memory
        rate, rho, eps = k
        v = rho * v + (1.0 - rho) * grad * grad
        d = np.sqrt(u + eps) / np.sqrt(v + eps) * grad
        u = rho * u + (1.0 - rho) * d * d
        return theta - rate * d, (v, u)


@dataclass(frozen=True, slots=True)
class RMSprop(Optimizer):
    """Steps by the gradient over its recent size: lecture 6e of Hinton (2012).

    There is no bias correction, so the first step is rate / sqrt(1 - decay).
    """

    key: ClassVar[str] = "rmsprop"
    label: ClassVar[str] = "RMSprop"
    formula: ClassVar[str] = (
        r"v \leftarrow \alpha v + (1 - \alpha) g^2, \quad"
        r" \theta \leftarrow \theta - \eta \frac{g}{\sqrt{v} + \epsilon}"
    )
    slots: ClassVar[int] = 1

    rate: float = _rate(0.01)
    decay: float = knob(0.99, 0.0, 0.9999, hint="memory of the squared gradient")
    eps: float = _eps(1e-8)

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the gradient over the root of its remembered square."""
        (v,) = memory
        rate, decay, eps = k
        v = decay * v + (1.0 - decay) * grad * grad
        return theta - rate * grad / (np.sqrt(v) + eps), (v,)


@dataclass(frozen=True, slots=True)
class Adam(Optimizer):
    """Momentum over recent size: Algorithm 1 of Kingma & Ba (2015), arXiv:1412.6980."""

    key: ClassVar[str] = "adam"
    label: ClassVar[str] = "Adam"
    formula: ClassVar[str] = (
        r"\theta \leftarrow \theta - \eta \frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}"
    )
    slots: ClassVar[int] = 2

    rate: float = _rate(1e-3)
    beta1: float = knob(0.9, 0.0, 0.999, hint="memory of the gradient")
    beta2: float = knob(0.999, 0.0, 0.99999, hint="memory of the squared gradient")
    eps: float = _eps(1e-8)

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the corrected means of the gradient and of its square."""
        m, v = memory
        rate, beta1, beta2, eps = k
        m = beta1 * m + (1.0 - beta1) * grad
        v = beta2 * v + (1.0 - beta2) * grad * grad
        m_hat = m / (1.0 - beta1**t)
        v_hat = v / (1.0 - beta2**t)
        return theta - rate * m_hat / (np.sqrt(v_hat) + eps), (m, v)


OPTIMIZERS: Table[type[Optimizer]] = Table(
    "optimizer", [SGD, Momentum, Nesterov, Adagrad, Adadelta, RMSprop, Adam]
)


def parse_optimizer(text: str) -> Optimizer:
    """The optimizer of a text such as "adam:rate=0.01,beta1=0.8".

    Raises:
        Mistake: naming the optimizer or the hyperparameter, and what is allowed.
    """
    key, _, settings = text.strip().partition(":")
    kind = OPTIMIZERS[key.strip()]
    names = knobs(kind)
    values: dict[str, float] = {}
    for setting in filter(None, (each.strip() for each in settings.split(","))):
        name, value = _setting(setting, key.strip(), tuple(names))
        names[name].check(value, f"{key.strip()} {name}")
        values[name] = value
    return kind(**values)


def _setting(setting: str, key: str, names: tuple[str, ...]) -> tuple[str, float]:
    name, _, number = (part.strip() for part in setting.partition("="))
    if name not in names:
        raise Mistake(f"{key} has no hyperparameter {name!r}; it has {', '.join(names)}.")
    try:
        return name, float(number)
    except ValueError:
        raise Mistake(f"{key} {name} is {number!r}; it must be a number.") from None
