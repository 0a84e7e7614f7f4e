"""The recipe for the optimizer that is a network: see `recipes`."""

from __future__ import annotations

from typing import cast

import numpy as np

from nnviz.engine.anatomy.notes import Anatomy, G, Name, Notes, V
from nnviz.engine.anatomy.phases import mean_square, percent, stepped
from nnviz.engine.anatomy.term import Term, Words, Written, figure, named, plain
from nnviz.engine.elementary import Floats
from nnviz.engine.learned import FAST, LEAST, MIDDLE, MOST, SLOW, SQUARE, TINY, Learned

MEANS = tuple(
    (Name(f"m_{{{place}}}", f"m{sign}", "velocity"), word, keeps)
    for place, sign, word, keeps in (
        (1, "₁", "Short", FAST),
        (2, "₂", "Middle", MIDDLE),
        (3, "₃", "Long", SLOW),
    )
)
X = Name("x", "x", "corrected")
D = Name("d", "d", "adapted")
L = Name(r"\ell", "ℓ", "size")
SHOWN = 2
"""So many of the hidden units are written out: those that say most."""


def learned(notes: Notes) -> Anatomy:
    """As far, and to where, a small network says."""
    size, *olds, length = notes.recalled(V, *(name for name, *_ in MEANS), L)
    g = notes.gradient()
    v = mean_square(notes, V, size, plain(SQUARE), g)
    means = [_mean(notes, *each, old, g) for each, old in zip(MEANS, olds, strict=True)]
    x = _seen(notes, g, v, means)
    units = [_unit(row, x) for row in cast(Learned, notes.optimizer).units]
    d = _direction(notes, units, x)
    length = _length(notes, units, length)
    rate = notes.knob("rate")
    reach = np.exp(length.value)
    after = Term(notes.theta.value - rate.value * reach * d.value, notes.theta.words)
    words = notes.theta - rate * _told(rf"e^{{{L.latex}}}", reach) * d
    sentence = "Against the arrow of d: the learning rate times e to the ℓ decides how far."
    return notes.come_to(stepped(notes, after, (D, d), words, sentence), v, *means, length)


def _mean(notes: Notes, name: Name, word: str, keeps: float, old: Term, g: Term) -> Term:  # noqa: PLR0913
    """A phase: one of the means of gradients takes in another."""
    beta = plain(keeps)
    made = beta * old + (1.0 - beta) * g
    return notes.write(
        f"{word} mean",
        f"Of the gradients before {percent(beta)} is kept; the network will compare three such"
        " means.",
        name,
        made,
        arrows=(
            notes.arrow(name, old, label=f"old {name.text}", pale=True),
            notes.arrow(name, made),
        ),
    )


def _seen(notes: Notes, g: Term, v: Term, means: list[Term]) -> tuple[Floats, ...]:
    """A phase: what the network sees, the gradient and its means by their usual size."""
    t = notes.t.value
    scale = 1.0 / (np.sqrt(v.value / (1.0 - SQUARE**t)) + TINY)
    x = [g.value * scale]
    for (_, _, keeps), mean in zip(MEANS, means, strict=True):
        x.append(mean.value / (1.0 - keeps**t) * scale)
    made = _told(r"\frac{g, \hat{m}_1, \hat{m}_2, \hat{m}_3}{\sqrt{\hat{v}}}", x[0])
    notes.write(
        "Sight",
        "The network sees the gradient and its means by their usual size: not how steep it is.",
        X,
        made,
        arrows=(
            notes.arrow(G, _told("x", x[0]), label="x₀", measure="pure"),
            *(
                notes.arrow(name, _told("x", seen), label=f"x{name.text[1:]}", measure="pure")
                for (name, *_), seen in zip(MEANS, x[1:], strict=True)
            ),
        ),
        of_rule=False,
    )
    return tuple(x)


def _unit(row: tuple[float, ...], x: tuple[Floats, ...]) -> tuple[Floats, float, float]:
    """A hidden unit, and its shares of direction and growth."""
    share, grow, now, short, medium, long = row
    unit = np.tanh(now * x[0] + short * x[1] + medium * x[2] + long * x[3])
    return unit, share, grow


def _direction(
    notes: Notes, units: list[tuple[Floats, float, float]], x: tuple[Floats, ...]
) -> Term:
    """A phase: the first answer of the network."""
    way = 0.0 * x[0]
    for unit, share, _ in units:
        way = way + share * unit
    made = _summed("a", "h", way, [share * unit for unit, share, _ in units])
    return notes.write(
        "Direction",
        "Eight hidden units, each a tanh of what is seen; their weighted sum says where to go.",
        D,
        made,
        arrows=(notes.arrow(D, made, measure="pure"),),
    )


def _length(notes: Notes, units: list[tuple[Floats, float, float]], old: Term) -> Term:
    """A phase: the second answer, by how much the step grows."""
    growth = 0.0 * old.value
    for unit, _, grow in units:
        growth = growth + grow * unit * unit
    value = np.minimum(np.maximum(old.value + growth, LEAST), MOST)
    grown = old + _summed("b", "h^2", growth, [grow * unit * unit for unit, _, grow in units])
    return notes.write(
        "Length",
        "The sum of their squares says by how much steps grow or shrink; the side of the square"
        " is e to the ℓ.",
        L,
        Term(value, grown.words),
        squares=(
            notes.square("before", _told("e", np.exp(2.0 * old.value)), measure="pure", pale=True),
            notes.square("now", _told("e", np.exp(2.0 * value)), measure="pure"),
        ),
    )


def _told(letters: str, value: Floats) -> Term:
    """A value in letters of its own."""
    return named(letters, value)


def _summed(weight: str, unit: str, value: Floats, parts: list[Floats]) -> Term:
    """A sum over units, of which the figures show those that say most."""

    def words() -> Words:
        rows = np.atleast_2d(np.stack([np.atleast_1d(each) for each in parts], axis=-1))
        figures = []
        for row in rows:
            most = sorted(row.tolist(), key=abs, reverse=True)[:SHOWN]
            figures.append(Written(f"({_written(most)} + \\cdots)"))
        return Written(rf"{weight} \cdot {unit}"), tuple(figures)

    return Term(value, words)


def _written(numbers: list[float]) -> str:
    text = figure(numbers[0]).text
    for number in numbers[1:]:
        text += f" - {figure(-number).text}" if number < 0 else f" + {figure(number).text}"
    return text
