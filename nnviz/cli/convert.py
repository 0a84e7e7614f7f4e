"""`nnviz convert`: what a file or an address holds, trained on if asked, for other programs.

As a file it is a document, the weights by name (NumPy's .npz) or the curves (.csv); as a text it
is an address of Playground.
"""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from math import isfinite
from typing import TypeVar

import numpy as np

from nnviz.cli.entry import DONE, say
from nnviz.cli.source import document
from nnviz.cli.train import follow, run_after, tell_end
from nnviz.experiment.atomic import write_whole
from nnviz.experiment.build import build, network_of
from nnviz.experiment.files import SUFFIX, Document, encode
from nnviz.experiment.page import to_address
from nnviz.experiment.run import CURVES, Run
from nnviz.mistake import Mistake

T = TypeVar("T")


def run(arguments: Namespace) -> int:
    """Write a file, or a text to stdout."""
    if arguments.to is not None:
        write = _chosen(TEXTS, arguments.to, repr(arguments.to))
        sys.stdout.write(f"{write(document(arguments.source))}\n")
        return DONE
    path = arguments.output
    content = _chosen(FILES, path.suffix.lower(), path.name)
    write_whole(path, content(document(arguments.source), arguments.epochs))
    return DONE


def trained(opened: Document, epochs: int) -> Run:
    """Where the run of a document stands after some more epochs."""
    outcome = follow(build(opened.experiment), opened.run, epochs)
    tell_end(outcome)
    return run_after(outcome, opened.run)


def _document(opened: Document, epochs: int) -> bytes:
    """The document; without epochs to train it stays as it was."""
    return encode(Document(opened.experiment, trained(opened, epochs)) if epochs else opened)


def _weights(opened: Document, epochs: int) -> bytes:
    """Weights of shape (outputs, inputs) and biases of every layer, such as `layer_1_weights`."""
    network = network_of(opened.experiment)
    layers = network.layers(np.array(trained(opened, epochs).theta))
    arrays = {}
    for depth, layer in enumerate(layers):
        name = network.layer_name(depth).replace(" ", "_")
        arrays[f"{name}_weights"], arrays[f"{name}_biases"] = layer.weights, layer.biases
    content = BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _curves(opened: Document, epochs: int) -> bytes:
    """A row for every epoch; where there is no number, as accuracy in regression, it is empty."""
    after = trained(opened, epochs)
    curves = after.curves.arrays(after.epoch)
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["epoch", *CURVES])
    rows = zip(*(curves[name].tolist() for name in CURVES), strict=True)
    for epoch, row in enumerate(rows):
        table.writerow([epoch, *(each if isfinite(each) else "" for each in row)])
    return text.getvalue().encode()


def _address(opened: Document) -> str:
    """The address of Playground; what it cannot say is told on stderr."""
    text, lost = to_address(opened.experiment)
    if lost:
        say(f"nnviz: {lost}")
    return text


def _chosen(table: Mapping[str, T], key: str, what: str) -> T:
    if key not in table:
        raise Mistake(f"{what} cannot be written; {' and '.join(WAYS)}.")
    return table[key]


FILES: dict[str, Callable[[Document, int], bytes]] = {
    SUFFIX: _document,
    ".npz": _weights,
    ".csv": _curves,
}
"""What makes the content of a file, by the ending of its name."""

TEXTS: dict[str, Callable[[Document], str]] = {"address": _address}
"""What makes a text, by its name."""

WAYS = f"-o takes a name ending in {', '.join(FILES)}", f"--to takes {', '.join(TEXTS)}"
