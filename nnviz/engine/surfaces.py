"""Test surfaces: losses of two parameters with exact gradients, on which optimizers race.

The last ones are of one parameter alone: curves, for the first minutes of a lecture. Each surface
is one rule that gives the value and both slopes at once, since whoever steps needs all three at the
same point. Others are typed: their key is their formula.
"""

from __future__ import annotations

import re

import numpy as np

from nnviz.engine.elementary import Floats, cos, exp, sin, tanh
from nnviz.engine.field import Domain, Field, Rule, Surface
from nnviz.engine.typed_surface import typed_surface
from nnviz.mistake import Mistake
from nnviz.table import Table

__all__ = ["SURFACES", "Domain", "Field", "Surface", "surface_of"]


def _bowl(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    return x * x + y * y, 2 * x, 2 * y


def _valley(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    return 0.05 * x * x + y * y, 0.1 * x, 2 * y


def _saddle(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    y2 = y * y
    return x * x - y2 + 0.25 * y2 * y2, 2 * x, y * (y2 - 2)


def _beale(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    y2 = y * y
    y3 = y2 * y
    a = 1.5 - x + x * y
    b = 2.25 - x + x * y2
    c = 2.625 - x + x * y3
    return (
        a * a + b * b + c * c,
        2 * (a * (y - 1) + b * (y2 - 1) + c * (y3 - 1)),
        2 * x * (a + 2 * b * y + 3 * c * y2),
    )


def _rosenbrock(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    ahead = 1 - x
    off = y - x * x
    return ahead * ahead + 100 * off * off, -2 * ahead - 400 * x * off, 200 * off


def _himmelblau(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    a = x * x + y - 11
    b = x + y * y - 7
    return a * a + b * b, 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _styblinski_tang(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    x2, y2 = x * x, y * y
    value = 0.5 * (x2 * (x2 - 16) + 5 * x + y2 * (y2 - 16) + 5 * y)
    return value, 2 * x * (x2 - 8) + 2.5, 2 * y * (y2 - 8) + 2.5


def _rastrigin(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    tau = 2 * np.pi
    value = 20 + x * x - 10 * cos(tau * x) + y * y - 10 * cos(tau * y)
    slope = 10 * tau
    return value, 2 * x + slope * sin(tau * x), 2 * y + slope * sin(tau * y)


def _plateau(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    hole = exp(-0.5 * (x * x + y * y))
    return 1 - hole, x * hole, y * hole


def _two_wells(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    apart = x * x - 1
    return apart * apart + 0.3 * x + y * y, 4 * x * apart + 0.3, 2 * y


def _parabola(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    return x * x, 2 * x, 0 * y


def _double_well(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    apart = x * x - 4
    return apart * apart / 8 + 0.3 * x, 0.5 * x * apart + 0.3, 0 * y


def _ripples(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    return x * x / 8 + (1 - cos(5 * x)) / 8, x / 4 + 0.625 * sin(5 * x), 0 * y


def _cliff(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    above = 0.5 * (1 + tanh(5 * x))
    return 2 * above + 0.02 * (x + 2) ** 2, 20 * above * (1 - above) + 0.04 * (x + 2), 0 * y


_HIMMELBLAU_MINIMA = [
    [3.0, 2.0],
    [-2.805118086952745, 3.131312518250573],
    [-3.779310253377747, -3.283185991286170],
    [3.584428340330492, -1.848126526964404],
]


def _line(  # noqa: PLR0913 - a declaration, read as one line
    key: str,
    label: str,
    formula: str,
    ends: tuple[float, float],
    lowest: float,
    start: float,
    rule: Rule,
) -> Surface:
    """A curve: a surface on which y means nothing."""
    minima, domain = np.array([[lowest, 0.0]]), (*ends, -1.0, 1.0)
    return Surface(key, label, formula, domain, minima, (start, 0.0), rule, line=True)


SURFACES: Table[Surface] = Table(
    "surface",
    [
        Surface(
            "bowl",
            "Bowl",
            "x² + y²",
            (-4.0, 4.0, -4.0, 4.0),
            np.zeros((1, 2)),
            (-3.2, 2.4),
            _bowl,
        ),
        Surface(
            "valley",
            "Long valley",
            "0.05 x² + y²",
            (-6.0, 6.0, -6.0, 6.0),
            np.zeros((1, 2)),
            (-5.0, 4.0),
            _valley,
        ),
        Surface(
            "saddle",
            "Saddle",
            "x² − y² + y⁴/4",
            (-2.5, 2.5, -2.5, 2.5),
            np.array([[0.0, -np.sqrt(2.0)], [0.0, np.sqrt(2.0)]]),
            (-2.0, 0.01),
            _saddle,
        ),
        Surface(
            "beale",
            "Beale",
            "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
            (-4.5, 4.5, -4.5, 4.5),
            np.array([[3.0, 0.5]]),
            (1.0, 1.5),
            _beale,
        ),
        Surface(
            "rosenbrock",
            "Rosenbrock",
            "(1 − x)² + 100 (y − x²)²",
            (-2.0, 2.0, -1.0, 3.0),
            np.ones((1, 2)),
            (-1.2, 1.0),
            _rosenbrock,
        ),
        Surface(
            "himmelblau",
            "Himmelblau",
            "(x² + y − 11)² + (x + y² − 7)²",
            (-5.0, 5.0, -5.0, 5.0),
            np.array(_HIMMELBLAU_MINIMA),
            (0.0, -1.0),
            _himmelblau,
        ),
        Surface(
            "styblinski-tang",
            "Styblinski–Tang",
            "(x⁴ − 16x² + 5x + y⁴ − 16y² + 5y) / 2",
            (-4.5, 4.5, -4.5, 4.5),
            np.full((1, 2), -2.9035340277711783),
            (-3.7, 3.9),
            _styblinski_tang,
        ),
        Surface(
            "rastrigin",
            "Rastrigin",
            "20 + x² − 10 cos 2πx + y² − 10 cos 2πy",
            (-3.6, 3.6, -3.6, 3.6),
            np.zeros((1, 2)),
            (2.4, 3.4),
            _rastrigin,
        ),
        Surface(
            "plateau",
            "Plateau",
            "1 − exp(−(x² + y²) / 2)",
            (-4.0, 4.0, -4.0, 4.0),
            np.zeros((1, 2)),
            (-2.4, 1.8),
            _plateau,
        ),
        Surface(
            "two-wells",
            "Two wells",
            "(x² − 1)² + 0.3 x + y²",
            (-2.0, 2.0, -2.0, 2.0),
            np.array([[-1.0355787140888542, 0.0]]),
            (1.8, 1.2),
            _two_wells,
        ),
        _line("parabola", "Parabola", "x²", (-4.0, 4.0), 0.0, -3.4, _parabola),
        _line(
            "double-well",
            "Double well",
            "(x² − 4)² / 8 + 0.3 x",
            (-3.4, 3.4),
            -2.0711574281777074,
            3.1,
            _double_well,
        ),
        _line(
            "ripples",
            "Ripples",
            "x² / 8 + (1 − cos 5x) / 8",
            (-6.0, 6.0),
            0.0,
            -5.4,
            _ripples,
        ),
        _line(
            "cliff",
            "Cliff",
            "1 + tanh 5x + 0.02 (x + 2)²",
            (-5.0, 5.0),
            -2.0000010305661857,
            4.0,
            _cliff,
        ),
    ],
)


def surface_of(key: str) -> Surface:
    """The surface of a key of SURFACES, or the one that a formula in x and y, or x alone, makes.

    Raises:
        Mistake: if it is neither.
    """
    if key in SURFACES:
        return SURFACES[key]
    try:
        return typed_surface(key)
    except Mistake:
        if re.fullmatch("[a-z-]{2,40}", key):
            SURFACES[key]
        raise
