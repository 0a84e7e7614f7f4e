"""Icons: our own drawings in `resources/icons`, on a grid of 20, tinted by the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnviz.assets import asset
from nnviz.ui.brush import painting

SMALL = 16
"""The side of a drawing in a menu."""

_FINENESS = (1, 2)  # Device pixels to a pixel: of plain screens, and of fine ones.


@cache
def icon(name: str, color: str, side: int = SMALL) -> QIcon:
    """A drawing in a color `#rrggbb` for a square of so many pixels, sharp on any screen.

    Raises:
        FileNotFoundError: if there is no drawing of that name.
    """
    made = QIcon()
    for fineness in _FINENESS:
        made.addPixmap(pixmap(name, color, fineness * side))
    return made


@cache
def pixmap(name: str, color: str, size: int) -> QPixmap:
    """A drawing in a color `#rrggbb` on a square of so many device pixels."""
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    with painting(made) as painter:
        _renderer(name, color).render(painter, QRectF(0, 0, size, size))
    return made


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
