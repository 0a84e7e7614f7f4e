"""The panels of the window, each by its key: the one list from which the window is made.

The one idea: a row knows where its panel is written and loads it when the panel is made, so what
nobody has looked at yet costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from nnviz.table import Table
from nnviz.value import dataclass

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nnviz.experiment.spec import Experiment
    from nnviz.ui.parts import Parts

MakePanel: TypeAlias = "Callable[[Parts], QWidget]"


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A panel: its key, its title, and what loads the widget that is made of parts.

    `is_asked_for` tells of two experiments whether the step from one to the other asks to see it.
    """

    key: str
    label: str
    load: Callable[[], MakePanel]
    is_asked_for: Callable[[Experiment, Experiment], bool] | None = None

    def __call__(self, parts: Parts) -> QWidget:
        """Make the panel."""
        return self.load()(parts)


def _toolbar() -> MakePanel:
    from nnviz.ui.panels.toolbar import ToolbarPanel

    return ToolbarPanel


def _data() -> MakePanel:
    from nnviz.ui.panels.data import DataPanel

    return DataPanel


def _network() -> MakePanel:
    from nnviz.ui.panels.network import NetworkPanel

    return NetworkPanel


def _output() -> MakePanel:
    from nnviz.ui.panels.output import OutputPanel

    return OutputPanel


def _landscape() -> MakePanel:
    from nnviz.ui.panels.landscape import LandscapePanel

    return LandscapePanel


def _inside() -> MakePanel:
    from nnviz.ui.panels.inside import InsidePanel

    return InsidePanel


def _is_looked_inside(old: Experiment, new: Experiment) -> bool:
    return new.landscape.inside and not old.landscape.inside


def _curves() -> MakePanel:
    from nnviz.ui.panels.curves import CurvesPanel

    return CurvesPanel


def _past() -> MakePanel:
    from nnviz.ui.panels.past import PastPanel

    return PastPanel


def _compare() -> MakePanel:
    from nnviz.ui.panels.compare import ComparePanel

    return ComparePanel


def _winners() -> MakePanel:
    from nnviz.ui.panels.winners import WinnersPanel

    return WinnersPanel


PANELS: Table[PanelKind] = Table(
    "panel",
    [
        PanelKind("toolbar", "Controls", _toolbar),
        PanelKind("data", "Data", _data),
        PanelKind("network", "Network", _network),
        PanelKind("output", "Output", _output),
        PanelKind("landscape", "Loss surface", _landscape),
        PanelKind("inside", "Inside one step", _inside, _is_looked_inside),
        PanelKind("curves", "Curves", _curves),
        PanelKind("past", "The past", _past),
        PanelKind("compare", "Compare", _compare),
        PanelKind("winners", "Winners", _winners),
    ],
)
