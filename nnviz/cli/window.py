"""`nnviz`: opens the window."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from nnviz.cli.display import trouble
from nnviz.cli.source import document, names_address
from nnviz.mistake import Mistake


def run(arguments: Namespace) -> int:
    """Open the window, with what was named."""
    named = arguments.source
    if named is not None:
        document(named)
    problem = trouble()
    if problem is not None:
        others = "train, race, export, convert, bench and doctor"
        raise Mistake(f"No window can open: {problem}. The commands {others} need none.")
    from nnviz import app

    return app.run(named if named is None or names_address(named) else Path(named))
