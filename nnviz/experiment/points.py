"""Points of a person's own: painted, imported, or moved by hand, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.mistake import Mistake

POINT_LIMIT = 100_000
CLASS_LIMIT = 8


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """Points with their labels, in the plane where all data sets live.

    `x1`, `x2` and `labels` have an entry for each point: labels are classes 0, 1, … or, without
    class names, values. The real coordinate that `x1` stands for is `offsets[0] + scales[0] * x1`,
    called `names[0]`. `source` says where they come from.
    """

    x1: tuple[float, ...]
    x2: tuple[float, ...]
    labels: tuple[float, ...]
    class_names: tuple[str, ...] = ("orange", "blue")
    names: tuple[str, str] = ("x₁", "x₂")
    offsets: tuple[float, float] = (0.0, 0.0)
    scales: tuple[float, float] = (1.0, 1.0)
    source: str = ""

    def __post_init__(self) -> None:
        count = len(self.x1)
        if not len(self.x2) == len(self.labels) == count:
            raise Mistake("x1, x2 and labels must have as many entries as one another.")
        if not 1 <= count <= POINT_LIMIT:
            raise Mistake(f"x1 has {count:,} entries; there may be 1 to {POINT_LIMIT:,} points.")
        if len(self.class_names) == 1 or len(self.class_names) > CLASS_LIMIT:
            raise Mistake(f"class_names must be 2 to {CLASS_LIMIT}, or none for values.")
        classes = range(len(self.class_names))
        if self.class_names and not set(self.labels) <= set(classes):
            raise Mistake(f"labels must be classes, whole numbers from 0 to {classes[-1]}.")
        if 0.0 in self.scales:
            raise Mistake("scales must not be 0.")
