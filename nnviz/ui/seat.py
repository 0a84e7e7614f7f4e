"""A seat before the player: what one panel sees of it, nothing while nobody sees the panel.

A panel in another workspace, or folded away, is told of no pictures and so does no work; once it
is seen again it is told of the newest. What is to be read is told by turns while a run plays, and
never later than a moment after its picture came.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from nnviz.ui.turns import SELDOM_S, Turns

if TYPE_CHECKING:
    from nnviz.runtime.frames import Picture
    from nnviz.ui.player import Player


class Seat(QObject):
    """The player for one panel; all but its pictures and beats is the player's own."""

    pictured = Signal(object)
    """There is a newer picture, and the panel is seen."""

    reported = Signal(object)
    """There is a newer picture to read numbers off, and it is the panel's turn."""

    beat = Signal()
    """What moves by itself may move on, and the panel is seen."""

    def __init__(self, player: Player, turns: Turns | None = None, turn: int = 0) -> None:
        """Let nothing through until a panel sits here and is seen.

        Args:
            player: whose pictures are told.
            turns: shared by the seats of a window; without it a panel need not wait.
            turn: which of them is the panel's.
        """
        super().__init__()
        self._player = player
        self._turns, self._turn = turns, turn
        self._is_seen = False
        self._missed: Picture | None = None
        self._unread: Picture | None = None
        self._came = 0.0
        player.pictured.connect(self._on_pictured)
        player.reported.connect(self._on_reported)
        player.beat.connect(self._on_beat)
        player.state_changed.connect(self._on_state_changed)

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
        if seen:
            self._report()

    def _on_pictured(self, picture: Picture) -> None:
        if self._is_seen:
            self.pictured.emit(picture)
        else:
            self._missed = picture

    def _on_reported(self, picture: Picture) -> None:
        if self._unread is None:
            self._came = monotonic()
        self._unread = picture
        must_wait = self._turns is not None and self._player.is_playing
        if not must_wait or (self._turns and self._turns.is_up(self._turn, picture)):
            self._report()

    def _report(self) -> None:
        if self._is_seen and self._unread is not None:
            unread, self._unread = self._unread, None
            self.reported.emit(unread)

    def _on_beat(self) -> None:
        if self._is_seen:
            self.beat.emit()
            if monotonic() - self._came >= SELDOM_S:
                self._report()

    def _on_state_changed(self) -> None:
        if not self._player.is_playing:
            self._report()
