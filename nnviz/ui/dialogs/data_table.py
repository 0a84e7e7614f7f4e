"""The points as a table: to be read, sorted, marked, changed and deleted, beside the window."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from nnviz.engine.splits import Indices
from nnviz.experiment import brush, cells, edits
from nnviz.experiment.build import points_in_force
from nnviz.experiment.data import dataset_of, label_of
from nnviz.experiment.points import OwnPoints
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.ui.controls.layout import row
from nnviz.ui.dialogs.points_model import Index, PointsModel, Rows
from nnviz.ui.parts import Parts

_ROW_HEIGHT = 26
_WHAT = "Double-click a cell to change it; what is changed becomes your own data."


class DataTableDialog(QDialog):
    """All points with their real numbers; the row that is chosen is marked in the output."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        """Show the points of the store's experiment."""
        super().__init__(parent)
        self.setWindowTitle("Data table")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store = parts.store
        self._is_typed = False
        self.model = PointsModel(self)
        self.table = QTableView()
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setProperty("tone", "muted")
        self.delete = QPushButton("Delete rows")
        self.delete.setToolTip("Take the points of the chosen rows away (Del).")
        self.delete.setAutoDefault(False)
        self._make_table()
        self._lay_out()
        self._connect()
        self._show(parts.store.experiment)

    def _make_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegateForColumn(cells.LABEL, ClassDelegate(table))
        table.setAccessibleName("Points")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setWordWrap(False)
        table.setCornerButtonEnabled(False)
        across, down = table.horizontalHeader(), table.verticalHeader()
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.setSortIndicatorClearable(True)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_HEIGHT)
        table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(self.table, 1)
        line = row(self.delete)
        line.insertWidget(0, self.told, 1)
        box.addLayout(line)
        self.resize(520, 560)

    def _connect(self) -> None:
        self.model.typed.connect(self._on_typed)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.selectionModel().selectionChanged.connect(self._show_delete)
        self.delete.clicked.connect(self._on_delete)
        self._store.changed.connect(self._on_changed)
        for keys, act in (
            (QKeySequence.StandardKey.Delete, self._on_delete),
            (QKeySequence.StandardKey.Undo, self._store.undo),
            (QKeySequence.StandardKey.Redo, self._store.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.data is not new.data or old.training.rules is not new.training.rules:
            self._close_editor()
            self._show(new)

    def _close_editor(self) -> None:
        """What is being typed belongs to points that are other ones by now."""
        editor: QWidget | None = self.table.indexWidget(self.table.currentIndex())
        if editor is not None and not self._is_typed:
            self.table.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _show(self, experiment: Experiment) -> None:
        now, own = points_in_force(experiment), edits.own_of(experiment)
        is_train = np.zeros(len(own))
        is_train[now.train] = 1.0
        numbers = np.vstack([cells.numbers(own), is_train])
        self.model.show_rows(Rows((*cells.headings(own), "Part"), numbers, own.class_names))
        label = dataset_of(experiment.data).label if experiment.data.own is None else label_of(own)
        self._tell(f"{label}: {len(own):,} points, {len(now.train):,} to train on. {_WHAT}")
        self._show_delete()

    def _tell(self, text: str) -> None:
        self.told.setText(text)

    def _show_delete(self, *_: object) -> None:
        self.delete.setEnabled(self.table.selectionModel().hasSelection())

    def _on_current_changed(self, index: QModelIndex, _: QModelIndex) -> None:
        """Mark the point of a row, where it lies in the picture."""
        if not index.isValid():
            return
        experiment = self._store.experiment
        place = int(self.model.places(index.row(), index.row())[0])
        x1, x2 = points_in_force(experiment).points[place].tolist()
        left, right, low, high = dataset_of(experiment.data).plane
        if left <= x1 <= right and low <= x2 <= high:
            self._store.change(edits.with_view(experiment, probe=(x1, x2)), "probe")

    def _on_typed(self, place: int, column: int, text: str) -> None:
        self._is_typed = True
        self._take(f"edit point {place + 1:,}", partial(_typed, place, column, text))
        self._is_typed = False

    def _on_delete(self) -> None:
        chosen = self._chosen()
        if len(chosen):
            top = self.table.selectionModel().selection().first().top()
            name = "delete a point" if len(chosen) == 1 else f"delete {len(chosen):,} points"
            if self._take(name, partial(_without, chosen)):
                self._choose(min(top, self.model.rowCount() - 1))

    def _chosen(self) -> Indices:
        """The points of the rows that are chosen."""
        chosen = self.table.selectionModel().selection()
        ranges = [chosen.at(each) for each in range(chosen.count())]
        parts = [self.model.places(each.top(), each.bottom()) for each in ranges]
        return np.concatenate([np.empty(0, dtype=np.intp), *parts])

    def _choose(self, line: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self.model.index(line, 0), flags.ClearAndSelect | flags.Rows
        )

    def _take(self, label: str, change: brush.Change) -> bool:
        """Change the points, as a step of its own; whether that could be done."""

        def changed(experiment: Experiment) -> Experiment:
            return edits.with_own(experiment, change(edits.own_of(experiment)))

        try:
            self._store.edit(label, changed)
        except Mistake as mistake:
            self._tell(str(mistake))
            return False
        return True


class ClassDelegate(QStyledItemDelegate):
    """Offers the classes there are, where labels are classes."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        if not isinstance(model, PointsModel) or not model.class_names:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems(model.class_names)
        box.setAccessibleName("Class")
        box.activated.connect(lambda _: self._on_activated(box))
        return box

    def _on_activated(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))
        else:
            super().setEditorData(editor, index)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)


def _typed(place: int, column: int, text: str, own: OwnPoints) -> OwnPoints:
    return cells.with_cell(own, place, column, text)


def _without(gone: Indices, own: OwnPoints) -> OwnPoints:
    mask = np.zeros(len(own), dtype=np.bool_)
    mask[gone] = True
    return brush.without_points(own, mask)
