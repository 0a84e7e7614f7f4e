"""Penalties: what large weights cost on top of the loss. Biases go free."""

from __future__ import annotations

from dataclasses import Field
from typing import Any, ClassVar

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.knob import check_knobs, knob
from nnviz.table import Table
from nnviz.value import dataclass


class Penalty:
    """A cost of each weight with its derivative."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __match_args__: ClassVar[tuple[str, ...]]

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]

    @staticmethod
    def rule(w: Floats, rate: float, share: float) -> tuple[Floats, Floats]:
        """The cost of each weight and its derivative, from the rate and the share of L1."""
        raise NotImplementedError

    def __post_init__(self) -> None:
        check_knobs(self)

    def cost(self, weights: Floats) -> float:
        """What all the weights cost together."""
        return float(np.sum(self.rule(weights, *self.numbers)[0]))

    def gradient(self, weights: Floats) -> Floats:
        """The derivative of the cost by each weight, of the shape of weights."""
        return self.rule(weights, *self.numbers)[1]

    @property
    def strength(self) -> float:
        """The rate, 0 where there is none."""
        return self.numbers[0]

    @property
    def numbers(self) -> tuple[float, float]:
        """The rate and the share of L1, 0 where there is none: what the rule wants to know."""
        rate, share, *_ = (*(getattr(self, name) for name in self.__match_args__), 0.0, 0.0)
        return float(rate), float(share)


@dataclass(frozen=True, slots=True)
class NoPenalty(Penalty):
    """Weights cost nothing."""

    key: ClassVar[str] = "none"
    label: ClassVar[str] = "None"
    formula: ClassVar[str] = "0"

    @staticmethod
    def rule(w: Floats, rate: float, share: float) -> tuple[Floats, Floats]:
        """Nothing, and its derivative."""
        return w * 0.0, w * 0.0


@dataclass(frozen=True, slots=True)
class L1(Penalty):
    """The size of the weights: drives those that do not pay to zero."""

    key: ClassVar[str] = "l1"
    label: ClassVar[str] = "L1"
    formula: ClassVar[str] = r"\lambda \sum |w|"

    rate: float = knob(0.001, 0.0, 10.0, hint="regularization rate")

    @staticmethod
    def rule(w: Floats, rate: float, share: float) -> tuple[Floats, Floats]:
        """The cost and its derivative; 0 has the derivative 0."""
        return rate * np.abs(w), rate * np.sign(w)


@dataclass(frozen=True, slots=True)
class L2(Penalty):
    """The squares of the weights, halved: keeps all of them small."""

    key: ClassVar[str] = "l2"
    label: ClassVar[str] = "L2"
    formula: ClassVar[str] = r"\frac{\lambda}{2} \sum w^2"

    rate: float = knob(0.001, 0.0, 10.0, hint="regularization rate")

    @staticmethod
    def rule(w: Floats, rate: float, share: float) -> tuple[Floats, Floats]:
        """The cost and its derivative."""
        slope = rate * w
        return 0.5 * slope * w, slope


@dataclass(frozen=True, slots=True)
class ElasticNet(Penalty):
    """Something of both: drives weights to zero, but keeps those together that pay together.

    Zou & Hastie (2005), with the shares of scikit-learn.
    """

    key: ClassVar[str] = "elastic-net"
    label: ClassVar[str] = "Elastic net"
    formula: ClassVar[str] = r"\lambda \sum \left( \alpha |w| + \frac{1 - \alpha}{2} w^2 \right)"

    rate: float = knob(0.001, 0.0, 10.0, hint="regularization rate")
    share: float = knob(0.5, 0.0, 1.0, hint="share of L1; the rest is L2")

    @staticmethod
    def rule(w: Floats, rate: float, share: float) -> tuple[Floats, Floats]:
        """The cost and its derivative; 0 has the derivative 0."""
        sharp, round_ = rate * share, rate * (1.0 - share)
        return sharp * np.abs(w) + 0.5 * round_ * w * w, sharp * np.sign(w) + round_ * w


PENALTIES: Table[type[Penalty]] = Table("penalty", [NoPenalty, L1, L2, ElasticNet])
