"""The questions about files: which to open, where to save, what becomes of unsaved changes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6 import QtWidgets  # Its dialogs are loaded when they are asked for.
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.experiment.files import SUFFIX

KINDS = f"NNViz experiments (*{SUFFIX})"
ALL_KINDS = f"{KINDS};;All files (*)"


class FileDialogs:
    """Asks in dialogs above the window that is in use."""

    def ask_unsaved(self, name: str) -> Literal["save", "discard", "cancel"]:
        """What to do with changes that are not saved."""
        button = QtWidgets.QMessageBox.StandardButton
        box = QtWidgets.QMessageBox(_window())
        box.setIcon(QtWidgets.QMessageBox.Icon.NoIcon)
        box.setWindowTitle("NNViz")
        box.setText(f"Save the changes to “{name}”?")
        box.setInformativeText("Settings that are not saved will be lost.")
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.setDefaultButton(button.Save)
        box.setEscapeButton(button.Cancel)
        answer = box.exec()
        box.deleteLater()
        if answer == button.Save:
            return "save"
        return "discard" if answer == button.Discard else "cancel"

    def ask_open(self, folder: Path) -> Path | None:
        """Which file to open, None for none after all."""
        name, _ = QtWidgets.QFileDialog.getOpenFileName(_window(), "Open", str(folder), ALL_KINDS)
        return Path(name) if name else None

    def ask_save(self, suggestion: Path) -> Path | None:
        """Where to save, None for nowhere after all."""
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            _window(), "Save as", str(suggestion), KINDS
        )
        return Path(name) if name else None


def _window() -> QWidget | None:
    return QApplication.activeWindow()
