"""Undo and the clipboard."""

from __future__ import annotations

from nnviz.ui import deeds
from nnviz.ui.workbench import Command

EDIT: tuple[Command, ...] = (
    Command(
        "undo",
        "Undo",
        "edit",
        lambda bench: bench.parts.store.undo(),
        "Take the last change of a setting back.",
        ("Ctrl+Z",),
        "undo",
        enabled=deeds.can_undo,
        naming=deeds.undo_name,
    ),
    Command(
        "redo",
        "Redo",
        "edit",
        lambda bench: bench.parts.store.redo(),
        "Make the change that was taken back again.",
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "redo",
        enabled=deeds.can_redo,
        naming=deeds.redo_name,
    ),
    Command(
        "copy-picture",
        "Copy picture",
        "edit",
        lambda bench: bench.copy_picture(),
        "Put the picture of the window on the clipboard.",
        ("Ctrl+Shift+C",),
        "copy",
        1,
    ),
    Command(
        "copy-address",
        "Copy Playground address",
        "edit",
        lambda bench: bench.documents.copy_address(),
        "Put the address at which Playground shows this experiment on the clipboard.",
        group=1,
    ),
    Command(
        "paste-address",
        "Paste Playground address",
        "edit",
        lambda bench: bench.documents.paste(),
        "Open the Playground address on the clipboard.",
        ("Ctrl+V",),
        group=1,
    ),
)
