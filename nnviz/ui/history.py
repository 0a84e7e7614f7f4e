"""What a run and its rivals have become from epoch to epoch, as curves in a theme's colors."""

from __future__ import annotations

from nnviz.runtime.frames import Frame
from nnviz.ui.canvas.curve import Curve
from nnviz.ui.theme import Theme


def curves_of(frame: Frame, theme: Theme) -> tuple[Curve, ...]:
    """The curves of the whole run."""
    history = frame.history
    return (
        Curve("train", history.train_loss, theme.accent),
        Curve("test", history.test_loss, theme.text),
    )
