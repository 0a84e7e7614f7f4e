from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from nnviz.assets import asset
from nnviz.ui.icons import icon, pixmap

DRAWINGS = sorted(path for path in asset("icons").glob("*.svg") if path.stem != "nnviz")
GREY = {"arrow-down"}  # Style sheets cannot tint.
every_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)


@every_drawing
def test_a_drawing_keeps_to_the_grid_and_the_stroke(path: Path) -> None:
    drawing = path.read_text()
    side = 12 if path.stem in GREY else 20
    assert f'viewBox="0 0 {side} {side}"' in drawing
    assert 'stroke-width="1.6"' in drawing
    assert 'stroke-linecap="round"' in drawing


@every_drawing
def test_a_drawing_brings_no_colors_of_its_own(path: Path) -> None:
    colors = set(re.findall(r"#[0-9a-fA-F]{3,6}", path.read_text()))
    assert colors == ({"#7f8a94"} if path.stem in GREY else set())


@every_drawing
@pytest.mark.usefixtures("qapp")
def test_a_drawing_leaves_ink_of_the_color_asked_for(path: Path) -> None:
    image = pixmap(path.stem, "#ff0000", 40).toImage()
    inked = [
        QColor(image.pixelColor(x, y))
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert inked
    assert all(color.red() > 0 for color in inked)


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_made_once() -> None:
    assert icon("play", "#123456") is icon("play", "#123456")


@pytest.mark.usefixtures("qapp")
def test_an_icon_that_is_not_there_is_said() -> None:
    with pytest.raises(FileNotFoundError, match="no-such"):
        icon("no-such", "#000000")
