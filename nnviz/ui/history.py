"""What a run, its rivals and its ghosts became from epoch to epoch, as curves of a theme."""

from __future__ import annotations

import numpy as np

from nnviz.experiment.rivals import brief_labels
from nnviz.runtime.frames import Floats, Frame, Ghost, History
from nnviz.ui.canvas.curve import Curve
from nnviz.ui.canvas.pens import mix
from nnviz.ui.racers import entrant_style
from nnviz.ui.theme import Theme

_GHOST = 0.4  # How much of its color the curve of an old way keeps.


def curves_of(frame: Frame, theme: Theme, kind: str = "loss") -> tuple[Curve, ...]:
    """The curves of the whole run, then what is tested of rivals, then the ways that were left.

    `kind` is one of CURVE_KINDS.
    """
    main = (Curve(name, *look) for name, look in _main(frame.history, theme, kind))
    ghosts = (each for ghost in frame.ghosts for each in _ghost(ghost, theme, kind))
    return (*main, *_rivals(frame, theme, kind), *ghosts)


def _main(history: History, theme: Theme, kind: str) -> list[tuple[str, tuple[Floats, str]]]:
    if kind == "rate":
        return [("rate", (history.learning_rate, theme.accent))]
    train, test = _pair(history, kind)
    return [("train", (train, theme.accent)), ("test", (test, theme.text))]


def _rivals(frame: Frame, theme: Theme, kind: str) -> list[Curve]:
    curves = []
    names = brief_labels(frame.experiment.rivals[: len(frame.rivals)])
    for place, (rival, name) in enumerate(zip(frame.rivals, names, strict=True), 1):
        style = entrant_style(place, theme)
        values = _told(rival.history, kind)
        curves.append(Curve(name, values, style.color, dash=style.dash, is_thin=True))
    return curves


def _ghost(ghost: Ghost, theme: Theme, kind: str) -> list[Curve]:
    first, every = ghost.from_epoch, ghost.every
    return [
        Curve("", values, mix(theme.panel, color, _GHOST).name(), first, every, is_thin=True)
        for _, (values, color) in _main(ghost.history, theme, kind)
    ]


def _told(history: History, kind: str) -> Floats:
    """What rivals are compared by: tested, where there is something to test with."""
    if kind == "rate":
        return history.learning_rate
    train, test = _pair(history, kind)
    return test if len(test) and bool(np.isfinite(test[0])) else train


def _pair(history: History, kind: str) -> tuple[Floats, Floats]:
    if kind == "accuracy":
        return history.train_accuracy, history.test_accuracy
    return history.train_loss, history.test_loss
