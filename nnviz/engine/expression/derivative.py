"""The exact derivative of a formula, as a formula.

Forward through the nodes: how each changes follows from how its parts change, by the chain rule.
At a kink the derivative is that of one side: of abs 0, of relu 0, of min and max that of the
second part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nnviz.engine.expression.graph import NAME, Graph, Program, Term


def derivatives(program: Program, names: Sequence[str]) -> Program:
    """The roots of a program, then their derivatives by each name in turn."""
    graph = Graph(program.nodes)
    terms = [Term(graph, root) for root in program.roots]
    for name in names:
        changes: list[Term] = []
        for place in range(len(program.nodes)):
            changes.append(_change(Term(graph, place), changes, name))
        terms += [changes[root] for root in program.roots]
    return Program.of(terms)


def _change(here: Term, changes: Sequence[Term], name: str) -> Term:
    node = here.node
    if node.key == NAME:
        return here.graph.number(1.0 if node.name == name else 0.0)
    moving = [changes[part] for part in node.parts]
    if all(each.is_number(0) for each in moving):
        return here.graph.number(0)
    parts = [Term(here.graph, part) for part in node.parts]
    if len(parts) == 1:
        slope = SLOPES[node.key](here, parts[0])
        return slope * moving[0]
    return CHANGES[node.key](here, parts, moving)


def _number(like: Term, number: float) -> Term:
    return like.graph.number(number)


def _call(key: str, *terms: Term) -> Term:
    return terms[0].graph.apply(key, *terms)


def _square(term: Term) -> Term:
    return term ** _number(term, 2)


SLOPES: Mapping[str, Callable[[Term, Term], Term]] = {
    "neg": lambda f, a: _number(f, -1),
    "sin": lambda f, a: _call("cos", a),
    "cos": lambda f, a: -_call("sin", a),
    "tan": lambda f, a: _number(f, 1) + _square(f),
    "tanh": lambda f, a: _number(f, 1) - _square(f),
    "atan": lambda f, a: _number(f, 1) / (_number(f, 1) + _square(a)),
    "exp": lambda f, a: f,
    "log": lambda f, a: _number(f, 1) / a,
    "sqrt": lambda f, a: _number(f, 0.5) / f,
    "abs": lambda f, a: _call("sign", a),
    "sign": lambda f, a: _number(f, 0),
    "sigmoid": lambda f, a: f * (_number(f, 1) - f),
    "relu": lambda f, a: _call("step", a),
    "step": lambda f, a: _number(f, 0),
}
"""The slope of each operation on one part: of (the value, the part)."""

Change = Callable[[Term, Sequence[Term], Sequence[Term]], Term]


def _add(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return moving[0] + moving[1]


def _sub(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return moving[0] - moving[1]


def _mul(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return moving[0] * parts[1] + parts[0] * moving[1]


def _div(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return (moving[0] - f * moving[1]) / parts[1]


def _pow(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    base, exponent = parts
    if moving[1].is_number(0):
        return exponent * base ** (exponent - _number(f, 1)) * moving[0]
    grown = f * _call("log", base) * moving[1]
    if moving[0].is_number(0):
        return grown
    return grown + exponent * base ** (exponent - _number(f, 1)) * moving[0]


def _min(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return _call("where", parts[1] - parts[0], *moving)


def _max(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return _call("where", parts[0] - parts[1], *moving)


def _where(f: Term, parts: Sequence[Term], moving: Sequence[Term]) -> Term:
    return _call("where", parts[0], *moving[1:])


CHANGES: Mapping[str, Change] = {
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "min": _min,
    "max": _max,
    "where": _where,
}
"""How each operation on more parts changes: of (the value, the parts, how the parts change)."""
