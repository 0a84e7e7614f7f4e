"""What stands still behind a network: the panel and the captions of the columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from nnviz.ui.canvas.network_layout import Layout
from nnviz.ui.canvas.pens import painting
from nnviz.ui.theme import Theme

_CAPTION_TOP = 46
_CAPTION_HEIGHT = 16


def column_captions(widths: tuple[int, ...], activations: tuple[str, ...]) -> list[list[str]]:
    """What may stand above each column, the longest first: what fits is shown."""
    hidden = [
        [f"{width} {'neuron' if width == 1 else 'neurons'} · {name}", f"{width} · {name}", name]
        for width, name in zip(widths, activations, strict=False)
    ]
    last = activations[-1] if activations else ""
    return [["Features"], *hidden, [f"Output · {last}", "Output"]]


def draw_backdrop(
    base: QPixmap,
    theme: Theme,
    layout: Layout,
    captions: list[list[str]],
    layers: tuple[QPoint, str],
) -> None:
    """Draw the backdrop on a blank; `layers` is the caption beside the layer buttons."""
    size = base.deviceIndependentSize()
    with painting(base) as painter:
        painter.setPen(QColor(theme.muted))
        painter.setFont(theme.label_font())
        place, text = layers
        painter.drawText(QRectF(place.x(), place.y(), size.width(), theme.px(20)), _LEFT, text)
        _draw_captions(painter, size, theme, layout, captions)
        _draw_more(painter, theme, layout)


def _draw_captions(
    painter: QPainter, size: QSizeF, theme: Theme, layout: Layout, captions: list[list[str]]
) -> None:
    metrics = QFontMetricsF(painter.font())
    top, height = theme.px(_CAPTION_TOP), theme.px(_CAPTION_HEIGHT)
    for layer, (column, choices) in enumerate(zip(layout.columns, captions, strict=True)):
        room = layout.pitch - theme.px(8)
        if layer in (0, len(captions) - 1):  # Half a pitch on one side, the margin on the other.
            room = room / 2 + min(column, size.width() - column)
        text = next((each for each in choices if metrics.horizontalAdvance(each) <= room), "")
        text = text or metrics.elidedText(choices[-1], Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text) + 2
        left = min(max(column - width / 2, theme.px(8)), size.width() - theme.px(8) - width)
        painter.drawText(QRectF(left, top, width, height), _LEFT, text)


def _draw_more(painter: QPainter, theme: Theme, layout: Layout) -> None:
    painter.setFont(theme.body_font())
    for column, rows, more in zip(layout.columns, layout.rows, layout.more, strict=True):
        if more:
            below = rows[-1] + layout.tile / 2
            room = QRectF(column - theme.px(50), below, theme.px(100), theme.px(20))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), f"+ {more} more")


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
