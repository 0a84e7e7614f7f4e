"""What an optimizer is: how a gradient moves the parameters.

It is hyperparameters, memory and a pure rule. The rule knows single numbers only, so the same one
steps a network, a swarm of particles and, compiled, the fast training loop. Forms and defaults are
PyTorch's; g is the gradient at the parameters before the step.
"""

from __future__ import annotations

from dataclasses import Field
from typing import Any, ClassVar, TypeAlias

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.knob import check_knobs, knob

Memory: TypeAlias = tuple[Floats, ...]
Numbers: TypeAlias = tuple[float, ...]
Moved: TypeAlias = tuple[Floats, Memory]

RATE_RANGE = (1e-5, 10.0)
"""The least and the greatest learning rate of every optimizer."""


def rate_knob(default: float) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    """The learning rate of an optimizer."""
    return knob(default, *RATE_RANGE, log=True, hint="learning rate")


def eps_knob(default: float) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    """The small number that is added below a fraction."""
    return knob(default, 1e-16, 1.0, log=True, hint="keeps the division finite")


class Optimizer:
    """Hyperparameters and the rule that moves a parameter by its gradient.

    The rule gets the parameter, its gradient, its memory (a tuple of `slots` numbers, 0 at
    first), the step t from 1 on, and the hyperparameters in the order of the fields; it gives the
    new parameter and its new memory. It never branches and never asks for other parameters.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __match_args__: ClassVar[tuple[str, ...]]

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    slots: ClassVar[int]
    standard: ClassVar[str] = ""
    """The key of the one that this is another form of, "" for one by itself."""
    seen: ClassVar[str] = ""
    """What will be seen where another form races against the standard one."""
    rate: float

    @staticmethod
    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """The parameter after the step, and its memory."""
        raise NotImplementedError

    def __post_init__(self) -> None:
        check_knobs(self)

    def step(
        self, theta: Floats, grad: Floats, memory: Floats, t: int, rate: float | None = None
    ) -> tuple[Floats, Floats]:
        """Move parameters of any shape by one step; the arguments stay as they are.

        Args:
            theta: the parameters, of any shape.
            grad: the gradient there, of the same shape.
            memory: what `remember` or the step before gave, of shape (slots, *theta.shape).
            t: the number of the step, 1 for the first.
            rate: the learning rate in force, None for its own.
        """
        k = self.hyperparameters if rate is None else (rate, *self.hyperparameters[1:])
        moved, kept = self.rule(theta, grad, tuple(memory), float(t), k)
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
        return tuple(float(getattr(self, name)) for name in self.__match_args__)
