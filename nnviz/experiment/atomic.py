"""Writing a file whole or not at all: what stood there stays until the new one is safe."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from nnviz.mistake import Mistake

_SENTENCES = {
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "the folder does not exist",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


def write_whole(path: Path, content: bytes) -> None:
    """Put the content in place of the file in one move, after it is safe on disk.

    A link is followed: the file it points to is replaced, the link stays.

    Raises:
        Mistake: if it cannot be written; the old file is then as it was.
    """
    try:
        _replace(path.resolve(), content)
    except OSError as error:
        raise Mistake(f"{path.name} was not saved: {why(error)}.") from error


def why(error: OSError) -> str:
    """Why the system refused, in plain words."""
    return _SENTENCES.get(error.errno or 0, error.strerror or "the system refused")


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "is read-only")
    part = path.with_name(f".{path.name[:40]}-{uuid4().hex[:8]}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
