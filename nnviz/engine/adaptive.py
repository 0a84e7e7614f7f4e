"""Optimizers that give each parameter a step of its own, by the size of its gradients."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizer import Memory, Moved, Numbers, Optimizer, eps_knob, rate_knob
from nnviz.knob import knob
from nnviz.value import dataclass


def _beta1() -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(0.9, 0.0, 0.999, hint="memory of the gradient")


def _beta2() -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    return knob(0.999, 0.0, 0.99999, hint="memory of the squared gradient")


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

    rate: float = rate_knob(0.01)
    eps: float = eps_knob(1e-10)

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

    rate: float = rate_knob(1.0)
    rho: float = knob(0.9, 0.0, 0.999, hint="memory of squared gradients and steps")
    eps: float = eps_knob(1e-6)

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

    rate: float = rate_knob(0.01)
    decay: float = knob(0.99, 0.0, 0.9999, hint="memory of the squared gradient")
    eps: float = eps_knob(1e-8)

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

    rate: float = rate_knob(1e-3)
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = eps_knob(1e-8)

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


@dataclass(frozen=True, slots=True)
class AdamW(Optimizer):
    """Adam with weight decay apart from the gradient: Loshchilov & Hutter, arXiv:1711.05101.

    As in PyTorch, the decay is scaled by the rate and shrinks every parameter.
    """

    key: ClassVar[str] = "adamw"
    label: ClassVar[str] = "AdamW"
    formula: ClassVar[str] = (
        r"\theta \leftarrow (1 - \eta \lambda) \theta"
        r" - \eta \frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}"
    )
    slots: ClassVar[int] = 2

    rate: float = rate_knob(1e-3)
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = eps_knob(1e-8)
    weight_decay: float = knob(0.01, 0.0, 1.0, hint="how fast parameters shrink by themselves")

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """Shrink a little, then one step of Adam."""
        m, v = memory
        rate, beta1, beta2, eps, weight_decay = k
        m = beta1 * m + (1.0 - beta1) * grad
        v = beta2 * v + (1.0 - beta2) * grad * grad
        m_hat = m / (1.0 - beta1**t)
        v_hat = v / (1.0 - beta2**t)
        shrunk = theta * (1.0 - rate * weight_decay)
        return shrunk - rate * m_hat / (np.sqrt(v_hat) + eps), (m, v)


@dataclass(frozen=True, slots=True)
class AMSGrad(Optimizer):
    """Adam that never forgets its greatest gradient: Reddi et al. (2018), arXiv:1904.09237.

    The maximum is taken over the raw v and corrected afterwards, as PyTorch's code does; its old
    documentation and Optax take it over the corrected one.
    """

    key: ClassVar[str] = "amsgrad"
    label: ClassVar[str] = "AMSGrad"
    formula: ClassVar[str] = (
        r"\theta \leftarrow \theta"
        r" - \eta \frac{\hat{m}}{\sqrt{\max_t v / (1 - \beta_2^t)} + \epsilon}"
    )
    slots: ClassVar[int] = 3

    rate: float = rate_knob(1e-3)
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = eps_knob(1e-8)

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step of Adam, by the greatest mean square so far."""
        m, v, top = memory
        rate, beta1, beta2, eps = k
        m = beta1 * m + (1.0 - beta1) * grad
        v = beta2 * v + (1.0 - beta2) * grad * grad
        top = np.maximum(top, v)
        m_hat = m / (1.0 - beta1**t)
        v_hat = top / (1.0 - beta2**t)
        return theta - rate * m_hat / (np.sqrt(v_hat) + eps), (m, v, top)


@dataclass(frozen=True, slots=True)
class NAdam(Optimizer):
    """Adam that looks ahead as Nesterov's momentum does: Dozat (2016), in PyTorch's form.

    The momentum warms up: mu_t = beta1 (1 - 0.96^(t psi) / 2). What is left of 1 after the
    product of all mu is the third memory, since memories start at 0.
    """

    key: ClassVar[str] = "nadam"
    label: ClassVar[str] = "NAdam"
    formula: ClassVar[str] = (
        r"\theta \leftarrow \theta - \frac{\eta}{\sqrt{\hat{v}} + \epsilon}"
        r" \left( \frac{\mu_{t+1} m}{1 - \mu_1 \cdots \mu_{t+1}}"
        r" + \frac{(1 - \mu_t) g}{1 - \mu_1 \cdots \mu_t} \right)"
    )
    slots: ClassVar[int] = 3

    rate: float = rate_knob(2e-3)
    beta1: float = _beta1()
    beta2: float = _beta2()
    eps: float = eps_knob(1e-8)
    psi: float = knob(0.004, 0.0, 1.0, hint="how fast the momentum warms up")

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step by the mean of the gradient as it will be, over the root of the square's."""
        m, v, rest = memory
        rate, beta1, beta2, eps, psi = k
        m = beta1 * m + (1.0 - beta1) * grad
        v = beta2 * v + (1.0 - beta2) * grad * grad
        mu = beta1 * (1.0 - 0.5 * 0.96 ** (t * psi))
        mu_next = beta1 * (1.0 - 0.5 * 0.96 ** ((t + 1.0) * psi))
        rest = 1.0 - mu * (1.0 - rest)
        ahead = mu_next * m / (1.0 - mu_next * (1.0 - rest))
        m_hat = ahead + (1.0 - mu) * grad / rest
        v_hat = v / (1.0 - beta2**t)
        return theta - rate * m_hat / (np.sqrt(v_hat) + eps), (m, v, rest)
