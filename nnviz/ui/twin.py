"""A second window beside the one that a person works in, to be photographed and never shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from nnviz.ui.camera import WindowMaker
from nnviz.ui.deck import Deck
from nnviz.ui.documents import Documents
from nnviz.ui.panels.table import PANELS
from nnviz.ui.parts import Parts
from nnviz.ui.preferences import WindowState


class Original(Protocol):
    """A window of which there can be a twin."""

    deck: Deck


class _Nobody:
    """Is asked about files and wants none."""

    def ask_unsaved(self, name: str) -> Literal["save", "discard", "cancel"]:
        return "cancel"

    def ask_open(self, folder: Path) -> Path | None:
        return None

    def ask_save(self, suggestion: Path) -> Path | None:
        return None


def window_maker(kind: Callable[..., QWidget], original: Original | None = None) -> WindowMaker:
    """Makes windows of a kind, every panel of their workspace inside.

    Args:
        kind: the class of the window.
        original: the window after which panels are laid out; None for as on the first day.
    """

    def make(parts: Parts) -> QWidget:
        documents = Documents(parts.store, parts.player, parts.preferences, _Nobody())
        with TemporaryDirectory() as folder:
            settings = QSettings(str(Path(folder) / "layout.ini"), QSettings.Format.IniFormat)
            state = WindowState(settings)
            if original is not None:
                original.deck.keep(state)
            window = kind(parts, documents, state)
            documents.setParent(window)
            for each in PANELS:
                window.furnish(each)  # type: ignore[attr-defined]
            deck: Deck = window.deck  # type: ignore[attr-defined]
            deck.fill(deck.shown)
        return window

    return make
