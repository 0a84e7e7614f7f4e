"""A point as a row of a table: two numbers in real units, and a class or a value; read and changed.

The columns are 0 for the first coordinate, 1 for the second and 2 for the label.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.experiment.points import OwnPoints, entries_of
from nnviz.mistake import Mistake

FARTHEST = 1e12
"""The largest number that a cell may hold."""

LABEL = 2
"""The column of the labels."""

_FIELDS = ("x1", "x2", "labels")


def headings(own: OwnPoints) -> tuple[str, str, str]:
    """What the columns are called."""
    return *own.names, "Class" if own.class_names else own.value_name.capitalize()


def numbers(own: OwnPoints) -> Floats:
    """What the cells hold, of shape (3, points): in real units, classes as numbers from 0."""
    offsets, scales = _readings(own)
    drawn = np.stack([entries_of(getattr(own, name)) for name in _FIELDS])
    real: Floats = offsets[:, None] + scales[:, None] * drawn
    return real


def with_cell(own: OwnPoints, place: int, column: int, text: str) -> OwnPoints:
    """The same points, one cell as a person typed it.

    Raises:
        Mistake: saying what the column may hold.
    """
    if column == LABEL and own.class_names:
        return replace(own, labels=_with(own.labels, place, _class(own, text)))
    offsets, scales = _readings(own)
    drawn = (_number(text, headings(own)[column]) - offsets[column]) / scales[column]
    name = _FIELDS[column]
    changes: dict[str, Any] = {name: _with(getattr(own, name), place, float(drawn))}
    return replace(own, **changes)


def _readings(own: OwnPoints) -> tuple[Floats, Floats]:
    """Offsets and scales of the three columns, each of shape (3,)."""
    value = (0.0, 1.0) if own.class_names else (own.value_offset, own.value_scale)
    return np.array([*own.offsets, value[0]]), np.array([*own.scales, value[1]])


def _class(own: OwnPoints, text: str) -> float:
    said = text.strip()
    if said not in own.class_names:
        raise Mistake(f"{said[:40]!r} is no class; there are {', '.join(own.class_names)}.")
    return float(own.class_names.index(said))


def _number(text: str, name: str) -> float:
    plain = text.strip().replace("\u2212", "-")  # The minus sign that numbers are shown with.
    plain = plain if "." in plain else plain.replace(",", ".", 1)
    try:
        number = float(plain)
    except ValueError:
        raise Mistake(f"{name} must be a number; {text.strip()[:40]!r} is none.") from None
    if not (isfinite(number) and abs(number) <= FARTHEST):
        raise Mistake(f"{name} must be a number from -{FARTHEST:g} to {FARTHEST:g}.")
    return number


def _with(entries: tuple[float, ...], place: int, entry: float) -> tuple[float, ...]:
    return (*entries[:place], entry, *entries[place + 1 :])
