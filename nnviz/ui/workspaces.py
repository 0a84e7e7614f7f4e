"""Workspaces: the same document with other panels in front, each a frozen value in one table."""

from __future__ import annotations

from nnviz.table import Table
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """Panels above one another.

    `width` is a share of the window's width and `heights` one share for each panel; a narrow
    column keeps its width when the window grows, and folds to the side. Those of its panels that
    are `folded` on the first day show their titles only.
    """

    panels: tuple[str, ...]
    width: int
    heights: tuple[int, ...] = (1,)
    is_narrow: bool = False
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workspace:
    """One way to lay out the panels, from left to right."""

    key: str
    label: str
    hint: str
    columns: tuple[Column, ...]


WORKSPACES: Table[Workspace] = Table(
    "workspace",
    [
        Workspace(
            "playground",
            "Playground",
            "Data, network, output, loss surface and curves at once.",
            (
                Column(("data",), 216, is_narrow=True),
                Column(("network", "landscape"), 600, (51, 49)),
                Column(("output", "curves"), 440, (64, 36)),
            ),
        ),
        Workspace(
            "optimizers",
            "Optimizers",
            "The loss surface at large, with the optimizers that race on it.",
            (
                Column(("landscape",), 800),
                Column(("inside", "curves", "network"), 456, (62, 38, 46), folded=("inside",)),
            ),
        ),
        Workspace(
            "compare",
            "Compare",
            "The run and its rivals side by side, their curves and who wins.",
            (
                Column(("compare",), 780),
                Column(("winners", "curves"), 476, (53, 47)),
            ),
        ),
    ],
)
