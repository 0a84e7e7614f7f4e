"""Recipes for what steps by the gradient, or by what is remembered of it: see `recipes`."""

from __future__ import annotations

from nnviz.engine.anatomy.notes import THETA, Anatomy, B, G, M, Name, Notes, Q
from nnviz.engine.anatomy.phases import ball, mean, rated
from nnviz.engine.anatomy.term import sign

C = Name("c", "c", "velocity")
N = Name("n", "n", "corrected")
SPEED = Name("v", "v", "velocity")
OLD_SPEED = Name(r"v_{\mathrm{old}}", "old v", "velocity")


def sgd(notes: Notes) -> Anatomy:
    """Gradient descent."""
    g = notes.gradient()
    after = notes.theta - notes.knob("rate") * g
    return notes.come_to(rated(notes, after, (G, g)))


def momentum(notes: Notes) -> Anatomy:
    """The heavy ball."""
    (b,) = notes.recalled(B)
    g = notes.gradient()
    b = ball(notes, B, b, notes.knob("momentum"), g)
    after = notes.theta - notes.knob("rate") * b
    return notes.come_to(rated(notes, after, (B, b)), b)


def nesterov(notes: Notes) -> Anatomy:
    """The ball that looks ahead."""
    (b,) = notes.recalled(B)
    mu = notes.knob("momentum")
    g = notes.gradient()
    b = ball(notes, B, b, mu, g)
    ahead = g + mu * b
    n = notes.write(
        "Look ahead",
        "The ball has moved by b; the gradient and what is left of b are where it rolls next.",
        N,
        ahead,
        arrows=(
            notes.arrow(G, g, pale=True),
            notes.arrow(B, mu * b, label="faded b", begins=g, pale=True),
            notes.arrow(N, ahead),
        ),
    )
    return notes.come_to(rated(notes, notes.theta - notes.knob("rate") * n, (N, n)), b)


def nesterov_printed(notes: Notes) -> Anatomy:
    """The ball with the rate inside its velocity."""
    (v,) = notes.recalled(SPEED)
    rate, mu = notes.knob("rate"), notes.knob("momentum")
    g = notes.gradient()
    faded = mu * v
    notes.write(
        "Decay of v",
        f"The velocity fades to {100.0 * mu.value:.4g} %. It is a way on the plane here, since the"
        " rate is inside of it.",
        SPEED,
        faded,
        arrows=(
            notes.arrow(SPEED, v, label="old v", measure="plane", pale=True),
            notes.arrow(SPEED, faded, label="faded v", measure="plane"),
        ),
        of_rule=False,
    )
    made = faded - rate * g
    new = notes.write(
        "New v",
        "The gradient is taken off, times the rate of now: v points downhill, and what it keeps"
        " was made at the rates of before.",
        SPEED,
        made,
        arrows=(
            notes.arrow(SPEED, faded, label="faded v", measure="plane", pale=True),
            notes.arrow(SPEED, made, measure="plane"),
        ),
    )
    after = notes.theta - mu * v + (1.0 + mu) * new
    (before,) = notes.recalled(OLD_SPEED)
    place = notes.write(
        "Step",
        "θ is the place that was looked ahead to: back by the old velocity, on by the new one,"
        " and ahead again.",
        THETA,
        after.written_as(notes.theta - mu * before + (1.0 + mu) * new),
        arrows=(
            notes.arrow(SPEED, new, measure="plane", pale=True),
            notes.arrow(THETA, after - notes.theta, label="step", measure="plane"),
        ),
    )
    return notes.come_to(place, new)


def lion(notes: Notes) -> Anatomy:
    """By sign alone."""
    (m,) = notes.recalled(M)
    beta1, beta2, rate = notes.knob("beta1"), notes.knob("beta2"), notes.knob("rate")
    g = notes.gradient()
    mix = notes.write(
        "Mix",
        "Memory and gradient are mixed, more of the gradient than the memory itself will take.",
        C,
        beta1 * m + (1.0 - beta1) * g,
        arrows=(
            notes.arrow(M, beta1 * m, label="share of m", pale=True),
            notes.arrow(G, (1.0 - beta1) * g, label="share of g", begins=beta1 * m),
            notes.arrow(C, beta1 * m + (1.0 - beta1) * g),
        ),
    )
    q = notes.write(
        "Sign",
        "Only the sign is left: every component is 1, −1 or 0, however steep it is.",
        Q,
        sign(mix),
        arrows=(
            notes.arrow(C, mix, pale=True),
            notes.arrow(Q, sign(mix), measure="pure"),
        ),
    )
    place = rated(notes, notes.theta - rate * q, (Q, q))
    return notes.come_to(place, mean(notes, M, m, beta2, g))
