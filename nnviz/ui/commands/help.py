"""Keys, reports, and what NNViz is."""

from __future__ import annotations

from nnviz.ui import deeds
from nnviz.ui.workbench import Command

HELP: tuple[Command, ...] = (
    Command(
        "shortcuts",
        "Keyboard shortcuts",
        "help",
        deeds.dialog("shortcuts"),
        "Show every key.",
        ("?", "F1"),
        "keyboard",
    ),
    Command(
        "report",
        "Report a problem…",
        "help",
        deeds.dialog("report"),
        "Show what a helper needs to know, ready to copy.",
        (),
        "alert",
    ),
    Command(
        "about",
        "About NNViz",
        "help",
        deeds.dialog("about"),
        "Show the version and what NNViz is made of.",
        (),
        "info",
        1,
    ),
)
