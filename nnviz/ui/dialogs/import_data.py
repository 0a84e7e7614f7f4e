"""Where the columns of a table become points: what was found, to be looked at and changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from nnviz.experiment.columns import (
    SCALINGS,
    Imported,
    Plan,
    points_from,
    scaling_said,
)
from nnviz.experiment.sheet import Sheet
from nnviz.mistake import Mistake
from nnviz.ui.canvas.thumbnail import dataset_thumbnail
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import column, named, row
from nnviz.ui.controls.switch import Switch
from nnviz.ui.errand import Errand
from nnviz.ui.theme import Theme

AT_ONCE = 10_000
"""So many rows are read while the window waits; more, while it goes on."""

_ROWS = 6
_SIDE = 168
_COLUMNS = (
    ("x1", "x₁", "The column that runs to the right."),
    ("x2", "x₂", "The column that runs upwards."),
    ("label", "Class or value", "The column that the network should learn to say."),
)
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", " ": "space", "|": "bar"}


class ImportDialog(QDialog):
    """The first rows of a table, the columns that are meant, and the points they make."""

    picked = Signal(object)
    """The person wants these points, as an `Imported`."""

    def __init__(
        self, sheet: Sheet, plan: Plan, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Show a table with the columns that are most likely meant."""
        super().__init__(parent)
        self.setWindowTitle("Import data")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sheet, self._theme = sheet, theme
        self._plan = plan
        self._made: Imported | None = None
        self._errand: Errand | None = None
        self._make()
        self._lay_out()
        self._show()

    def _make(self) -> None:
        header = list(enumerate(self._sheet.header))
        self.columns: dict[str, Choice] = {}
        for field, label, hint in _COLUMNS:
            self.columns[field] = choice = Choice(label, hint)
            choice.show_choices((str(index), name) for index, name in header)
            choice.picked.connect(partial(self._on_column_picked, field))
        self.kind = Choice("Kind", "Whether the last column names classes or holds values.")
        self.kind.show_choices((("classes", "Classes"), ("values", "Values")))
        self.kind.picked.connect(self._on_kind_picked)
        self.scaling = Choice("Scale", "Which of the numbers fill the picture.")
        self.scaling.show_choices((("", "Automatic"), *SCALINGS))
        self.scaling.picked.connect(self._on_scaling_picked)
        self.skips = Switch("Skip rows that cannot be read", "Learn from the other rows.")
        self.skips.show_on(True)  # noqa: FBT003 - the state
        self.skips.picked.connect(self._show_ready)
        self.parts = Switch("Keep the parts", "Train and test on the points that “part” names.")
        self.parts.setHidden(self._plan.part is None)
        self.parts.show_on(True)  # noqa: FBT003 - the state
        self.parts.picked.connect(self._on_parts_picked)
        self._part = self._plan.part
        self.picture = QLabel()
        self.picture.setFixedSize(_SIDE, _SIDE)
        self.picture.setAccessibleName("The points as a picture")
        self.verdict = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.verdict.setMinimumHeight(76)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Cancel)
        self.buttons.button(button.Ok).setText("Import")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        separator = _SEPARATORS[self._sheet.separator]
        found = f"{len(self._sheet.rows):,} rows · {self._sheet.encoding} · parted by {separator}"
        told = QLabel(f"{self._sheet.name}: {found}", textFormat=Qt.TextFormat.PlainText)
        choices = [named(label, self.columns[field]) for field, label, _ in _COLUMNS]
        choices += [named("Kind", self.kind), named("Scale", self.scaling)]
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(12)
        box.addWidget(told)
        box.addWidget(self._table())
        box.addLayout(row(*choices))
        line = row(spacing=16)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        words = column(self.verdict, 1)
        words.addLayout(row(self.skips, self.parts, 1, spacing=24))
        line.addLayout(words, 1)
        box.addLayout(line)
        box.addWidget(self.buttons)
        self.resize(640, 0)

    def _table(self) -> QTableWidget:
        rows = self._sheet.rows[:_ROWS]
        table = QTableWidget(len(rows), len(self._sheet.header))
        table.setHorizontalHeaderLabels(self._sheet.header)
        table.setVerticalHeaderLabels([str(line) for line, _ in rows])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setAccessibleName("The first rows")
        for y, (_, cells) in enumerate(rows):
            for x, cell in enumerate(cells[: table.columnCount()]):
                table.setItem(y, x, QTableWidgetItem(cell.strip()[:60]))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setFixedHeight(30 * (len(rows) + 1) + 14)
        return table

    def _show(self, *_: object) -> None:
        plan = self._plan
        for field, choice in self.columns.items():
            choice.show_key(str(getattr(plan, field)))
        self.kind.show_key("classes" if plan.has_classes else "values")
        self.scaling.show_key(plan.scaling)
        self._made = None
        if len(self._sheet.rows) > AT_ONCE:
            self._send_for_points()
            return
        try:
            made = points_from(self._sheet, plan)
        except Mistake as mistake:
            self._on_refused(str(mistake))
        else:
            self._on_made(made)

    def _send_for_points(self) -> None:
        """Read so many rows that the window would stand still for it."""
        self._give_up()
        self.verdict.setText(f"Reading {len(self._sheet.rows):,} rows…")
        self._show_ready()
        self._errand = Errand(partial(points_from, self._sheet, self._plan), self)
        self._errand.done.connect(self._on_made)
        self._errand.refused.connect(self._on_refused)

    def _give_up(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
            self._errand.deleteLater()
            self._errand = None

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._give_up()
        super().hideEvent(event)

    def _on_refused(self, why: str) -> None:
        self.verdict.setText(why)
        self._show_ready()

    def _on_made(self, made: Imported) -> None:
        self._made = made
        self._show_made(made)
        self._show_ready()

    def _show_ready(self, *_: object) -> None:
        is_good = self._made is not None and (self.skips.isChecked() or not self._made.faults)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_good)

    def _show_made(self, made: Imported) -> None:
        own = made.own
        kind = f"{len(own.class_names)} classes" if own.class_names else "values"
        lines = [f"{len(own):,} points, {kind}. {scaling_said(own)}.", *made.notes]
        if made.faults:
            more = f" and {made.fault_count - len(made.faults):,} more"
            shown = "; ".join(made.faults) + (more if made.fault_count > len(made.faults) else "")
            what = "One row" if made.fault_count == 1 else f"{made.fault_count:,} rows"
            lines.append(f"{what} cannot be read: {shown}.")
        self.verdict.setText("\n".join(lines))
        points, labels = np.column_stack([own.x1, own.x2]), np.array(own.labels)
        classes = len(own.class_names)
        self.picture.setPixmap(dataset_thumbnail(points, labels, classes, self._theme, _SIDE))

    def _on_column_picked(self, field: str, key: str) -> None:
        changes: dict[str, Any] = {field: int(key)}
        self._plan = replace(self._plan, **changes)
        self._show()

    def _on_kind_picked(self, key: str) -> None:
        self._plan = replace(self._plan, has_classes=key == "classes")
        self._show()

    def _on_scaling_picked(self, key: str) -> None:
        self._plan = replace(self._plan, scaling=key)
        self._show()

    def _on_parts_picked(self, on: bool) -> None:  # noqa: FBT001 - a value, not a switch
        self._plan = replace(self._plan, part=self._part if on else None)
        self._show()

    def _on_accepted(self) -> None:
        made = self._made
        self.accept()
        if made is not None:
            self.picked.emit(made)
