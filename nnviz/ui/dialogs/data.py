"""How the dialogs about data are opened: painting, and tables in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from nnviz.experiment import edits
from nnviz.experiment.atomic import write_whole
from nnviz.experiment.build import points_in_force
from nnviz.experiment.columns import Plan, suggested, written
from nnviz.experiment.sheet import Check, Sheet, read_file
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.ui.dialogs.data_table import DataTableDialog
from nnviz.ui.dialogs.import_data import ImportDialog
from nnviz.ui.errand import Errand

if TYPE_CHECKING:
    from nnviz.ui.documents import Documents
    from nnviz.ui.parts import Parts

Found = tuple[Sheet, Plan]

KINDS = "Tables (*.csv *.tsv *.txt);;All files (*)"

AT_ONCE_BYTES = 500_000
"""A file of so many bytes is read while the window waits; a larger one, while it goes on."""

_PATIENCE_MS = 300


def open_paint(parts: Parts, _: Documents, window: QWidget) -> None:
    """Open the easel."""
    # Heavy: it brings a canvas.
    from nnviz.ui.dialogs.paint_data import PaintDialog

    PaintDialog(parts, window).show()


def open_table(parts: Parts, _: Documents, window: QWidget) -> None:
    """Open the table of points."""
    DataTableDialog(parts, window).show()


def open_import(parts: Parts, documents: Documents, window: QWidget) -> None:
    """Ask for a table and open it."""
    dialog = QFileDialog(window, "Import data", str(parts.preferences.last_folder), KINDS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _ask(dialog, lambda path: import_table(path, parts, documents, window))


def import_table(path: Path, parts: Parts, documents: Documents, window: QWidget) -> None:
    """Show the table in a file, and learn from it if the person likes."""
    if not path.is_file() or path.stat().st_size <= AT_ONCE_BYTES:
        _look_at(partial(_read, path), parts, documents, window)
        return
    waiting = _waiting(path.name, window)
    errand = Errand(partial(_read, path), waiting)
    waiting.canceled.connect(errand.cancel)
    waiting.canceled.connect(waiting.deleteLater)

    def end() -> None:
        waiting.canceled.disconnect()
        waiting.close()
        waiting.deleteLater()

    def look(found: Found) -> None:
        end()
        _look_at(lambda: found, parts, documents, window)

    def refuse(why: str) -> None:
        end()
        documents.refused.emit(why)

    errand.done.connect(look)
    errand.refused.connect(refuse)


def _waiting(name: str, window: QWidget) -> QProgressDialog:
    """What tells that a file is read, once that takes long; nothing else is opened meanwhile."""
    waiting = QProgressDialog(f"Reading {name}…", "Cancel", 0, 0, window)
    waiting.setWindowTitle("Import data")
    waiting.setWindowModality(Qt.WindowModality.WindowModal)
    # Its own clock runs for four seconds where nobody knows how much there is to do.
    late = QTimer(waiting, singleShot=True, interval=_PATIENCE_MS)
    late.timeout.connect(waiting.show)
    late.start()
    return waiting


def _read(path: Path, check: Check = bool) -> Found:
    """The table in a file, and the columns that are most likely meant."""
    sheet = read_file(path, check)
    return sheet, suggested(sheet)


def _look_at(
    read: Callable[[], Found], parts: Parts, documents: Documents, window: QWidget
) -> None:
    try:
        dialog = ImportDialog(*read(), parts.look.theme, window)
    except Mistake as mistake:
        documents.refused.emit(str(mistake))
        return
    dialog.picked.connect(
        lambda made: parts.store.edit("import", partial(edits.with_imported, made=made))
    )
    dialog.open()


def open_export(parts: Parts, documents: Documents, window: QWidget) -> None:
    """Ask for a name and write the points there."""
    folder = str(parts.preferences.last_folder)
    dialog = QFileDialog(window, "Export data", folder, "Tables (*.csv)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile("data.csv")
    _ask(dialog, lambda path: export_table(path, parts, documents))


def _ask(dialog: QFileDialog, use: Callable[[Path], object]) -> None:
    """Let the person choose a file, while everything else goes on."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: use(Path(name)))
    dialog.open()


def export_table(path: Path, parts: Parts, documents: Documents) -> None:
    """Write the points of the experiment as a table."""
    path = path if path.suffix else path.with_suffix(".csv")
    try:
        write_whole(path, table_of(parts.store.experiment).encode())
    except Mistake as mistake:
        documents.refused.emit(str(mistake))
        return
    documents.told.emit(f"The data are in {path.name}")


def table_of(experiment: Experiment) -> str:
    """The points of an experiment as CSV."""
    now = points_in_force(experiment)
    trains = np.zeros(len(now.points), dtype=np.bool_)
    trains[now.train] = True
    return written(edits.own_of(experiment), trains.tolist())
