"""Pictures and animations as files: frames in, a file out, by what its name ends in.

A frame is an array of shape (h, w, 4), uint8: red, green, blue, alpha, the top row first. A new
format is one entry of EXPORTERS; progress, cancelling, and leaving an old file alone until the new
one is whole are the same for all.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnviz.experiment.atomic import write_whole
from nnviz.mistake import Mistake
from nnviz.table import Table
from nnviz.value import dataclass

Bytes = NDArray[np.uint8]
Progress = Callable[[int, int], None]
"""Told (done, total) after every frame."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: how frames become the bytes of a file.

    `key` is what the name of such a file ends in, without the dot. `encode` writes at least one
    frame, all of one shape, to an open file at so many frames a second. `moves` tells whether all
    frames are shown one after another, or only the last is kept. `fastest` is the most frames a
    second that readers of the format show.
    """

    key: str
    label: str
    encode: Callable[[Iterator[Bytes], float, BinaryIO], None]
    moves: bool
    fastest: float = 60.0


SIDE_LIMIT = 0xFFFF
"""The most pixels of a side that every format can hold."""

# Pillow is heavy: it is imported where it is used, long after a window is there.


def _encode_png(frames: Iterator[Bytes], _fps: float, file: BinaryIO) -> None:
    from PIL import Image

    last = deque(frames, maxlen=1).pop()
    Image.fromarray(last, "RGBA").save(file, format="PNG")


def _encode_gif(frames: Iterator[Bytes], fps: float, file: BinaryIO) -> None:
    from nnviz.export import gif

    gif.encode(frames, fps, file)


EXPORTERS = Table(
    "picture format",
    [
        Exporter("png", "PNG picture", _encode_png, moves=False),
        Exporter("gif", "GIF animation", _encode_gif, moves=True, fastest=50.0),
    ],
)


def exporter_of(path: Path) -> Exporter:
    """The format that the name of a file asks for.

    Raises:
        Mistake: if the name ends in nothing known; the sentence says what there is.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending in EXPORTERS:
        return EXPORTERS[ending]
    known = ", ".join(f".{key}" for key in EXPORTERS.keys)
    if not ending:
        raise Mistake(f"{path.name!r} does not say its format; end the name in one of {known}.")
    raise Mistake(f"{path.name!r} ends in .{ending}, which cannot be written; use one of {known}.")


def check(path: Path, fps: float) -> Exporter:
    """The format of a file that can be written at this pace; asked before any frame is drawn.

    Raises:
        Mistake: if the ending, the place or the pace will not do.
    """
    exporter = exporter_of(path)
    _check_place(path)
    if not 0 < fps <= exporter.fastest:
        raise Mistake(
            f"fps is {fps:g}; a {exporter.label} shows more than 0 and at most "
            f"{exporter.fastest:g} frames a second."
        )
    return exporter


def _check_place(path: Path) -> None:
    if not path.parent.is_dir():
        raise Mistake(f"Cannot write {path.name}: there is no folder {path.parent}.")
    if path.is_dir():
        raise Mistake(f"Cannot write {path}: it is a folder; give the file a name.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise Mistake(f"Cannot write {path}: you may not write there.")


def write(  # noqa: PLR0913 - one export, named part by part
    path: Path,
    frames: Iterable[Bytes],
    *,
    total: int,
    fps: float = 10.0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bool:
    """Write frames as a file of the format that its name asks for.

    Args:
        path: where; an old file there is replaced only by a whole new one.
        frames: arrays of shape (h, w, 4), all of one shape; may be made one by one.
        total: how many there will be, for `progress`.
        fps: frames a second.
        progress: told (done, total) after each frame.
        cancelled: asked after each frame is made; when it says so, nothing is written.

    Returns:
        Whether the file was written; False if it was cancelled.

    Raises:
        Mistake: if the file cannot be written or there is no frame.
    """
    exporter = check(path, fps)
    file = BytesIO()
    told = progress or _tell_nobody
    watched = _watched(frames, cancelled or _never)
    try:
        exporter.encode(_counted(_checked(watched, path), total, told), fps, file)
    except _CancelledError:
        return False
    write_whole(path, file.getvalue())
    return True


class _CancelledError(Exception):
    """The person does not want the file any more."""


def _watched(frames: Iterable[Bytes], cancelled: Callable[[], bool]) -> Iterator[Bytes]:
    for frame in frames:
        if cancelled():
            raise _CancelledError
        yield frame
    if cancelled():
        raise _CancelledError


def _checked(frames: Iterator[Bytes], path: Path) -> Iterator[Bytes]:
    first = next(frames, None)
    if first is None:
        raise Mistake(f"There is no frame to write to {path.name}.")
    height, width = first.shape[:2]
    if not (0 < height <= SIDE_LIMIT and 0 < width <= SIDE_LIMIT):
        raise Mistake(
            f"The picture is {width} × {height} pixels; each side must be 1 to {SIDE_LIMIT}."
        )
    yield first
    for frame in frames:
        if frame.shape != first.shape:
            raise ValueError(f"a frame has shape {frame.shape}, the first had {first.shape}")
        yield frame


def _counted(frames: Iterator[Bytes], total: int, progress: Progress) -> Iterator[Bytes]:
    for done, frame in enumerate(frames, start=1):
        yield frame
        progress(done, max(done, total))


def _tell_nobody(_done: int, _total: int) -> None:
    """Progress of which nobody wants to know."""


def _never() -> bool:
    return False
