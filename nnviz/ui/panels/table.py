"""The panels of the window, each by its key: the one list from which the window is made."""

from __future__ import annotations

from typing import TypeAlias

from nnviz.table import Table
from nnviz.ui.panels.compare import ComparePanel
from nnviz.ui.panels.curves import CurvesPanel
from nnviz.ui.panels.data import DataPanel
from nnviz.ui.panels.inside import InsidePanel
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.network import NetworkPanel
from nnviz.ui.panels.output import OutputPanel
from nnviz.ui.panels.past import PastPanel
from nnviz.ui.panels.toolbar import ToolbarPanel
from nnviz.ui.panels.winners import WinnersPanel

PanelKind: TypeAlias = (
    type[ToolbarPanel]
    | type[DataPanel]
    | type[NetworkPanel]
    | type[OutputPanel]
    | type[LandscapePanel]
    | type[InsidePanel]
    | type[CurvesPanel]
    | type[PastPanel]
    | type[ComparePanel]
    | type[WinnersPanel]
)
"""A panel: a widget with a key and a title, made from the parts."""

PANELS: Table[PanelKind] = Table(
    "panel",
    [
        ToolbarPanel,
        DataPanel,
        NetworkPanel,
        OutputPanel,
        LandscapePanel,
        InsidePanel,
        CurvesPanel,
        PastPanel,
        ComparePanel,
        WinnersPanel,
    ],
)
