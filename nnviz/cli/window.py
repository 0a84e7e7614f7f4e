"""`nnviz`: opens the window."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from nnviz.cli.display import trouble
from nnviz.cli.source import document
from nnviz.mistake import Mistake


def run(arguments: Namespace) -> int:
    """Open the window, with a document when one was named."""
    path = Path(arguments.source) if arguments.source is not None else None
    if path is not None:
        document(arguments.source)
    problem = trouble()
    if problem is not None:
        raise Mistake(
            f"No window can open: {problem}. The commands train, race, export and doctor need none."
        )
    from nnviz import app

    return app.run(path)
