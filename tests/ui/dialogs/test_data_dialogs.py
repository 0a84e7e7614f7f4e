"""Painting, importing and exporting data."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads
from time import sleep

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.experiment.columns import suggested
from nnviz.experiment.sheet import Check, read_bytes, read_file
from nnviz.experiment.spec import same_start
from nnviz.ui.dialogs.data import export_table, import_table, table_of
from nnviz.ui.dialogs.import_data import ImportDialog
from nnviz.ui.dialogs.paint_data import PaintDialog
from nnviz.ui.documents import table_in
from nnviz.ui.errand import Errand
from nnviz.ui.theme import LIGHT

BROKEN = Path(__file__).parents[2] / "data" / "broken.csv"
OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def easel(laboratory: Laboratory, qtbot: QtBot) -> PaintDialog:
    dialog = PaintDialog(laboratory.parts, laboratory.window)
    dialog.show()
    return dialog


def count(laboratory: Laboratory) -> int:
    own = laboratory.parts.store.experiment.data.own
    return 0 if own is None else len(own)


def test_a_stroke_makes_the_points_ones_own_and_keeps_the_run(
    laboratory: Laboratory, easel: PaintDialog
) -> None:
    store = laboratory.parts.store
    before = store.experiment
    easel.density.show_number(4)
    QTest.keyClick(easel.easel, Qt.Key.Key_Right)
    QTest.keyClick(easel.easel, Qt.Key.Key_Space)
    assert count(laboratory) == 44
    assert same_start(before, store.experiment)
    store.undo()
    assert store.experiment == before


def test_a_drag_is_one_step_to_undo(laboratory: Laboratory, easel: PaintDialog) -> None:
    easel.easel.pressed.emit((0.0, 0.0))
    easel.easel.dragged.emit((2.0, 0.0))
    easel.easel.dragged.emit((4.0, 0.0))
    easel.easel.lifted.emit()
    assert count(laboratory) == 52
    laboratory.parts.store.undo()
    assert count(laboratory) == 0


def test_the_eraser_takes_points_away_but_not_the_last(
    laboratory: Laboratory, easel: PaintDialog
) -> None:
    easel.clear.click()
    assert count(laboratory) == 2
    easel.tools.show_key("erase")
    easel.breadth.show_number(1.0)
    easel.easel.pressed.emit((3.0, 0.0))
    easel.easel.pressed.emit((-3.0, 0.0))
    assert count(laboratory) == 1
    assert "last point has to stay" in easel.told.text()


def test_one_point_is_dragged(laboratory: Laboratory, easel: PaintDialog) -> None:
    easel.clear.click()
    easel.tools.show_key("move")
    easel.easel.pressed.emit((2.9, 0.1))
    easel.easel.dragged.emit((1.0, 5.0))
    easel.easel.lifted.emit()
    own = laboratory.parts.store.experiment.data.own
    assert own is not None
    assert (own.x1[0], own.x2[0]) == (1.0, 5.0)


def test_the_key_of_a_class_that_there_is_not_chooses_none(easel: PaintDialog) -> None:
    QTest.keyClick(easel, Qt.Key.Key_1)
    QTest.keyClick(easel, Qt.Key.Key_7)
    assert easel.classes.key == "0"
    assert easel.named.text() == "orange"


def test_another_class_is_added_and_painted(laboratory: Laboratory, easel: PaintDialog) -> None:
    easel.clear.click()
    easel.add.click()
    easel.classes.segments["2"].click()
    easel.easel.pressed.emit((0.0, 0.0))
    own = laboratory.parts.store.experiment.data.own
    assert own is not None
    assert own.class_names == ("orange", "blue", "A")
    assert own.labels[-1] == 2.0
    assert easel.named.text() == "A"


def test_a_table_is_looked_at_before_it_is_learned_from(qtbot: QtBot) -> None:
    sheet = read_file(BROKEN)
    dialog = ImportDialog(sheet, suggested(sheet), LIGHT)
    qtbot.addWidget(dialog)
    assert [choice.currentText() for choice in dialog.columns.values()] == [
        "length (mm)",
        "width (mm)",
        "tree",
    ]
    assert "5 rows cannot be read: line 4, width (mm): missing" in dialog.verdict.text()
    assert dialog.buttons.button(OK).isEnabled()
    dialog.skips.click()
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.skips.click()
    with qtbot.waitSignal(dialog.picked) as caught:
        dialog.buttons.button(OK).click()
    assert caught.args is not None
    assert len(caught.args[0].own) == 5


def test_the_parts_of_a_table_may_be_let_go(qtbot: QtBot) -> None:
    rows = "\n".join(
        f"{i % 7},{i % 5},{'ab'[i % 2]},{'train' if i % 3 else 'test'}" for i in range(60)
    )
    sheet = read_bytes(f"x,y,class,part\n{rows}".encode(), "parted.csv")
    dialog = ImportDialog(sheet, suggested(sheet), LIGHT)
    qtbot.addWidget(dialog)
    assert "40 points to train on" in dialog.verdict.text()
    dialog.parts.click()
    assert "to train on" not in dialog.verdict.text()
    dialog.parts.click()
    assert "40 points to train on" in dialog.verdict.text()


def test_columns_that_make_no_points_are_refused_in_the_dialog(qtbot: QtBot) -> None:
    sheet = read_bytes(b"a,b,c\n1,2,x\n2,2,y\n3,2,x\n", "flat.csv")
    dialog = ImportDialog(sheet, suggested(sheet), LIGHT)
    qtbot.addWidget(dialog)
    assert dialog.verdict.text() == "b is 2 in every row; it tells nothing apart."
    assert not dialog.buttons.button(OK).isEnabled()


def test_a_file_that_is_no_table_is_refused(laboratory: Laboratory, tmp_path: Path) -> None:
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\0\1\2")
    said: list[str] = []
    laboratory.window.documents.refused.connect(said.append)
    import_table(path, laboratory.parts, laboratory.window.documents, laboratory.window)
    assert said
    assert said[0].startswith("photo.csv is no text")


def test_a_long_table_is_read_while_the_window_goes_on(
    laboratory: Laboratory, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "long.csv"
    path.write_text("\n".join(f"{i % 997},{i % 89},{i % 2}" for i in range(60_000)))
    import_table(path, laboratory.parts, laboratory.window.documents, laboratory.window)
    assert laboratory.window.findChild(ImportDialog) is None
    qtbot.waitUntil(lambda: laboratory.window.findChild(ImportDialog) is not None)
    dialog = laboratory.window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    assert dialog.verdict.text() == "Reading 60,000 rows…"
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.columns["x1"].picked.emit("1")
    dialog.columns["x2"].picked.emit("0")
    qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    assert dialog.verdict.text().startswith("60,000 points, 2 classes. The picture shows column 2")
    dialog.reject()


def test_reading_a_long_table_is_told_and_can_be_cancelled(
    laboratory: Laboratory, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_on(_: Path, check: Check) -> None:
        while True:
            check()
            sleep(0.001)

    monkeypatch.setattr("nnviz.ui.dialogs.data._read", read_on)
    path = tmp_path / "long.csv"
    path.write_bytes(b"1,2,3\n" * 100_000)
    import_table(path, laboratory.parts, laboratory.window.documents, laboratory.window)
    waiting = laboratory.window.findChild(QProgressDialog)
    assert isinstance(waiting, QProgressDialog)
    qtbot.waitUntil(waiting.isVisible, timeout=3_000)
    button = waiting.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()
    qtbot.waitUntil(lambda: laboratory.window.findChild(QProgressDialog) is None)
    assert laboratory.window.findChild(ImportDialog) is None
    assert not any(each.name == "errand" for each in enumerate_threads())


def test_a_dropped_table_is_recognized(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "data.CSV"))])
    assert table_in(mime) == tmp_path / "data.CSV"
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "data.nnviz"))])
    assert table_in(mime) is None


def test_the_points_are_written_with_their_parts(laboratory: Laboratory, tmp_path: Path) -> None:
    parts = laboratory.parts
    export_table(tmp_path / "out", parts, laboratory.window.documents)
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines == table_of(parts.store.experiment).splitlines()
    assert lines[0] == "x₁,x₂,class,part"
    assert sum(line.endswith(",train") for line in lines) == 20


def test_work_that_does_not_end_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnviz.ui.errand.PATIENCE_S", 0.05)
    done = Event()
    errand = Errand(lambda _check: done.wait())
    errand.cancel()
    assert any(each.name == "errand" for each in enumerate_threads())
    done.set()
    for each in enumerate_threads():
        if each.name == "errand":
            each.join()
