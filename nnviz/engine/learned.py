"""An optimizer that nobody thought up: a small network says how far each parameter goes.

It sees, of one parameter, the gradient and its means over three horizons, all by the root of the
mean square, so it cannot tell how steep a loss is. Eight tanh units without biases answer twice:
their sum is the direction, odd as the gradient is; the sum of their squares, even, is by how much
the logarithm of the step grows. So it takes longer steps where gradients agree and shorter ones
where they fight, by what it has learned and not by a formula. `tutor` taught it; what it learned is
a resource, with the recipe and with how it fares against Adam and SGD.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import numpy as np

from nnviz.assets import asset
from nnviz.engine.elementary import Floats, exp, tanh
from nnviz.engine.optimizer import Memory, Moved, Numbers, Optimizer, rate_knob
from nnviz.value import dataclass

Unit: TypeAlias = tuple[Any, Any, Any, Any, Any, Any]
"""A hidden unit: its shares of direction and growth, and its weights for what the network sees."""

Units: TypeAlias = tuple[Unit, ...]
Rule: TypeAlias = Callable[[Floats, Floats, Memory, float, Numbers], Moved]

UNITS = 8
NUMBERS = 6
"""How many hidden units there are, and numbers to each."""

FAST, MIDDLE, SLOW, SQUARE = 0.5, 0.9, 0.99, 0.99
"""How much the three means and the mean square keep from step to step."""

LEAST, MOST = -4.0, 5.0
"""The step is at least e^-4, about a fiftieth, and at most e^5, about 150 times the rate."""

TINY = 1e-12

WEIGHTS = ("learned", "optimizer.json")
"""The resource with what was learned."""


def rule_of(units: Units) -> Rule:
    """The rule of a network; its numbers may be arrays, for many networks at once."""

    def rule(theta: Floats, grad: Floats, memory: Memory, t: float, k: Numbers) -> Moved:
        """One step, as far and to where the network says."""
        v, fast, middle, slow, length = memory
        v = SQUARE * v + (1.0 - SQUARE) * grad * grad
        fast = FAST * fast + (1.0 - FAST) * grad
        middle = MIDDLE * middle + (1.0 - MIDDLE) * grad
        slow = SLOW * slow + (1.0 - SLOW) * grad
        scale = 1.0 / (np.sqrt(v / (1.0 - SQUARE**t)) + TINY)
        now = grad * scale
        short = fast / (1.0 - FAST**t) * scale
        medium = middle / (1.0 - MIDDLE**t) * scale
        long = slow / (1.0 - SLOW**t) * scale
        way, growth = 0.0 * now, 0.0 * now
        for share, grow, by_now, by_short, by_medium, by_long in units:
            unit = tanh(by_now * now + by_short * short + by_medium * medium + by_long * long)
            way = way + share * unit
            growth = growth + grow * unit * unit
        length = np.minimum(np.maximum(length + growth, LEAST), MOST)
        return theta - k[0] * exp(length) * way, (v, fast, middle, slow, length)

    return rule


def digest_of(units: Any) -> str:  # noqa: ANN401 - rows of numbers, as lists or tuples
    """What tells networks apart: the same for the same numbers."""
    return sha256(json.dumps(units).encode()).hexdigest()[:16]


def read_units(path: Path) -> Units:
    """The network of a file that `tutor` wrote.

    Raises:
        ValueError: if there is anything but eight units of six finite numbers, or if somebody
            changed one of them.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    units = content["units"]
    if len(units) != UNITS or any(len(unit) != NUMBERS for unit in units):
        raise ValueError(f"{path.name}: there must be {UNITS} units of {NUMBERS} numbers")
    if not all(type(each) is float and isfinite(each) for unit in units for each in unit):
        raise ValueError(f"{path.name}: every number of a unit must be a finite one")
    if digest_of(units) != content["digest"]:
        raise ValueError(f"{path.name}: these are not the numbers that were learned")
    return tuple(tuple(unit) for unit in units)


@dataclass(frozen=True, slots=True)
class Learned(Optimizer):
    """A small network that was taught to optimize, after Andrychowicz et al. (2016).

    arXiv:1606.04474. There it has a memory of its own and is differentiated; here it remembers
    means of gradients and was taught by evolution, on random losses, none of those offered here.

    Of twenty of these it ends lowest on 15 where nobody tunes a rate (SGD on 5, Adam, at 0.001, on
    none), and on 8 where every rate is the best of sixteen (SGD on 7, Adam on 5). Where a network
    learns for long, a tuned Adam overtakes it: it learned to make haste, and to be still in noise.
    """

    key: ClassVar[str] = "learned"
    label: ClassVar[str] = "Learned"
    formula: ClassVar[str] = (
        r"h = \tanh(W x), \quad \ell \leftarrow \ell + b \cdot h^2, \quad"
        r" \theta \leftarrow \theta - \eta e^{\ell} a \cdot h"
    )
    slots: ClassVar[int] = 5

    rate: float = rate_knob(0.01)

    units: ClassVar[Units] = read_units(asset(*WEIGHTS))
    rule = staticmethod(rule_of(units))  # type: ignore[assignment]


def pupil(units: Any) -> Learned:  # noqa: ANN401 - rows of numbers, as lists or tuples
    """An optimizer with another network."""
    own = {"units": units, "rule": staticmethod(rule_of(units)), "__slots__": ()}
    kind = type("Pupil", (Learned,), own)
    made: Learned = kind()
    return made
