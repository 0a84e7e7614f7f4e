"""Who races, line by line, and below them those who could."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.controls.racer_row import RacerRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One who may race: of which kind, by which name, and whether it does."""

    kind: str
    name: str
    on: bool


class Roster(QScrollArea):
    """A line for each that races; those that sit out, and kinds of which none is there, below."""

    switched = Signal(int, bool)
    """The person switched the entry at a place on or off."""

    knobs_asked = Signal(int)
    """The person wants to see the settings of the entry at a place."""

    added = Signal(str)
    """The person wants one more, of this kind."""

    def __init__(self, kinds: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Offer kinds by their names; nobody is there yet."""
        super().__init__(parent)
        self.rows: list[RacerRow] = []
        self.kinds = {key: RacerRow(name) for key, name in kinds.items()}
        for key, each in self.kinds.items():
            each.show_on(on=False)
            each.picked.connect(partial(self._on_kind_picked, key))
        self._entries: tuple[Entry, ...] | None = None
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.show_entries(())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show who is there, silently."""
        entries = tuple(entries)
        if entries == self._entries:
            return
        self._entries = entries
        while len(self.rows) < len(entries):
            self._add_row()
        for row, entry in zip(self.rows, entries, strict=False):
            row.show_name(entry.name)
            row.show_on(on=entry.on)
        self._arrange(entries)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._grid.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, min(96, self.sizeHint().height()))

    def _add_row(self) -> None:
        place, row = len(self.rows), RacerRow("")
        row.picked.connect(partial(self.switched.emit, place))
        row.knobs_asked.connect(partial(self.knobs_asked.emit, place))
        self.rows.append(row)

    def _on_kind_picked(self, key: str, _on: bool) -> None:  # noqa: FBT001 - the state
        self.kinds[key].show_on(on=False)
        self.added.emit(key)

    def _arrange(self, entries: tuple[Entry, ...]) -> None:
        for each in (*self.rows, *self.kinds.values()):
            self._grid.removeWidget(each)
            each.hide()
        there = {entry.kind for entry in entries}
        pairs = list(zip(self.rows, entries, strict=False))
        racing = [row for row, entry in pairs if entry.on]
        waiting = [row for row, entry in pairs if not entry.on]
        waiting += [row for key, row in self.kinds.items() if key not in there]
        for line, each in enumerate(racing):
            self._grid.addWidget(each, line, 0, 1, 2)
        for place, each in enumerate(waiting):
            self._grid.addWidget(each, len(racing) + place // 2, place % 2)
        for each in (*racing, *waiting):
            each.show()
        for before, after in zip((*racing, *waiting), (*racing, *waiting)[1:], strict=False):
            QWidget.setTabOrder(before.gear, after.line)
