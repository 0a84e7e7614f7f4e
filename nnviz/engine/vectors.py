"""Elementary functions for the compiled loop: without branches, so that they run four abreast.

The C library's functions take one number at a time. These are made of sums, products and one
division, which the compiler turns into vector instructions. All exponentials rest on

    e^2h = 2^k (P + u Q) / (P - u Q),   h = k ln(2)/2 + u,   |u| <= ln(2)/4,

where u Q / P is the continued fraction of tanh u = u / (1 + u^2 / (3 + u^2 / (5 + ...))), broken
off after the 11: what is left out is less than 6e-19 of the value. Written with both fractions in
one, tanh needs a single division and loses nothing near 0. P and Q stand here as 1 + p and
u Q = q, so that the last sum is rounded once. Errors: mostly below 2 units in the
last place, never seen above 4.1.

Sine and cosine are their own power series around the nearest multiple of pi/2, which is taken
off in three parts: exactly, as long as there are fewer than a million of them.

Limits are set by comparisons that let NaN pass; `min` and `max` would not in every order.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any, TypeVar

import numpy as np
from numba.extending import overload, register_jitable

from nnviz.engine import elementary

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS: Any = {"error_model": "numpy", "fastmath": {"contract"}}
"""A division by zero gives what IEEE 754 says: checking for it would cost the vectors. A product
and a sum may be one instruction, rounded once."""

INLINED: Any = {**OPTIONS, "forceinline": True}
"""A function that is called for every number must not stay a call, however long it is."""

ROUNDER = 1.5 * 2.0**52
"""Added to a number and taken off again, it leaves the nearest whole number."""
ROUNDER_BITS = 0x4338000000000000

HALF_LN2_HIGH = float.fromhex("0x1.62e42f8p-2")
HALF_LN2_LOW = float.fromhex("0x1.be8e7bcd5e4f2p-28")
"""ln(2)/2 in two parts: small whole multiples of the first are exact."""

HALVES = float.fromhex("0x1.71547652b82fep+1")
"""2 / ln(2)."""

LN2 = float.fromhex("0x1.62e42fefa39efp-1")
P1, P2, P3 = 5.0 / 11.0, 2.0 / 99.0, 1.0 / 10395.0
Q1, Q2 = 4.0 / 33.0, 1.0 / 495.0
L3, L5, L7, L9, L11, L13, L15, L17, L19, L21, L23 = (1.0 / odd for odd in range(3, 25, 2))
"""Of the series of the inverse hyperbolic tangent."""

QUARTERS = float.fromhex("0x1.45f306dc9c883p-1")
"""2 / pi."""

QUARTER_HIGH = float.fromhex("0x1.921fb544p+0")
QUARTER_MIDDLE = float.fromhex("0x1.0b4611a6p-34")
QUARTER_LOW = float.fromhex("0x1.3198a2e037073p-69")
"""pi/2 in three parts: small whole multiples of the first two are exact."""

S3, S5, S7, S9, S11, S13, S15, S17 = (1.0 / factorial(odd) for odd in range(3, 19, 2))
C4, C6, C8, C10, C12, C14, C16 = (1.0 / factorial(even) for even in range(4, 17, 2))
"""Of the series of sine and cosine, whose signs alternate."""


def called(function: F) -> F:
    """Let compiled functions call this one."""
    return register_jitable(**OPTIONS)(function)


def inlined(function: F) -> F:
    """Put this function into the compiled ones that use it."""
    return register_jitable(**INLINED)(function)


@inlined
def split(h: float) -> tuple[np.int64, float, float]:
    """The k, p and q of the module's fraction for e^2h."""
    rounded = h * HALVES + ROUNDER
    k = np.float64(rounded).view(np.int64) - ROUNDER_BITS
    whole = rounded - ROUNDER
    u = (h - whole * HALF_LN2_HIGH) - whole * HALF_LN2_LOW
    w = u * u
    p = ((P3 * w + P2) * w + P1) * w
    q = ((Q2 * w + Q1) * w) * u + u
    return k, p, q


@inlined
def power(k: np.int64) -> float:
    """2^k, for k from -1022 to 1023; 2^1024 is infinite."""
    number: float = np.int64((k + 1023) << 52).view(np.float64)
    return number


