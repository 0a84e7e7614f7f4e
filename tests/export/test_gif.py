"""GIF: what a reader of the file sees is what was drawn, for as long as it was meant."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from nnviz.export import gif

Bytes = NDArray[np.uint8]


def solid(red: int, green: int, blue: int, height: int = 20, width: int = 30) -> Bytes:
    return np.full((height, width, 4), (red, green, blue, 255), np.uint8)


def gradient(turn: float) -> Bytes:
    """A smooth picture in orange, white and blue of more than 255 colors."""
    x, y = np.meshgrid(np.linspace(-1, 1, 160), np.linspace(-1, 1, 120))
    value = np.tanh(4 * turn * (x * np.cos(turn) + y**2 - 0.4))[..., None]
    ends = np.where(value < 0, (245, 147, 34), (8, 119, 189))
    rgb = 234 + (ends - 234) * np.abs(value)
    return np.dstack([rgb.astype(np.uint8), np.full((120, 160), 255, np.uint8)])


def encoded(frames: list[Bytes], fps: float = 10.0) -> BytesIO:
    file = BytesIO()
    gif.encode(iter(frames), fps, file)
    file.seek(0)
    return file


def seen(file: BytesIO) -> Iterator[Bytes]:
    for frame in ImageSequence.Iterator(Image.open(file)):
        yield np.asarray(frame.convert("RGB"))


def count(file: BytesIO) -> int:
    return sum(1 for _ in seen(file))


def durations(frames: int, fps: float) -> list[int]:
    image = Image.open(encoded([solid(k % 256, 0, 0) for k in range(frames)], fps))
    return [frame.info["duration"] for frame in ImageSequence.Iterator(image)]


def test_it_repeats_for_ever() -> None:
    assert Image.open(encoded([solid(1, 2, 3)])).info["loop"] == 0


def test_every_frame_is_there() -> None:
    assert count(encoded([solid(k, 0, 0) for k in range(0, 250, 10)])) == 25


def test_a_frame_like_the_one_before_is_kept_and_small() -> None:
    one, two = encoded([solid(9, 9, 9)]), encoded([solid(9, 9, 9)] * 2)
    assert count(two) == 2
    assert len(two.getvalue()) - len(one.getvalue()) < 40


def test_few_colors_stay_exact() -> None:
    frames = [solid(246, 247, 248), solid(8, 119, 189), solid(0, 0, 0), solid(255, 255, 255)]
    for frame, shown in zip(frames, seen(encoded(frames)), strict=True):
        assert (frame[..., :3] == shown).all()


def test_smooth_pictures_stay_near() -> None:
    frames = [gradient(turn) for turn in np.linspace(0, 2, 12)]
    for frame, shown in zip(frames, seen(encoded(frames)), strict=True):
        error = np.abs(frame[..., :3].astype(int) - shown)
        assert error.mean() < 1.5
        assert np.quantile(error, 0.99) < 12


def test_what_does_not_change_does_not_flicker() -> None:
    still = gradient(1.5)
    frames = [still.copy() for _ in range(6)]
    for place, frame in enumerate(frames):
        frame[:40, :40, :3] = (40 * place, 255 - 40 * place, 90)
    for before, after in pairwise(seen(encoded(frames))):
        assert (before[40:] == after[40:]).all()


def test_a_still_background_costs_nothing() -> None:
    still = gradient(1.5)
    moving = [still.copy() for _ in range(20)]
    for place, frame in enumerate(moving):
        frame[place : place + 4, :4, :3] = 255
    alone, together = len(encoded([still]).getvalue()), len(encoded(moving).getvalue())
    assert together < 1.5 * alone


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (7, 1), (3, 5), (255, 257)])
def test_odd_sizes(size: tuple[int, int]) -> None:
    frames = [solid(10, 20, 30, *size), solid(200, 20, 30, *size)]
    assert [shown.shape[:2] for shown in seen(encoded(frames))] == [size, size]


def test_the_frames_handed_in_are_left_alone() -> None:
    frames = [solid(10, 20, 30, 1, 1), solid(200, 20, 30, 1, 1)]
    encoded(frames)
    assert (frames[0][0, 0] == (10, 20, 30, 255)).all()


def test_cut_out_frames_need_not_be_contiguous() -> None:
    frame = gradient(1.0)[::2, 10:90:2]
    (shown,) = seen(encoded([frame]))
    assert np.abs(frame[..., :3].astype(int) - shown).mean() < 1.5


@given(fps=st.floats(1.0, 50.0), frames=st.integers(1, 60))
@settings(deadline=None, max_examples=20)
def test_time_does_not_drift(fps: float, frames: int) -> None:
    assert abs(sum(durations(frames, fps)) / 1000 - frames / fps) <= 0.005 + 1e-9


def test_thirds_of_a_second_share_the_odd_hundredth() -> None:
    assert durations(6, 3.0) == [330, 340, 330, 330, 340, 330]


def palettes_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by a number for each palette."""
    made: list[int] = []
    chosen = gif._chosen  # noqa: SLF001

    def watched(samples: Bytes, counts: NDArray[np.intp]) -> Bytes:
        made.append(len(samples))
        return chosen(samples, counts)

    monkeypatch.setattr(gif, "_chosen", watched)
    return made


def test_a_palette_stays_while_another_would_do_no_better(monkeypatch: pytest.MonkeyPatch) -> None:
    made = palettes_made(monkeypatch)
    rng = np.random.default_rng(0)
    noise = [rng.integers(0, 256, (60, 80, 4), dtype=np.uint8) for _ in range(4)]
    encoded(noise)
    assert len(made) == 1, "of noise no 255 colors are better than others"
    encoded([noise[0], solid(250, 10, 10, 60, 80), gradient(1.0)[:60, :80]])
    assert len(made) == 4, "one for the first, and one each for what is quite another thing"


def test_a_few_odd_pixels_ask_for_no_palette_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made = palettes_made(monkeypatch)
    frames = [gradient(1.5) for _ in range(10)]
    for place, frame in enumerate(frames):
        frame[5 * place, :2, :3] = (25 * place, 90, 255 - 25 * place)
    encoded(frames)
    assert len(made) == 1
