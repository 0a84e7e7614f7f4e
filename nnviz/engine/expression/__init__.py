"""Formulas that people type: read by a parser of ours, never run as code.

The door for everyone else. `tokens`, `parser` and `graph` lead from text to a graph of operations
(`rules`), `derivative` to the exact slopes, `text` back to what one reads.
"""

from __future__ import annotations

from nnviz.engine.expression.formula import Expression, parse

__all__ = ["Expression", "parse"]
