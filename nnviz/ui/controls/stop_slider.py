"""One of several things on a slider: a stop for each, its picture in the thumb."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nnviz.ui.controls.layout import NAME
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.controls.track import Track
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """One choice: its key, its name, and how the small picture in the thumb is made."""

    key: str
    label: str
    picture: Callable[[], QPixmap]


class StopSlider(QWidget):
    """Picks one of several keys by dragging a thumb that shows what it stands at."""

    picked = Signal(str)
    """The person moved to another stop."""

    settled = Signal()
    """The person let go: the picks since the last time are one change."""

    def __init__(
        self,
        label: str,
        default: str,
        *,
        hint: str,
        widest: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Start without stops.

        Args:
            label: its name, shown in small capitals.
            default: the key that a double click goes back to.
            hint: one sentence for the tool tip.
            widest: the longest label there can be, to keep room for.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._default = default
        self._stops: tuple[Stop, ...] = ()
        self._place = 0
        self._name = Figure(widest)
        self._track = Track()
        self._track.setAccessibleName(label)
        self.setFocusProxy(self._track)
        self.setToolTip(hint)
        self._lay_out(label)
        self._connect()

    @property
    def track(self) -> Track:
        """The part that is dragged."""
        return self._track

    @property
    def key(self) -> str | None:
        """The key the thumb stands at."""
        return self._stops[self._place].key if self._stops else None

    def show_stops(self, stops: Sequence[Stop]) -> None:
        """Offer these stops from left to right, silently, keeping the key where it can be kept."""
        key = self.key
        self._stops = tuple(stops)
        self._track.show_stops(len(self._stops))
        self.show_key(key or self._default)

    def show_key(self, key: str) -> None:
        """Move to a key, silently; an unknown one leaves the thumb where it is."""
        for place, stop in enumerate(self._stops):
            if stop.key == key:
                self._show_place(place)

    def _lay_out(self, label: str) -> None:
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addStrut(NAME)
        top.addWidget(Caption(label))
        top.addWidget(self._name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._track)

    def _connect(self) -> None:
        self._track.dragged.connect(self._on_dragged)
        self._track.nudged.connect(self._on_stepped)
        self._track.leapt.connect(self._on_stepped)
        self._track.ended.connect(self._on_ended)
        self._track.reset_asked.connect(self._on_reset_asked)
        self._track.settled.connect(self.settled)

    def _on_dragged(self, turn: float) -> None:
        self._pick(round(turn * (len(self._stops) - 1)))

    def _on_stepped(self, direction: int) -> None:
        self._pick(self._place + direction)

    def _on_ended(self, direction: int) -> None:
        self._pick(0 if direction < 0 else len(self._stops) - 1)

    def _on_reset_asked(self) -> None:
        keys = [stop.key for stop in self._stops]
        self._pick(keys.index(self._default))

    def _pick(self, place: int) -> None:
        place = min(max(place, 0), len(self._stops) - 1)
        if place != self._place:
            self._show_place(place)
            self.picked.emit(self._stops[place].key)

    def _show_place(self, place: int) -> None:
        self._place = place
        stop = self._stops[place]
        self._name.show_text(stop.label)
        self._track.show_turn(place / max(1, len(self._stops) - 1))
        self._track.show_card(stop.picture())
        self._track.setAccessibleDescription(stop.label)
