"""One of several things, from a menu."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override


class Choice(QComboBox):
    """Picks one of several keys, each shown by its label."""

    picked = Signal(str)
    """The person picked another key."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is for screen readers, `hint` one sentence for the tool tip."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{name}: {hint}")  # On Linux its name is what is picked.
        self.setToolTip(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(24)
        self._entries: tuple[tuple[str, str], ...] = ()
        self.activated.connect(self._on_activated)
        self._key: str | None = None

    @property
    def key(self) -> str | None:
        """The key shown, None when it is none of the choices."""
        return self._key

    def show_choices(self, entries: Iterable[tuple[str, str]]) -> None:
        """Offer these keys with their labels, silently; the same ones cost nothing."""
        offered = tuple(entries)
        if offered == self._entries:
            return
        self._entries = offered
        with QSignalBlocker(self):
            self.clear()
            for key, label in offered:
                self.addItem(label, key)
        self.show_key(self._key)

    def show_key(self, key: str | None) -> None:
        """Show a key, silently."""
        self._key = key
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(key) if key is not None else -1)

    @override
    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_activated(self, place: int) -> None:
        key = self.itemData(place)
        if key != self._key:
            self._key = key
            self.picked.emit(key)
