"""Inside one step: an update of one racer, a phase at a time."""

from nnviz.ui.panels.inside.panel import InsidePanel

__all__ = ["InsidePanel"]
