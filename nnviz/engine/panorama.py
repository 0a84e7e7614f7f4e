"""The picture of a landscape: lit from one side, lines of one height on it and on its floor.

The lamp goes with the camera and stands to its upper left, as on maps: what is lit from anywhere
else is easily seen upside down. Lines of one height are as thin on the screen wherever they run.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.raster import HEIGHTS_DARK, HEIGHTS_LIGHT, SHADES, Bytes, Singles, stop_colors
from nnviz.engine.terrain import FINE, Terrain
from nnviz.engine.vantage import Vantage
from nnviz.engine.visible import Places, Visible, look
from nnviz.value import dataclass

Color = tuple[int, int, int]

LEAST_STEPS, MOST_STEPS = 160, 560
"""How often a line over the map is looked at, at least and at most."""

_STEPS_A_ROW = 0.6
_LIGHTS, _COVERS = 64, 8
_CLOTH = 0.6  # How much less pale a cloth lies on the floor.

_LAMP = np.array([-0.55, -0.42, 0.72], dtype=np.float32)
"""To the light: leftward, ahead and upward of the camera."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """What a landscape is drawn with.

    `heights` are RGB of shape (stops, 3), low to high; `shade` and `shine` what red, green and blue
    are multiplied by where no light falls and where all of it does. `line` is the RGB of the height
    lines, `soft` and `firm` how much they cover on the landscape and on the floor; `paper` the RGB
    of the ground of the picture, which the floor is a share `pale` nearer to, and what is seen from
    below a share `dusk`.
    """

    heights: NDArray[np.integer]
    shade: tuple[float, float, float]
    shine: tuple[float, float, float]
    line: Color
    paper: Color
    soft: float
    firm: float
    pale: float
    dusk: float


LIGHT_INK = Ink(
    heights=HEIGHTS_LIGHT,
    shade=(0.66, 0.69, 0.73),
    shine=(1.07, 1.055, 1.03),
    line=(27, 34, 40),
    paper=(255, 255, 255),
    soft=0.2,
    firm=0.34,
    pale=0.5,
    dusk=0.3,
)
DARK_INK = Ink(
    heights=HEIGHTS_DARK,
    shade=(0.55, 0.6, 0.66),
    shine=(1.6, 1.56, 1.5),
    line=(231, 235, 238),
    paper=(25, 30, 35),
    soft=0.14,
    firm=0.26,
    pale=0.66,
    dusk=0.45,
)


@dataclass(frozen=True, slots=True, eq=False)
class Panorama:
    """A landscape as seen from a vantage.

    `rgba` has shape (height, width, 4), row 0 at the top, colors multiplied by their alpha; it is
    as large as the vantage says. `depth`, of shape (height, width), is how far away what is seen
    is, infinite where there is nothing.
    """

    vantage: Vantage
    rgba: Bytes
    depth: Singles


def draw(  # noqa: PLR0913 - how it looks, part by part
    terrain: Terrain,
    vantage: Vantage,
    ink: Ink,
    levels: int,
    fine: int = 1,
    cloth: Bytes | None = None,
) -> Panorama:
    """The picture of a landscape.

    Args:
        terrain: the landscape.
        vantage: where it is looked at from, and how large the picture is.
        ink: what it is drawn with.
        levels: how many lines of one height there are, evenly spaced.
        fine: how many times finer each way it is drawn before it is made smaller, smoothly.
        cloth: other colors for it than those of its heights, RGBA of shape (rows, columns, 4) over
            the map, row 0 at the least y.
    """
    wide = vantage.resized(fine * vantage.width, fine * vantage.height)
    steps = 2 * int(np.clip(_STEPS_A_ROW * wide.height, LEAST_STEPS, MOST_STEPS) / 2)
    visible = look(terrain, wide, _lamp(vantage), steps)
    pixels = np.concatenate([each.pixels for each in visible.parts])
    depth = np.concatenate([each.depth for each in visible.parts])
    heights = np.concatenate([each.heights for each in visible.parts])
    shape = (wide.height, visible.columns)
    covered = _lines(pixels, heights * np.float32(levels), shape, fine)
    if cloth is None:
        colors = _painted(visible, heights, covered, ink)
    else:
        colors = _dressed(visible, covered, ink, cloth)
    whole, deep = (
        _pasted(each, pixels, visible, wide, empty)
        for each, empty in ((colors, 0), (depth, np.inf))
    )
    rgba = whole.view(np.uint8).reshape(wide.height, wide.width, 4)
    return Panorama(vantage, _smaller(rgba, fine), deep[::fine, ::fine])


def _pasted(
    values: NDArray[Any], pixels: Places, visible: Visible, vantage: Vantage, empty: float
) -> NDArray[Any]:
    """Values of pixels as a whole picture, with something else where nothing is seen."""
    part = np.full(vantage.height * visible.columns, empty, values.dtype)
    part[pixels] = values
    whole = np.full((vantage.height, vantage.width), empty, values.dtype)
    among = slice(visible.first, visible.first + visible.columns)
    whole[:, among] = part.reshape(vantage.height, visible.columns)
    return whole


def _lamp(vantage: Vantage) -> Singles:
    """The direction to the lamp in the axes of the box."""
    x, y = vantage.ahead
    left, behind, up = _LAMP
    lamp = np.array([y * left + x * behind, -x * left + y * behind, up], np.float32)
    lit: Singles = lamp / np.linalg.norm(lamp)
    return lit


def _painted(visible: Visible, heights: Singles, covered: Singles, ink: Ink) -> NDArray[np.uint32]:
    """The colors of all that is seen, of shape (n,): red, green, blue and alpha as one number."""
    known = np.where(np.isnan(heights), np.float32(1), heights)
    light = np.maximum(np.concatenate([each.light for each in visible.parts]), 0)
    place = np.repeat(np.arange(len(visible.parts)), [len(each.pixels) for each in visible.parts])
    for share, count in ((known, SHADES), (light, _LIGHTS), (covered, _COVERS)):
        place *= count
        place += (share * np.float32(count - 0.5)).astype(np.intp)
    colors: NDArray[np.uint32] = _palette(ink).take(place)
    return colors


def _dressed(visible: Visible, covered: Singles, ink: Ink, cloth: Bytes) -> NDArray[np.uint32]:
    """The same with the colors of a cloth that lies over the landscape and over its floor."""
    above = visible.above
    cells = np.concatenate([each.cells for each in visible.parts])
    rows, columns = cloth.shape[:2]
    row, column = cells // FINE * rows // FINE, cells % FINE * columns // FINE
    rgb = cloth.reshape(-1, 4)[row * columns + column, :3].astype(np.float32)
    shade, shine = np.array((ink.shade, ink.shine), np.float32)
    rgb[: len(above.cells)] *= shade + np.maximum(above.light, 0)[:, None] * (shine - shade)
    sizes = [len(each.cells) for each in visible.parts]
    pale = np.repeat(np.array([0, ink.dusk, _CLOTH * ink.pale], np.float32), sizes)
    rgb += pale[:, None] * (np.array(ink.paper, np.float32) - rgb)
    cover = covered * np.repeat(np.array([ink.soft, 0, ink.firm], np.float32), sizes)
    rgb += cover[:, None] * (np.array(ink.line, np.float32) - rgb)
    colors = np.full((len(rgb), 4), 255, np.uint8)
    colors[:, :3] = np.minimum(rgb, 255)
    return colors.view(np.uint32)[:, 0]


@lru_cache(maxsize=4)
def _palette(ink: Ink) -> NDArray[np.uint32]:
    """All colors by what is seen (from above, from below, the floor), height, light and lines."""
    heights = stop_colors(ink.heights)[:, :3].astype(float)
    shade, shine = np.array((ink.shade, ink.shine))
    light = shade + np.linspace(0, 1, _LIGHTS)[:, None] * (shine - shade)
    flat = np.broadcast_to(heights[:, None], (SHADES, _LIGHTS, 3))
    parts = (
        (heights[:, None] * light, 0.0, ink.soft),
        (flat, ink.dusk, 0.0),
        (flat, ink.pale, ink.firm),
    )
    table = np.full((len(parts), SHADES, _LIGHTS, _COVERS, 4), 255, np.uint8)
    for place, (colors, pale, cover) in enumerate(parts):
        plain = colors + pale * (np.array(ink.paper) - colors)
        lined = plain + cover * (np.array(ink.line) - plain)
        share = np.linspace(0, 1, _COVERS)[:, None]
        mixed = plain[..., None, :] * (1 - share) + lined[..., None, :] * share
        table[place, ..., :3] = np.minimum(np.rint(mixed), 255)
    return table.view(np.uint32).ravel()


def _lines(pixels: Places, levels: Singles, shape: tuple[int, int], fine: int) -> Singles:
    """How much of each pixel a line of one height covers, from 0 to 1.

    Lines run where `levels`, one for each of the pixels, are halfway between whole numbers.
    """
    field = np.full(shape, np.nan, np.float32)
    field.ravel()[pixels] = levels
    change = np.fmax(_least(field, 0), _least(field, 1)).take(pixels)
    off = np.abs(levels - np.floor(levels) - np.float32(0.5))
    covered: Singles = np.clip(1.1 - off / (np.float32(fine) * change + np.float32(1e-6)), 0, 1)
    covered[np.isnan(covered)] = 0
    return covered


def _least(field: Singles, axis: int) -> Singles:
    """How much a field changes from pixel to pixel, on the side where it changes less.

    Where one thing hides another a field leaps; on the other side it does not.
    """
    step = np.abs(np.diff(field, axis=axis))
    least = np.full_like(field, np.nan)
    if axis:
        np.fmin(step[:, 1:], step[:, :-1], out=least[:, 1:-1])
    else:
        np.fmin(step[1:], step[:-1], out=least[1:-1])
    return least


def _smaller(rgba: Bytes, fine: int) -> Bytes:
    """Each so many pixels as one, their colors mixed."""
    if fine == 1:
        return rgba
    rows, columns = rgba.shape[0] // fine, rgba.shape[1] // fine
    total = np.zeros((rows, columns, 4), np.uint16)
    for row in range(fine):
        for column in range(fine):
            total += rgba[row::fine, column::fine]
    mixed: Bytes = (total // np.uint16(fine * fine)).astype(np.uint8)
    return mixed
