"""Points as the rows of a table, however many: a cell is written only when it is to be seen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from nnviz.engine.elementary import Floats
from nnviz.engine.splits import Indices
from nnviz.experiment.cells import LABEL
from nnviz.value import dataclass

Index = QModelIndex | QPersistentModelIndex

PART = 3
"""The column that says what a point is for."""

_ROOT = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a table shows: `numbers` of shape (4, points), and how to read them.

    The last row of numbers is 1 for points to train on and 0 for others; `class_names` are those of
    the labels, empty where labels are values.
    """

    headings: tuple[str, ...]
    numbers: Floats
    class_names: tuple[str, ...]


class PointsModel(QAbstractTableModel):
    """The points, sorted by any column; what is typed is told and changes nothing by itself."""

    typed = Signal(int, int, str)
    """The person typed into the cell of a point: its place, the column, the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No points yet."""
        super().__init__(parent)
        self._rows = Rows(("", "", "", ""), np.empty((4, 0)), ())
        self._order: Indices = np.empty(0, dtype=np.intp)
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def class_names(self) -> tuple[str, ...]:
        """The names that a class may have."""
        return self._rows.class_names

    def show_rows(self, rows: Rows) -> None:
        """Show points; as many as before stay in the order in which they stand."""
        if rows.numbers.shape == self._rows.numbers.shape and rows.headings == self._rows.headings:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, PART))
            return
        self.beginResetModel()
        self._rows = rows
        self._arrange()
        self.endResetModel()

    def places(self, first: int, last: int) -> Indices:
        """Which points stand in some rows, the last one included."""
        return self._order[first : last + 1]

    def row_of(self, place: int) -> int:
        """In which row a point stands."""
        return int(np.flatnonzero(self._order == place)[0])

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows.headings)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in _SHOWN:
            return self._said(int(self._order[index.row()]), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(index.column()):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index, role):
            return False
        self.typed.emit(int(self._order[index.row()]), index.column(), str(value))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual if index.column() == PART else usual | Qt.ItemFlag.ItemIsEditable

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._rows.headings[section]
        return f"{self._order[section] + 1:,}"

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self._order
        self._sorted = column, order
        self._arrange()
        rows = np.empty(len(before), dtype=np.intp)
        rows[self._order] = np.arange(len(before))
        old = self.persistentIndexList()
        moved = [self.index(int(rows[before[each.row()]]), each.column()) for each in old]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        column, order = self._sorted
        numbers = self._rows.numbers
        if column < 0:
            self._order = np.arange(numbers.shape[1])
            return
        is_down = order == Qt.SortOrder.DescendingOrder
        keys = -numbers[column] if is_down else numbers[column]
        self._order = np.argsort(keys, kind="stable")

    def _is_number(self, column: int) -> bool:
        return column < LABEL or (column == LABEL and not self._rows.class_names)

    def _said(self, place: int, column: int) -> str:
        number = float(self._rows.numbers[column, place])
        if column == PART:
            return "train" if number else "test"
        if self._is_number(column):
            return f"{number:.6g}".replace("-", "\u2212")
        return self._rows.class_names[int(number)]
