"""Who races, line by line: as many as there are, the list scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.ui.controls.racer_row import RacerRow
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One who may race: by which name, and whether it does."""

    name: str
    on: bool


class Roster(QScrollArea):
    """A line for each, in their order; those that sit out are pale."""

    switched = Signal(int, bool)
    """The person switched the entry at a place on or off."""

    knobs_asked = Signal(int)
    """The person wants to see the settings of the entry at a place."""

    studied = Signal(int)
    """The person wants to look inside the entry at a place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nobody is there yet."""
        super().__init__(parent)
        self.rows: list[RacerRow] = []
        self._entries: tuple[Entry, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._studied: int | None = None
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show who is there, silently."""
        entries = tuple(entries)
        if entries == self._entries:
            return
        self._entries = entries
        while len(self.rows) < len(entries):
            self._add_row()
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(entries))
        for row, entry in zip(self.rows, entries, strict=False):
            row.show_name(entry.name)
            row.show_on(on=entry.on)
        self.show_studied(self._studied)
        self.updateGeometry()

    def show_studied(self, place: int | None) -> None:
        """Show which entry is looked inside, None where none is."""
        self._studied = place
        for at, row in enumerate(self.rows):
            row.show_studied(may=place is not None, on=at == place)

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Have a column of numbers in every line for each of these widths."""
        self._widths = widths
        for row in self.rows:
            row.show_widths(widths)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._lines.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, min(96, self.sizeHint().height()))

    def _add_row(self) -> None:
        place, row = len(self.rows), RacerRow("")
        row.picked.connect(partial(self.switched.emit, place))
        row.knobs_asked.connect(partial(self.knobs_asked.emit, place))
        row.studied.connect(partial(self.studied.emit, place))
        row.show_widths(self._widths)
        self._lines.insertWidget(place, row)
        self.rows.append(row)