@inlined
def tanh(x: float) -> float:
    """The hyperbolic tangent; beyond 20 it is 1."""
    x = 20.0 if x > 20.0 else x  # noqa: FURB136
    x = -20.0 if x < -20.0 else x  # noqa: FURB136
    k, p, q = split(x)
    less, more = power(k) - 1.0, power(k) + 1.0
    return (less + (less * p + more * q)) / (more + (more * p + less * q))


@inlined
def exp(x: float) -> float:
    """The exponential, scaled in two halves so that it fades to 0 and overflows as it should."""
    x = 720.0 if x > 720.0 else x  # noqa: FURB136
    x = -760.0 if x < -760.0 else x  # noqa: FURB136
    k, p, q = split(0.5 * x)
    half = k >> 1
    return (1.0 + (p + q)) / (1.0 + (p - q)) * power(half) * power(k - half)


@inlined
def expm1(x: float) -> float:
    """The exponential less one; below -40 it is -1."""
    x = 710.0 if x > 710.0 else x  # noqa: FURB136
    x = -40.0 if x < -40.0 else x  # noqa: FURB136
    k, p, q = split(0.5 * x)
    less, more = power(k) - 1.0, power(k) + 1.0
    return (less + (less * p + more * q)) / (1.0 + (p - q))


@inlined
def log1p(x: float) -> float:
    """The logarithm of 1 + x for x from 0 to 1: twice the inverse tanh of x / (2 + x).

    Above sqrt(2) - 1 it is ln(2) and that of (1 + x) / 2, so that the series stays short.
    """
    over = 1.0 if x > 0.4142135623730951 else 0.0
    t = (x - over) / (x + (2.0 + over))
    w = t * t
    series = ((L23 * w + L21) * w + L19) * w + L17
    series = (((series * w + L15) * w + L13) * w + L11) * w + L9
    series = ((series * w + L7) * w + L5) * w + L3
    return over * LN2 + (2.0 * t + 2.0 * t * w * series)


@inlined
def around(x: float) -> tuple[np.int64, float, float]:
    """How many quarter turns an angle is, and sine and cosine of what is left of it.

    Beyond some million turns less and less of it is right; there it just stays within bounds.
    """
    rounded = x * QUARTERS + ROUNDER
    turns = np.float64(rounded).view(np.int64) - ROUNDER_BITS
    whole = rounded - ROUNDER
    u = ((x - whole * QUARTER_HIGH) - whole * QUARTER_MIDDLE) - whole * QUARTER_LOW
    u = 0.8 if u > 0.8 else u  # noqa: FURB136
    u = -0.8 if u < -0.8 else u  # noqa: FURB136
    w = u * u
    odd = S11 - w * (S13 - w * (S15 - w * S17))
    odd = S3 - w * (S5 - w * (S7 - w * (S9 - w * odd)))
    even = C10 - w * (C12 - w * (C14 - w * C16))
    even = C4 - w * (C6 - w * (C8 - w * even))
    half = 0.5 * w
    near = 1.0 - half
    return turns, u - u * w * odd, near + (((1.0 - near) - half) + w * w * even)


@inlined
def turned(turns: np.int64, sine: float, cosine: float) -> float:
    """The sine after so many quarter turns more."""
    number = cosine if turns & 1 else sine
    return -number if turns & 2 else number


@inlined
def sin(x: float) -> float:
    """The sine."""
    turns, sine, cosine = around(x)
    return turned(turns, sine, cosine)


@inlined
def cos(x: float) -> float:
    """The cosine."""
    turns, sine, cosine = around(x)
    return turned(turns + 1, sine, cosine)


@inlined
def positive(x: float) -> float:
    """1 above zero, else 0."""
    return 1.0 if x > 0.0 else 0.0


def _replace(original: Callable[..., Any], own: Callable[..., Any]) -> None:
    """Let compiled rules call our own function where NumPy calls the original."""

    def choose(x: float) -> Callable[..., Any]:
        return own

    overload(original, jit_options=INLINED)(choose)


_replace(elementary.tanh, tanh)
_replace(elementary.exp, exp)
_replace(elementary.expm1, expm1)
_replace(elementary.log1p, log1p)
_replace(elementary.sin, sin)
_replace(elementary.cos, cos)
_replace(elementary.positive, positive)
