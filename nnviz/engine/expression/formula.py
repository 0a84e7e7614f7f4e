"""A formula that someone typed: read once, then worked out, differentiated and written back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nnviz.engine.elementary import Floats
from nnviz.engine.expression import text as writing
from nnviz.engine.expression.derivative import derivatives
from nnviz.engine.expression.graph import Node, Program
from nnviz.engine.expression.parser import Parser
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula as a graph, of which the last node is its value: equal if the graphs are."""

    program: Program

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes, each made of nodes before it."""
        return self.program.nodes

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, in the order in which they come up; no constants."""
        return self.program.names

    @property
    def text(self) -> str:
        """The formula as one types it: it reads back as the same expression."""
        return writing.plain(self.nodes)

    @property
    def pretty(self) -> str:
        """The formula as a label, such as x₁² + sin x₂."""
        return writing.pretty(self.nodes)

    def values(self, **arrays: Floats) -> Floats:
        """What it comes to for values of its names, of the shape to which they broadcast.

        Where it has no value it is NaN or infinite, without a warning. Names that it lacks may be
        given too: they only take part in the shape.
        """
        return self.program.values(arrays)[0]

    def derivative(self, name: str) -> Expression:
        """Its exact derivative by a name; at a kink, that of one side."""
        return Expression(derivatives(self.program, (name,)).only(1))

    def with_slopes(self, names: Sequence[str]) -> Program:
        """Value and derivatives by names, worked out together: what they share only once."""
        return derivatives(self.program, names)


def parse(text: str, names: Collection[str] | None) -> Expression:
    """The expression that a text writes.

    Args:
        text: such as "(1-x)^2 + 100*(y-x^2)^2".
        names: which may stand in it besides the constants; None for any.

    Raises:
        Mistake: naming the character at which it is wrong, and what is allowed.
    """
    return Expression(Program.of([Parser(text, names).formula()]))
