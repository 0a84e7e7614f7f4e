"""A knob: a number that says its range, its scale and its meaning where it is declared.

`rate: float = knob(1e-3, 1e-5, 1.0, log=True, hint="learning rate")` declares a dataclass field.
The same declaration builds the slider, checks files and command lines, and is tested.
"""

from __future__ import annotations

import math
from dataclasses import field, fields
from typing import Any

from nnviz.mistake import Mistake
from nnviz.value import dataclass

SEED_LIMIT = 2**31 - 1
"""The largest seed of a random stream."""


@dataclass(frozen=True, slots=True)
class Knob:
    """A number's default and range, and how a slider moves through it."""

    default: float
    low: float
    high: float
    log: bool = False
    whole: bool = False
    hint: str = ""

    def number(self, turn: float) -> float:
        """The number at a turn of the knob, from 0 (low) to 1 (high)."""
        if turn <= 0.0:
            return self.low
        if turn >= 1.0:
            return self.high
        if self.log:
            number = self.low * math.pow(self.high / self.low, turn)
        else:
            number = self.low + turn * (self.high - self.low)
        return round(number) if self.whole else number

    def turn(self, number: float) -> float:
        """Where a number lies, from 0 (low) to 1 (high); numbers outside stop at the ends."""
        number = min(max(number, self.low), self.high)
        if self.log:
            return math.log(number / self.low) / math.log(self.high / self.low)
        return (number - self.low) / (self.high - self.low)

    def check(self, number: object, place: str) -> None:
        """Refuse what is not a number of this knob's range.

        Raises:
            Mistake: naming the place and the range.
        """
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise Mistake(f"{place} is {number!r}; it must be a {self._kind}.")
        if self.whole and number != int(number if math.isfinite(number) else 0):
            raise Mistake(f"{place} is {number!r}; it must be a whole number.")
        if not self.low <= number <= self.high:
            allowed = f"from {self.low:g} to {self.high:g}"
            raise Mistake(f"{place} is {number!r}; it must be {allowed}.")

    @property
    def _kind(self) -> str:
        return "whole number" if self.whole else "number"


def knob(  # noqa: PLR0913 - a declaration, read as one line
    default: float,
    low: float,
    high: float,
    *,
    log: bool = False,
    whole: bool = False,
    hint: str = "",
) -> Any:  # noqa: ANN401 - a dataclass field, typed by its annotation
    """Declare a dataclass field with a range.

    Args:
        default: its value when nothing is said.
        low: the least value allowed.
        high: the greatest value allowed.
        log: whether a slider moves through it by ratio; low must be above 0.
        whole: whether it is a whole number.
        hint: what it is, in a few words.
    """
    return field(
        default=default,
        metadata={"knob": Knob(default, low, high, log=log, whole=whole, hint=hint)},
    )


def knobs(kind: type | object) -> dict[str, Knob]:
    """The knobs of a dataclass or of one of its values, by field name, in order."""
    return {
        each.name: each.metadata["knob"]
        for each in fields(kind)  # type: ignore[arg-type]
        if "knob" in each.metadata
    }


def check_knobs(value: object) -> None:
    """Refuse a dataclass value of which a knob stands outside its range.

    Meant for `__post_init__`.

    Raises:
        Mistake: naming the field and what is allowed.
    """
    for name, each in knobs(value).items():
        each.check(getattr(value, name), name)
