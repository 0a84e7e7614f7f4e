"""How each dialog is opened above the window, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from nnviz.experiment import edits
from nnviz.ui.crash import report_text
from nnviz.ui.dialogs.about import AboutDialog
from nnviz.ui.dialogs.address import AddressDialog
from nnviz.ui.dialogs.data import open_export, open_import, open_paint, open_table
from nnviz.ui.dialogs.report import ASKED, ASKED_HINT, ReportDialog
from nnviz.ui.dialogs.shortcuts import ShortcutsDialog
from nnviz.ui.menus import keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nnviz.ui.documents import Documents
    from nnviz.ui.parts import Parts


def _export_picture(parts: Parts, _: Documents, window: QWidget) -> None:
    # Heavy: it brings every panel.
    from nnviz.ui.dialogs.export import export_picture

    export_picture(parts, window)


def _export_animation(parts: Parts, _: Documents, window: QWidget) -> None:
    from nnviz.ui.dialogs.export import export_animation

    export_animation(parts, window)


def _address(_: Parts, documents: Documents, window: QWidget) -> None:
    dialog = AddressDialog(QGuiApplication.clipboard().text(), window)
    dialog.picked.connect(documents.open)
    dialog.open()


def _range_test(parts: Parts, _: Documents, window: QWidget) -> None:
    picture = parts.player.picture
    if picture is None:
        return
    # Heavy: it brings pyqtgraph.
    from nnviz.ui.dialogs.range_test import RangeTestDialog

    def use(rate: float) -> None:
        parts.store.edit("learning rate", partial(edits.with_rate, rate=rate))

    frame = picture.frame
    dialog = RangeTestDialog(frame.experiment, frame.theta, parts.look.theme, window)
    dialog.picked.connect(use)
    dialog.open()


def _about(parts: Parts, _: Documents, window: QWidget) -> None:
    AboutDialog(parts.look.theme, window).open()


def _shortcuts(parts: Parts, _: Documents, window: QWidget) -> None:
    ShortcutsDialog(keys(), parts.look.theme, window).open()


def _report(parts: Parts, _: Documents, window: QWidget) -> None:
    ReportDialog(ASKED, ASKED_HINT, report_text(), parts.look.theme, window).open()


OPENERS: Mapping[str, Callable[[Parts, Documents, QWidget], None]] = {
    "export-picture": _export_picture,
    "export-animation": _export_animation,
    "address": _address,
    "paint-data": open_paint,
    "data-table": open_table,
    "import-data": open_import,
    "export-data": open_export,
    "range-test": _range_test,
    "about": _about,
    "shortcuts": _shortcuts,
    "report": _report,
}
