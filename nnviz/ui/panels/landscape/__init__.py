"""The laboratory of loss surfaces: which surface, who races on it, and how they fare."""

from nnviz.ui.panels.landscape.panel import LandscapePanel

__all__ = ["LandscapePanel"]
