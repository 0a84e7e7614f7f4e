"""Penalties: what large weights cost on top of the loss. Biases go free."""

from __future__ import annotations

from dataclasses import Field, dataclass
from typing import Any, ClassVar

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.knob import check_knobs, knob
from nnviz.table import Table


class Penalty:
    """A cost of each weight with its derivative."""

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __match_args__: ClassVar[tuple[str, ...]]

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]

    @staticmethod
    def rule(w: Floats, rate: float) -> tuple[Floats, Floats]:
        """The cost of each weight and its derivative."""
        raise NotImplementedError

    def __post_init__(self) -> None:
        check_knobs(self)

    def cost(self, weights: Floats) -> float:
        """What all the weights cost together."""
        return float(np.sum(self.rule(weights, self.strength)[0]))

    def gradient(self, weights: Floats) -> Floats:
        """The derivative of the cost by each weight, of the shape of weights."""
        return self.rule(weights, self.strength)[1]

    @property
    def strength(self) -> float:
        """The rate, 0 where there is none."""
        return next((float(getattr(self, name)) for name in self.__match_args__), 0.0)


@dataclass(frozen=True, slots=True)
class NoPenalty(Penalty):
    """Weights cost nothing."""

    key: ClassVar[str] = "none"
    label: ClassVar[str] = "None"
    formula: ClassVar[str] = "0"

    @staticmethod
    def rule(w: Floats, rate: float) -> tuple[Floats, Floats]:
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
    def rule(w: Floats, rate: float) -> tuple[Floats, Floats]:
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
    def rule(w: Floats, rate: float) -> tuple[Floats, Floats]:
        """The cost and its derivative."""
        slope = rate * w
        return 0.5 * slope * w, slope


PENALTIES: Table[type[Penalty]] = Table("penalty", [NoPenalty, L1, L2])
