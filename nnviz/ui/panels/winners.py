"""The winners panel: where the main run and its rivals stand, in numbers."""

from __future__ import annotations

import math
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment, View
from nnviz.knob import knobs
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Picture
from nnviz.runtime.standings import CRITERIA, Standing, Standings
from nnviz.ui.canvas.multiple import line_swatch
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.number_field import NumberField
from nnviz.ui.controls.numbers import PLAIN
from nnviz.ui.controls.text import Caption, tabular
from nnviz.ui.parts import Parts
from nnviz.ui.racers import entrant_style
from nnviz.ui.theme import Theme

_COLUMNS = ("Run", "Epoch", "Train", "Test", "Accuracy", "Goal")
_HINTS = (
    "The main run and its rivals.",
    "The epoch that one who joined on the way has come to.",
    "The loss on the training data; the least wins.",
    "The loss on the test data; the least wins.",
    "The share of points classified rightly; the greatest wins.",
    "The first epoch at which the test loss was at most the goal; the earliest wins.",
)
_EPOCH = 1
"""The column of epochs, which is shown while somebody is late."""

_WON = "★"
_WIDEST = ("", "00000", f"{_WON} 0.0000", f"{_WON} 0.0000", f"{_WON} 100.0 %", f"{_WON} 00000")
"""The columns keep room for these: no number moves them, and none is cut."""

_ROW_HEIGHT, _ROOM = 22, 8


class WinnersPanel(QWidget):
    """A table of entrants with a star at the best number of each column, and the goal."""

    key: ClassVar[str] = "winners"

    told = Signal(str)
    """What could not be taken, in a sentence."""

    def __init__(self, parts: Parts) -> None:
        """Show where everybody stands in the newest picture."""
        super().__init__()
        self._store = parts.store
        self._theme = parts.look.theme
        self._standings = Standings()
        self._picture: Picture | None = None
        self.table = QTableWidget(0, len(_COLUMNS))
        self._cells: list[list[QTableWidgetItem]] = []
        self.goal = NumberField()
        self.goal.setAccessibleName("Goal: test loss")
        self.goal.setToolTip("The test loss that entrants race for; Return takes it.")
        self.goal.setFixedWidth(72)
        self._lay_out()
        parts.store.changed.connect(self._on_changed)
        parts.player.reported.connect(self._on_pictured)
        parts.look.changed.connect(self._on_look_changed)
        self.goal.typed.connect(self._on_goal_typed)
        self._show_goal(parts.store.experiment)
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _lay_out(self) -> None:
        self._prepare(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(Caption("Goal: test loss at most"), self.goal, 1))

    def _prepare(self, table: QTableWidget) -> None:
        table.setAccessibleName("Winners")
        for place, (name, hint) in enumerate(zip(_COLUMNS, _HINTS, strict=True)):
            head = QTableWidgetItem(name)
            head.setToolTip(hint)
            table.setHorizontalHeaderItem(place, head)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setIconSize(QSize(18, 14))
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        corner = table.findChild(QAbstractButton)
        if corner is not None:  # Qt gives it no focus of its own, and it selects nothing here.
            corner.setFocusProxy(table)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.view.goal != new.view.goal:
            self._show_goal(new)
            if self._picture is not None:
                self._on_pictured(self._picture)

    def _show_goal(self, experiment: Experiment) -> None:
        self.goal.show_text(PLAIN.write(experiment.view.goal))

    def _on_goal_typed(self, text: str) -> None:
        number = PLAIN.read(text)
        try:
            knobs(View)["goal"].check(number, "The goal")
        except Mistake as mistake:
            self.told.emit(str(mistake))
            return
        self.told.emit("")  # Whatever was wrong before is right now.
        self._store.edit("goal", partial(edits.with_view, goal=number))

    def _on_pictured(self, picture: Picture) -> None:
        self._picture = picture
        stood = self._standings.of(picture.frame, self._store.experiment.view.goal)
        self.table.setColumnHidden(_EPOCH, all(each.late is None for each in stood))
        if self.table.rowCount() != len(stood):
            self._make_rows(len(stood))
        with QSignalBlocker(self.table.model()):
            changed = [self._show_row(line, each) for line, each in enumerate(stood)]
        if any(changed):
            self.table.viewport().update()

    def _make_rows(self, count: int) -> None:
        self.table.setRowCount(count)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._cells = [[QTableWidgetItem() for _ in _COLUMNS] for _ in range(count)]
        for line, cells in enumerate(self._cells):
            for place, item in enumerate(cells):
                if place:
                    item.setTextAlignment(right)
                self.table.setItem(line, place, item)
        self._show_looks()

    def _show_looks(self) -> None:
        header, metrics = self.table.horizontalHeader(), QFontMetrics(self._font(won=True))
        for place, text in enumerate(_WIDEST[1:], start=1):
            least = header.sectionSizeHint(place)
            header.resizeSection(place, max(metrics.horizontalAdvance(text) + _ROOM, least))
        for line, cells in enumerate(self._cells):
            cells[0].setIcon(QIcon(line_swatch(entrant_style(line, self._theme))))

    def _show_row(self, line: int, standing: Standing) -> bool:
        late = "" if standing.late is None else str(standing.late)
        texts = (standing.brief, late, *(_text(standing, each) for each in CRITERIA))
        hints = (standing.name, *texts[1:])
        changed = False
        for item, text, hint in zip(self._cells[line], texts, hints, strict=True):
            if item.toolTip() != hint:
                item.setToolTip(hint)
            if item.text() != text:
                changed = True
                item.setText(text)
                item.setFont(self._font(won=text.startswith(_WON)))
        return changed

    def _font(self, *, won: bool) -> QFont:
        font = tabular(self.table.font())
        font.setBold(won)
        return font

    def _on_look_changed(self, theme: Theme) -> None:
        self._theme = theme
        self._show_looks()


def _text(standing: Standing, criterion: str) -> str:
    value = getattr(standing, criterion)
    if not math.isfinite(value):
        return "–"
    star = f"{_WON} " if criterion in standing.wins else ""
    if criterion == "accuracy":
        return f"{star}{100.0 * value:.1f} %"
    if criterion == "epochs":
        return f"{star}{int(value)}"
    return f"{star}{value:.4f}" if value < 1e3 else f"{star}{value:.2e}"
