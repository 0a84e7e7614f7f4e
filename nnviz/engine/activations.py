"""Activations: all that there are.

What an activation is stands in `activation`: a rule for value and slope, and what it may learn.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from nnviz.engine.activation import Activation, Parameter
from nnviz.engine.elementary import Floats, cos, exp, expm1, log1p, positive, sin, tanh
from nnviz.knob import knob
from nnviz.table import Table
from nnviz.value import dataclass

__all__ = [
    "ACTIVATIONS",
    "ELU",
    "GELU",
    "Activation",
    "LeakyReLU",
    "Linear",
    "Mish",
    "PReLU",
    "Parameter",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Sine",
    "Softplus",
    "Tanh",
]


@dataclass(frozen=True, slots=True)
class Sigmoid(Activation):
    """The logistic function: squashes into 0 to 1, with a slope of 0.25 at most."""

    key: ClassVar[str] = "sigmoid"
    label: ClassVar[str] = "Sigmoid"
    formula: ClassVar[str] = r"\frac{1}{1 + e^{-z}}"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope, from e^-|z|, which never overflows."""
        small = exp(-np.abs(z))
        share: Floats = 1.0 / (1.0 + small)
        on = positive(z)
        value: Floats = (on + (1.0 - on) * small) * share
        return value, small * share * share


@dataclass(frozen=True, slots=True)
class Tanh(Activation):
    """The hyperbolic tangent: squashes into -1 to 1, with a slope of 1 at most."""

    key: ClassVar[str] = "tanh"
    label: ClassVar[str] = "Tanh"
    formula: ClassVar[str] = r"\tanh z"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope."""
        value = tanh(z)
        return value, (1.0 - value) * (1.0 + value)


@dataclass(frozen=True, slots=True)
class ReLU(Activation):
    """The rectifier: passes what is positive; its slope at 0 is 0."""

    key: ClassVar[str] = "relu"
    label: ClassVar[str] = "ReLU"
    formula: ClassVar[str] = r"\max(0, z)"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope."""
        return np.maximum(z, 0.0), positive(z)


@dataclass(frozen=True, slots=True)
class LeakyReLU(Activation):
    """The rectifier with a leak: what is negative passes on a small scale."""

    key: ClassVar[str] = "leaky-relu"
    label: ClassVar[str] = "Leaky ReLU"
    formula: ClassVar[str] = r"\max(0, z) + a \min(0, z)"

    leak: float = knob(0.01, 0.0, 1.0, hint="slope of the negative side")

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope; p is the leak."""
        on = positive(z)
        return np.maximum(z, 0.0) + p * np.minimum(z, 0.0), on + (1.0 - on) * p


@dataclass(frozen=True, slots=True)
class PReLU(Activation):
    """The rectifier whose leak is learned, one for each layer: He et al. (2015), arXiv:1502.01852.

    It starts at 0.25, and no penalty acts on it: that would push it towards ReLU.
    """

    key: ClassVar[str] = "prelu"
    label: ClassVar[str] = "PReLU"
    formula: ClassVar[str] = r"\max(0, z) + \alpha \min(0, z)"
    learns: ClassVar[bool] = True

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope; p is alpha."""
        on = positive(z)
        return np.maximum(z, 0.0) + p * np.minimum(z, 0.0), on + (1.0 - on) * p

    @staticmethod
    def bend(z: Floats) -> Floats:
        """The derivative of the value by alpha."""
        return np.minimum(z, 0.0)

    @property
    def parameter(self) -> float:
        """Where alpha starts."""
        return 0.25


@dataclass(frozen=True, slots=True)
class ELU(Activation):
    """The exponential linear unit: bends softly down to -alpha."""

    key: ClassVar[str] = "elu"
    label: ClassVar[str] = "ELU"
    formula: ClassVar[str] = r"z > 0: z, \quad z \leq 0: \alpha (e^z - 1)"

    alpha: float = knob(1.0, 0.0, 5.0, hint="depth of the negative side")

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope; p is alpha. At 0 the slope is alpha, that of the left side."""
        on = positive(z)
        below = p * expm1(np.minimum(z, 0.0))
        return np.maximum(z, 0.0) + below, on + (1.0 - on) * (below + p)


@dataclass(frozen=True, slots=True)
class Softplus(Activation):
    """A smooth rectifier; the sharper, the closer to ReLU."""

    key: ClassVar[str] = "softplus"
    label: ClassVar[str] = "Softplus"
    formula: ClassVar[str] = r"\frac{1}{s} \ln(1 + e^{s z})"

    sharpness: float = knob(1.0, 0.1, 20.0, log=True, hint="how sharply it bends at 0")

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope; p is the sharpness. max(x, 0) + log(1 + e^-|x|) never overflows."""
        x = p * z
        small = exp(-np.abs(x))
        on = positive(x)
        value = (np.maximum(x, 0.0) + log1p(small)) / p
        return value, (on + (1.0 - on) * small) / (1.0 + small)


