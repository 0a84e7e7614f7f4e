"""Elementary functions for the compiled loop: without branches, so that they run four abreast.

The C library's functions take one number at a time. These are made of sums, products and one
division, which the compiler turns into vector instructions. All exponentials rest on

    e^2h = 2^k (P + u Q) / (P - u Q),   h = k ln(2)/2 + u,   |u| <= ln(2)/4,

where u Q / P is the continued fraction of tanh u = u / (1 + u^2 / (3 + u^2 / (5 + ...))), broken
off after the 11: what is left out is less than 6e-19 of the value. Written with both fractions in
one, tanh needs a single division and loses nothing near 0. P and Q stand here as 1 + p and
u Q = q, so that the last sum is rounded once. Errors: mostly below 2 units in the
last place, never seen above 4.1.

Limits are set by comparisons that let NaN pass; `min` and `max` would not in every order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba.extending import overload, register_jitable

from nnviz.engine import elementary

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS: Any = {"error_model": "numpy"}
"""A division by zero gives what IEEE 754 says: checking for it would cost the vectors."""

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
ODD = tuple(1.0 / odd for odd in range(3, 25, 2))
"""Of the series of the inverse hyperbolic tangent."""


def called(function: F) -> F:
    """Let compiled functions call this one."""
    return register_jitable(**OPTIONS)(function)


@called
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


@called
def power(k: np.int64) -> float:
    """2^k, for k from -1022 to 1023; 2^1024 is infinite."""
    number: float = np.int64((k + 1023) << 52).view(np.float64)
    return number


@called
def tanh(x: float) -> float:
    """The hyperbolic tangent; beyond 20 it is 1."""
    x = 20.0 if x > 20.0 else x  # noqa: FURB136
    x = -20.0 if x < -20.0 else x  # noqa: FURB136
    k, p, q = split(x)
    less, more = power(k) - 1.0, power(k) + 1.0
    return (less + (less * p + more * q)) / (more + (more * p + less * q))


@called
def exp(x: float) -> float:
    """The exponential, scaled in two halves so that it fades to 0 and overflows as it should."""
    x = 720.0 if x > 720.0 else x  # noqa: FURB136
    x = -760.0 if x < -760.0 else x  # noqa: FURB136
    k, p, q = split(0.5 * x)
    half = k >> 1
    return (1.0 + (p + q)) / (1.0 + (p - q)) * power(half) * power(k - half)


@called
def expm1(x: float) -> float:
    """The exponential less one; below -40 it is -1."""
    x = 710.0 if x > 710.0 else x  # noqa: FURB136
    x = -40.0 if x < -40.0 else x  # noqa: FURB136
    k, p, q = split(0.5 * x)
    less, more = power(k) - 1.0, power(k) + 1.0
    return (less + (less * p + more * q)) / (1.0 + (p - q))


@called
def log1p(x: float) -> float:
    """The logarithm of 1 + x for x from 0 to 1: twice the inverse tanh of x / (2 + x).

    Above sqrt(2) - 1 it is ln(2) and that of (1 + x) / 2, so that the series stays short.
    """
    over = 1.0 if x > 0.4142135623730951 else 0.0
    t = (x - over) / (x + (2.0 + over))
    w = t * t
    series = ODD[10]
    for place in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0):
        series = series * w + ODD[place]
    return over * LN2 + (2.0 * t + 2.0 * t * w * series)


@called
def positive(x: float) -> float:
    """1 above zero, else 0."""
    return 1.0 if x > 0.0 else 0.0


def _replace(original: Callable[..., Any], own: Callable[..., Any]) -> None:
    """Let compiled rules call our own function where NumPy calls the original."""

    def choose(x: float) -> Callable[..., Any]:
        return own

    overload(original, jit_options=OPTIONS)(choose)


_replace(elementary.tanh, tanh)
_replace(elementary.exp, exp)
_replace(elementary.expm1, expm1)
_replace(elementary.log1p, log1p)
_replace(elementary.positive, positive)
