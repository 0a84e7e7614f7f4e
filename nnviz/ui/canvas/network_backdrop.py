"""What stands still behind a network: the panel and the captions of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.canvas.pens import painting
from nnviz.ui.theme import Theme

HEAD_TOP = 4
"""Where the line of captions and buttons begins, before the theme's scale."""

STEPS = 24
"""What a button takes on each side of a caption, before the theme's scale."""

_GAP = 6
_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class Head:
    """The caption of a column and where it stands by x."""

    text: str
    left: float
    width: float


def column_captions(widths: tuple[int, ...], activations: tuple[str, ...]) -> list[list[str]]:
    """What may stand above each column, the longest first: what fits is shown."""
    hidden = [
        [
            f"{width} {'neuron' if width == 1 else 'neurons'} · {name}",
            f"{width} · {name}",
            f"{width}",
        ]
        for width, name in zip(widths, activations, strict=False)
    ]
    last = activations[-1] if activations else ""
    return [["Features"], *hidden, [f"Output · {last}", "Output"]]


def heads_of(layout: Layout, captions: list[list[str]], theme: Theme, width: int) -> list[Head]:
    """The captions that fit above the columns of a canvas of a width."""
    metrics = QFontMetricsF(theme.label_font())
    last = len(captions) - 1
    heads = []
    for layer, (column, choices) in enumerate(zip(layout.columns, captions, strict=True)):
        if layer in (0, last):  # Half a pitch on one side, the margin on the other.
            room = layout.pitch / 2 + min(column, width - column) - theme.px(_GAP)
        else:
            room = layout.pitch - theme.px(2 * STEPS + _GAP)
        text = next((each for each in choices if metrics.horizontalAdvance(each) <= room), "")
        text = text or choices[-1]
        wide = metrics.horizontalAdvance(text)
        left = min(max(column - wide / 2, theme.px(2)), width - theme.px(2) - wide)
        heads.append(Head(text, left, wide))
    return heads


def draw_backdrop(base: QPixmap, theme: Theme, layout: Layout, heads: list[Head]) -> None:
    """Draw the backdrop on a blank."""
    with painting(base) as painter:
        painter.setPen(QColor(theme.muted))
        painter.setFont(theme.label_font())
        for head in heads:
            room = QRectF(head.left, theme.px(HEAD_TOP), head.width + 2, theme.px(_HEIGHT))
            painter.drawText(room, _LEFT, head.text)
        _draw_more(painter, theme, layout)


def _draw_more(painter: QPainter, theme: Theme, layout: Layout) -> None:
    painter.setFont(theme.body_font())
    for layer, (column, rows, more) in enumerate(
        zip(layout.columns, layout.rows, layout.more, strict=True)
    ):
        if more:
            below = rows[-1] + layout.side(layer) / 2
            room = QRectF(column - theme.px(50), below, theme.px(100), theme.px(20))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), f"+ {more} more")


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
