"""Figures at a glance: a confusion matrix as a small heat table, and bars for every layer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.canvas.pens import Floats, mix
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_CELL = 22.0
_NAME = 84.0
_SHARE = 52.0


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """How often which class (row) was taken for which (column), with shares from 0 to 1."""

    names: tuple[str, ...]
    counts: NDArray[np.intp]
    precision: Floats
    recall: Floats


class ConfusionTable(Drawing):
    """A heat table: rows are true classes, columns what they were taken for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(theme, parent)
        self._matrix: Matrix | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Confusion matrix")
        self.setToolTip("Rows are true classes, columns what the network took them for.")

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix."""
        is_other = self._matrix is None or len(matrix.names) != len(self._matrix.names)
        self._matrix = matrix
        self.setAccessibleDescription(_told(matrix))
        if is_other:
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        rows = len(self._matrix.names) + 2 if self._matrix is not None else 0
        return QSize(self._theme.px(220), round(rows * self._theme.px(_CELL)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    @override
    def _paint(self, painter: QPainter) -> None:
        if self._matrix is not None:
            painter.setFont(self._theme.number_font(self._theme.label_size))
            self._paint_cells(painter, self._matrix)
            self._paint_edges(painter, self._matrix)

    def _box(self, row: int, column: int) -> QRectF:
        """The room of a cell; row 0 and column 0 are the names, the last ones the shares."""
        theme, count = self._theme, len(self._matrix.names) if self._matrix else 0
        left, right, height = theme.px(_NAME), theme.px(_SHARE), theme.px(_CELL)
        width = min((self.width() - left - right) / max(count, 1), theme.px(64.0))
        if column == 0:
            return QRectF(0, row * height, left - theme.px(6), height)
        x = left + (column - 1) * width
        return QRectF(x, row * height, right if column > count else width, height)

    def _paint_cells(self, painter: QPainter, matrix: Matrix) -> None:
        theme = self._theme
        whole = np.maximum(matrix.counts.sum(axis=1), 1)
        for row, counts in enumerate(matrix.counts.tolist()):
            for column, count in enumerate(counts):
                share = count / float(whole[row])
                hue = theme.good if row == column else theme.bad
                box = self._box(row + 1, column + 1).adjusted(1, 1, -1, -1)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mix(theme.field, hue, 0.62 * share))
                painter.drawRoundedRect(box, theme.px(3), theme.px(3))
                painter.setPen(QColor(theme.text if count else theme.muted))
                painter.drawText(box, _CENTER, f"{count:,}" if count else "·")

    def _paint_edges(self, painter: QPainter, matrix: Matrix) -> None:
        theme, count = self._theme, len(matrix.names)
        metrics = QFontMetricsF(painter.font())
        for place, name in enumerate(matrix.names, 1):
            beside, above = self._box(place, 0), self._box(0, place)
            painter.setPen(QColor(theme.muted))
            for box, side in ((beside, _RIGHT), (above, _CENTER)):
                room = box.width() - 2
                painter.drawText(box, side, metrics.elidedText(name, _ELIDE, room))
            painter.setPen(QColor(theme.text))
            painter.drawText(
                self._box(place, count + 1), _RIGHT, _percent(matrix.recall[place - 1])
            )
            right = _percent(matrix.precision[place - 1])
            painter.drawText(self._box(count + 1, place), _CENTER, right)
        painter.setPen(QColor(theme.muted))
        painter.drawText(self._box(0, count + 1), _RIGHT, "recall")
        painter.drawText(self._box(count + 1, 0), _RIGHT, "precision")


class LayerTable(Drawing):
    """A line for each layer: the length of its gradient on a log scale, and idle units."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(theme, parent)
        self._names: tuple[str, ...] = ()
        self._gradients = self._dead = self._saturated = np.empty(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Layers")
        self.setToolTip(
            "How long the gradient of each layer is, which share of its units is dead (never above"
            " 0), and which share of all slopes is flat (saturated)."
        )

    def show_layers(
        self, names: tuple[str, ...], gradients: Floats, dead: Floats, saturated: Floats
    ) -> None:
        """Show layers: gradients of shape (layers,), shares of those that are hidden."""
        is_other = len(names) != len(self._names)
        self._names, self._gradients = names, gradients
        self._dead, self._saturated = dead, saturated
        if is_other:
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(220), (len(self._names) + 1) * self._theme.px(18))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    @override
    def _paint(self, painter: QPainter) -> None:
        painter.setFont(self._theme.number_font(self._theme.label_size))
        painter.setPen(QColor(self._theme.muted))
        for box, side, text in zip(
            self._boxes(0), _SIDES, ("", "gradient", "dead", "saturated"), strict=True
        ):
            painter.drawText(box, side, text)
        for place, name in enumerate(self._names):
            self._paint_layer(painter, place, name)

    def _boxes(self, row: int) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        theme = self._theme
        name, share, height = theme.px(_NAME), theme.px(62), theme.px(18)
        middle = max(self.width() - name - 2 * share, theme.px(20))
        y = row * height
        return (
            QRectF(0, y, name - theme.px(6), height),
            QRectF(name, y, middle, height),
            QRectF(name + middle, y, share, height),
            QRectF(name + middle + share, y, share, height),
        )

    def _paint_layer(self, painter: QPainter, place: int, name: str) -> None:
        theme = self._theme
        title, bar, dead, saturated = self._boxes(place + 1)
        painter.setPen(QColor(theme.muted))
        painter.drawText(title, _RIGHT, name)
        self._paint_bar(painter, bar, float(self._gradients[place]))
        painter.setPen(QColor(theme.text))
        if place < len(self._dead):
            painter.drawText(dead, _RIGHT, _percent(self._dead[place]))
            painter.drawText(saturated, _RIGHT, _percent(self._saturated[place]))

    def _paint_bar(self, painter: QPainter, room: QRectF, length: float) -> None:
        """From 1e-6 to 10 on a log scale; longer and shorter ones stand at the ends."""
        theme = self._theme
        share = (np.log10(max(length, 1e-300)) + 6) / 7 if np.isfinite(length) else 1.0
        room = room.adjusted(theme.px(2), 0, -theme.px(48), 0)
        bar = QRectF(room.left(), room.center().y() - theme.px(3), room.width(), theme.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(bar, theme.px(3), theme.px(3))
        bar.setWidth(max(bar.width() * min(max(share, 0.0), 1.0), 2.0))
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(bar, theme.px(3), theme.px(3))
        painter.setPen(QColor(theme.text))
        number = QRectF(room.right() + theme.px(4), room.top(), theme.px(46), room.height())
        painter.drawText(number, _LEFT, _short(length))


_SIDES = (_RIGHT, _LEFT, _RIGHT, _RIGHT)
_ELIDE = Qt.TextElideMode.ElideRight


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{share:.0%}".replace("%", " %")


def _short(number: float) -> str:
    if not np.isfinite(number):
        return "∞"
    if number and number < 1e-3:
        return f"{number:.0e}".replace("e-0", "e−").replace("e-", "e−")
    return f"{number:.3f}" if number < 100 else f"{number:.2g}"


def _told(matrix: Matrix) -> str:
    """The matrix in words, for those who do not see it."""
    return "; ".join(
        f"{name}: recall {_percent(recall)}, precision {_percent(precision)}"
        for name, recall, precision in zip(
            matrix.names, matrix.recall, matrix.precision, strict=True
        )
    )
