"""Where the ticks of an axis stand and what is written at them."""

from __future__ import annotations

import math

import numpy as np

from nnviz.ui.canvas.pens import Floats

_STEPS = (1.0, 2.0, 3.0, 5.0, 10.0)
_FINE_STEPS = (1.0, 2.0, 5.0, 10.0)
_LOG_MARKS = ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,))


def nice_step(span: float, most: int) -> float:
    """The smallest round step that cuts a span into at most so many parts."""
    if not (math.isfinite(span) and span > 0.0):
        return 1.0
    rough = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    steps = _STEPS if power >= 1.0 else _FINE_STEPS  # 0.3 is no round number, 3 and 30 are.
    return next(power * step for step in steps if power * step >= rough * (1 - 1e-9))


def nice_ticks(low: float, high: float, most: int) -> Floats:
    """Round numbers from low to high, at most so many parts of one length."""
    step = nice_step(high - low, most)
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    return np.arange(first, last + 1, dtype=np.float64) * step


def log_ticks(low: float, high: float, most: int) -> Floats:
    """Numbers such as 1, 2, 5, 10 from low to high, both above 0, not many more than `most`."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    powers = range(first, last + 1)
    for marks in _LOG_MARKS:
        ticks = np.array([mark * 10.0**power for power in powers for mark in marks])
        ticks = ticks[(ticks >= low * (1 - 1e-9)) & (ticks <= high * (1 + 1e-9))]
        if len(ticks) <= most + 1:
            return ticks
    return ticks[:: math.ceil(len(ticks) / max(most, 1))]


def tick_text(value: float, step: float) -> str:
    """A tick in as few figures as its step needs, with a true minus."""
    if value == 0.0:
        return "0"
    size = abs(value)
    if size >= 1e5 or size < 1e-4:
        mantissa, power = f"{value:.1e}".split("e")
        text = f"{mantissa.removesuffix('.0')}e{int(power)}"
    else:
        text = f"{value:.{_decimals(step)}f}"
        if size >= 1e4:
            text = f"{value:,.{_decimals(step)}f}".replace(",", "\u2009")
    return text.replace("-", "−")


def _decimals(step: float) -> int:
    """How many decimals a step needs: 0.25 needs 2."""
    for decimals in range(8):
        if abs(step * 10**decimals - round(step * 10**decimals)) < 1e-6:
            return decimals
    return 8