@dataclass(frozen=True, slots=True)
class GELU(Activation):
    """Passes each number as far as chance lies below it: Hendrycks & Gimpel, arXiv:1606.08415.

    This is the exact form. What lies beyond |z| is e^(-z^2/2) P(|z|) / Q(|z|): a rational fit of
    ours to the scaled complementary error function, by iterated least squares in 60 digits. It is
    off by 6e-17 of its value at most from 0 to 39, beyond which the exponential is 0. All
    coefficients are positive, so nothing cancels: rounding adds about 1e-15.
    """

    key: ClassVar[str] = "gelu"
    label: ClassVar[str] = "GELU"
    formula: ClassVar[str] = r"\frac{z}{2} \left( 1 + \mathrm{erf} \frac{z}{\sqrt{2}} \right)"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope, both from one exponential."""
        u = np.minimum(np.abs(z), 39.0)
        bell = exp(-0.5 * u * u)
        above = 3.7232793366051435e-05 + u * 1.3847293551186197e-06
        above = 0.004087734018076172 + u * (0.0004901858977828683 + u * above)
        above = 0.09767551691832674 + u * (0.023615071852341782 + u * above)
        above = 0.5939732347792116 + u * (0.2892800101573388 + u * above)
        above = 0.5 + u * (0.7748240114545291 + u * above)
        below = 9.332877259269662e-05 + u * 3.4710017542622284e-06
        below = 0.010339758430258292 + u * (0.0012321848331620425 + u * below)
        below = 0.25489597282813053 + u * (0.06041597906668612 + u * below)
        below = 1.7141427745102729 + u * (0.781889186456089 + u * below)
        below = 1.0 + u * (2.347532583711913 + u * (2.5610064740841385 + u * below))
        on = positive(z)
        share = on + (1.0 - 2.0 * on) * (bell * above / below)
        return z * share, share + z * bell * 0.3989422804014327


@dataclass(frozen=True, slots=True)
class SiLU(Activation):
    """The weighted sum times its sigmoid, also called Swish: Elfwing et al., arXiv:1702.03118."""

    key: ClassVar[str] = "silu"
    label: ClassVar[str] = "SiLU"
    formula: ClassVar[str] = r"\frac{z}{1 + e^{-z}}"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope, from e^-|z|, which never overflows."""
        small = exp(-np.abs(z))
        share: Floats = 1.0 / (1.0 + small)
        on = positive(z)
        sigmoid: Floats = (on + (1.0 - on) * small) * share
        return z * sigmoid, sigmoid + z * small * share * share


@dataclass(frozen=True, slots=True)
class Mish(Activation):
    """The weighted sum times the tanh of its softplus: Misra (2019), arXiv:1908.08681.

    With y = 1 + e^z, tanh(ln y) is (y^2 - 1) / (y^2 + 1).
    """

    key: ClassVar[str] = "mish"
    label: ClassVar[str] = "Mish"
    formula: ClassVar[str] = r"z \tanh(\ln(1 + e^z))"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope, from e^-|z|: above 0 the fraction stands multiplied by e^-2z."""
        small = exp(-np.abs(z))
        on = positive(z)
        off = 1.0 - on
        more = on + off * small
        square = more * more
        less = on * small + off
        below: Floats = square + 2.0 * less * (more + less)
        share = (square + 2.0 * less * more) / below
        bend = 4.0 * less * less * more * (more + less) / (below * below)
        return z * share, share + z * bend


@dataclass(frozen=True, slots=True)
class Sine(Activation):
    """Waves: good at what repeats, Sitzmann et al. (2020), arXiv:2006.09661."""

    key: ClassVar[str] = "sine"
    label: ClassVar[str] = "Sine"
    formula: ClassVar[str] = r"\sin z"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope."""
        return sin(z), cos(z)


@dataclass(frozen=True, slots=True)
class Linear(Activation):
    """The weighted sum as it is: layers of it are no more than one layer."""

    key: ClassVar[str] = "linear"
    label: ClassVar[str] = "Linear"
    formula: ClassVar[str] = "z"

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope."""
        return z * 1.0, z * 0.0 + 1.0


ACTIVATIONS: Table[type[Activation]] = Table(
    "activation",
    [Tanh, ReLU, Sigmoid, LeakyReLU, PReLU, ELU, Softplus, GELU, SiLU, Mish, Sine, Linear],
)
