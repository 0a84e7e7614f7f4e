"""The numbers of an update in a small table: what each phase made, along each axis."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.engine.anatomy.notes import Anatomy
from nnviz.ui.brush import own_ground
from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.theme import Theme

_ROW = 17.0
_LARGEST_ROW = 22.0
_NAME, _NUMBER = 34.0, 74.0
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Ledger(Drawing):
    """Names at the left, a column for each axis; the row of the moment is marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(theme, parent)
        self._rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._marked = -1
        self._axes: tuple[str, ...] = ("x", "y")
        own_ground(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_anatomy(self, anatomy: Anatomy | None, phase: int, axes: tuple[str, ...]) -> None:
        """Show the numbers of an update; those of phases to come are not there yet."""
        rows: dict[str, tuple[str, ...]] = {}
        self._marked = -1
        for place, each in enumerate(anatomy.phases if anatomy is not None else ()):
            numbers = tuple(map(written, each.value.tolist()))
            if place <= phase:
                rows[each.name] = numbers
            else:
                rows.setdefault(each.name, ("",) * len(numbers))
            if place == phase:
                self._marked = list(rows).index(each.name)
        is_larger = len(rows) != len(self._rows) or len(axes) != len(self._axes)
        self._rows, self._axes = tuple(rows.items()), axes
        self.setAccessibleName("; ".join(f"{name}: {', '.join(n)}" for name, n in self._rows))
        if is_larger:
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(_NAME + _NUMBER * len(self._axes)), px(_ROW * (len(self._rows) + 1)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), self._theme.px(84))

    @override
    def _paint(self, painter: QPainter) -> None:
        theme = self._theme
        row = min(float(theme.px(_LARGEST_ROW)), self.height() / max(len(self._rows) + 1, 1))
        painter.setFont(theme.number_font(min(theme.body, 0.82 * row / theme.scale)))
        metrics = QFontMetricsF(painter.font())
        name, number = theme.px(_NAME), theme.px(_NUMBER)
        painter.setPen(QColor(theme.muted))
        for axis, text in enumerate(self._axes):
            room = QRectF(name + axis * number, 0, number - 4, row)
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _RIGHT, short)
        for place, (text, numbers) in enumerate(self._rows):
            top = (place + 1) * row
            if place == self._marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.hover))
                painter.drawRoundedRect(QRectF(0, top, self.width(), row), 3, 3)
            painter.setPen(QColor(theme.text if any(numbers) else theme.muted))
            painter.drawText(QRectF(6, top, name, row), _LEFT, text)
            for axis, figure in enumerate(numbers):
                painter.drawText(QRectF(name + axis * number, top, number - 4, row), _RIGHT, figure)


def written(number: float) -> str:
    """A number in the width of a column."""
    if number != 0 and not 1e-3 <= abs(number) < 1e5:
        mantissa, _, power = f"{number:.2e}".partition("e")
        return f"{mantissa}e{int(power)}".replace("-", "−")
    return f"{number:.4g}".replace("-", "−")
