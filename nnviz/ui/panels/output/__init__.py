"""The output: what the network says over the plane and in its layers' spaces, and how well."""

from nnviz.ui.panels.output.panel import OutputPanel

__all__ = ["OutputPanel"]
