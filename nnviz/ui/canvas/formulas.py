"""Lines of formulas below one another, as large as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from nnviz.ui.brush import own_ground
from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.theme import Theme
from nnviz.ui.typeset import Formula, Typesetter
from nnviz.value import dataclass

_SMALLEST, _LARGEST = 10.0, 30.0
_LEADING = 0.45
"""The room between two lines, in sizes of type."""

_LEAST_ASCENT, _LEAST_DESCENT = 0.9, 0.35


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """A formula in LaTeX, a label before it, and how large it is beside the others."""

    latex: str
    label: str = ""
    scale: float = 1.0


class Formulas(Drawing):
    """Shows formulas once they are set; until then nothing stands in their place."""

    def __init__(self, typesetter: Typesetter, theme: Theme, *, largest: float = _LARGEST) -> None:
        """Show nothing yet; colors of roles are the theme's, type is so large at most."""
        super().__init__(theme)
        self._largest = largest
        self._typesetter = typesetter
        self._lines: tuple[FormulaLine, ...] = ()
        typesetter.ready.connect(self.update)
        own_ground(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    @property
    def lines(self) -> tuple[FormulaLine, ...]:
        """What is shown, as soon as it is set."""
        return self._lines

    def show_lines(self, lines: Sequence[FormulaLine], spoken: str = "") -> None:
        """Show formulas; `spoken` is what a screen reader says."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self.setAccessibleName(spoken)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(120))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(72))

    @override
    def _paint(self, painter: QPainter) -> None:
        placed = [(each, self._typesetter.formula(each.latex)) for each in self._lines]
        painter.setFont(self._theme.number_font())
        self._paint_lines(painter, [(line, found) for line, found in placed if found is not None])

    def _paint_lines(self, painter: QPainter, lines: list[tuple[FormulaLine, Formula]]) -> None:
        theme = self._theme
        size = self._size(lines)
        margin = max(
            (painter.fontMetrics().horizontalAdvance(line.label) for line, _ in lines), default=0
        )
        margin += theme.px(10) if margin else 0
        top = 0.0
        for line, found in lines:
            own = min(size * line.scale, (self.width() - margin) / max(found.width, 1e-6))
            baseline = top + size * line.scale * max(found.ascent, _LEAST_ASCENT)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QPointF(0, baseline), line.label)
            found.draw(painter, QPointF(margin, baseline), own, theme)
            top = baseline + size * line.scale * (max(found.descent, _LEAST_DESCENT) + _LEADING)

    def _size(self, lines: list[tuple[FormulaLine, Formula]]) -> float:
        """The size of type in which all lines are as high as the room, within reason."""
        heights = (
            line.scale
            * (max(found.ascent, _LEAST_ASCENT) + max(found.descent, _LEAST_DESCENT) + _LEADING)
            for line, found in lines
        )
        size = self.height() / max(sum(heights), 1e-6)
        return min(max(size, self._theme.px(_SMALLEST)), self._theme.px(self._largest))
