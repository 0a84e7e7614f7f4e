"""A sheet: one view alone on its ground, under a line with its name and where the run stands.

It borrows the canvas of a panel, which goes on feeding it, and leaves the panel's controls behind.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.runtime.frames import Picture
from nnviz.runtime.inside import anatomy_of, inside_of
from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_buttons import StepButton
from nnviz.ui.panels.curves import CurvesPanel
from nnviz.ui.panels.inside import InsidePanel
from nnviz.ui.panels.landscape import LandscapePanel
from nnviz.ui.panels.landscape.entrants import MAP_CELLS
from nnviz.ui.panels.network import NetworkPanel
from nnviz.ui.panels.output import OutputPanel
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

LEGEND_COLUMNS, ENTRANT_COLUMNS = 4, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its name; `widest` is the text it keeps room for."""

    name: str
    number: str
    widest: str


@dataclass(frozen=True, slots=True)
class Words:
    """What stands above a view."""

    title: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What a sheet shows: the panel that feeds it with what it takes from there, and its words."""

    borrow: Callable[[Parts], tuple[QWidget, tuple[QWidget, ...]]]
    words: Callable[[Picture], Words]


class Sheet(QWidget):
    """A view by itself, to be looked at or photographed."""

    def __init__(self, kind: SheetKind, parts: Parts) -> None:
        """Show the pictures of the player of these parts."""
        super().__init__()
        self._words = kind.words
        theme = parts.look.theme
        self._heading = Heading(theme)
        self._panel, pieces = kind.borrow(parts)
        self._panel.setParent(self)
        self._panel.hide()
        box = QVBoxLayout(self)
        side = theme.px(12)
        box.setContentsMargins(side, theme.px(6), side, theme.px(10))
        box.setSpacing(theme.px(4))
        box.addWidget(self._heading)
        for place, piece in enumerate(pieces):
            box.addWidget(piece, 0 if place else 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        parts.player.pictured.connect(self._on_pictured)

    def _on_pictured(self, picture: Picture) -> None:
        self._heading.show_words(self._words(picture))


class Heading(QWidget):
    """A title at the left, numbers at the right that do not jump."""

    def __init__(self, theme: Theme) -> None:
        """Begin empty."""
        super().__init__()
        self._theme = theme
        self._shown = Words("", ())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, words: Words) -> None:
        """Show a title and as many of the readings as there is room for."""
        self._shown = words
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        theme, words = self._theme, self._shown
        name_font, number_font = theme.label_font(), theme.number_font()
        names, numbers = QFontMetricsF(name_font), QFontMetricsF(number_font)
        gap, small = theme.px(18), theme.px(6)
        _write(painter, QRectF(self.rect()), words.title, theme.body_font(_BOLD), theme.text)
        left = QFontMetricsF(theme.body_font(_BOLD)).horizontalAdvance(words.title) + gap
        slots: list[tuple[Reading, float, float]] = []
        for each in words.readings:
            name = names.horizontalAdvance(each.name) + small
            slots.append((each, name, numbers.horizontalAdvance(each.widest) + 1))
        while slots and left + sum(a + b + gap for _, a, b in slots) - gap > self.width():
            slots.pop()
        x = self.width() - sum(a + b + gap for _, a, b in slots) + gap
        for each, name, number in slots:
            room = QRectF(x, 0, name, self.height())
            _write(painter, room, each.name, name_font, theme.muted)
            room = QRectF(x + name, 0, number, self.height())
            _write(painter, room, each.number, number_font, theme.text)
            x += name + number + gap


_BOLD = QFont.Weight.Medium


def _write(painter: QPainter, room: QRectF, text: str, font: QFont, color: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


def _output(parts: Parts) -> tuple[QWidget, tuple[QWidget, ...]]:
    panel = OutputPanel(parts)
    return panel, (panel.canvas, panel.bar)


def _network(parts: Parts) -> tuple[QWidget, tuple[QWidget, ...]]:
    panel = NetworkPanel(parts)
    parts.player.pictured.connect(partial(_hide_buttons, panel.canvas))
    return panel, (panel.canvas,)


def _hide_buttons(canvas: QWidget, _: Picture) -> None:
    for each in canvas.findChildren(StepButton):
        each.hide()


def _curves(parts: Parts) -> tuple[QWidget, tuple[QWidget, ...]]:
    panel = CurvesPanel(parts)
    return panel, (panel.canvas,)


def _landscape(parts: Parts) -> tuple[QWidget, tuple[QWidget, ...]]:
    panel = LandscapePanel(parts)
    legend = QWidget()
    grid = QGridLayout(legend)
    grid.setContentsMargins(0, 0, 0, 0)
    landscape = parts.store.experiment.landscape
    lines: list[QWidget] = [panel.legend.roster.rows[racer].line for racer in landscape.running]
    if landscape.is_whole:
        for each in panel.side.entrants.rows:
            each.hide_menu()
        lines = list(panel.side.entrants.rows)
        parts.player.set_wishes(multiples=MAP_CELLS)
    for place, line in enumerate(lines):
        row, column = divmod(place, ENTRANT_COLUMNS if landscape.is_whole else LEGEND_COLUMNS)
        grid.addWidget(line, row, column)
    panel.looking.views.hide()
    return panel, (panel.display, legend)


def _inside(parts: Parts) -> tuple[QWidget, tuple[QWidget, ...]]:
    panel = InsidePanel(parts)
    return panel, (panel.page,)


def _step_words(picture: Picture) -> Words:
    inside, landscape = inside_of(picture), picture.frame.experiment.landscape
    if inside is None:
        return Words("Inside one step", ())
    phases = anatomy_of(inside.moment, len(inside.axes)).phases
    at = min(landscape.phase, len(phases) - 1)
    readings = (
        Reading("Epoch" if landscape.is_whole else "Step", f"{inside.count:,}", "0,000"),
        Reading("Phase", f"{at + 1} of {len(phases)}", "00 of 00"),
    )
    return Words(inside.name, readings)


def _run_words(title: str) -> Callable[[Picture], Words]:
    def words(picture: Picture) -> Words:
        history = picture.frame.history
        readings = [
            Reading("Epoch", f"{picture.frame.epoch:,}", "00,000"),
            Reading("Train", _loss(float(history.train_loss[-1])), "0.0000"),
            Reading("Test", _loss(float(history.test_loss[-1])), "0.0000"),
        ]
        accuracy = float(history.test_accuracy[-1])
        if not math.isnan(accuracy):
            readings.append(Reading("Accuracy", f"{100 * accuracy:.1f} %", "100.0 %"))
        return Words(title, tuple(readings))

    return words


def _race_words(picture: Picture) -> Words:
    if picture.frame.experiment.landscape.is_whole:
        epoch = f"{picture.frame.epoch:,}"
        return Words(picture.surface.title, (Reading("Epoch", epoch, "00,000"),))
    steps = picture.frame.race.paths.shape[1] - 1
    return Words(picture.surface.title, (Reading("Step", f"{steps:,}", "0,000"),))


def _loss(loss: float) -> str:
    if not math.isfinite(loss):
        return "∞"
    return f"{loss:.4f}" if abs(loss) < 100 else f"{loss:.3g}"


SHEETS = {
    "boundary": SheetKind(_output, _run_words("Decision boundary")),
    "network": SheetKind(_network, _run_words("Network")),
    "surface": SheetKind(_landscape, _race_words),
    "step": SheetKind(_inside, _step_words),
    "curves": SheetKind(_curves, _run_words("Loss")),
}
"""A sheet for every view but the whole window, by the keys of `nnviz.export.request.SHOTS`."""
