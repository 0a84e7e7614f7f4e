"""The table of points: sorted, marked, changed and deleted, however many there are."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.experiment import edits
from nnviz.experiment.build import points_in_force
from nnviz.experiment.points import POINT_LIMIT, OwnPoints
from nnviz.ui.dialogs.data_table import DataTableDialog
from nnviz.ui.dialogs.points_model import PART

FEW = OwnPoints(
    (0.0, 3.0, -2.0, 30.0), (1.0, 2.0, 0.0, 0.0), (0.0, 1.0, 1.0, 0.0), offsets=(10.0, 0.0)
)


@pytest.fixture
def dialog(laboratory: Laboratory) -> DataTableDialog:
    laboratory.parts.store.edit("import", lambda it: edits.with_own(it, FEW))
    made = DataTableDialog(laboratory.parts, laboratory.window)
    made.show()
    return made


def own_of(laboratory: Laboratory) -> OwnPoints:
    own = laboratory.parts.store.experiment.data.own
    assert own is not None
    return own


def cell(model: QAbstractItemModel, line: int, column: int) -> QModelIndex:
    return model.index(line, column)


def shown(dialog: DataTableDialog, column: int) -> list[str]:
    model = dialog.model
    return [str(cell(model, line, column).data()) for line in range(model.rowCount())]


def test_it_shows_real_units_names_and_parts(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    assert shown(dialog, 0) == ["10", "13", "8", "40"]
    assert shown(dialog, 2) == ["orange", "blue", "blue", "orange"]
    train = points_in_force(laboratory.parts.store.experiment).train
    assert [each == "train" for each in shown(dialog, PART)] == [each in train for each in range(4)]


def test_it_is_sorted_by_any_column_and_numbers_stay_with_points(dialog: DataTableDialog) -> None:
    dialog.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert shown(dialog, 0) == ["40", "13", "10", "8"]
    heads = [dialog.model.headerData(each, Qt.Orientation.Vertical) for each in range(4)]
    assert heads == ["4", "2", "1", "3"]
    dialog.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert shown(dialog, 0) == ["10", "13", "8", "40"]


def test_a_chosen_row_is_marked_if_it_lies_in_the_picture(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    dialog.table.selectRow(1)
    assert laboratory.parts.store.experiment.view.probe == (3.0, 2.0)
    dialog.table.selectRow(3)
    assert laboratory.parts.store.experiment.view.probe == (3.0, 2.0)


def test_a_typed_number_is_one_step_and_the_row_stays_chosen(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    before = own_of(laboratory)
    dialog.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    dialog.table.selectRow(0)
    dialog.model.setData(cell(dialog.model, 0, 0), "12.5")
    assert own_of(laboratory).x1 == (0.0, 3.0, 2.5, 30.0)
    assert shown(dialog, 0) == ["12.5", "10", "13", "40"]
    assert dialog.table.currentIndex().row() == 0
    assert laboratory.parts.store.undo_label == "edit point 3"
    laboratory.parts.store.undo()
    assert own_of(laboratory) == before
    assert shown(dialog, 0)[0] == "8"


def test_a_class_is_chosen_from_those_there_are(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    index = cell(dialog.model, 0, 2)
    delegate = dialog.table.itemDelegateForIndex(index)
    box = delegate.createEditor(dialog.table, QStyleOptionViewItem(), index)
    assert isinstance(box, QComboBox)
    delegate.setEditorData(box, index)
    assert box.currentText() == "orange"
    box.setCurrentText("blue")
    delegate.setModelData(box, dialog.model, index)
    assert own_of(laboratory).labels[0] == 1.0


def test_a_word_where_a_number_belongs_is_refused(
    laboratory: Laboratory, dialog: DataTableDialog, qtbot: QtBot
) -> None:
    before = own_of(laboratory)
    dialog.table.setCurrentIndex(cell(dialog.model, 0, 0))
    dialog.table.edit(dialog.table.currentIndex())
    line = dialog.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText("wide")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "must be a number" in dialog.told.text())
    assert own_of(laboratory) is before


def test_chosen_rows_are_deleted_but_not_all(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    assert not dialog.delete.isEnabled()
    dialog.table.selectRow(1)
    dialog.delete.click()
    assert own_of(laboratory).x1 == (0.0, -2.0, 30.0)
    assert dialog.table.currentIndex().row() == 1
    dialog.table.selectAll()
    dialog.delete.click()
    assert len(own_of(laboratory)) == 3
    assert "last point has to stay" in dialog.told.text()


def test_points_of_a_generator_become_ones_own_with_a_cell(laboratory: Laboratory) -> None:
    store = laboratory.parts.store
    store.edit("data set", lambda it: edits.with_dataset(it, "gate-xor"))
    plane = (-2.0, 2.0, -2.0, 2.0)
    dialog = DataTableDialog(laboratory.parts, laboratory.window)
    dialog.model.setData(cell(dialog.model, 0, 0), "0.25")
    own = own_of(laboratory)
    assert (len(own), own.plane, own.source) == (4, plane, "gate-xor")


def test_as_many_points_as_there_may_be_are_shown(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    x = tuple(np.linspace(-6, 6, POINT_LIMIT).tolist())
    many = replace(FEW, x1=x, x2=x[::-1], labels=(0.0, 1.0) * (POINT_LIMIT // 2))
    laboratory.parts.store.edit("import", lambda it: edits.with_own(it, many))
    dialog.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert dialog.model.rowCount() == POINT_LIMIT
    assert cell(dialog.model, 0, 0).data() == "16"
    laboratory.parts.store.undo()


def test_what_cannot_be_deleted_stays_chosen(dialog: DataTableDialog) -> None:
    dialog.table.selectAll()
    dialog.delete.click()
    assert len(dialog.table.selectionModel().selectedRows()) == dialog.model.rowCount()


def test_typing_ends_when_the_points_are_other_ones(
    laboratory: Laboratory, dialog: DataTableDialog
) -> None:
    dialog.table.setCurrentIndex(cell(dialog.model, 1, 0))
    dialog.table.edit(cell(dialog.model, 1, 0))
    assert dialog.table.indexWidget(cell(dialog.model, 1, 0)) is not None
    laboratory.parts.store.edit("noise", partial(edits.with_data, seed=99))
    assert dialog.table.state() != dialog.table.State.EditingState
