"""`nnviz`: opens the window."""

from __future__ import annotations

import gc
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
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
    with _in_a_hurry():
        from nnviz import app

        return app.run(named if named is None or names_address(named) else Path(named))


def show_first() -> None:
    """Open the window as `run` does, say when its first picture stands, and end: for `bench`."""
    with _in_a_hurry():
        from nnviz import app

        app.show_first()


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """Look for no garbage while starting: all that is made then stays.

    The window looks again, in what came later only, once it stands.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
