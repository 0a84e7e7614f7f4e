"""GIF: frames as small patches on what is already shown, with a palette that stays while it fits.

The one idea: compare each new frame with what the reader *sees* by now, not with the frame before.
A pixel that is near enough, or meant to be as it was, is left alone: nothing flickers, errors never
add up, and a patch is mostly transparent, which packs well.

The container follows the GIF89a specification (CompuServe, 1990); Pillow packs the pixels.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

Bytes = NDArray[np.uint8]
Pixels = NDArray[np.uint32]
Indices = NDArray[np.int32]

CLEAR = 255
"""The index in every palette that leaves a pixel as it is."""
NEAR = 3
"""A pixel is left alone while no channel is further off than this, a power of two less one."""
FAR, WILD = 6.0, 24.0
FEW, WORSE = 0.01, 1.5
"""A new palette is made when clearly more of the changed pixels are far from its colors, or very
far, than of those that it was made for: by this factor, and by a few besides."""
LITTLE = 40
"""What changes is taken for this part of the picture at least, so that a few odd pixels of little
that moves do not ask for another palette frame by frame."""

_LEAVE_IN_PLACE = 1


def encode(frames: Iterator[Bytes], fps: float, file: BinaryIO) -> None:
    """Write frames of shape (h, w, 4) as an animation that repeats for ever.

    Durations are whole hundredths of a second, rounded so that frame k begins within half a
    hundredth of k / fps: nothing drifts.
    """
    screen: _Screen | None = None
    for place, frame in enumerate(frames):
        if screen is None:
            screen = _Screen(frame)
            file.write(_header(frame.shape[1], frame.shape[0], screen.palette))
        start, end = round(100 * place / fps), round(100 * (place + 1) / fps)
        file.writelines(screen.draw(frame, end - start))
    file.write(b";")


class _Screen:
    """What a reader of the file sees by now."""

    def __init__(self, frame: Bytes) -> None:
        self._size = frame.shape[:2]
        pixels = _packed(frame)
        self._little = len(pixels) // LITTLE
        self.palette = _Palette(pixels, _bins(pixels), self._little)
        self._first = self.palette
        self._shown = ~pixels
        self._meant = ~pixels

    def draw(self, frame: Bytes, hundredths: int) -> list[bytes]:
        """The bytes that turn what is shown into a new frame."""
        pixels = _packed(frame)
        places = np.flatnonzero((pixels != self._meant) & _differing(pixels, self._shown))
        changed = self._meant[places] = pixels[places]
        bins = _bins(changed)
        if not self.palette.fits(changed, bins):
            self.palette = _Palette(changed, bins, self._little)
        chosen = self.palette.indices(changed, bins)
        indices = np.full(pixels.shape, CLEAR, np.uint8)
        colors = self.palette.colors[chosen]
        indices[places] = np.where(colors == self._shown[places], CLEAR, chosen)
        self._shown[places] = colors
        return self._patch(indices.reshape(self._size), hundredths)

    def _patch(self, indices: Bytes, hundredths: int) -> list[bytes]:
        rows, columns = _box(indices != CLEAR)
        image = Image.fromarray(np.ascontiguousarray(indices[rows, columns]), "P")
        image.putpalette(self.palette.table)
        return GifImagePlugin.getdata(
            image,
            (columns.start, rows.start),
            duration=10 * hundredths,
            transparency=CLEAR,
            disposal=_LEAVE_IN_PLACE,
            include_color_table=self.palette is not self._first,
        )


def _packed(frame: Bytes) -> Pixels:
    """Every pixel of a frame as one number, red lowest, opaque."""
    return np.ascontiguousarray(frame).view("<u4").reshape(-1) | np.uint32(0xFF000000)


def _differing(a: Pixels, b: Pixels) -> NDArray[np.bool_]:
    """Where two pictures are not near: the bits above NEAR are set in some channel."""
    a_bytes, b_bytes = a.view(np.uint8), b.view(np.uint8)
    distance = np.maximum(a_bytes, b_bytes) - np.minimum(a_bytes, b_bytes)
    return np.asarray((distance.view("<u4") & np.uint32(0x010101 * (255 - NEAR))) != 0)


class _Palette:
    """At most 255 colors, and for each small cube of colors the nearest of them.

    Shares of fewer than `little` pixels are shares of so many.
    """

    def __init__(self, pixels: Pixels, bins: Indices, little: int) -> None:
        self._little = max(little, 1)
        counts = np.bincount(bins, minlength=_BINS)
        used = np.flatnonzero(counts)
        sample = np.zeros(_BINS, np.uint32)
        sample[bins] = pixels
        self._rgb = _chosen(_rgb(sample[used]), counts[used])
        self.colors = _packed(np.insert(self._rgb, 3, 255, axis=1)[None])
        self._nearest = np.full(_BINS, CLEAR, np.uint8)
        self._error = np.zeros(_BINS, np.float32)
        self._own = self._misfits(pixels, bins)

    @property
    def table(self) -> bytes:
        """The palette as 256 times red, green, blue."""
        return self._rgb.tobytes().ljust(768, b"\0")

    def fits(self, pixels: Pixels, bins: Indices) -> bool:
        """Whether the palette shows these pixels well enough: another one would not do better."""
        shares = zip(self._misfits(pixels, bins), self._own, strict=True)
        return all(share <= FEW + WORSE * own for share, own in shares)

    def _misfits(self, pixels: Pixels, bins: Indices) -> tuple[float, float]:
        """The shares of the pixels that are far, and very far, from the colors there are."""
        self._learn(pixels, bins)
        error, count = self._error[bins], max(len(bins), self._little)
        return np.count_nonzero(error > FAR) / count, np.count_nonzero(error > WILD) / count

    def indices(self, pixels: Pixels, bins: Indices) -> Bytes:
        """The places in the palette of some pixels."""
        self._learn(pixels, bins)
        return self._nearest[bins]

    def _learn(self, pixels: Pixels, bins: Indices) -> None:
        """Find the nearest color of the cubes that were not met before."""
        new = np.flatnonzero(self._nearest[bins] == CLEAR)
        fresh, first = np.unique(bins[new], return_index=True)
        nearest, error = _nearest(_rgb(pixels[new][first]), self._rgb)
        self._nearest[fresh] = nearest
        self._error[fresh] = error


_BINS = 1 << 18


def _bins(pixels: Pixels) -> Indices:
    """The small cube of colors in which each pixel lies: the high six bits of its channels."""
    red, green, blue = pixels >> 2 & 63, pixels >> 4 & 63 << 6, pixels >> 6 & 63 << 12
    return (red | green | blue).astype(np.int32)


def _rgb(pixels: Pixels) -> Bytes:
    """The channels of packed pixels, of shape (n, 3)."""
    return pixels.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3]


def _chosen(samples: Bytes, counts: NDArray[np.intp]) -> Bytes:
    """At most 255 of the colors of shape (n, 3), so that all have one of them near.

    Median cut over the colors, each weighing the root of its count so that thin lines are heard
    beside large areas; then each choice moves to the commonest color of its part, so that plain
    areas keep their exact color.
    """
    if len(samples) <= CLEAR:
        return samples
    weights = np.sqrt(counts).astype(np.intp) + 1
    crowd = np.repeat(samples, weights, axis=0)[None]
    cut = Image.fromarray(crowd, "RGB").quantize(CLEAR, Image.Quantize.MEDIANCUT)
    centers = np.array(cut.getpalette(), np.uint8).reshape(-1, 3)[:CLEAR]
    part, _ = _nearest(samples, centers)
    order = np.argsort(counts, kind="stable")
    centers[part[order]] = samples[order]
    return centers


def _nearest(samples: Bytes, colors: Bytes) -> tuple[Bytes, NDArray[np.float32]]:
    """For samples (n, 3) the nearest of the colors (k, 3), and how far it is."""
    a, b = samples.astype(np.float32), colors.astype(np.float32)
    nearest = np.empty(len(a), np.uint8)
    error = np.empty(len(a), np.float32)
    for start in range(0, len(a), 4096):
        part = slice(start, start + 4096)
        distance = (b * b).sum(axis=1) - 2 * (a[part] @ b.T)
        nearest[part] = distance.argmin(axis=1)
        error[part] = np.linalg.norm(a[part] - b[nearest[part]], axis=1)
    return nearest, error


def _box(mask: NDArray[np.bool_]) -> tuple[slice, slice]:
    """The smallest rectangle around what changed; one pixel where nothing did."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return slice(0, 1), slice(0, 1)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _header(width: int, height: int, palette: _Palette) -> bytes:
    """The head of the file: size, the first palette, and that it repeats for ever."""
    screen = struct.pack("<6sHHBBB", b"GIF89a", width, height, 0xF7, 0, 0)
    forever = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    return screen + palette.table + forever
