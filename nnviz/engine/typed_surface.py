"""Surfaces that someone typed: a formula in x and y, its domain if it is not [-5, 5]².

Such as `sin(x)*cos(y) + 0.1*(x^2+y^2)` or `x^2 + 10*y^2 for x in [-3, 3], y in [-1, 1]`. A formula
in x alone is a curve. Slopes and bends are exact; the minima are found.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.expression import Expression, parse
from nnviz.engine.expression.graph import Program
from nnviz.engine.expression.tokens import LENGTH_LIMIT
from nnviz.engine.field import Domain, Rule, Surface
from nnviz.engine.minima import global_minima, local_minima
from nnviz.mistake import Mistake

NAMES = ("x", "y")
"""What may stand in a formula for a surface."""

USUAL = (-5.0, 5.0)
LEAST, MOST = 1e-3, 1e4
"""How wide a domain may be along each axis, and how far it may reach."""

LABEL = 28
"""How many characters a label has at most."""

LOOKED = 41
"""Along each axis, how many places a formula is tried at."""

_RANGE = re.compile(r"\s*([a-z])\s+in\s*\[([^\[\],]*),([^\[\],]*)\]\s*")
_WRITTEN = "write it behind the formula as: for x in [-2, 2], y in [-1, 3]"

_STARTS = np.array([[-0.6, 0.5], [0.6, 0.5], [-0.6, -0.5], [0.6, -0.5], [0.3, 0.2], [-0.3, 0.9]])
"""Where a race may start, from -1 to 1 over the domain; the first place of use is taken."""


@lru_cache(maxsize=64)
def typed_surface(text: str) -> Surface:
    """The surface that a text writes; whoever asks again gets the same one.

    Raises:
        Mistake: saying where the formula or the domain is wrong.
    """
    if len(text) > 2 * LENGTH_LIMIT:
        raise Mistake(f"The formula is too long; it may have up to {LENGTH_LIMIT} characters.")
    formula, ranges = _parted(text)
    expression = parse(formula, NAMES)
    if not expression.names:
        raise Mistake(f"The formula {expression.text} is the same everywhere; it needs x or y.")
    domain, named = _domain(ranges)
    line = "y" not in expression.names and "y" not in named
    if line:
        domain = (*domain[:2], -1.0, 1.0)
    return _surface(text, expression, domain, line=line)


def _parted(text: str) -> tuple[str, str | None]:
    """The formula, and what stands behind `for`."""
    match = re.search(r"\bfor\b", text)
    if match is None:
        return text, None
    return text[: match.start()], text[match.end() :]


def _domain(text: str | None) -> tuple[Domain, set[str]]:
    """The domain that a text says, and the names it says it of."""
    ranges = {"x": USUAL, "y": USUAL}
    named: set[str] = set()
    parts = [] if text is None else re.split(r"(?<=\])\s*(?:,|;|\band\b)", text)
    for part in parts:
        match = _RANGE.fullmatch(part)
        if match is None or match[1] not in NAMES or match[1] in named:
            raise Mistake(
                f"The domain {(text or '').strip()[:40]!r} is not understood; {_WRITTEN}."
            )
        named.add(match[1])
        ranges[match[1]] = _range(match[1], match[2], match[3])
    return (*ranges["x"], *ranges["y"]), named


def _range(name: str, low: str, high: str) -> tuple[float, float]:
    ends = [float(parse(each, ()).values()) for each in (low, high)]
    if not (max(map(abs, ends)) <= MOST and ends[1] - ends[0] >= LEAST):
        raise Mistake(
            f"The domain of {name} is [{ends[0]:g}, {ends[1]:g}]; it must rise, by {LEAST:g} at"
            f" least, between {-MOST:,.0f} and {MOST:,.0f}."
        )
    return ends[0], ends[1]


def _surface(text: str, expression: Expression, domain: Domain, *, line: bool) -> Surface:
    slopes = expression.with_slopes(NAMES)
    across, up = (expression.derivative(name) for name in NAMES)
    pretty = expression.pretty
    surface = Surface(
        key=text,
        label=pretty if len(pretty) <= LABEL else f"{pretty[: LABEL - 1].rstrip()}…",
        formula=pretty,
        domain=domain,
        minima=np.empty((0, 2)),
        start=(0.0, 0.0),
        rule=_rule(slopes),
        bends=_bends(across.with_slopes(NAMES), up.derivative("y")),
        found=True,
        line=line,
    )
    start = _start(surface)
    return replace(surface, start=start, minima=global_minima(surface, local_minima(surface)))


def _rule(program: Program) -> Rule:
    """Value and slopes; where a value has no slope, as sqrt(x^2) at 0, it is 0."""

    def rule(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
        value, across, up = program.values({"x": x, "y": y})
        for slope in (across, up):
            slope[np.isnan(slope) & np.isfinite(value)] = 0.0
        return value, across, up

    return rule


def _bends(program: Program, up: Expression) -> Rule:
    def bends(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
        _, across, mixed = program.values({"x": x, "y": y})
        return across, mixed, up.values(x=x, y=y)

    return bends


def _start(surface: Surface) -> tuple[float, float]:
    """Where a race can start: a place with a value and a slope.

    Raises:
        Mistake: if the surface has values nowhere.
    """
    x_min, x_max, y_min, y_max = surface.domain
    middle = np.array([x_min + x_max, y_min + y_max]) / 2
    half = np.array([x_max - x_min, y_max - y_min]) / 2
    axis = np.linspace(-1, 1, LOOKED)
    anywhere = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    places = middle + half * np.concatenate([_STARTS, anywhere])
    if surface.line:
        places[:, 1] = 0.0
    value, slopes = surface.value_and_gradient(places)
    has_value = np.isfinite(value)
    if not has_value.any():
        raise Mistake("The formula has no value anywhere in its domain.")
    has_slope = has_value & np.isfinite(slopes).all(axis=1) & (slopes != 0).any(axis=1)
    x, y = places[np.argmax(has_slope if has_slope.any() else has_value)]
    return float(x), float(y)
