"""The frame around a panel: its title, and a way to fold it away to that title.

The panel is promised first and made when it is needed: what nobody looks at is not there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.icons import icon
from nnviz.ui.look import Look
from nnviz.ui.tab_order import line_up
from nnviz.ui.theme import Theme

BAR = 30
"""The height of a title bar, in pixels before scale."""

_GAP, _SIDE = 12, 16  # Around the title and its arrow; the arrow itself.

UNLIMITED = 16_777_215
"""Qt's largest size of a widget (QWIDGETSIZE_MAX)."""


class TitleBar(QAbstractButton):
    """A panel's title; a click or Enter folds the panel or brings it back."""

    def __init__(self, look: Look) -> None:
        """Lie above an open panel, without a title yet."""
        super().__init__()
        self._look = look
        self._upright = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_folded(folded=False, upright=False)

    def show_folded(self, *, folded: bool, upright: bool) -> None:
        """Tell what a click would do; an upright bar stands at the side of the window."""
        self._folded = folded
        self._upright = upright
        self.setAccessibleName(f"{self.text()}: {'unfold' if folded else 'fold'} this panel")
        self.setToolTip("Show the whole panel again." if folded else "Fold the panel away.")
        bar, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((bar, free) if upright else (free, bar)))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        bar = self._look.theme.px(BAR)
        metrics = QFontMetrics(self._look.theme.label_font())
        length = metrics.horizontalAdvance(self.text()) + self._look.theme.px(2 * _GAP + _SIDE)
        return QSize(bar, length) if self._upright else QSize(length, bar)

    @override
    def minimumSizeHint(self) -> QSize:
        bar = self._look.theme.px(BAR)
        return QSize(bar, bar)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with painting(self) as painter:
            self._paint_focus(painter, theme)
            if self._upright:
                painter.translate(self.width(), 0)
                painter.rotate(90)
            self._paint_title(painter, theme)

    def _paint_focus(self, painter: QPainter, theme: Theme) -> None:
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)

    def _paint_title(self, painter: QPainter, theme: Theme) -> None:
        length = self.height() if self._upright else self.width()
        bar, gap, side = theme.px(BAR), theme.px(_GAP), theme.px(_SIDE)
        painter.setFont(theme.label_font())
        painter.setPen(QColor(theme.text if self.underMouse() else theme.muted))
        name = QRectF(gap, 0, max(length - gap - side, 0), bar)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(name, left, self.text())
        if self._folded or self.underMouse() or self.hasFocus():
            arrow = icon("chevron-right" if self._folded else "chevron-down", theme.muted)
            place = QRectF(length - gap - side, (bar - side) / 2, side, side)
            arrow.paint(painter, place.toAlignedRect())


class PanelFrame(QFrame):
    """One panel on its own ground, under its title.

    A frame that is painted while its panel is still only promised lets it be made right after.
    """

    fold_asked = Signal(str)
    """The person clicked the title: the key of the panel."""

    def __init__(self, key: str, look: Look) -> None:
        """An empty frame for the panel of a key, which moves in by `promise` or `hold`."""
        super().__init__()
        self.key = key
        self._look = look
        self._sideways = False
        self._panel: QWidget | None = None
        self._make: Callable[[], QWidget] | None = None
        self._head: QWidget | None = None
        self._folded = False
        self.bar = TitleBar(look)
        self.bar.clicked.connect(self._on_clicked)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._top = QHBoxLayout()
        self._top.setSpacing(0)
        self._top.addWidget(self.bar)
        self._box.addLayout(self._top)
        self._box.addStretch(1)
        look.changed.connect(self._on_look_changed)

    @property
    def title(self) -> str:
        """What stands above the panel."""
        return self.bar.text()

    @property
    def panel(self) -> QWidget | None:
        """The panel inside, None before it has moved in."""
        return self._panel

    @property
    def is_folded(self) -> bool:
        """Whether only the title is to be seen."""
        return self._folded

    def promise(self, make: Callable[[], QWidget], title: str) -> None:
        """Show a title; the panel under it is made once somebody sees the frame whole."""
        self._make = make
        self.bar.setText(title)
        self.update()

    def fill(self) -> None:
        """Make the panel that was promised now, unless it is there or nobody would see it."""
        if self._make is not None and not self._folded:
            make, self._make = self._make, None
            self.hold(make(), self.title)

    def hold(self, panel: QWidget, title: str) -> None:
        """Let a panel move in under its title; its `head`, if it has one, stands beside that."""
        self._panel = panel
        self.bar.setText(title)
        theme = self._look.theme
        head = getattr(panel, "head", None)
        if isinstance(head, QWidget):
            self._head = head
            self._top.addWidget(head, 1)
        item = self._box.takeAt(1)
        del item
        room = QVBoxLayout()
        room.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(10))
        room.addWidget(panel)
        self._box.addLayout(room, 1)
        line_up(self.bar if self._head is None else line_up(self.bar, self._head), panel)
        self.show_folded(folded=self._folded, sideways=self._sideways)

    def show_folded(self, *, folded: bool, sideways: bool = False) -> None:
        """Fold the panel away to its title, or bring it back.

        Args:
            folded: whether only the title is to be seen.
            sideways: whether the title then stands upright at the side.
        """
        self._folded, self._sideways = folded, sideways
        upright = folded and sideways
        if self._panel is not None:
            self._panel.setVisible(not folded)
        if self._head is not None:
            self._head.setVisible(not folded)
            self._top.setContentsMargins(0, 0, 0 if folded else self._look.theme.px(12), 0)
        self.bar.show_folded(folded=folded, upright=upright)
        if self._head is not None and not folded:
            self.bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom)
        bar = self._look.theme.px(BAR) + 2
        self.setMaximumWidth(bar if upright else UNLIMITED)
        self.setMaximumHeight(bar if folded and not sideways else UNLIMITED)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._make is not None and not self._folded:
            QTimer.singleShot(0, self, self.fill)

    def _on_clicked(self) -> None:
        self.fold_asked.emit(self.key)

    def _on_look_changed(self) -> None:
        self.bar.updateGeometry()
        self.bar.update()
