"""The ways of racers over a landscape, drawn onto a layer that only grows.

What is behind a hill shows through faintly, so that nobody is ever lost; and each way throws a thin
line onto the map on the floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.pens import Floats, blank, bold_line, clipped, outline, polygon, veil
from nnviz.ui.canvas.relief_lens import Lens
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_WIDTH, _CASING, _FAINT = 2.0, 4.0, 1.4
_THROUGH = 0.34
_THROWN = 0.6
_SHORTEST = 0.7  # Pixels: what moves less is drawn with the next step.


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """Who races: paths of shape (racers, steps + 1, 3): x, y and loss, the start included.

    Where heights are `honest` they are those of the losses of the paths, and otherwise those of the
    ground below.
    """

    paths: Floats
    styles: tuple[RacerStyle, ...]
    diverged: tuple[bool, ...]
    honest: bool = False

    def places(self, lens: Lens, since: int = 0) -> Floats:
        """Where everyone was from a step on, in the box, of shape (racers, steps, 3)."""
        paths = self.paths[:, since:]
        if self.honest:
            return lens.outlook.at_loss(paths)
        return lens.outlook.on_ground(paths[..., :2])

    def continues(self, other: Race) -> bool:
        """Whether this is another race some steps later."""
        steps = other.paths.shape[1]
        same = (self.styles, self.honest, len(self.paths)) == (
            other.styles,
            other.honest,
            len(other.paths),
        )
        if not same or self.paths.shape[1] < steps or not steps:
            return False
        ends = [0, steps - 1]
        return np.array_equal(self.paths[:, ends], other.paths[:, ends], equal_nan=True)


class ReliefTrails:
    """Trails over a landscape; everything is drawn anew when it is looked at otherwise."""

    def __init__(self) -> None:
        """Nothing is drawn."""
        self._stamp: object = None
        self._drawn: Race | None = None
        self._lengths: list[float] = []
        self._layer: QPixmap | None = None

    def layer(
        self, race: Race, lens: Lens, theme: Theme, ratio: float, *, quick: bool = False
    ) -> QPixmap:
        """The trails of a race up to its last step, on a pixmap of the size of the lens.

        They are drawn more simply where it has to be `quick`, for every step of a camera.
        """
        stamp = (lens.outlook, lens.size, theme, ratio, quick)
        layer, drawn, since = self._layer, self._drawn, 0
        if layer is None or drawn is None or stamp != self._stamp or not race.continues(drawn):
            layer = blank(lens.size, ratio, Qt.GlobalColor.transparent)
            self._lengths = [0.0] * len(race.paths)
        else:
            since = drawn.paths.shape[1] - 1
        self._layer, self._stamp, self._drawn = layer, stamp, race
        if race.paths.shape[1] - 1 > since:
            append = self._sketch if quick else self._append
            append(layer, race, lens, theme, since)
        return layer

    def _sketch(self, layer: QPixmap, race: Race, lens: Lens, theme: Theme, since: int) -> None:
        """Draw the ways without casings and dashes: thin smooth lines are fast."""
        with painting(layer) as painter:
            ways = stretches(lens, race.places(lens, since))
            for style, runs in zip(race.styles, ways, strict=True):
                faint, firm = veil(style.color, _THROUGH), QColor(style.color)
                for line, is_hidden in runs:
                    if is_hidden:
                        bold_line(painter, line, faint, 1.0)
                    else:
                        bold_line(painter, line, firm, _WIDTH * theme.scale)

    def _append(self, layer: QPixmap, race: Race, lens: Lens, theme: Theme, since: int) -> None:
        places = race.places(lens, since)
        floor = places.copy()
        floor[..., 2] = 0.0
        with painting(layer) as painter:
            for style, runs in zip(race.styles, stretches(lens, floor), strict=True):
                painter.setPen(outline(veil(style.color, _THROWN), theme.scale))
                for line, is_hidden in runs:
                    if not is_hidden:
                        painter.drawPolyline(polygon(line))
            ways = stretches(lens, places)
            for style, runs in zip(race.styles, ways, strict=True):
                _draw(painter, runs, veil(style.color, _THROUGH), _FAINT * theme.scale, hidden=True)
            casing = veil(theme.panel, 0.75)
            for runs in ways:
                _draw(painter, runs, casing, _CASING * theme.scale, hidden=False)
            for racer, runs in enumerate(ways):
                self._draw_seen(painter, racer, runs, race.styles[racer], theme)

    def _draw_seen(
        self, painter: QPainter, racer: int, runs: Runs, style: RacerStyle, theme: Theme
    ) -> None:
        width = _WIDTH * theme.scale
        pen = outline(style.color, width)
        if style.dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(list(style.dash))
        for line, is_hidden in runs:
            if is_hidden:
                continue
            if style.dash:
                pen.setDashOffset(self._lengths[racer] / width % sum(style.dash))
                self._lengths[racer] += float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
            painter.setPen(pen)
            painter.drawPolyline(polygon(line))


Runs = list[tuple[Floats, bool]]


def _draw(painter: QPainter, runs: Runs, color: QColor, width: float, *, hidden: bool) -> None:
    pen = outline(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # A round one would cover its own trail's end.
    painter.setPen(pen)
    for line, is_hidden in runs:
        if is_hidden == hidden:
            painter.drawPolyline(polygon(line))


def stretches(lens: Lens, ways: Floats) -> list[Runs]:
    """Ways (racers, steps, 3) in pixels, cut where they go behind a hill, and whether they are.

    Steps that are nowhere are gaps. All ways are looked at together: each by itself costs more.
    """
    is_there = np.asarray(np.isfinite(ways).all(axis=-1))
    pixels = clipped(lens.pixels(ways))
    hidden = lens.is_hidden(ways) & is_there
    return [
        [
            run
            for first, last in _whole(there)
            for run in parted(*_thin(line[first:last], behind[first:last]))
        ]
        for there, line, behind in zip(is_there, pixels, hidden, strict=True)
    ]


def parted(line: Floats, hidden: NDArray[np.bool_]) -> Iterator[tuple[Floats, bool]]:
    """A line (n, 2) cut where it goes behind a hill, and whether each part is there."""
    turns = np.flatnonzero(hidden[2:] != hidden[1:-1]) + 1
    for begin, end in pairwise([0, *turns.tolist(), len(line) - 1]):
        if end > begin:
            yield line[begin : end + 1], bool(hidden[begin + 1])


def _whole(is_there: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where something begins to be there, and where it is no more."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_there, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2).tolist() if b - a > 1]


def _thin(line: Floats, hidden: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """A line (n, 2) without the points that stay on their pixel; its ends stay."""
    cells = np.round(line / _SHORTEST)
    keep = np.ones(len(line), bool)
    keep[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1) | (hidden[1:-1] != hidden[:-2])
    return line[keep], hidden[keep]
