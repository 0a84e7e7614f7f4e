"""Data of a person's own: painted, taken back, brought in from a broken table, put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from nnviz.app import Laboratory
from nnviz.experiment.points import OwnPoints
from nnviz.ui.dialogs.data_table import DataTableDialog
from nnviz.ui.dialogs.import_data import ImportDialog
from nnviz.ui.dialogs.paint_data import PaintDialog
from tests.journeys.story import CTRL, LEFT, NONE, Person, frame_of, part

BROKEN = Path(__file__).parents[1] / "data" / "broken.csv"
OK = QDialogButtonBox.StandardButton.Ok


def own_of(laboratory: Laboratory) -> OwnPoints:
    own = laboratory.parts.store.experiment.data.own
    assert own is not None
    return own


def drop(laboratory: Laboratory, path: Path) -> None:
    """Drag a file from the desktop onto the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    window, copy = laboratory.window, Qt.DropAction.CopyAction
    middle = window.rect().center()
    QApplication.sendEvent(window, QDragEnterEvent(middle, copy, mime, LEFT, NONE))
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), copy, mime, LEFT, NONE))


def learns_from(laboratory: Laboratory, person: Person, count: int) -> None:
    """Wait until the network is trained on so many points, and goes on."""

    def is_so() -> bool:
        own = frame_of(laboratory).experiment.data.own
        return own is not None and len(own) == count

    person.wait(is_so)
    epoch = frame_of(laboratory).epoch
    person.wait(lambda: frame_of(laboratory).epoch != epoch)


@pytest.fixture
def easel(laboratory: Laboratory, person: Person) -> Iterator[PaintDialog]:
    person.press(laboratory.window, Qt.Key.Key_D, CTRL)
    dialog = part(laboratory, PaintDialog)
    dialog.activateWindow()
    person.wait(dialog.isActiveWindow)
    yield dialog
    dialog.close()


def test_points_are_painted_while_the_network_learns(
    laboratory: Laboratory, easel: PaintDialog, person: Person
) -> None:
    store = laboratory.parts.store
    before = store.experiment
    laboratory.parts.player.play()
    person.press(easel, Qt.Key.Key_2)
    person.press(easel.easel, Qt.Key.Key_Right)
    person.press(easel.easel, Qt.Key.Key_Space)
    learns_from(laboratory, person, before.data.samples + 4)
    person.press(easel, Qt.Key.Key_E)
    person.press(easel.easel, Qt.Key.Key_Space)
    assert len(own_of(laboratory)) < before.data.samples + 4
    store.undo()
    store.undo()
    assert store.experiment == before


def test_a_broken_table_is_dropped_looked_at_and_put_right(
    laboratory: Laboratory, person: Person
) -> None:
    drop(laboratory, BROKEN)
    person.wait(lambda: laboratory.window.findChild(ImportDialog) is not None)
    dialog = part(laboratory, ImportDialog)
    person.wait(lambda: "5 rows cannot be read" in dialog.verdict.text())
    assert "line 6, length (mm): 'abc' is no number" in dialog.verdict.text()
    person.click(dialog.buttons.button(OK))
    assert (len(own_of(laboratory)), own_of(laboratory).class_names) == (5, ("maple", "oak"))

    person.press(laboratory.window, Qt.Key.Key_T, CTRL)
    table = part(laboratory, DataTableDialog)
    table.table.selectRow(0)
    assert laboratory.parts.store.experiment.view.probe is not None
    model = table.model
    model.setData(model.index(0, 0), "18.5")
    model.setData(model.index(0, 2), "maple")
    own = own_of(laboratory)
    assert own.offsets[0] + own.scales[0] * own.x1[0] == pytest.approx(18.5)
    assert own.labels[0] == 0.0
    person.click(table.delete)
    table.close()
    laboratory.window.activateWindow()
    person.wait(laboratory.window.isActiveWindow)
    person.press(laboratory.window, Qt.Key.Key_Space)
    learns_from(laboratory, person, 4)
    for _ in range(3):
        person.press(laboratory.window, Qt.Key.Key_Z, CTRL)
    assert own_of(laboratory).labels[0] == 1.0
