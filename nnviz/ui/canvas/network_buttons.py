"""The buttons inside the network: steps of layers and neurons, and a tile for each feature."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_frames import collar
from nnviz.ui.canvas.network_tiles import Atlas
from nnviz.ui.canvas.network_view import FeatureView
from nnviz.ui.canvas.pens import mix
from nnviz.ui.theme import Theme

STEP = 20
"""Side of a step button, in pixels before the theme's scale."""


class StepButton(QToolButton):
    """A small + or − button, drawn by itself so that it stays small under any style sheet."""

    def __init__(self, sign: str, says: str, theme: Theme, parent: QWidget) -> None:
        """`sign` is "+" or "−"; `says` is the tool tip and the accessible name."""
        super().__init__(parent)
        self._sign = sign
        self.setToolTip(says)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_theme(theme)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.setFixedSize(theme.px(STEP), theme.px(STEP))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with painting(self) as painter:
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(self._frame())
            painter.setBrush(self._fill())
            painter.drawRoundedRect(box, theme.px(5), theme.px(5))
            ink = QColor(theme.text if self.isEnabled() else theme.muted)
            ink.setAlphaF(1.0 if self.isEnabled() else 0.4)
            painter.setPen(QPen(ink, 1.6 * theme.scale))
            center, arm = box.center(), 4.0 * theme.scale
            painter.drawLine(center - QPointF(arm, 0), center + QPointF(arm, 0))
            if self._sign == "+":
                painter.drawLine(center - QPointF(0, arm), center + QPointF(0, arm))

    def _frame(self) -> QPen:
        if self.hasFocus():
            return QPen(QColor(self._theme.focus), 2 * self._theme.scale)
        return QPen(QColor(self._theme.line), self._theme.scale)

    def _fill(self) -> QColor:
        theme = self._theme
        if not self.isEnabled():
            return QColor(theme.panel)
        if self.isDown():
            return QColor(theme.line)
        return QColor(theme.hover if self.underMouse() else theme.field)


_GAP = 6  # Between a label and its tile.


def label_room(labels: Iterable[str], theme: Theme) -> float:
    """How wide the room beside the tiles must be for all labels, in pixels."""
    metrics = QFontMetricsF(theme.body_font())
    widest = max(map(metrics.horizontalAdvance, labels), default=0.0)
    return widest + theme.px(_GAP) + theme.px(2)


class FeatureTile(QAbstractButton):
    """An input feature: its map, clear when it is on and faint when it is off."""

    entered = Signal(int)
    """The pointer or the focus came to the tile of this place."""

    left = Signal(int)
    """The pointer or the focus left the tile of this place."""

    menu_asked = Signal(int, object)
    """The menu of the feature of this place is wanted at a global QPoint."""

    def __init__(self, place: int, theme: Theme, parent: QWidget) -> None:
        """`place` counts the features from 0."""
        super().__init__(parent)
        self._place = place
        self._theme = theme
        self._atlas: Atlas | None = None
        self._unit = place
        self._is_chosen = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.update()

    def show_feature(self, feature: FeatureView) -> None:
        """Be the tile of a feature; what a person typed is told in full."""
        name = feature.key if feature.is_own else feature.label
        self.setText(feature.label)
        self.setChecked(feature.is_on)
        self.setAccessibleName(f"Feature {name}")
        on, off = f"Take the input {name} from the network.", f"Give the network the input {name}."
        self.setToolTip(on if feature.is_on else off)

    def show_map(self, atlas: Atlas, unit: int) -> None:
        """Show the map of a unit."""
        self._atlas, self._unit = atlas, unit
        self.update()

    def show_chosen(self, is_chosen: bool) -> None:  # noqa: FBT001 - a state
        """Whether this unit is the one shown large."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.update()

    @override
    def nextCheckState(self) -> None:
        """The tile shows what the document says: it is not checked by the click itself."""

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit(self._place)

    @override
    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.left.emit(self._place)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self._place, event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_map(painter)
            self._paint_frame(painter)

    def _paint_map(self, painter: QPainter) -> None:
        if self._atlas is None:
            return
        side = self.height()
        painter.setOpacity(1.0 if self.isChecked() else 0.28)
        tile = QRectF(self.width() - side + 2, 2, side - 4, side - 4)
        painter.drawImage(tile, self._atlas.image, self._atlas.source(self._unit))
        painter.setOpacity(1.0)

    def _paint_frame(self, painter: QPainter) -> None:
        theme, side = self._theme, self.height()
        tile = QRectF(self.width() - side, 0, side, side)
        collar(painter, tile.adjusted(2, 2, -2, -2), self._frame_pen(), theme)
        painter.setPen(QColor(theme.text if self.isChecked() else theme.muted))
        font = theme.body_font()
        font.setPixelSize(min(font.pixelSize(), max(side - 2, theme.px(9))))
        painter.setFont(font)
        room = QRectF(0, 0, self.width() - side - theme.px(_GAP), side)
        right = Qt.TextElideMode.ElideRight
        said = QFontMetricsF(font).elidedText(self.text(), right, room.width())
        painter.drawText(room, _RIGHT, said)

    def _frame_pen(self) -> QPen:
        theme = self._theme
        if self.hasFocus():
            return QPen(QColor(theme.focus), 2.5 * theme.scale)
        if self._is_chosen or self.underMouse():
            return QPen(QColor(theme.text), 2 * theme.scale)
        if self.isChecked():
            return QPen(mix(theme.line, theme.text, 0.45), 1.5 * theme.scale)
        return QPen(mix(theme.line, theme.text, 0.1), 1.2 * theme.scale, Qt.PenStyle.DashLine)


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
