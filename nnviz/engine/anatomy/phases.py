"""The phases that updates share: memories that fade, squares, corrections, division, step.

Each is taken down in the notes and gives what it made. Where a rule rounds in another order than
people write, the value is the rule's and the words are theirs.
"""

from __future__ import annotations

from nnviz.engine.anatomy.notes import M_HAT, THETA, V_HAT, G, Name, Notes, Q
from nnviz.engine.anatomy.term import Term, squared


def percent(share: Term) -> str:
    """A share as it is said in a sentence."""
    return f"{100.0 * share.value:.4g} %"


def fading(notes: Notes, name: Name, old: Term, beta: Term) -> Term:
    """A phase: what is remembered of gradients fades."""
    faded = beta * old
    notes.write(
        f"Decay of {name.text}",
        f"What is remembered of the gradients before fades to {percent(beta)}.",
        name,
        faded,
        arrows=(
            notes.arrow(name, old, label=f"old {name.text}", pale=True),
            notes.arrow(name, faded, label=f"faded {name.text}"),
        ),
        of_rule=False,
    )
    return faded


def mean(notes: Notes, name: Name, old: Term, beta: Term, g: Term) -> Term:
    """Two phases: a memory of gradients fades, and a share of the new one is added."""
    faded = fading(notes, name, old, beta)
    added = (1.0 - beta) * g
    made = faded + added
    return notes.write(
        f"New {name.text}",
        f"{percent(1.0 - beta)} of the gradient is added: where gradients agree the mean grows,"
        " where they alternate they cancel.",
        name,
        made,
        arrows=(
            notes.arrow(name, faded, label=f"faded {name.text}", pale=True),
            notes.arrow(G, added, label="share of g", begins=faded),
            notes.arrow(name, made),
        ),
    )


def ball(notes: Notes, name: Name, old: Term, mu: Term, g: Term) -> Term:
    """Two phases: the velocity of a heavy ball fades, and the whole gradient is added."""
    faded = fading(notes, name, old, mu)
    made = faded + g
    return notes.write(
        f"New {name.text}",
        "The whole gradient is added: along a valley the pushes add up, across it they cancel.",
        name,
        made,
        arrows=(
            notes.arrow(name, faded, label=f"faded {name.text}", pale=True),
            notes.arrow(G, g, begins=faded),
            notes.arrow(name, made),
        ),
    )


def square(notes: Notes, g: Term) -> None:
    """A phase: the gradient without its sign."""
    made = squared(g)
    notes.write(
        "Square",
        "Each component is squared: its sign goes, its size stays, here as the area of a square.",
        Name("g^2", "g²", "size"),
        made,
        arrows=(notes.arrow(G, g, pale=True),),
        squares=(notes.square("g²", made),),
        of_rule=False,
    )


def mean_square(notes: Notes, name: Name, old: Term, beta: Term, g: Term) -> Term:
    """Two phases: the square, and a running mean of squares."""
    square(notes, g)
    share = 1.0 - beta
    made = beta * old + share * g * g
    return notes.write(
        f"New {name.text}",
        f"A running mean of squares, {percent(beta)} of the old area and {percent(share)} of the"
        " new: how large the gradients have been lately.",
        name,
        made.written_as(beta * old + share * squared(g)),
        squares=(
            notes.square(f"old {name.text}", old, pale=True),
            notes.square(name.text, made),
        ),
    )


def corrected_mean(notes: Notes, m: Term, beta: Term) -> Term:
    """A phase: a mean that began at 0 is made as large as it ought to be."""
    share = 1.0 - beta**notes.t
    made = m / share
    return notes.write(
        "Correction of m",
        "m began at 0, so at first it is too small:"
        f" by step {notes.t.value:.0f} it has seen {percent(share)} of what it averages.",
        M_HAT,
        made,
        arrows=(
            notes.arrow(Name("m", "m", "velocity"), m, pale=True),
            notes.arrow(M_HAT, made),
        ),
    )


def corrected_square(notes: Notes, name: Name, v: Term, beta: Term) -> Term:
    """A phase: a mean of squares that began at 0 is made as large as it ought to be."""
    share = 1.0 - beta**notes.t
    made = v / share
    return notes.write(
        f"Correction of {name.text}",
        f"{name.text} began at 0 too and has seen {percent(share)} by now; without the correction"
        " the step would be divided by too little.",
        V_HAT,
        made,
        squares=(
            notes.square(name.text, v, pale=True),
            notes.square(V_HAT.text, made),
        ),
    )


BY_SIDE = "is divided by the side of its square, so steep and flat directions count alike."
BY_AREA = "is divided by the area of its square, not by its side: small gradients make leaps."


def divided(
    notes: Notes, above: tuple[Name, Term], size: tuple[str, Term], below: Term, how: str = BY_SIDE
) -> Term:
    """A phase: each component is divided by what its square says.

    Args:
        notes: where it is taken down.
        above: what is divided, with its name.
        size: the area of the square, with its label.
        below: what it is divided by.
        how: the end of the sentence.
    """
    name, term = above
    label, area = size
    made = term / below
    return notes.write(
        "Division",
        f"Each component of {name.text} {how}",
        Q,
        made,
        arrows=(
            notes.arrow(name, term, pale=True),
            notes.arrow(Q, made, measure="pure"),
        ),
        squares=(notes.square(label, area),),
    )


def stepped(notes: Notes, after: Term, by: tuple[Name, Term], words: Term, sentence: str) -> Term:
    """The last phase: the particle moves.

    Args:
        notes: where it is taken down.
        after: where it is then, worked out as the rule does.
        by: what the rate multiplies, with its name.
        words: the same as people write it.
        sentence: what happens.
    """
    name, term = by
    return notes.write(
        "Step",
        sentence,
        THETA,
        after.written_as(words),
        arrows=(
            notes.arrow(name, term, measure="pure" if name is Q else "slope", pale=True),
            notes.arrow(THETA, after - notes.theta, label="step", measure="plane"),
        ),
    )


def rated(notes: Notes, after: Term, by: tuple[Name, Term]) -> Term:
    """The last phase of most: against what was made, as far as the rate says."""
    rate, (name, term) = notes.knob("rate"), by
    sentence = (
        f"Against the arrow of {name.text}, {rate.value:.4g} times its length: the learning rate"
        " decides how far."
    )
    return stepped(notes, after, by, notes.theta - rate * term, sentence)
