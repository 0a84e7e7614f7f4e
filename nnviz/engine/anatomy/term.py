r"""Numbers that remember how they were made: worked out, and written down, both at once.

A term has a value along every axis and is written twice, in letters (`\beta_1 m`) and in the
figures that stand for them (`0.9 \cdot 0.12`), as LaTeX. Sums, products and the like of terms are
terms again. `\class{role}{…}` marks what belongs to a role, such as all that is velocity, so that
whoever draws it can give it the color of its arrow.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap
from math import isfinite
from typing import Any

import numpy as np

from nnviz.value import dataclass

Value = Any
"""A number, or an array of shape (axes,): whatever the rules of optimizers take."""

_SUM, _SIGN, _PRODUCT, _POWER, _ATOM = range(5)


@dataclass(frozen=True, slots=True)
class Written:
    """LaTeX, how strongly its parts hold together, and whether it begins with a figure."""

    text: str
    strength: int = _ATOM
    is_figure: bool = False

    def within(self, least: int) -> str:
        """The text, in parentheses if its parts would come apart."""
        return self.text if self.strength >= least else f"({self.text})"


Words = tuple[Written, tuple[Written, ...]]
"""Letters, and figures for every axis."""


class Term:
    """A number, the letters that it is made of, and for every axis the figures.

    It is worked out at once but written down only when somebody reads it: most of the updates of
    a race that runs are never read.
    """

    __slots__ = ("_words", "_write", "value")

    def __init__(self, value: Value, write: Callable[[], Words]) -> None:
        """A value, and what writes it down."""
        self.value = value
        self._write = write
        self._words: Words | None = None

    @property
    def letters(self) -> Written:
        """The letters that it is made of."""
        return self.words()[0]

    @property
    def figures(self) -> tuple[Written, ...]:
        """The figures of every axis, only once where all have the same."""
        return self.words()[1]

    def words(self) -> Words:
        """Both."""
        if self._words is None:
            self._words = self._write()
        return self._words

    def __add__(self, other: Term) -> Term:
        """The sum."""
        return _joined(self.value + other.value, _sum, self, other)

    def __sub__(self, other: Term) -> Term:
        """The difference."""
        return _joined(self.value - other.value, _difference, self, other)

    def __rsub__(self, number: float) -> Term:
        """What is left of a number."""
        return plain(number) - self

    def __mul__(self, other: Term) -> Term:
        """The product."""
        return _joined(self.value * other.value, _product, self, other)

    def __rmul__(self, number: float) -> Term:
        """So many times the term."""
        return plain(number) * self

    def __radd__(self, number: float) -> Term:
        """So much more."""
        return plain(number) + self

    def __truediv__(self, other: Term) -> Term:
        """The quotient."""
        return _joined(self.value / other.value, _quotient, self, other)

    def __pow__(self, other: Term) -> Term:
        """The power."""
        return _joined(self.value**other.value, _power, self, other)

    def __rpow__(self, number: float) -> Term:
        """A number to the power of the term."""
        return plain(number) ** self

    def written_as(self, other: Term) -> Term:
        """This value, in the words of another: the same, but for the order of rounding."""
        return Term(self.value, other.words)


def plain(number: float) -> Term:
    """A number that is the same in letters and in figures."""
    return Term(number, lambda: (figure(number), (figure(number),)))


def named(letters: str, value: Value, role: str = "") -> Term:
    """A value under a name, both of a role."""

    def write() -> Words:
        numbers = np.atleast_1d(np.asarray(value, dtype=float)).tolist()
        figures = tuple(_of_role(figure(each), role) for each in numbers)
        return _of_role(Written(letters), role), figures

    return Term(value, write)


def root(term: Term) -> Term:
    """The square root."""
    return _joined(np.sqrt(term.value), _root, term)


def squared(term: Term) -> Term:
    """The square."""
    return _joined(term.value * term.value, _square, term)


def sign(term: Term) -> Term:
    """The sign: -1, 0 or 1."""
    return _joined(np.sign(term.value), _sign, term)


def greater(one: Term, other: Term) -> Term:
    """The greater of two."""
    return _joined(np.maximum(one.value, other.value), _greater, one, other)


def figure(number: float) -> Written:
    """A number in four digits, with a power of ten where it is very large or small."""
    if not isfinite(number):
        return Written(r"\infty" if number > 0 else r"-\infty" if number < 0 else "?")
    strength = _SIGN if number < 0 else _ATOM
    if number == 0 or 1e-3 <= abs(number) < 1e5:
        return Written(f"{number:.4g}".removesuffix(".0"), strength, is_figure=True)
    mantissa, _, exponent = f"{number:.2e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    power = f"10^{{{int(exponent)}}}"
    if abs(float(mantissa)) == 1.0:
        return Written(power if number > 0 else f"-{power}", min(strength, _POWER), is_figure=True)
    return Written(rf"{mantissa} \times {power}", min(strength, _PRODUCT), is_figure=True)


def _of_role(written: Written, role: str) -> Written:
    if not role:
        return written
    return Written(rf"\class{{{role}}}{{{written.text}}}", written.strength, written.is_figure)


def _joined(value: Value, write: Callable[..., Written], *parts: Term) -> Term:
    """A term of others, written in letters and along every axis."""

    def words() -> Words:
        axes = max(len(each.figures) for each in parts)
        wide = (each.figures * (axes // len(each.figures)) for each in parts)
        figures = tuple(starmap(write, zip(*wide, strict=True)))
        return write(*(each.letters for each in parts)), figures

    return Term(value, words)


def _sum(one: Written, other: Written) -> Written:
    return Written(f"{one.text} + {other.within(_PRODUCT)}", _SUM, one.is_figure)


def _difference(one: Written, other: Written) -> Written:
    return Written(f"{one.text} - {other.within(_PRODUCT)}", _SUM, one.is_figure)


def _product(one: Written, other: Written) -> Written:
    mark = r" \cdot " if other.is_figure else r" \, "
    text = f"{one.within(_PRODUCT)}{mark}{other.within(_PRODUCT)}"
    return Written(text, _PRODUCT, one.is_figure)


def _quotient(one: Written, other: Written) -> Written:
    return Written(rf"\frac{{{one.text}}}{{{other.text}}}", _POWER)


def _power(one: Written, other: Written) -> Written:
    return Written(f"{one.within(_ATOM)}^{{{other.text}}}", _POWER, one.is_figure)


def _square(one: Written) -> Written:
    return Written(f"{one.within(_ATOM)}^2", _POWER, one.is_figure)


def _root(one: Written) -> Written:
    return Written(rf"\sqrt{{{one.text}}}")


def _sign(one: Written) -> Written:
    return Written(rf"\mathrm{{sign}}({one.text})")


def _greater(one: Written, other: Written) -> Written:
    return Written(rf"\max({one.text}, {other.text})")
