"""The comparison: the main run and its rivals side by side."""

from nnviz.ui.panels.compare.panel import ComparePanel

__all__ = ["ComparePanel"]
