"""Files and addresses, exports, and the way out."""

from __future__ import annotations

from nnviz.ui import deeds
from nnviz.ui.workbench import Command, Submenu

FILE: tuple[Command | Submenu, ...] = (
    Command(
        "new",
        "New",
        "file",
        lambda bench: bench.documents.new(),
        "Begin with the first experiment again.",
        ("Ctrl+N",),
        "new",
    ),
    Command(
        "open",
        "Open…",
        "file",
        lambda bench: bench.documents.open(),
        "Open an experiment from a file.",
        ("Ctrl+O",),
        "open",
    ),
    Command(
        "open-address",
        "Open Playground address…",
        "file",
        deeds.dialog("address"),
        "Open the experiment of a page of playground.tensorflow.org.",
    ),
    Submenu("recent", "Open recent", "file", deeds.recent, "recent"),
    Command(
        "save",
        "Save",
        "file",
        lambda bench: bench.documents.save(),
        "Save the experiment and where its run stands.",
        ("Ctrl+S",),
        "save",
        1,
    ),
    Command(
        "save-as",
        "Save as…",
        "file",
        lambda bench: bench.documents.save_as(),
        "Save under another name.",
        ("Ctrl+Shift+S",),
        group=1,
    ),
    Command(
        "export-picture",
        "Export picture…",
        "file",
        deeds.dialog("export-picture"),
        "Save the picture of a view as a file.",
        ("Ctrl+E",),
        "picture",
        2,
    ),
    Command(
        "export-animation",
        "Export animation…",
        "file",
        deeds.dialog("export-animation"),
        "Save a training run as a moving picture.",
        ("Ctrl+Shift+E",),
        "film",
        2,
    ),
    Command(
        "quit",
        "Quit",
        "file",
        lambda bench: bench.close(),
        "Leave NNViz.",
        ("Ctrl+Q",),
        "quit",
        3,
    ),
)
