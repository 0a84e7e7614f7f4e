"""The elementary functions that the rules of the engine are written in.

A rule is written once, for whole arrays and for single numbers: NumPy runs it as it stands, the
compiled loop runs it number by number. Here stands the seam between the two: for arrays these are
NumPy's functions, and the compiled loop puts branch-free ones in their place (see `kernel`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def exp(x: Floats) -> Floats:
    """The exponential of each number."""
    return np.exp(x)


def expm1(x: Floats) -> Floats:
    """The exponential less one, exact near zero."""
    return np.expm1(x)


def log1p(x: Floats) -> Floats:
    """The logarithm of one more than each number, exact near zero."""
    return np.log1p(x)


def tanh(x: Floats) -> Floats:
    """The hyperbolic tangent of each number."""
    return np.tanh(x)


def sin(x: Floats) -> Floats:
    """The sine of each number."""
    return np.sin(x)


def cos(x: Floats) -> Floats:
    """The cosine of each number."""
    return np.cos(x)


def positive(x: Floats) -> Floats:
    """1 where a number is above zero, 0 elsewhere: what stands in for a branch."""
    on: Floats = (x > 0.0).astype(x.dtype)
    return on
