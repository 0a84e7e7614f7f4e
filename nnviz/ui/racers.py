"""How optimizers look in a race: each has a color, a shape and a dash, so none stands on color."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from nnviz.experiment.landscape import DASHES, Racer
from nnviz.ui.theme import Theme
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class RacerStyle:
    """The look of one racer.

    `color` is `#rrggbb`; `symbol` the name of a marker shape; `dash` lengths of dashes and gaps in
    widths of the pen, empty for a solid trail.
    """

    color: str
    symbol: str
    dash: tuple[float, ...]


_SOLID: tuple[float, ...] = ()
_DASHED = (5.0, 3.0)
_DOTTED = (1.5, 2.5)
_BOTH = (6.0, 2.5, 1.5, 2.5)
_DASHES = dict(zip(DASHES, (_SOLID, _DASHED, _DOTTED, _BOTH), strict=True))

# Hue, shape and dash by optimizer: the hue is a place among the theme's twelve.
_LOOKS: dict[str, tuple[int, str, tuple[float, ...]]] = {
    "sgd": (7, "circle", _SOLID),
    "momentum": (0, "square", _SOLID),
    "nesterov": (5, "diamond", _DASHED),
    "adagrad": (1, "triangle", _SOLID),
    "adadelta": (6, "pentagon", _DASHED),
    "rmsprop": (2, "triangle-down", _SOLID),
    "adam": (4, "star", _SOLID),
    "adamw": (3, "hexagon", _SOLID),
    "amsgrad": (8, "plus", _DOTTED),
    "nadam": (9, "cross", _BOTH),
    "lion": (10, "sparkle", _DOTTED),
    "learned": (11, "burst", _SOLID),
    "nesterov-printed": (5, "plus", _DOTTED),
    "adagrad-printed": (1, "diamond", _DOTTED),
    "rmsprop-printed": (2, "triangle", _DOTTED),
    "adam-printed": (4, "cross", _DOTTED),
    "adam-uncorrected": (4, "diamond", _DASHED),
}


def style_of(racer: Racer, theme: Theme) -> RacerStyle:
    """The look of a racer: that of its kind, but for what it has of its own."""
    kind = style_of_kind(racer.optimizer.key, theme)
    return RacerStyle(
        kind.color if racer.hue is None else theme.racers[racer.hue],
        racer.symbol or kind.symbol,
        _DASHES[racer.dash] if racer.dash else kind.dash,
    )


def dash_of(key: str) -> tuple[float, ...]:
    """The lengths of a dash by its key."""
    return _DASHES[key]


def free_hue(racers: Sequence[Racer], theme: Theme) -> int:
    """A hue that no racer has yet, or the one that the fewest have."""
    taken = [theme.racers.index(style_of(each, theme).color) for each in racers]
    return min(range(len(theme.racers)), key=taken.count)


def style_of_kind(key: str, theme: Theme) -> RacerStyle:
    """The look of an optimizer by its key; a key without a look of its own borrows one."""
    if key not in _LOOKS:
        key = tuple(_LOOKS)[crc32(key.encode()) % len(_LOOKS)]
    hue, symbol, dash = _LOOKS[key]
    return RacerStyle(theme.racers[hue], symbol, dash)


_NEUTRAL = 7  # This hue is too near to that of text, in which the main run is drawn.


def entrant_style(place: int, theme: Theme) -> RacerStyle:
    """The look of an entrant by its place: 0 is the main run, the first rival is 1."""
    if place == 0:
        return RacerStyle(theme.text, "circle", _SOLID)
    hues = theme.racers[:_NEUTRAL] + theme.racers[_NEUTRAL + 1 :]
    hue = hues[(place - 1) % len(hues)]
    return RacerStyle(hue, "circle", _DASHES[DASHES[place % len(DASHES)]])
