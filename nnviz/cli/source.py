"""What a person names on the command line, opened."""

from __future__ import annotations

from pathlib import Path

from nnviz.experiment.files import Document, load


def document(named: str) -> Document:
    """The document of a file.

    Raises:
        Mistake: if it cannot be opened.
    """
    return load(Path(named))
