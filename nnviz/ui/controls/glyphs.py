"""Picks one of a few looks, each shown as it is: a color, a shape, a dash."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.value import dataclass

_SIDE = 20
_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Look:
    """What a button shows: a shape in a color, or without a shape a line with a dash."""

    name: str
    color: str
    path: QPainterPath | None = None
    dash: tuple[float, ...] = ()


class Glyph(QAbstractButton):
    """One look, framed while it is the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = Look("", "#808080")

    def show_look(self, look: Look) -> None:
        """Show a look, silently."""
        self._look = look
        self.setToolTip(f"{look.name}.")
        self.setAccessibleName(look.name)
        self.update()

    @override
    def nextCheckState(self) -> None:
        """What is chosen is said from outside."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        roles, palette = QPalette.ColorRole, self.palette()
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.isChecked() or self.hasFocus():
            role = roles.Highlight if self.hasFocus() else roles.WindowText
            painter.setPen(QPen(palette.color(role), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        color, middle = QColor(self._look.color), QPointF(self.rect().center()) + QPointF(0.5, 0.5)
        if self._look.path is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPath(self._look.path.translated(middle))
            return
        pen = QPen(color, 2.0)
        if self._look.dash:
            pen.setDashPattern(list(self._look.dash))
        painter.setPen(pen)
        painter.drawLine(middle - QPointF(8, 0), middle + QPointF(8, 0))


class Glyphs(QWidget):
    """A few looks in rows, one of them chosen."""

    picked = Signal(int)
    """The person picked the look at a place."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Offer nothing yet; `name` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: list[Glyph] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(_COLUMNS, 1)

    def show_looks(self, looks: Sequence[Look], chosen: int) -> None:
        """Offer these, one of them chosen, silently."""
        while len(self.buttons) < len(looks):
            place, button = len(self.buttons), Glyph(self)
            button.clicked.connect(partial(self._on_clicked, place))
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self.buttons.append(button)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(looks))
        for place, (button, look) in enumerate(zip(self.buttons, looks, strict=False)):
            button.show_look(look)
            with QSignalBlocker(button):
                button.setChecked(place == chosen)

    def _on_clicked(self, place: int) -> None:
        self.picked.emit(place)
