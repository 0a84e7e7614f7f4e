"""One of several pictures: a grid of thumbnails in named groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.ui.brush import painting
from nnviz.ui.controls.text import Caption
from nnviz.value import dataclass

_RADIUS = 5.0
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class Choosable:
    """One choice: its key, its name, what to say of it, and the group it stands in."""

    key: str
    label: str
    hint: str
    group: str


class Thumbnail(QAbstractButton):
    """One picture to pick."""

    def __init__(self, label: str, hint: str, side: int, parent: QWidget | None = None) -> None:
        """Start without a picture."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setToolTip(hint)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(side, side)
        self._pixmap: QPixmap | None = None

    @property
    def pixmap(self) -> QPixmap | None:
        """The picture, None before there is one."""
        return self._pixmap

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Take the picture."""
        self._pixmap = pixmap
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        inside = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        path = QPainterPath()
        path.addRoundedRect(inside, _RADIUS, _RADIUS)
        painter.setClipPath(path)
        painter.fillPath(path, self.palette().color(QPalette.ColorRole.AlternateBase))
        if self._pixmap is not None:
            painter.drawPixmap(inside.toRect(), self._pixmap)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)

    def _edge(self) -> QPen:
        accent = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        if self.isChecked():
            return QPen(accent, 2.5)
        if self.hasFocus():
            return QPen(accent, 1.5, Qt.PenStyle.DotLine)
        return QPen(self.palette().color(QPalette.ColorRole.Mid), 1)


class ThumbnailGrid(QWidget):
    """Picks one of several pictures."""

    picked = Signal(str)
    """The person picked another key."""

    def __init__(
        self,
        pictures: Iterable[Choosable],
        *,
        columns: int = 4,
        side: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the pictures by group, in order; `side` is the size of one in pixels."""
        super().__init__(parent)
        self._columns = columns
        self._side = side
        self._key: str | None = None
        self._buttons: dict[str, Thumbnail] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        groups: dict[str, list[Choosable]] = {}
        for picture in pictures:
            groups.setdefault(picture.group, []).append(picture)
        room = 0
        band = QHBoxLayout()
        for name, chosen in groups.items():
            if len(chosen) > room:
                band, room = self._new_band(), columns
            band.insertLayout(band.count() - 1, self._new_group(name, chosen))
            room -= len(chosen)
        self._band, self._room = band, room

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in order."""
        return tuple(self._buttons)

    @property
    def picture_side(self) -> int:
        """How large a pixmap is drawn, in pixels."""
        return self._side - 6

    @property
    def is_blank(self) -> bool:
        """Whether there is a choice without its picture."""
        return any(button.pixmap is None for button in self._buttons.values())

    def add_group(self, name: str, buttons: Sequence[QWidget]) -> None:
        """Let buttons of another kind stand beside the last group, or below where there is none."""
        if len(buttons) > self._room:
            self._band, self._room = self._new_band(), self._columns
        group = QVBoxLayout()
        group.setSpacing(4)
        group.addWidget(Caption(name))
        line = QHBoxLayout()
        line.setSpacing(4)
        for each in buttons:
            line.addWidget(each)
        group.addLayout(line)
        self._band.insertLayout(self._band.count() - 1, group)

    def button(self, key: str) -> Thumbnail:
        """The thumbnail of a key."""
        return self._buttons[key]

    def show_key(self, key: str | None) -> None:
        """Mark the picture of a key, silently."""
        self._key = key
        for each, button in self._buttons.items():
            button.setChecked(each == key)

    def show_pixmap(self, key: str, pixmap: QPixmap) -> None:
        """Take the picture of a key."""
        self._buttons[key].show_pixmap(pixmap)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }.get(Qt.Key(event.key()))
        focused = [place for place, each in enumerate(self._buttons.values()) if each.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        target = min(max(focused[0] + step, 0), len(self._buttons) - 1)
        list(self._buttons.values())[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_band(self) -> QHBoxLayout:
        """A place for groups side by side, with some room above it."""
        if self._layout.count():
            self._layout.addSpacing(6)
        band = QHBoxLayout()
        band.setSpacing(4)
        band.addStretch(1)
        self._layout.addLayout(band)
        return band

    def _new_group(self, name: str, pictures: Iterable[Choosable]) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, picture in enumerate(pictures):
            button = Thumbnail(picture.label, picture.hint, self._side)
            button.clicked.connect(partial(self._on_clicked, picture.key))
            grid.addWidget(button, place // self._columns, place % self._columns)
            self._buttons[picture.key] = button
        grid.setColumnStretch(self._columns, 1)
        group = QVBoxLayout()
        group.setSpacing(4)
        group.addWidget(Caption(name))
        group.addLayout(grid)
        return group

    def _on_clicked(self, key: str, *_: object) -> None:
        changed = key != self._key
        self.show_key(key)
        if changed:
            self.picked.emit(key)
