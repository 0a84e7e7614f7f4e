"""Files of every format: whole or not there, with progress, and refused in clear words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from nnviz.export.exporters import EXPORTERS, Exporter, check, exporter_of, write
from nnviz.mistake import Mistake

Bytes = NDArray[np.uint8]

every_exporter = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda each: each.key)


def pictures(count: int = 4, height: int = 6, width: int = 8) -> list[Bytes]:
    return [
        np.full((height, width, 4), (10 * place, 90, 200, 255), np.uint8) for place in range(count)
    ]


@every_exporter
def test_it_writes_a_file_of_its_kind(exporter: Exporter, tmp_path: Path) -> None:
    path = tmp_path / f"out.{exporter.key}"
    assert write(path, pictures(), total=4)
    with Image.open(path) as image:
        assert image.format == exporter.key.upper()
        assert image.size == (8, 6)
        assert getattr(image, "n_frames", 1) == (4 if exporter.moves else 1)


@every_exporter
@pytest.mark.parametrize("size", [(1, 1), (5, 3), (3, 1)])
def test_it_writes_odd_sizes(exporter: Exporter, size: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / f"out.{exporter.key}"
    write(path, pictures(2, *size), total=2)
    with Image.open(path) as image:
        assert image.size == size[::-1]


@every_exporter
def test_progress_is_told_frame_by_frame(exporter: Exporter, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / f"out.{exporter.key}"
    write(path, pictures(3), total=3, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@every_exporter
def test_cancelling_leaves_the_old_file_and_nothing_else(
    exporter: Exporter, tmp_path: Path
) -> None:
    path = tmp_path / f"out.{exporter.key}"
    path.write_bytes(b"old")
    made = 0

    def frames() -> Iterator[Bytes]:
        nonlocal made
        for picture in pictures(10):
            made += 1
            yield picture

    assert not write(path, frames(), total=10, cancelled=lambda: made == 3)
    assert made == 3
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@every_exporter
def test_a_failure_while_drawing_leaves_the_old_file(exporter: Exporter, tmp_path: Path) -> None:
    path = tmp_path / f"out.{exporter.key}"
    path.write_bytes(b"old")

    def frames() -> Iterator[Bytes]:
        yield pictures()[0]
        raise RuntimeError("drawing failed")

    with pytest.raises(RuntimeError):
        write(path, frames(), total=2)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@every_exporter
def test_no_frames_is_refused(exporter: Exporter, tmp_path: Path) -> None:
    path = tmp_path / f"out.{exporter.key}"
    with pytest.raises(Mistake, match="no frame"):
        write(path, [], total=0)
    assert not path.exists()


def test_a_still_keeps_the_last_frame(tmp_path: Path) -> None:
    write(tmp_path / "out.png", pictures(4), total=4)
    with Image.open(tmp_path / "out.png") as image:
        assert image.getpixel((0, 0)) == (30, 90, 200, 255)


def test_a_png_keeps_transparency(tmp_path: Path) -> None:
    clear = np.zeros((2, 2, 4), np.uint8)
    write(tmp_path / "out.png", [clear], total=1)
    with Image.open(tmp_path / "out.png") as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (1, 70_000)])
def test_impossible_sizes_are_refused(size: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="each side"):
        write(tmp_path / "out.gif", [np.zeros((*size, 4), np.uint8)], total=1)


def test_frames_of_several_sizes_are_our_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the first had"):
        write(tmp_path / "out.gif", [pictures()[0], pictures(1, 3, 3)[0]], total=2)


@pytest.mark.parametrize("name", ["a.png", "a.PNG", "b.tar.Gif"])
def test_the_ending_says_the_format(name: str) -> None:
    assert exporter_of(Path(name)).key == name.rpartition(".")[2].lower()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.bmp", "ends in .bmp.*.png, .gif"),
        ("out", "does not say its format.*.png, .gif"),
        ("missing/out.png", "no folder"),
        ("folder.png", "is a folder"),
    ],
)
def test_bad_places_are_refused_before_any_work(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()

    def frames() -> Iterator[Bytes]:
        pytest.fail("a frame was drawn")
        yield pictures()[0]

    with pytest.raises(Mistake, match=words):
        write(tmp_path / name, frames(), total=1)


def test_a_place_where_one_may_not_write_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(Mistake, match="may not write"):
        check(tmp_path / "out.png", 10)


@pytest.mark.parametrize("fps", [0.0, -1.0, 51.0, float("nan")])
def test_a_pace_that_readers_cannot_keep_is_refused(fps: float, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="at most 50 frames a second"):
        check(tmp_path / "out.gif", fps)
