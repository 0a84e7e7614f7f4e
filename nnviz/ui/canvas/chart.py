"""Numbers over numbers: pyqtgraph's axes, curves, marks and zoom, in the look of the window.

What must be there with the first picture and change with every one of them is painted by canvases
of our own (see `plot`). A chart is looked into: it opens when somebody asks, and pyqtgraph, which
takes its time to load, is loaded with the first.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from nnviz.ui.canvas.pens import Floats, outline, veil
from nnviz.ui.theme import Theme

Range = tuple[float, float]

_GRID = 60  # How strong the lines of the grid are, of 255.


class Chart(pg.PlotWidget):
    """Curves over a pair of rulers; the wheel zooms along x, a double click shows all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Nothing drawn yet."""
        super().__init__(parent)
        self._theme = theme
        self._ends: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._is_log = False
        self._marks: list[pg.InfiniteLine] = []
        self._lines: list[pg.PlotDataItem] = []
        self.plot = self.getPlotItem()
        self.plot.setMenuEnabled(False)
        self.plot.ctrlMenu.setParent(self)  # It is made all the same, and would outlive us.
        self.plot.hideButtons()
        self.plot.getViewBox().setMouseEnabled(x=True, y=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scene().sigMouseClicked.connect(self._on_clicked)
        self._show_look()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(560), self._theme.px(280))

    def show_names(self, x_name: str, y_name: str) -> None:
        """Name the two rulers."""
        style = {"color": self._theme.muted, "font-size": f"{self._theme.label_size + 1}px"}
        self.plot.setLabel("bottom", x_name, **style)
        self.plot.setLabel("left", y_name, **style)

    def show_ends(self, x: Range, y: Range, *, is_log: bool = False) -> None:
        """Reach from one number to another; `is_log` draws x by its logarithm."""
        if is_log != self._is_log:
            self._is_log = is_log
            self.plot.setLogMode(x=is_log, y=False)
        if (x, y) != self._ends:
            self._ends = x, y
            self.show_all()

    def show_all(self) -> None:
        """Show everything again."""
        (left, right), y = self._ends
        x0, x1 = self._along(left), self._along(right)
        box = self.plot.getViewBox()
        box.setLimits(xMin=x0, xMax=x1, minXRange=0.02 * (x1 - x0), maxXRange=x1 - x0)
        box.setRange(xRange=(x0, x1), yRange=y, padding=0.0)

    def show_lines(self, lines: tuple[tuple[Floats, Floats, str], ...]) -> None:
        """Draw lines, each of x and y of shape (n,) and a color; nothing where y is not finite."""
        while len(self._lines) < len(lines):
            self._lines.append(self.plot.plot(connect="finite", antialias=True))
        for item, (x, y, color) in zip(self._lines, lines, strict=False):
            item.setPen(self._pen(color))
            item.setData(x, y)
        for item in self._lines[len(lines) :]:
            item.setData([], [])

    def show_marks(self, marks: tuple[tuple[float, str, str], ...]) -> None:
        """Name some places along x: each a number, a name and a color."""
        for mark in self._marks:
            self.plot.removeItem(mark)
        self._marks = [self._marked(place, *mark) for place, mark in enumerate(marks)]

    def _marked(self, place: int, x: float, name: str, color: str) -> pg.InfiniteLine:
        theme = self._theme
        look = {
            "position": 0.94 - 0.1 * place,
            "color": QColor(color),
            "fill": veil(theme.panel, 0.92),
            "movable": False,
        }
        line = pg.InfiniteLine(self._along(x), pen=self._pen(color), label=name, labelOpts=look)
        line.label.setFont(theme.number_font(theme.label_size + 1))
        self.plot.addItem(line)
        return line

    def picked(self, x: float, y: float) -> None:
        """The person clicked at a place of the plane; charts say what that means."""

    @override
    def close(self) -> bool:
        """Close as every widget does: pyqtgraph's own way takes the plot apart."""
        return QWidget.close(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()

    def _pen(self, color: str) -> QPen:
        """A pen of the same width however far somebody zooms."""
        pen = outline(QColor(color), 2.0 * self._theme.scale)
        pen.setCosmetic(True)
        return pen

    def _along(self, x: float) -> float:
        return float(np.log10(x)) if self._is_log else x

    def _on_clicked(self, event: pg.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.double():
            self.show_all()
            return
        box = self.plot.getViewBox()
        if box.sceneBoundingRect().contains(event.scenePos()):
            at: QPointF = box.mapSceneToView(event.scenePos())
            self.picked(10.0 ** at.x() if self._is_log else at.x(), at.y())

    def _show_look(self) -> None:
        theme = self._theme
        self.setBackground(QColor(theme.panel))
        self.plot.showGrid(x=True, y=True, alpha=_GRID / 255)
        for side in ("bottom", "left"):
            axis = self.plot.getAxis(side)
            axis.setPen(QPen(QColor(theme.line), theme.scale))
            axis.setTextPen(QPen(QColor(theme.muted)))
            axis.setTickFont(theme.number_font(theme.label_size))
            axis.enableAutoSIPrefix(enable=False)
