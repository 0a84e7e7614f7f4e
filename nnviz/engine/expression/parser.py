"""From tokens to a graph, by the precedence that mathematics gives the marks.

From weak to strong: + and -; * and /; the minus before a term; ^, which begins at the right. So
-x^2 is -(x^2) and 2^-x is 2^(-x). The sign * may be left out where only one thing can be meant:
behind a number or a closing parenthesis and before a name or an opening one, as in 2x, 3 sin(x),
(x+1)(x-1) and 2x². Behind a divisor or an exponent, as in 1/2x and 2^3x, it may not.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import reduce
from math import isfinite

from nnviz.engine.expression.graph import Graph, Term
from nnviz.engine.expression.rules import CONSTANTS, FUNCTIONS
from nnviz.engine.expression.tokens import (
    ALLOWED,
    END,
    HIGH,
    MARK,
    NAME,
    NUMBER,
    Token,
    shortened,
    tokens_of,
    wrong,
)

DEPTH_LIMIT = 60
"""How deep parentheses, signs and powers may be nested."""

_MARKS = {"+": (1, "add"), "-": (1, "sub"), "*": (2, "mul"), "/": (2, "div"), "^": (4, "pow")}
_PRODUCT, _SIGN, _POWER = 2, 3, 4
_NOTHING = 0


class Parser:
    """Reads one formula into a graph of its own."""

    def __init__(self, text: str, names: Collection[str] | None) -> None:
        """Take the text apart; names are those allowed, None allows any."""
        self.graph = Graph()
        self._names = names
        self._tokens = tokens_of(text)
        self._next = 0
        self._depth = 0
        self._closed = -1

    def formula(self) -> Term:
        """The whole formula.

        Raises:
            Mistake: naming the character at which it is wrong, and what is allowed.
        """
        if self._token.kind == END:
            raise wrong(1, f"there is nothing yet; {ALLOWED}")
        term = self._expression(_NOTHING + 1)
        if self._token.kind != END:
            raise self._unexpected()
        return term

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _expression(self, least: int) -> Term:
        """A term with all operators that bind at least so strongly."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise wrong(self._token.at, f"it is nested more than {DEPTH_LIMIT} deep")
        left = self._operand()
        while (strength := self._strength()) >= least:
            left = self._combined(left, strength)
        self._depth -= 1
        return left

    def _combined(self, left: Term, strength: int) -> Term:
        """A term, and what the next operator binds to it."""
        if self._token.kind == HIGH:
            return left ** self._number()
        if self._is_implied:
            if self._closed == self._next:
                raise wrong(self._token.at, "after a divisor or an exponent write * or parentheses")
            return left * self._expression(strength + 1)
        mark = self._take().text
        right = self._expression(strength if mark == "^" else strength + 1)
        if mark in "/^":
            self._closed = self._next
        return self.graph.apply(_MARKS[mark][1], left, right)

    def _strength(self) -> int:
        """How strongly the next operator binds, a product left unsaid included."""
        token = self._token
        if token.kind == HIGH:
            return _POWER
        if token.kind == MARK and token.text in _MARKS:
            return _MARKS[token.text][0]
        return _PRODUCT if self._is_implied else _NOTHING

    @property
    def _is_implied(self) -> bool:
        before, after = self._tokens[self._next - 1], self._token
        is_end = before.kind in (NUMBER, HIGH) or before.text == ")"
        return is_end and (after.kind == NAME or after.text == "(")

    def _operand(self) -> Term:
        token = self._token
        if token.kind == NUMBER:
            return self._number()
        if token.kind == NAME:
            return self._named()
        if token.text == "(":
            return self._parenthesis()
        if token.text in ("-", "+") and token.kind == MARK:
            self._take()
            term = self._expression(_SIGN)
            return -term if token.text == "-" else term
        raise self._unexpected()

    def _number(self) -> Term:
        token = self._take()
        number = float(token.text)
        if not isfinite(number):
            raise wrong(token.at, f"the number {shortened(token.text)} is too large")
        return self.graph.number(number)

    def _parenthesis(self) -> Term:
        opened = self._take()
        term = self._expression(_NOTHING + 1)
        self._close(opened)
        return term

    def _close(self, opened: Token) -> None:
        if self._token.kind == END:
            raise wrong(opened.at, "this parenthesis is never closed")
        if self._token.text != ")":
            raise self._unexpected()
        self._take()

    def _named(self) -> Term:
        token = self._take()
        if token.text in FUNCTIONS:
            return self._call(token)
        if self._names is not None and token.text not in {*self._names, *CONSTANTS}:
            raise wrong(token.at, self._unknown(token.text))
        if self._token.text == "(":
            raise wrong(
                self._token.at,
                f"{shortened(token.text)} is not a function; write * to multiply",
            )
        return self.graph.name(token.text)

    def _call(self, token: Token) -> Term:
        shape = FUNCTIONS[token.text].shape
        if self._token.text != "(":
            raise wrong(token.at, f"{token.text} is written {shape}")
        opened = self._take()
        given = [self._expression(_NOTHING + 1)]
        while self._token.text == ",":
            self._take()
            given.append(self._expression(_NOTHING + 1))
        self._close(opened)
        return self._applied(token, given)

    def _applied(self, token: Token, given: list[Term]) -> Term:
        operation = FUNCTIONS[token.text]
        if token.text in ("min", "max") and len(given) > 1:
            return reduce(lambda a, b: self.graph.apply(token.text, a, b), given)
        if len(given) != operation.parts:
            raise wrong(token.at, f"{token.text} is written {operation.shape}")
        return self.graph.apply(token.text, *given)

    def _unknown(self, name: str) -> str:
        allowed = [*(self._names or ()), *CONSTANTS]
        near = get_close_matches(name, [*allowed, *FUNCTIONS], n=1)
        guess = f"; perhaps {near[0]} is meant" if near else ""
        if len(name) > 1 and all(letter in allowed for letter in name):
            guess = f"; a product is written {'*'.join(name)}"
        return (
            f"there is no {shortened(name)}; there are {', '.join(allowed)}"
            f" and the functions {', '.join(FUNCTIONS)}{guess}"
        )

    def _unexpected(self) -> Exception:
        token = self._token
        if token.kind == END:
            return wrong(token.at, "it ends where a number, a name or a parenthesis must stand")
        if token.text == ",":
            return wrong(
                token.at, "a comma parts what stands in min(a, b) only; decimals have a point"
            )
        if token.text == ")":
            return wrong(token.at, "this parenthesis closes nothing, or closes too soon")
        if token.kind in (NUMBER, NAME, HIGH) or token.text == "(":
            return wrong(token.at, f"an operator is missing before {shortened(token.text)}")
        return wrong(token.at, f"a number or a name must stand before {shortened(token.text)}")
