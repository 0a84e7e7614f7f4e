"""What goes on inside the optimizers, as arrows at the racers: a layer over the loss surface."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from nnviz.engine.anatomy.notes import Arrow, Measure
from nnviz.ui.canvas.pens import Floats, outline
from nnviz.ui.canvas.vectors import Reach, draw_arrow, factor_name, reach_of, round_factor
from nnviz.ui.roles import role_color
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

Aim = Callable[[Floats], tuple[Floats, Floats]]
"""Where a point of the plane is on the screen, of shape (2,), and where a unit along each axis
leads from there, the columns of (2, 2). What is nowhere is NaN."""

LONGEST = 96.0
"""Pixels of the longest arrow of each measure, before scale."""


_FAR = 1e5
"""Pixels: a racer farther off is not seen."""

_UNNAMED = 14.0
"""Pixels: a shorter arrow has no room for its name."""


@dataclass(frozen=True, slots=True, eq=False)
class Bared:
    """A racer whose inner state is shown: where it stands, and the arrows there."""

    point: Floats
    arrows: tuple[Arrow, ...]


class InnerState:
    """Arrows at some racers, all of a measure to one scale."""

    def __init__(self, share: float = 1.0) -> None:
        """Nothing is shown; arrows have such a share of the length they may have."""
        self._share = share
        self._bared: tuple[Bared, ...] = ()
        self._reach: Reach = {}
        self._is_named = True

    @property
    def bared(self) -> tuple[Bared, ...]:
        """The racers whose inner state is shown."""
        return self._bared

    def show(self, bared: Sequence[Bared], *, named: bool = True) -> bool:
        """Show the arrows of some racers, with their labels or without; whether that is new."""
        if named == self._is_named and _are_same(bared, self._bared):
            return False
        self._bared, self._is_named = tuple(bared), named
        reach = reach_of(arrow for each in self._bared for arrow in each.arrows)
        self._reach = {measure: longest / self._share for measure, longest in reach.items()}
        return True

    def paint(
        self, painter: QPainter, aim: Aim, area: QRectF, theme: Theme, *, lane: float = 0.0
    ) -> None:
        """Draw the arrows on a plane that is seen in an area; above one another in lanes, if any.

        Along one axis all would lie on one another: there a lane is so many pixels high.
        """
        for each in self._bared:
            origin, ways = aim(each.point)
            is_near = np.isfinite(ways).all() and np.abs(origin).max() < _FAR
            if is_near and each.arrows:
                for up, part in _in_lanes(painter, each, origin, lane * theme.scale, area, theme):
                    self._paint(painter, part, origin - up, ways, area, theme)

    def _paint(  # noqa: PLR0913 - one whole racer
        self,
        painter: QPainter,
        bared: Bared,
        origin: Floats,
        ways: Floats,
        area: QRectF,
        theme: Theme,
    ) -> None:
        (right_x, up_x), (right_y, up_y) = ways.tolist()
        x, y = origin.tolist()
        grown = {each: self._grown(each, ways, theme) for each in self._reach}
        for arrow in bared.arrows:
            times, name = grown[arrow.measure]
            (u, v), (u0, v0) = arrow.vector.tolist(), arrow.begins.tolist()
            begin = QPointF(
                x + (u0 * right_x + v0 * up_x) * times, y + (u0 * right_y + v0 * up_y) * times
            )
            way = QPointF((u * right_x + v * up_x) * times, (u * right_y + v * up_y) * times)
            length = math.hypot(way.x(), way.y())
            if math.isfinite(length + begin.x() + begin.y()):
                is_named = self._is_named and length > _UNNAMED * theme.scale
                draw_arrow(
                    painter,
                    begin,
                    begin + way,
                    role_color(arrow.role, theme),
                    theme,
                    label=f"{arrow.label}{name}" if is_named else "",
                    room=area,
                    pale=arrow.pale,
                    is_added=bool(u0 or v0),
                    dashed=arrow.role == "corrected",
                )

    def _grown(self, measure: Measure, ways: Floats, theme: Theme) -> tuple[float, str]:
        """How many times as long as a way on the plane it is drawn, and how that is said."""
        longest = self._reach.get(measure, 0.0) or 1.0
        (right_x, up_x), (right_y, up_y) = ways.tolist()
        length = longest * (math.hypot(right_x, right_y) + math.hypot(up_x, up_y)) / 2
        wanted = LONGEST * theme.scale
        if measure != "plane":
            return wanted / length, ""
        times = round_factor(length, wanted)
        return times, factor_name(times)


def _in_lanes(  # noqa: PLR0913 - one whole racer
    painter: QPainter, bared: Bared, origin: Floats, lane: float, area: QRectF, theme: Theme
) -> Iterator[tuple[Floats, Bared]]:
    """How far up each part of the arrows is drawn, with a stem that joins them; all at once if 0.

    Where there is no room above the racer they go down.
    """
    if not lane:
        yield np.zeros(2), bared
        return
    count = len(bared.arrows)
    sign = 1.0 if origin[1] - (count + 0.5) * lane > area.top() else -1.0
    foot, way = QPointF(*origin.tolist()), QPointF(0.0, sign * lane)
    pen = outline(theme.muted, theme.scale)
    pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.drawLine(foot, foot - way * count)
    for place, arrow in enumerate(bared.arrows, 1):
        yield np.array([0.0, sign * lane * place]), Bared(bared.point, (arrow,))


def _are_same(some: Sequence[Bared], others: Sequence[Bared]) -> bool:
    """Whether the very same arrows stand at the very same points."""
    return len(some) == len(others) and all(
        one.point is other.point and one.arrows is other.arrows
        for one, other in zip(some, others, strict=True)
    )
