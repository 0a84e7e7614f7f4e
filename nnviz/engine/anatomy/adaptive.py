"""Recipes for what gives each parameter a step of its own: see `recipes`."""

from __future__ import annotations

from nnviz.engine.anatomy.notes import M_HAT, THETA, V_HAT, Anatomy, G, M, Name, Notes, Q, S, V
from nnviz.engine.anatomy.phases import (
    BY_AREA,
    corrected_mean,
    corrected_square,
    divided,
    mean,
    mean_square,
    rated,
    square,
    stepped,
)
from nnviz.engine.anatomy.term import Term, greater, plain, root, squared

D = Name("d", "d", "adapted")
R = Name("r", "r", "corrected")
U = Name("u", "u", "size")
TOP = Name(r"v^{\max}", "vmax", "size")
WARM = Name(r"\mu_t", "μₜ", "corrected")
NEXT = Name(r"\mu_{t+1}", "μₜ₊₁", "corrected")


def adagrad(notes: Notes) -> Anatomy:
    """By the root of the sum of squares."""
    return _summed(notes, by_area=False)


def adagrad_printed(notes: Notes) -> Anatomy:
    """By the sum of squares itself."""
    return _summed(notes, by_area=True)


def _summed(notes: Notes, *, by_area: bool) -> Anatomy:
    """By the sum of all squares: by its root, or as printed by itself."""
    (s,) = notes.recalled(S)
    rate, eps = notes.knob("rate"), notes.knob("eps")
    g = notes.gradient()
    square(notes, g)
    s = notes.write(
        "New s",
        "The area only grows, so steps only shrink: nothing of the past is ever forgotten.",
        S,
        (s + g * g).written_as(s + squared(g)),
        squares=(notes.square("old s", s, pale=True), notes.square("s", s + g * g)),
    )
    below, how = (s + eps, (BY_AREA,)) if by_area else (root(s) + eps, ())
    q = divided(notes, (G, g), ("s", s), below, *how)
    return notes.come_to(rated(notes, notes.theta - rate * g / below, (Q, q)), s)


def adadelta(notes: Notes) -> Anatomy:
    """By the size of gradients and that of steps."""
    v, u = notes.recalled(V, U)
    rate, rho, eps = notes.knob("rate"), notes.knob("rho"), notes.knob("eps")
    g = notes.gradient()
    v = mean_square(notes, V, v, rho, g)
    d = notes.write(
        "Division",
        "The gradient over its usual size, times the usual size of a step: d is measured as the"
        " place itself is.",
        D,
        root(u + eps) / root(v + eps) * g,
        arrows=(
            notes.arrow(G, g, pale=True),
            notes.arrow(D, root(u + eps) / root(v + eps) * g, measure="plane"),
        ),
        squares=(notes.square("v", v), notes.square("u", u, measure="plane")),
    )
    place = stepped(
        notes,
        notes.theta - rate * d,
        (D, d),
        notes.theta - rate * d,
        f"Against the arrow of d, {rate.value:.4g} times its length; the rate is hardly needed.",
    )
    share = 1.0 - rho
    u = notes.write(
        "New u",
        "The square of the step goes into a running mean of squared steps, for the next division.",
        U,
        (rho * u + share * d * d).written_as(rho * u + share * squared(d)),
        squares=(
            notes.square("old u", u, measure="plane", pale=True),
            notes.square("u", rho * u + share * d * d, measure="plane"),
        ),
    )
    return notes.come_to(place, v, u)


def rmsprop(notes: Notes) -> Anatomy:
    """By the root of the recent mean of squares."""
    return _recent(notes, by_area=False)


def rmsprop_printed(notes: Notes) -> Anatomy:
    """By the recent mean of squares itself."""
    return _recent(notes, by_area=True)


def _recent(notes: Notes, *, by_area: bool) -> Anatomy:
    """By the recent mean of squares: by its root, or as printed by itself."""
    (v,) = notes.recalled(V)
    rate, eps = notes.knob("rate"), notes.knob("eps")
    g = notes.gradient()
    v = mean_square(notes, V, v, notes.knob("decay"), g)
    below, how = (v + eps, (BY_AREA,)) if by_area else (root(v) + eps, ())
    q = divided(notes, (G, g), ("v", v), below, *how)
    return notes.come_to(rated(notes, notes.theta - rate * g / below, (Q, q)), v)


def _means(notes: Notes, m: Term, v: Term) -> tuple[Term, Term, Term]:
    """What all kinds of Adam begin with: the gradient and both running means."""
    g = notes.gradient()
    m = mean(notes, M, m, notes.knob("beta1"), g)
    return g, m, mean_square(notes, V, v, notes.knob("beta2"), g)


def adam(notes: Notes) -> Anatomy:
    """By both running means, corrected."""
    _, m, v = _means(notes, *notes.recalled(M, V))
    rate, eps = notes.knob("rate"), notes.knob("eps")
    m_hat = corrected_mean(notes, m, notes.knob("beta1"))
    v_hat = corrected_square(notes, V, v, notes.knob("beta2"))
    below = root(v_hat) + eps
    q = divided(notes, (M_HAT, m_hat), (V_HAT.text, v_hat), below)
    return notes.come_to(rated(notes, notes.theta - rate * m_hat / below, (Q, q)), m, v)


