"""One of a few things, all of them to be seen side by side."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting

_HEIGHT = 24
_ROOM = 16
_RADIUS = 5.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Segment(QAbstractButton):
    """One choice, raised while it is the chosen one."""

    def __init__(self, label: str, hint: str, parent: QWidget | None = None) -> None:
        """Begin as one that is not chosen."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(label)
        self.setToolTip(hint)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + _ROOM, _HEIGHT)

    @override
    def nextCheckState(self) -> None:
        """What is chosen is said from outside."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        roles, palette = QPalette.ColorRole, self.palette()
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked():
            painter.setPen(QPen(palette.color(roles.Mid), 1))
            painter.setBrush(palette.color(roles.Base))
            painter.drawRoundedRect(box, _RADIUS - 1, _RADIUS - 1)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(roles.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, _RADIUS - 1, _RADIUS - 1)
        is_clear = self.isChecked() or self.underMouse()
        painter.setPen(palette.color(roles.WindowText if is_clear else roles.PlaceholderText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segments(QWidget):
    """Picks one of a few keys, each shown by its label."""

    picked = Signal(str)
    """The person picked another key."""

    def __init__(
        self,
        name: str,
        entries: Iterable[tuple[str, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Offer entries of a key, a label and a hint; `name` is for screen readers."""
        super().__init__(parent)
        self._key = ""
        self._segments: dict[str, Segment] = {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box = QHBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        for key, label, hint in entries:
            segment = Segment(label, hint)
            segment.setAccessibleDescription(name)
            segment.clicked.connect(partial(self._pick, key))
            self._segments[key] = segment
            box.addWidget(segment)

    @property
    def key(self) -> str:
        """The key that is chosen."""
        return self._key

    @property
    def segments(self) -> dict[str, Segment]:
        """The choices by key."""
        return dict(self._segments)

    def show_key(self, key: str) -> None:
        """Show a key, silently."""
        self._key = key
        for each, segment in self._segments.items():
            segment.setChecked(each == key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [each for each, segment in self._segments.items() if segment.isEnabled()]
        at = min(max(keys.index(self._key) + step, 0), len(keys) - 1) if self._key in keys else 0
        self._segments[keys[at]].setFocus(Qt.FocusReason.OtherFocusReason)
        self._pick(keys[at])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Button))
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS + 1, _RADIUS + 1)

    def _pick(self, key: str, *_: object) -> None:
        if key != self._key:
            self.show_key(key)
            self.picked.emit(key)
