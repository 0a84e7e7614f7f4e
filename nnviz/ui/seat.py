"""A seat before the player: what one panel sees of it, nothing while nobody sees the panel.

A panel in another workspace, or folded away, is told of no pictures and so does no work; once it
is seen again it is told of the newest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from nnviz.runtime.frames import Picture
    from nnviz.ui.player import Player


class Seat(QObject):
    """The player for one panel; all but its pictures and beats is the player's own."""

    pictured = Signal(object)
    """There is a newer picture, and the panel is seen."""

    beat = Signal()
    """What moves by itself may move on, and the panel is seen."""

    def __init__(self, player: Player) -> None:
        """Let nothing through until a panel sits here and is seen."""
        super().__init__()
        self._player = player
        self._is_seen = False
        self._missed: Picture | None = None
        player.pictured.connect(self._on_pictured)
        player.beat.connect(self._on_beat)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the player has
        return getattr(self._player, name)

    def seat(self, panel: QWidget) -> None:
        """Let a panel sit here for as long as it lives."""
        self.setParent(panel)
        panel.installEventFilter(self)
        self._show_seen(seen=panel.isVisible())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._show_seen(seen=True)
        elif event.type() == QEvent.Type.Hide:
            self._show_seen(seen=False)
        return False

    def _show_seen(self, *, seen: bool) -> None:
        self._is_seen = seen
        if seen and self._missed is not None:
            missed, self._missed = self._missed, None
            self.pictured.emit(missed)

    def _on_pictured(self, picture: Picture) -> None:
        if self._is_seen:
            self.pictured.emit(picture)
        else:
            self._missed = picture

    def _on_beat(self) -> None:
        if self._is_seen:
            self.beat.emit()
