"""From text to tokens: numbers, names and marks, each with its place.

What people copy from a book is read too: − × · and powers set high as in x², numbers set low as
in x₁, and ** for ^ as Python writes it.
"""

from __future__ import annotations

import re

from nnviz.mistake import Mistake
from nnviz.value import dataclass

LENGTH_LIMIT = 500
"""How many characters a formula may have."""

SHOWN = 20
"""How many characters of what was typed are repeated in a message."""

NUMBER, HIGH, NAME, MARK, END = "number", "high", "name", "mark", "end"

_PATTERN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<name>[A-Za-zα-ωΑ-Ω_][A-Za-zα-ωΑ-Ω0-9_₀-₉]*)"
    r"|(?P<mark>\*\*|[-+*/^(),−×·÷])"
)
_MARKS = {"**": "^", "−": "-", "×": "*", "·": "*", "÷": "/"}
_NAMES = {"π": "pi", "ln": "log", "arctan": "atan"}
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a number set high, a name, a mark, or the end; `at` counts characters from 1."""

    kind: str
    text: str
    at: int


def wrong(at: int, what: str) -> Mistake:
    """What is wrong with a formula, and where; `at` counts characters from 1."""
    return Mistake(f"Formula, at character {at}: {what}.")


def shortened(text: str) -> str:
    """What was typed, cut where it is long."""
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, an end last.

    Raises:
        Mistake: if it is too long, or a character belongs to no token.
    """
    if len(text) > LENGTH_LIMIT:
        raise Mistake(
            f"The formula has {len(text):,} characters; it may have up to {LENGTH_LIMIT}."
        )
    tokens, at = [], 0
    while at < len(text):
        match = _PATTERN.match(text, at)
        if match is None:
            raise wrong(at + 1, f"{shortened(text[at])} means nothing in a formula; {ALLOWED}")
        kind, found = str(match.lastgroup), match.group()
        if kind != "space":
            tokens.append(Token(kind, _plain(kind, found), at + 1))
        at = match.end()
    return [*tokens, Token(END, "", len(text) + 1)]


ALLOWED = "it is written with numbers, names, + - * / ^, parentheses and functions such as sin(x)"


def _plain(kind: str, text: str) -> str:
    match kind:
        case "mark":
            return _MARKS.get(text, text)
        case "name":
            return _NAMES.get(text, text.translate(_DIGITS))
        case _:
            return text.translate(_DIGITS)