def adam_uncorrected(notes: Notes) -> Anatomy:
    """By both running means as they are."""
    return _without_correction(notes, by_area=False)


def adam_printed(notes: Notes) -> Anatomy:
    """By both running means, without the root."""
    return _without_correction(notes, by_area=True)


def _without_correction(notes: Notes, *, by_area: bool) -> Anatomy:
    _, m, v = _means(notes, *notes.recalled(M, V))
    rate, eps = notes.knob("rate"), notes.knob("eps")
    below, how = (v + eps, (BY_AREA,)) if by_area else (root(v) + eps, ())
    q = divided(notes, (M, m), ("v", v), below, *how)
    return notes.come_to(rated(notes, notes.theta - rate * m / below, (Q, q)), m, v)


def adamw(notes: Notes) -> Anatomy:
    """Adam, apart from it a decay."""
    _, m, v = _means(notes, *notes.recalled(M, V))
    rate, eps, decay = notes.knob("rate"), notes.knob("eps"), notes.knob("weight_decay")
    m_hat = corrected_mean(notes, m, notes.knob("beta1"))
    v_hat = corrected_square(notes, V, v, notes.knob("beta2"))
    below = root(v_hat) + eps
    q = divided(notes, (M_HAT, m_hat), (V_HAT.text, v_hat), below)
    left = 1.0 - rate * decay
    shrunk = notes.theta * left
    small = notes.write(
        "Weight decay",
        "The place itself shrinks toward 0, whatever the gradient: that is apart from m and v.",
        Name(r"\theta", "θ", "step"),
        shrunk.written_as(left * notes.theta),
        arrows=(notes.arrow(THETA, shrunk - notes.theta, label="decay", measure="plane"),),
    )
    after = small - rate * m_hat / below
    sentence = (
        f"Against the arrow of q, {rate.value:.4g} times its length, from where the decay has led."
    )
    place = stepped(notes, after, (Q, q), small - rate * q, sentence)
    return notes.come_to(place, m, v)


def amsgrad(notes: Notes) -> Anatomy:
    """Adam by the greatest mean of squares so far."""
    m, v, top = notes.recalled(M, V, TOP)
    _, m, v = _means(notes, m, v)
    rate, eps = notes.knob("rate"), notes.knob("eps")
    highest = greater(top, v)
    top = notes.write(
        "Greatest v",
        "The greatest area so far is kept along each axis: what was once steep is never forgotten.",
        TOP,
        highest,
        squares=(
            notes.square("v", v, pale=True),
            notes.square("old vmax", top, pale=True),
            notes.square("vmax", highest),
        ),
    )
    m_hat = corrected_mean(notes, m, notes.knob("beta1"))
    v_hat = corrected_square(notes, TOP, top, notes.knob("beta2"))
    below = root(v_hat) + eps
    q = divided(notes, (M_HAT, m_hat), (V_HAT.text, v_hat), below)
    return notes.come_to(rated(notes, notes.theta - rate * m_hat / below, (Q, q)), m, v, top)


def nadam(notes: Notes) -> Anatomy:
    """Adam that looks ahead."""
    m, v, rest = notes.recalled(M, V, R)
    beta1, psi, rate = notes.knob("beta1"), notes.knob("psi"), notes.knob("rate")
    g, m, v = _means(notes, m, v)
    mu = notes.write(
        "Warm-up",
        "The momentum begins at half of β₁ and warms up to it over the steps.",
        WARM,
        beta1 * (1.0 - 0.5 * 0.96 ** (notes.t * psi)),
    )
    mu_next = notes.write(
        "Warm-up ahead",
        "The momentum of the next step, since this one looks ahead to it.",
        NEXT,
        beta1 * (1.0 - 0.5 * 0.96 ** ((notes.t + plain(1.0)) * psi)),
    )
    rest = notes.write(
        "Rest",
        "What is left of 1 after the product of all momenta so far: how much m has seen.",
        R,
        1.0 - mu * (1.0 - rest),
    )
    ahead = mu_next * m / (1.0 - mu_next * (1.0 - rest))
    made = ahead + (1.0 - mu) * g / rest
    m_hat = notes.write(
        "Look ahead",
        "The mean as it will be in the next step, and a share of the gradient of now: Nesterov's"
        " idea inside Adam.",
        M_HAT,
        made,
        arrows=(notes.arrow(M, m, pale=True), notes.arrow(M_HAT, made)),
    )
    v_hat = corrected_square(notes, V, v, notes.knob("beta2"))
    below = root(v_hat) + notes.knob("eps")
    q = divided(notes, (M_HAT, m_hat), (V_HAT.text, v_hat), below)
    return notes.come_to(rated(notes, notes.theta - rate * m_hat / below, (Q, q)), m, v, rest)
