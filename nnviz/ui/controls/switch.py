"""Something that is on or off."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting

_PILL = QSize(28, 16)
_GAP = 8


class Switch(QAbstractButton):
    """A pill that slides, with its name beside it."""

    picked = Signal(bool)
    """The person switched it on or off."""

    def __init__(self, label: str, hint: str, parent: QWidget | None = None) -> None:
        """Start switched off."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(label)
        self.setAccessibleName(label)
        self.setToolTip(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.picked)

    def show_on(self, on: bool) -> None:  # noqa: FBT001 - the state itself
        """Show it on or off, silently."""
        with QSignalBlocker(self):
            self.setChecked(on)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = _PILL.width() + _GAP + metrics.horizontalAdvance(self.text()) + 4
        return QSize(width, max(_PILL.height(), metrics.height()) + 6)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_pill(painter)
            self._paint_label(painter)

    def _paint_pill(self, painter: QPainter) -> None:
        on = self.isChecked()
        pill = QRectF(2, (self.height() - _PILL.height()) / 2, _PILL.width(), _PILL.height())
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        if self.hasFocus():
            halo = QColor(accent)
            halo.setAlphaF(0.35)
            painter.setPen(QPen(halo, 4))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent if on else self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        knob_x = pill.right() - pill.height() / 2 if on else pill.left() + pill.height() / 2
        painter.drawEllipse(QPointF(knob_x, pill.center().y()), 6, 6)

    def _paint_label(self, painter: QPainter) -> None:
        role = QPalette.ColorRole.WindowText if self.isEnabled() else QPalette.ColorRole.Mid
        painter.setPen(self.palette().color(role))
        place = self.rect().adjusted(_PILL.width() + _GAP + 2, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
