"""What a person names on the command line, opened: a file, or an address of Playground."""

from __future__ import annotations

from pathlib import Path

from nnviz.cli.entry import say
from nnviz.experiment.address import is_address
from nnviz.experiment.files import SUFFIX, Document, load
from nnviz.experiment.page import from_address


def document(named: str) -> Document:
    """The document of a file or of an address; what an address cannot bring is told on stderr.

    Raises:
        Mistake: if it cannot be opened.
    """
    if not names_address(named):
        return load(Path(named))
    experiment, remark = from_address(named)
    if remark:
        say(f"nnviz: {remark}")
    return Document(experiment)


def names_address(named: str) -> bool:
    """Whether an address is named and not a file."""
    return is_address(named) and not named.endswith(SUFFIX)
