"""How many points there are of each class, to train on and to test on: two stacked bars."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.markers import class_shape, marker
from nnviz.ui.canvas.pens import mix, veil
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_BAR = 20
_GAP = 4
_SIDE = 40
_MARKER = 9


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts by class, to train on and to test on; without names there is one count in each."""

    names: tuple[str, ...]
    train: tuple[int, ...]
    test: tuple[int, ...]

    @property
    def text(self) -> str:
        """All of it in words, a line for each class."""
        lines = [f"{sum(self.train):,} to train · {sum(self.test):,} to test"]
        for name, train, test in zip(self.names, self.train, self.test, strict=False):
            lines.append(f"{name}: {train:,} · {test:,}")
        return "\n".join(lines)


class BalanceBars(Drawing):
    """A bar of the points to train on above one of those to test on, parted by class."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(theme, parent)
        self._balance = Balance((), (), ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Points by class")

    @property
    def balance(self) -> Balance:
        """What it shows."""
        return self._balance

    def show_balance(self, balance: Balance) -> None:
        """Show other counts."""
        self._balance = balance
        self.setAccessibleDescription(balance.text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(2 * _BAR + _GAP))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._balance.text, self)
            return True
        return super().event(event)

    @override
    def _paint(self, painter: QPainter) -> None:
        theme, balance = self._theme, self._balance
        most = max(sum(balance.train), sum(balance.test), 1)
        rows = (("train", balance.train), ("test", balance.test))
        for place, (name, counts) in enumerate(rows):
            top = place * theme.px(_BAR + _GAP)
            room = QRectF(0, top, self.width(), theme.px(_BAR))
            painter.setFont(theme.label_font())
            painter.setPen(QColor(theme.muted))
            painter.drawText(room, int(_LEFT), name)
            room.setLeft(theme.px(_SIDE))
            self._paint_bar(painter, room, counts, room.width() / most)

    def _paint_bar(
        self, painter: QPainter, room: QRectF, counts: tuple[int, ...], scale: float
    ) -> None:
        """Paint counts side by side; `scale` is how wide one point is."""
        theme, left = self._theme, room.left()
        is_filled = room.top() == 0
        for place, count in enumerate(counts):
            part = QRectF(left, room.top(), count * scale, room.height())
            left += part.width()
            part.adjust(0.5, 2, -1.5, -2)
            if part.width() < 1:
                continue
            color = theme.classes[place % len(theme.classes)] if len(counts) > 1 else theme.muted
            painter.setPen(QColor(color))
            painter.setBrush(
                veil(color, 0.35 if theme.is_dark else 0.25) if is_filled else Qt.BrushStyle.NoBrush
            )
            painter.drawRoundedRect(part, 2, 2)
            self._write(painter, part, (place if len(counts) > 1 else None, count))

    def _write(self, painter: QPainter, part: QRectF, said: tuple[int | None, int]) -> None:
        """Write a count into its part, with the marker of its class, as far as there is room."""
        theme, (place, count) = self._theme, said
        painter.setFont(theme.number_font(theme.label_size))
        text = f"{count:,}"
        width = painter.fontMetrics().horizontalAdvance(text)
        mark = theme.px(_MARKER) if place is not None else 0
        if place is not None and part.width() > mark + 4:
            has_text = part.width() > mark + width + theme.px(10)
            x = part.left() + theme.px(4) + mark / 2 if has_text else part.center().x()
            painter.setBrush(mix(theme.classes[place % 8], theme.text, 0.15))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPath(marker(class_shape(place), QPointF(x, part.center().y()), mark - 1))
        if part.width() > mark + width + theme.px(10):
            painter.setPen(QColor(theme.text))
            painter.drawText(part.adjusted(mark + theme.px(4), 0, 0, 0), int(_CENTER), text)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
