"""The document in a file: `{"nnviz": 2, "experiment": {…}, "run": {…}}`, UTF-8 JSON, strict.

Reading runs nothing of what it reads: it only makes frozen values, or one sentence that names the
field that is wrong. An older version is lifted step by step by the functions in UPGRADES.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nnviz.experiment import codec
from nnviz.experiment.atomic import why, write_whole
from nnviz.experiment.build import check
from nnviz.experiment.run import Run
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.value import dataclass

VERSION = 2
SUFFIX = ".nnviz"
BYTES_LIMIT = 256 * 2**20

Plain = dict[str, Any]


def _with_racers_of_their_own(raw: Plain) -> Plain:
    """Racers were bare optimizers, and all of them had one start."""
    experiment = raw.get("experiment")
    landscape = experiment.get("landscape") if isinstance(experiment, dict) else None
    if not isinstance(experiment, dict) or not isinstance(landscape, dict):
        return raw
    lifted = dict(landscape)
    start = lifted.pop("start", None)
    if start is not None:
        lifted["starts"] = [start]
    if isinstance(landscape.get("racers"), list):
        lifted["racers"] = [{"optimizer": each} for each in landscape["racers"]]
    return {**raw, "experiment": {**experiment, "landscape": lifted}}


UPGRADES: Mapping[int, Callable[[Plain], Plain]] = {1: _with_racers_of_their_own}
"""From each older version, how its whole file becomes one of the next."""


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds: an experiment and, when training was under way, where it stood."""

    experiment: Experiment
    run: Run | None = None


def load(path: Path) -> Document:
    """Read a document.

    Raises:
        Mistake: if there is no such file or it is not a sound document.
    """
    content = _content(path)
    try:
        return decode(content)
    except Mistake as mistake:
        raise Mistake(f"{path.name}: {mistake}") from None


def save(path: Path, document: Document) -> None:
    """Write a document, whole or not at all.

    Raises:
        Mistake: if it cannot be written; what stood there is then as it was.
    """
    write_whole(path, encode(document))


def encode(document: Document) -> bytes:
    """The document as a file holds it."""
    content: Plain = {"nnviz": VERSION, "experiment": codec.plain(document.experiment)}
    if document.run is not None:
        content["run"] = codec.plain(document.run)
    import msgspec  # Heavy, like the one below.

    text = msgspec.json.encode(content)
    return msgspec.json.format(text, indent=2 if document.run is None else 0) + b"\n"


def decode(content: bytes) -> Document:
    """The document that a file holds.

    Raises:
        Mistake: naming the field that is wrong and what is allowed.
    """
    raw = _upgraded(_parsed(content))
    unknown = sorted(raw.keys() - {"nnviz", "experiment", "run"})
    if unknown:
        raise Mistake(f"{unknown[0]!r:.60} is unknown; known are nnviz, experiment, run.")
    experiment = codec.read(Experiment, raw.get("experiment", {}), "experiment")
    check(experiment)
    if raw.get("run") is None:
        return Document(experiment)
    run = codec.read(Run, raw["run"], "run")
    run.check_run(experiment)
    return Document(experiment, run)


def _content(path: Path) -> bytes:
    try:
        _check_file(path)
        return path.read_bytes()
    except FileNotFoundError:
        raise Mistake(f"{path} was not found.") from None
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {why(error)}.") from error
    except Mistake:
        raise
    except ValueError:
        raise Mistake(f"{str(path)!r} is not a name that a file can have.") from None


def _check_file(path: Path) -> None:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise Mistake(f"{path} is a folder, not a file.")
    if not stat.S_ISREG(found.st_mode):
        raise Mistake(f"{path} is not a file.")
    if found.st_size > BYTES_LIMIT:
        raise Mistake(f"{path.name} is larger than {BYTES_LIMIT // 2**20} MB, the most allowed.")


def _parsed(content: bytes) -> Plain:
    import msgspec

    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Mistake(f"this is not an NNViz document: {error}.") from None
    except RecursionError:
        raise Mistake("this is not an NNViz document: it is nested too deeply.") from None
    if not isinstance(raw, dict) or "nnviz" not in raw:
        raise Mistake("this is not an NNViz document: it does not begin with its version.")
    return raw


def _upgraded(raw: Plain) -> Plain:
    version = raw["nnviz"]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise Mistake(f"nnviz is {version!r:.40}; it must be a version from 1 to {VERSION}.")
    if version > VERSION:
        raise Mistake(f"this document is of version {version}; this NNViz reads up to {VERSION}.")
    for each in range(version, VERSION):
        raw = UPGRADES[each](raw)
    return raw
