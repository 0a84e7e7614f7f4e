"""A formula as a graph: a list of nodes, each made of nodes before it.

Equal nodes are one and the same, so what a formula says twice is worked out once, and derivatives
share what they have in common with the formula. Whoever goes through the nodes does so in order,
one after another: nothing here calls itself, so no formula is too deep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.expression.rules import CONSTANTS, OPERATIONS, Numbers
from nnviz.value import dataclass

NUMBER = "number"
NAME = "name"
CONSTANT = "constant"

SHORT = 12
"""How many characters a number may have that takes the place of an operation on numbers."""


@dataclass(frozen=True, slots=True)
class Node:
    """A number, a name, a constant, or an operation on nodes before it.

    `key` is NUMBER, NAME, CONSTANT or a key of OPERATIONS; `parts` are places in the graph.
    """

    key: str
    parts: tuple[int, ...] = ()
    number: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A node of a graph in the making, on which one calculates as on a number."""

    graph: Graph
    place: int

    @property
    def node(self) -> Node:
        """The node itself."""
        return self.graph.nodes[self.place]

    def is_number(self, number: float) -> bool:
        """Whether it is this very number."""
        return self.node.key == NUMBER and self.node.number == number

    def __add__(self, other: Term) -> Term:
        return self.graph.apply("add", self, other)

    def __sub__(self, other: Term) -> Term:
        return self.graph.apply("sub", self, other)

    def __mul__(self, other: Term) -> Term:
        return self.graph.apply("mul", self, other)

    def __truediv__(self, other: Term) -> Term:
        return self.graph.apply("div", self, other)

    def __pow__(self, other: Term) -> Term:
        return self.graph.apply("pow", self, other)

    def __neg__(self) -> Term:
        return self.graph.apply("neg", self)


class Graph:
    """A graph in the making; what is put in is simplified on the way."""

    def __init__(self, nodes: Sequence[Node] = ()) -> None:
        """Begin with the nodes of another graph, at the same places."""
        self.nodes = list(nodes)
        self._places = {node: place for place, node in enumerate(self.nodes)}

    def number(self, number: float) -> Term:
        """A number; there is one zero."""
        return self._put(Node(NUMBER, number=float(number) + 0.0))

    def name(self, name: str) -> Term:
        """A name, or a constant."""
        if name in CONSTANTS:
            return self._put(Node(CONSTANT, number=CONSTANTS[name], name=name))
        return self._put(Node(NAME, name=name))

    def apply(self, key: str, *terms: Term) -> Term:
        """An operation on terms of this graph, or something simpler that is the same."""
        folded = self._folded(key, terms)
        if folded is not None:
            return folded
        simpler = SIMPLER[key](*terms) if key in SIMPLER else None
        return simpler or self._put(Node(key, tuple(each.place for each in terms)))

    def _folded(self, key: str, terms: Sequence[Term]) -> Term | None:
        """The number that an operation on numbers gives, if it is finite and short."""
        if any(each.node.key != NUMBER for each in terms):
            return None
        with np.errstate(all="ignore"):
            number = float(OPERATIONS[key].rule(*(each.node.number for each in terms)))
        is_short = np.isfinite(number) and len(repr(number)) <= SHORT
        return self.number(number) if is_short else None

    def _put(self, node: Node) -> Term:
        place = self._places.setdefault(node, len(self.nodes))
        if place == len(self.nodes):
            self.nodes.append(node)
        return Term(self, place)


@dataclass(frozen=True, slots=True)
class Program:
    """Nodes in order, and which of them are wanted: formulas that are worked out together."""

    nodes: tuple[Node, ...]
    roots: tuple[int, ...]

    @staticmethod
    def of(terms: Sequence[Term]) -> Program:
        """Only what the terms, all of one graph, are made of."""
        return _pruned(terms[0].graph.nodes, [each.place for each in terms])

    def only(self, root: int) -> Program:
        """One of the roots, by its number, with no more than it is made of."""
        return _pruned(self.nodes, [self.roots[root]])

    @property
    def names(self) -> tuple[str, ...]:
        """The names that values are needed for, in the order in which they come up."""
        return tuple(node.name for node in self.nodes if node.key == NAME)

    def all_values(self, arrays: Mapping[str, Floats]) -> list[Numbers]:
        """The value of every node, in order: a float where no array takes part in it."""
        values: list[Numbers] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                values.append(_value(node, values, arrays))
        return values

    def values(self, arrays: Mapping[str, Floats]) -> list[Floats]:
        """The values of the roots, each of the shape to which the arrays broadcast.

        Args:
            arrays: for every name of the formula its values; others only take part in the shape.
        """
        values = self.all_values(arrays)
        shape = np.broadcast_shapes(*(np.shape(each) for each in arrays.values()))
        return [np.array(np.broadcast_to(values[root], shape), float) for root in self.roots]


def _pruned(nodes: Sequence[Node], roots: Sequence[int]) -> Program:
    """Only what the roots are made of, in the order in which one reads it."""
    kept: dict[int, int] = {}
    waiting = list(reversed(roots))
    while waiting:
        parts = nodes[waiting[-1]].parts
        missing = [part for part in parts if part not in kept]
        if missing:
            waiting.extend(reversed(missing))
        else:
            kept.setdefault(waiting.pop(), len(kept))
    moved = (_moved(nodes[place], kept) for place in kept)
    return Program(tuple(moved), tuple(kept[root] for root in roots))


def _moved(node: Node, kept: Mapping[int, int]) -> Node:
    return Node(node.key, tuple(kept[part] for part in node.parts), node.number, node.name)


def _value(node: Node, values: list[Numbers], arrays: Mapping[str, Floats]) -> Numbers:
    match node.key:
        case "number" | "constant":
            return node.number
        case "name":
            return arrays[node.name]
        case key:
            return OPERATIONS[key].rule(*(values[part] for part in node.parts))


def _sum(a: Term, b: Term) -> Term | None:
    if a.is_number(0):
        return b
    return a if b.is_number(0) else None


def _difference(a: Term, b: Term) -> Term | None:
    if b.is_number(0):
        return a
    if a.place == b.place:
        return a.graph.number(0)
    return -b if a.is_number(0) else None


def _product(a: Term, b: Term) -> Term | None:
    for one, other in ((a, b), (b, a)):
        if one.is_number(0):
            return one
        if one.is_number(1):
            return other
        if one.is_number(-1):
            return -other
    return None


def _quotient(a: Term, b: Term) -> Term | None:
    return a if b.is_number(1) or (a.is_number(0) and not b.is_number(0)) else None


def _power(a: Term, b: Term) -> Term | None:
    if b.is_number(1):
        return a
    return a.graph.number(1) if b.is_number(0) else None


def _opposite(a: Term) -> Term | None:
    return Term(a.graph, a.node.parts[0]) if a.node.key == "neg" else None


def _choice(condition: Term, above: Term, below: Term) -> Term | None:
    return above if above.place == below.place else None


SIMPLER: Mapping[str, Callable[..., Any]] = {
    "add": _sum,
    "sub": _difference,
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "neg": _opposite,
    "where": _choice,
}
"""What operations come to where a part is 0 or 1; None where nothing is simpler."""
