"""The operations that formulas are made of, as functions of whole arrays.

Every operation has a key: those of the four marks and the power have names of their own, the
others are called as people write them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nnviz.value import dataclass

Numbers = Any
"""A float, or an array of floats: operations take both, and broadcast."""

MOST_FACTORS = 16
"""Up to which whole exponent a power is worked out by multiplying."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation does to its parts; `shape` is how to write it, such as "min(a, b, …)"."""

    parts: int
    rule: Callable[..., Numbers]
    shape: str = ""


def power(base: Numbers, exponent: Numbers) -> Numbers:
    """A power, as fast as products where the exponent is a small whole number."""
    if isinstance(exponent, float) and abs(exponent) <= MOST_FACTORS and exponent.is_integer():
        product = _product(base, int(abs(exponent)))
        return np.true_divide(1.0, product) if exponent < 0 else product
    return np.power(base, exponent)


def _product(base: Numbers, factors: int) -> Numbers:
    """A whole power, by squaring."""
    product: Numbers = 1.0
    while factors:
        if factors & 1:
            product = product * base
        factors >>= 1
        if factors:
            base = base * base
    return product


def sigmoid(x: Numbers) -> Numbers:
    """1 / (1 + exp(-x)), without overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * x)


def relu(x: Numbers) -> Numbers:
    """What is above 0, and 0 elsewhere."""
    return np.maximum(x, 0.0)


def step(x: Numbers) -> Numbers:
    """1 above 0, and 0 elsewhere."""
    return np.heaviside(x, 0.0)


def where(condition: Numbers, above: Numbers, below: Numbers) -> Numbers:
    """One number where the condition is above 0, the other elsewhere."""
    return np.where(np.greater(condition, 0.0), above, below)


MARKS: Mapping[str, Operation] = {
    "add": Operation(2, np.add),
    "sub": Operation(2, np.subtract),
    "mul": Operation(2, np.multiply),
    "div": Operation(2, np.true_divide),
    "pow": Operation(2, power),
    "neg": Operation(1, np.negative),
}
"""What the marks + - * / ^ do, and the minus before a term."""

FUNCTIONS: Mapping[str, Operation] = {
    "sin": Operation(1, np.sin, "sin(a)"),
    "cos": Operation(1, np.cos, "cos(a)"),
    "tan": Operation(1, np.tan, "tan(a)"),
    "tanh": Operation(1, np.tanh, "tanh(a)"),
    "atan": Operation(1, np.arctan, "atan(a)"),
    "exp": Operation(1, np.exp, "exp(a)"),
    "log": Operation(1, np.log, "log(a)"),
    "sqrt": Operation(1, np.sqrt, "sqrt(a)"),
    "abs": Operation(1, np.absolute, "abs(a)"),
    "sign": Operation(1, np.sign, "sign(a)"),
    "min": Operation(2, np.minimum, "min(a, b, …)"),
    "max": Operation(2, np.maximum, "max(a, b, …)"),
    "sigmoid": Operation(1, sigmoid, "sigmoid(a)"),
    "relu": Operation(1, relu, "relu(a)"),
    "step": Operation(1, step, "step(a)"),
    "where": Operation(3, where, "where(a, b, c)"),
}
"""What may be called: log is the natural logarithm, step(0) is 0, and where(a, b, c) is b where a
is above 0 and c elsewhere."""

CONSTANTS: Mapping[str, float] = {"pi": float(np.pi), "e": float(np.e)}

OPERATIONS: Mapping[str, Operation] = {**MARKS, **FUNCTIONS}
