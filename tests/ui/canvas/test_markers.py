from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter

from nnviz.experiment.landscape import SYMBOLS
from nnviz.ui.brush import painting
from nnviz.ui.canvas.markers import marker, paint_marker
from nnviz.ui.canvas.pens import blank, outline

PLACE, SIZE, WIDTH = QPointF(16.3, 15.6), 13.0, 1.6
FILL, EDGE = "#d55e00", "#ffffff"


def pixels(paint: Callable[[QPainter], None]) -> NDArray[np.int64]:
    image = blank(QSize(32, 32), 1.0, QColor("#808080"))
    with painting(image) as painter:
        paint(painter)
    whole = image.toImage()
    colors = [whole.pixelColor(x, y) for y in range(32) for x in range(32)]
    return np.array([(each.red(), each.green(), each.blue()) for each in colors], np.int64)


def stroked(painter: QPainter, symbol: str) -> None:
    painter.setPen(outline(EDGE, WIDTH))
    painter.setBrush(QColor(FILL))
    painter.drawPath(marker(symbol, PLACE, SIZE))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_filled_marker_looks_like_a_stroked_one(symbol: str) -> None:
    filled = pixels(lambda it: paint_marker(it, symbol, PLACE, SIZE, FILL, EDGE, WIDTH))
    told = pixels(lambda it: stroked(it, symbol))
    assert (np.abs(filled - told).max(axis=1) > 40).mean() < 0.01
    assert np.abs(filled - told).mean() < 1.0


@pytest.mark.usefixtures("qapp")
def test_painting_a_marker_leaves_the_painter_where_it_was() -> None:
    image = blank(QSize(32, 32), 1.0, QColor("#808080"))
    with painting(image) as painter:
        before = painter.transform()
        paint_marker(painter, "star", PLACE, SIZE, FILL, EDGE, WIDTH)
        assert painter.transform() == before
