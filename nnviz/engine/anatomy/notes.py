"""One update of an optimizer taken apart into phases, each with a sentence and what to draw.

The rule of an optimizer stays written once, where the optimizer is. `recipes` says the same a phase
at a time, for people, and is checked against the rule to the last bit. Here stands what an anatomy
is, and the notes in which one is taken down.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from nnviz.engine.anatomy.term import Term, named, plain
from nnviz.engine.elementary import Floats
from nnviz.engine.optimizer import Optimizer
from nnviz.value import dataclass

Role = Literal["gradient", "velocity", "corrected", "size", "adapted", "step"]
"""What a quantity is to an update: it gives arrows, squares and letters one color."""

Measure = Literal["slope", "pure", "plane"]
"""What an arrow's length is measured in: loss by way, nothing, or places of the plane."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrow:
    """A vector of shape (axes,), drawn from the particle, or from where `begins` leads from it.

    What is only there to be compared with, since an earlier phase made it, is `pale`.
    """

    label: str
    role: Role
    measure: Measure
    vector: Floats
    begins: Floats
    pale: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Square:
    """For every axis a square whose area is a number, of shape (axes,).

    Its side is measured as arrows of its measure are: what an arrow is divided by.
    """

    label: str
    measure: Measure
    area: Floats
    pale: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Phase:
    """One thing that happens in an update.

    `name` is what is made, as plain text, `made` the same as a term and `term` what it is made
    of, None for the gradient, which is found and not worked out. `value` is its number along each
    axis. `of_rule` says whether the formula is a line of the rule as books print it.
    """

    title: str
    sentence: str
    name: str
    made: Term
    term: Term | None
    value: Floats
    arrows: tuple[Arrow, ...] = ()
    squares: tuple[Square, ...] = ()
    of_rule: bool = False

    @property
    def formula(self) -> str:
        """What happens, in LaTeX in letters; see `term` for the marks in it."""
        words = r"\nabla L(\theta)" if self.term is None else self.term.letters.text
        return rf"{self.made.letters.text} \leftarrow {words}"

    @property
    def figures(self) -> tuple[str, ...]:
        """The same with the numbers of each axis, only once where they are the same."""
        if self.term is None:
            return tuple(each.text for each in self.made.figures)
        lines = zip(self.term.figures, self.made.figures, strict=True)
        return tuple(f"{worked.text} = {out.text}" for worked, out in lines)


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """An update taken apart: its phases, and what they come to, as the rule gives it."""

    phases: tuple[Phase, ...]
    theta: Floats
    memory: Floats

    @property
    def rule(self) -> tuple[str, ...]:
        """The lines of the rule, in LaTeX."""
        return tuple(each.formula for each in self.phases if each.of_rule)

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        """The arrows of the whole update: the gradient, what is made of it, and the step."""
        made = {
            arrow.label: arrow
            for phase in self.phases
            for arrow in phase.arrows
            if not arrow.pale and arrow.label in {phase.name, "step"}
        }
        return tuple(made.values())


@dataclass(frozen=True, slots=True)
class Name:
    """How a quantity is called: in LaTeX, in plain text, and what it is to the update."""

    latex: str
    text: str
    role: Role


G = Name("g", "g", "gradient")
M = Name("m", "m", "velocity")
B = Name("b", "b", "velocity")
V = Name("v", "v", "size")
S = Name("s", "s", "size")
M_HAT = Name(r"\hat{m}", "m̂", "corrected")
V_HAT = Name(r"\hat{v}", "v̂", "size")
Q = Name("q", "q", "adapted")
THETA = Name(r"\theta", "θ", "step")

KNOBS = {
    "rate": r"\eta",
    "momentum": r"\mu",
    "beta1": r"\beta_1",
    "beta2": r"\beta_2",
    "rho": r"\rho",
    "decay": r"\alpha",
    "eps": r"\epsilon",
    "psi": r"\psi",
    "weight_decay": r"\lambda",
}
"""The letter of every hyperparameter."""


class Notes:
    """What a recipe has at hand, and the phases that it has written down."""

    def __init__(  # noqa: PLR0913 - the arguments of a rule
        self,
        optimizer: Optimizer,
        theta: Floats,
        grad: Floats,
        memory: Floats,
        t: int,
        rate: float | None = None,
        *,
        settled: bool = False,
    ) -> None:
        """Begin before an update.

        Args:
            optimizer: whose settings are in force.
            theta: the place, of shape (axes,).
            grad: the gradient there, of the same shape.
            memory: what is remembered, of shape (slots, axes).
            t: the number of the step, 1 for the first.
            rate: the learning rate in force, None for the optimizer's own.
            settled: whether formulas in letters have figures for the settings.
        """
        self.optimizer = optimizer
        self.t = named("t", float(t))
        self.theta = named(r"\theta", theta)
        self.phases: list[Phase] = []
        self._grad, self._memory, self._settled = grad, memory, settled
        self._rate = optimizer.rate if rate is None else rate

    def knob(self, name: str) -> Term:
        """A hyperparameter."""
        value = self._rate if name == "rate" else float(getattr(self.optimizer, name))
        return plain(value) if self._settled else named(KNOBS[name], value)

    def recalled(self, *names: Name) -> tuple[Term, ...]:
        """What is remembered of the steps before, under these names."""
        return tuple(
            named(name.latex, value, name.role)
            for name, value in zip(names, self._memory, strict=True)
        )

    def gradient(self) -> Term:
        """The first phase: how steep it is."""
        made = named(G.latex, self._grad, G.role)
        self.phases.append(
            Phase(
                "Gradient",
                "How steep the loss is where the particle stands, along each axis; the arrow"
                " points uphill.",
                G.text,
                made,
                None,
                self._grad,
                arrows=(self.arrow(G, made),),
            )
        )
        return made

    def write(  # noqa: PLR0913 - one whole phase
        self,
        title: str,
        sentence: str,
        name: Name,
        term: Term,
        *,
        arrows: tuple[Arrow, ...] = (),
        squares: tuple[Square, ...] = (),
        of_rule: bool = True,
    ) -> Term:
        """Write down that a quantity becomes a term; it goes on under its name."""
        made = named(name.latex, term.value, name.role)
        self.phases.append(
            Phase(
                title,
                sentence,
                name.text,
                made,
                term,
                np.broadcast_to(np.asarray(term.value, dtype=float), self._grad.shape),
                arrows,
                squares,
                of_rule,
            )
        )
        return made

    def arrow(  # noqa: PLR0913 - one whole arrow
        self,
        name: Name,
        term: Term,
        *,
        label: str = "",
        measure: Measure = "slope",
        begins: Term | None = None,
        pale: bool = False,
    ) -> Arrow:
        """The arrow of a quantity."""
        zero = np.zeros_like(self._grad)
        start = zero if begins is None else zero + begins.value
        return Arrow(label or name.text, name.role, measure, zero + term.value, start, pale)

    def square(
        self, label: str, term: Term, *, measure: Measure = "slope", pale: bool = False
    ) -> Square:
        """The squares of a quantity, whose area it is."""
        return Square(label, measure, np.zeros_like(self._grad) + term.value, pale)

    def come_to(self, theta: Term, *memory: Term) -> Anatomy:
        """The update, taken apart."""
        kept = np.empty((len(memory), *self._grad.shape))
        for slot, each in enumerate(memory):
            kept[slot] = each.value
        return Anatomy(tuple(self.phases), theta.value, kept)
