"""What an activation is: what a neuron makes of its weighted sum.

Each is a rule that gives value and slope at once, because both come from the same exponential.
The rule is written without a branch, so it serves whole arrays in NumPy and single numbers in the
compiled loop.
"""

from __future__ import annotations

from dataclasses import Field
from typing import Any, ClassVar, TypeAlias

from nnviz.engine.elementary import Floats
from nnviz.knob import Knob, check_knobs, knobs

Parameter: TypeAlias = float | Floats
"""One number, or an array of them where many networks are worked out at once."""


class Activation:
    """A function of one number with its slope and at most one parameter.

    The parameter is a setting, or it `learns`: then every layer has one of its own in theta,
    an alpha, and `bend` says how the value follows it.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __match_args__: ClassVar[tuple[str, ...]]

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    learns: ClassVar[bool] = False
    """Whether the parameter is learned by backpropagation, as the weights are."""

    @staticmethod
    def rule(z: Floats, p: Parameter) -> tuple[Floats, Floats]:
        """Value and slope at each weighted sum, with the parameter p (unused by most)."""
        raise NotImplementedError

    @staticmethod
    def bend(z: Floats) -> Floats:
        """The derivative of the value by a parameter that is learned; the value is linear in it."""
        raise NotImplementedError

    def __post_init__(self) -> None:
        check_knobs(self)

    def __call__(self, z: Floats) -> Floats:
        """The value at each weighted sum, of the shape of z."""
        return self.rule(z, self.parameter)[0]

    def slope(self, z: Floats) -> Floats:
        """The derivative at each weighted sum, of the shape of z."""
        return self.rule(z, self.parameter)[1]

    @property
    def parameter(self) -> float:
        """The value of the one parameter, 0 where there is none; where it starts if it learns."""
        return next((float(getattr(self, name)) for name in self.__match_args__), 0.0)

    @property
    def parameter_knob(self) -> tuple[str, Knob] | None:
        """The name of the parameter and its range, None where there is none to set."""
        return next(iter(knobs(self).items()), None)
