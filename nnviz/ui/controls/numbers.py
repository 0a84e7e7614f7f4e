"""Numbers as a person reads, types and steps through them.

A slider has a thousand places, a person wants 0.03 and not 0.0297: every number that comes from
turning is tidied, every number that is typed is taken as it stands or refused in one sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from nnviz.knob import Knob
from nnviz.value import dataclass

_PERCENT = 100.0
_DETENTS = (1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers of one kind are written, and what a typed text means.

    `read` gives back the text itself when it is no number, so that the check can name it.
    """

    write: Callable[[float], str]
    read: Callable[[str], float | str]


def write_plain(number: float) -> str:
    """A number without exponent where that is short: 0.03, 0.0001, 500, 1e-5."""
    if number == 0:
        return "0"
    if not math.isfinite(number) or abs(number) < 1e-4 or abs(number) >= 1e9:
        return f"{number:.3g}".replace("e-0", "e-").replace("e+0", "e")
    decimals = max(0, 4 - math.floor(math.log10(abs(number))))
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_plain(text: str) -> float | str:
    """The number a text means; a comma may stand for the decimal point."""
    try:
        return float(text.strip().replace(" ", "").replace(",", "."))
    except ValueError:
        return text.strip()


def write_percent(share: float) -> str:
    """A share as a percentage: 50 %."""
    return f"{write_plain(round(share * _PERCENT, 4))} %"


def read_percent(text: str) -> float | str:
    """The share that a percentage means; the sign may be left out."""
    number = read_plain(text.replace("%", ""))
    return number / _PERCENT if isinstance(number, float) else text.strip()


PLAIN = Notation(write_plain, read_plain)
PERCENT = Notation(write_percent, read_percent)


def tidy(knob: Knob, number: float) -> float:
    """A number near a given one that reads well: two digits on a log scale, few decimals else."""
    if knob.whole:
        return round(number)
    rounded = float(f"{number:.1e}") if knob.log else round(number, _decimals(knob))
    return min(max(rounded, knob.low), knob.high)


def nudge(knob: Knob, number: float, steps: int) -> float:
    """The number some small steps further, as by an arrow key."""
    if knob.whole:
        moved = number + steps
    elif knob.log:
        moved = knob.number(knob.turn(number) + steps / 100)
    else:
        moved = number + steps * 10.0 ** -_decimals(knob)
    return tidy(knob, min(max(moved, knob.low), knob.high))


def leap(knob: Knob, number: float, direction: int) -> float:
    """The next number one large step further, as by PageUp: 0.01, 0.03, 0.1 on a log scale."""
    if knob.log and not knob.whole:
        moved = _next_detent(number, direction)
    else:
        stride = (knob.high - knob.low) / 10
        moved = number + direction * (max(1, round(stride)) if knob.whole else stride)
    return tidy(knob, min(max(moved, knob.low), knob.high))


def _decimals(knob: Knob) -> int:
    return max(0, -math.floor(math.log10((knob.high - knob.low) / 50)))


def _next_detent(number: float, direction: int) -> float:
    decade = 10.0 ** math.floor(math.log10(number))
    detents = [scale * each for scale in (decade / 10, decade) for each in _DETENTS]
    slack = 1 + 1e-9
    if direction > 0:
        return min(each for each in detents if each > number * slack)
    return max(each for each in detents if each < number / slack)
