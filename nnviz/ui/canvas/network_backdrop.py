"""What stands still behind a network: captions of the ends, and what is folded."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from nnviz.ui.brush import painting
from nnviz.ui.canvas.network_layout import Layout, bundles
from nnviz.ui.canvas.network_view import NetworkView
from nnviz.ui.canvas.pens import mix, outline, polygon
from nnviz.ui.theme import Theme
from nnviz.value import dataclass

HEAD_TOP = 4
"""Where the line of captions and buttons begins, before the theme's scale."""

STEPS = 24
"""What a button takes on each side of a caption, before the theme's scale."""

HEAD_HEIGHT = 20
_GAP = 6


@dataclass(frozen=True, slots=True)
class Head:
    """The caption of a column and where it stands by x; `is_tight` without room for buttons."""

    text: str
    left: float
    width: float
    is_tight: bool = False


def column_captions(view: NetworkView) -> list[list[str]]:
    """What may stand above each column, the longest first: what fits is shown."""
    last = view.activations[-1] if view.activations else ""
    hidden = [_captions_of(view, layer) for layer in range(len(view.widths))]
    return [["Features"], *hidden, [f"Output · {last}", "Output", "Out"]]


def _captions_of(view: NetworkView, layer: int) -> list[str]:
    width, name = view.widths[layer], view.activations[layer]
    alpha = view.alphas[layer] if view.alphas else None
    dropout = view.dropouts[layer] if view.dropouts else 0.0
    name = name if alpha is None else f"{name} {alpha:.2f}"
    tail = f" · p {dropout:g}" if dropout else ""
    return [
        f"{width} {'neuron' if width == 1 else 'neurons'} · {name}{tail}",
        f"{width} · {name}{tail}",
        f"{width} · {name}",
        f"{width}",
    ]


def heads_of(layout: Layout, captions: list[list[str]], theme: Theme, width: int) -> list[Head]:
    """The captions that fit above the columns of a canvas of a width."""
    metrics = QFontMetricsF(theme.label_font())
    last = len(captions) - 1
    heads = []
    for layer, (column, choices) in enumerate(zip(layout.columns, captions, strict=True)):
        is_tight = False
        if layer in (0, last):  # Half a pitch on one side, the margin on the other.
            room = layout.pitch / 2 + min(column, width - column) - theme.px(_GAP)
        else:
            room = layout.pitch - theme.px(2 * STEPS + 2 * _GAP)
            is_tight = metrics.horizontalAdvance(choices[-1]) > room
            room = layout.pitch - theme.px(2 * _GAP) if is_tight else room
        text = next((each for each in choices if metrics.horizontalAdvance(each) <= room), "")
        text = text or choices[-1]
        wide = metrics.horizontalAdvance(text)
        left = min(max(column - wide / 2, theme.px(2)), width - theme.px(2) - wide)
        heads.append(Head(text, left, wide, is_tight))
    return heads


def draw_backdrop(
    base: QPixmap, theme: Theme, layout: Layout, heads: list[Head], on: tuple[int, ...]
) -> None:
    """Draw the backdrop on a blank; `on` are the places of the features in use."""
    with painting(base) as painter:
        painter.setPen(QColor(theme.muted))
        painter.setFont(theme.label_font())
        for head in (heads[0], heads[-1]):
            room = QRectF(head.left, theme.px(HEAD_TOP), head.width + 2, theme.px(HEAD_HEIGHT))
            painter.drawText(room, _LEFT, head.text)
        _draw_bundles(painter, theme, layout, on)
        for layer, more in enumerate(layout.more):
            if more:
                _draw_stack(painter, theme, layout, layer)


def _draw_bundles(painter: QPainter, theme: Theme, layout: Layout, on: tuple[int, ...]) -> None:
    """Faint curves to and from what is folded."""
    painter.setPen(QPen(mix(theme.panel, theme.line, 0.8), 1.0))
    for layer in range(len(layout.rows) - 1):
        count = len(layout.rows[layer])
        sources = np.array([each for each in on if each < count] if layer == 0 else range(count))
        for line in bundles(layout, layer, sources.astype(np.intp)):
            painter.drawPolyline(polygon(line))


def _draw_stack(painter: QPainter, theme: Theme, layout: Layout, layer: int) -> None:
    """A pile of tiles and the number of units in it."""
    column, y, side = layout.columns[layer], layout.stacks[layer], layout.side(layer)
    below = y
    if layer:
        painter.setBrush(QColor(theme.field))
        painter.setPen(outline(mix(theme.line, theme.muted, 0.35), 1.2 * theme.scale))
        step = max(0.1 * side, 1.5)
        tile = QRectF(column - side / 2, y - side / 2, side - 2 * step, side - 2 * step)
        for each in (2, 1, 0):
            radius = 0.16 * side
            painter.drawRoundedRect(tile.translated(each * step, each * step), radius, radius)
        below = y + side / 2 + 1
    painter.setFont(theme.number_font(theme.label_size))
    painter.setPen(QColor(theme.muted))
    wide = max(layout.pitch - theme.px(4), theme.px(24))
    words = f"+ {layout.more[layer]} more"
    if QFontMetricsF(painter.font()).horizontalAdvance(words) > wide:
        words = f"+{layout.more[layer]}"
    room = QRectF(column - wide / 2, below, wide, theme.px(14))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
