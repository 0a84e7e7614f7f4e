"""Cards in lines, as large as fits, and scrolled when even the smallest are too many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from nnviz.ui.panels.compare.card import CHROME, GLYPH, MARGIN, EntrantCard

LEAST_SIDE, MOST_SIDE = 112, 300
_GAP = 8
_BAR = 12


class Cards(QScrollArea):
    """Holds cards, each map of the same size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hold none."""
        super().__init__(parent)
        self._cards: tuple[EntrantCard, ...] = ()
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)

    def hold(self, cards: Sequence[EntrantCard]) -> None:
        """Hold these cards from now on; others are gone."""
        for gone in set(self._cards) - set(cards):
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._cards = tuple(cards)
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if not self._cards:
            return
        columns, side = fit(len(self._cards), self.width() - _BAR, self.height())
        width = (self.width() - _BAR - (columns - 1) * _GAP) // columns
        for place, card in enumerate(self._cards):
            card.show_size(max(min(width, side + 3 * GLYPH + 2 * MARGIN), side), side)
            self._grid.addWidget(card, place // columns, place % columns)


def fit(count: int, width: int, height: int) -> tuple[int, int]:
    """In how many columns so many cards get the largest maps, and the side of these."""
    best = (1, 0)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        across = (width - (columns - 1) * _GAP) // columns - 2 * MARGIN - GLYPH
        down = (height - (rows - 1) * _GAP) // rows - CHROME
        side = min(across, max(down, LEAST_SIDE), MOST_SIDE)
        if side > best[1]:
            best = (columns, side)
    return best[0], max(best[1], 1)
