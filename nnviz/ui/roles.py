"""The color of what has a role in an update: the same in arrows, squares, letters and figures."""

from __future__ import annotations

from nnviz.ui.theme import Theme

_HUES = {"gradient": 4, "velocity": 0, "corrected": 0, "size": 2, "adapted": 8}
"""By role, a place among the theme's hues."""

ROLES = (*_HUES, "step")


def role_color(role: str, theme: Theme) -> str:
    """The color `#rrggbb` of a role; of the step, and of what has no role, that of text."""
    return theme.racers[_HUES[role]] if role in _HUES else theme.text
