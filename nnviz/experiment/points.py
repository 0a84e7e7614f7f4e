"""Points of a person's own: painted, imported, or moved by hand, as one frozen value."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite

import numpy as np

from nnviz.engine.datasets import PLANE
from nnviz.engine.elementary import Floats
from nnviz.engine.splits import Indices
from nnviz.mistake import Mistake
from nnviz.value import dataclass

POINT_LIMIT = 250_000
CLASS_LIMIT = 8

_FARTHEST = 100.0  # No plane goes farther.
_SAMPLED = 97  # So many entries, spread evenly, go into a hash.
_MOST_KEPT = 24  # Columns whose arrays are kept: those of some versions of some points.


@dataclass(frozen=True, slots=True, eq=False)
class OwnPoints:
    """Points with their labels, in the plane where all data sets live.

    `x1`, `x2` and `labels` have an entry for each point: labels are classes 0, 1, … or, without
    class names, values. The real coordinate that `x1` stands for is `offsets[0] + scales[0] * x1`,
    called `names[0]`; the real value of a label that is no class is
    `value_offset + value_scale * label`, called `value_name`. `source` says where they come from:
    the key of the data set that was painted on, or the name of a file.

    `lots`, empty or one for each point, from 0 to 1, are their places in the queue at whose front
    the points to train on stand; empty lots are drawn from the seed of the data. Points that are
    painted bring their own, so that the others stay where they are. `plane` is what of the plane is
    shown and painted on; points may lie outside.
    """

    x1: tuple[float, ...]
    x2: tuple[float, ...]
    labels: tuple[float, ...]
    class_names: tuple[str, ...] = ("orange", "blue")
    names: tuple[str, str] = ("x₁", "x₂")
    offsets: tuple[float, float] = (0.0, 0.0)
    scales: tuple[float, float] = (1.0, 1.0)
    value_name: str = "value"
    value_offset: float = 0.0
    value_scale: float = 1.0
    source: str = ""
    lots: tuple[float, ...] = ()
    plane: tuple[float, float, float, float] = PLANE

    def __post_init__(self) -> None:
        count = len(self.x1)
        if not len(self.x2) == len(self.labels) == count:
            raise Mistake("x1, x2 and labels must have as many entries as one another.")
        if self.lots and len(self.lots) != count:
            raise Mistake(f"lots has {len(self.lots):,} entries; it must have {count:,} or none.")
        if not 1 <= count <= POINT_LIMIT:
            raise Mistake(f"x1 has {count:,} entries; there may be 1 to {POINT_LIMIT:,} points.")
        if len(self.class_names) == 1 or len(self.class_names) > CLASS_LIMIT:
            raise Mistake(f"class_names must be 2 to {CLASS_LIMIT}, or none for values.")
        classes = range(len(self.class_names))
        if self.class_names and not _are_places(entries_of(self.labels), len(classes)):
            raise Mistake(f"labels must be classes, whole numbers from 0 to {classes[-1]}.")
        self._check_scales()

    def _check_scales(self) -> None:
        if 0.0 in (*self.scales, self.value_scale):
            raise Mistake("scales and value_scale must not be 0.")
        if not all(map(isfinite, (*self.scales, *self.offsets))):
            raise Mistake("scales and offsets must be finite numbers.")
        left, right, low, high = self.plane
        if not (-_FARTHEST <= left < right <= _FARTHEST and -_FARTHEST <= low < high <= _FARTHEST):
            raise Mistake(
                f"plane must be left < right and low < high from -{_FARTHEST:g} to {_FARTHEST:g}."
            )

    def __len__(self) -> int:
        """How many points there are."""
        return len(self.x1)

    def __eq__(self, other: object) -> bool:
        """Whether all is the same; at once where it is the very same value or of another size."""
        if self is other:
            return True
        if not isinstance(other, OwnPoints) or len(self) != len(other):
            return NotImplemented if not isinstance(other, OwnPoints) else False
        return self._content == other._content

    def __hash__(self) -> int:
        """A hash from a few of the points, so that it costs nothing however many there are."""
        few = slice(None, None, max(1, len(self) // _SAMPLED))
        return hash((len(self), self.x1[few], self.x2[few], self.labels[few], self.class_names))

    @property
    def _content(self) -> tuple[object, ...]:
        read = self.names, self.offsets, self.scales, self.class_names, self.source
        value = self.value_name, self.value_offset, self.value_scale
        return *read, *value, self.plane, self.labels, self.x1, self.x2, self.lots


class _Same:
    """A tuple as a key: the very same one, not one that is equal, which takes long to tell."""

    __slots__ = ("entries",)

    def __init__(self, entries: tuple[float, ...]) -> None:
        self.entries = entries

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.entries is other.entries

    def __hash__(self) -> int:
        return id(self.entries)


def entries_of(column: tuple[float, ...]) -> Floats:
    """A column of points as an array of shape (n,), read-only; asked for again it costs nothing."""
    return _entries(_Same(column))


def queue_of(lots: tuple[float, ...]) -> Indices:
    """The places of points in the order of their lots, of shape (n,), read-only."""
    return _queue(_Same(lots))


@lru_cache(maxsize=_MOST_KEPT)
def _entries(column: _Same) -> Floats:
    made = np.array(column.entries, dtype=np.float64)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=_MOST_KEPT)
def _queue(lots: _Same) -> Indices:
    made: Indices = np.argsort(_entries(lots), kind="stable")
    made.flags.writeable = False
    return made


def _are_places(labels: Floats, count: int) -> bool:
    """Whether all labels are whole numbers from 0 to below a count."""
    return bool(((labels >= 0) & (labels < count) & (labels == np.floor(labels))).all())
