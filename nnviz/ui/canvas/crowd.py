"""How a swarm and the basins of attraction lie on the map of a surface."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QLinearGradient, QPainter

from nnviz.runtime.findings import BasinPicture, Domain, SwarmPicture
from nnviz.ui.canvas.pens import outline, veil
from nnviz.ui.theme import Theme

ToPixel = Callable[[tuple[float, float]], QPointF]

_STRIP = 5
_BAR = 120.0
_MANY = 0.5  # Of the starts: so many without an end are spoken of.
_FAR = 1e5  # Pixels: what is farther off is nowhere in the picture.
_TEXT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def paint_swarm(painter: QPainter, swarm: SwarmPicture, to_pixel: ToPixel) -> None:
    """Paint the particles where they are."""
    rows, columns = swarm.rgba.shape[:2]
    pixels = np.ascontiguousarray(swarm.rgba[::-1])
    image = QImage(
        pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888_Premultiplied
    )
    painter.drawImage(room_of(swarm.glass.domain, to_pixel), image)


def paint_strips(painter: QPainter, swarm: SwarmPicture, area: QRectF, theme: Theme) -> None:
    """Paint where the particles are along a line: a strip for each swarm, at the foot."""
    rows, columns = swarm.rgba.shape[:2]
    high = theme.px(_STRIP)
    foot = QRectF(area.left(), area.bottom() - rows * high, area.width(), rows * high)
    painter.fillRect(foot, veil(theme.panel, 0.75))
    pixels = np.ascontiguousarray(swarm.rgba[::-1])
    for row in range(rows):
        image = QImage(
            pixels[row].data, columns, 1, 4 * columns, QImage.Format.Format_RGBA8888_Premultiplied
        )
        top = foot.top() + row * high
        painter.drawImage(QRectF(foot.left(), top, foot.width(), high - theme.scale), image)


def room_of(domain: Domain, to_pixel: ToPixel) -> QRectF:
    """The pixels of a domain."""
    x0, x1, y0, y1 = domain
    return QRectF(to_pixel((x0, y1)), to_pixel((x1, y0)))


def paint_key(
    painter: QPainter, basins: BasinPicture, to_pixel: ToPixel, area: QRectF, theme: Theme
) -> None:
    """Paint what the colors of basins mean."""
    words = _remark(basins)
    if words:
        _paint_remark(painter, words, area, theme)
    elif basins.by_steps:
        _paint_scale(painter, basins, area, theme)
    if not basins.by_steps:
        _paint_shares(painter, basins, to_pixel, area, theme)


def _remark(basins: BasinPicture) -> str:
    """What is said of a map without known minima while it is made, or where it shows little."""
    if basins.after is None:
        return ""
    done, most = basins.after
    if not len(basins.minima) and done < most:
        return f"Following every start: step {done:,} of {most:,}"
    if basins.nowhere >= _MANY:
        return f"Still on the way after {most:,} steps: {100 * basins.nowhere:.0f} %"
    return ""


def _paint_remark(painter: QPainter, words: str, area: QRectF, theme: Theme) -> None:
    """Words in the lower left corner."""
    painter.setFont(theme.number_font(theme.label_size + 1))
    metrics, gap = QFontMetricsF(painter.font()), theme.px(6)
    width, height = metrics.horizontalAdvance(words) + 2 * gap, metrics.height() + theme.px(4)
    plate = QRectF(area.left() + gap, area.bottom() - height - gap, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil(theme.panel, 0.9))
    painter.drawRoundedRect(plate, theme.px(3), theme.px(3))
    painter.setPen(QColor(theme.text))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)


def _paint_shares(
    painter: QPainter, basins: BasinPicture, to_pixel: ToPixel, area: QRectF, theme: Theme
) -> None:
    """How much of the picture leads to each minimum, beside it."""
    painter.setFont(theme.number_font(theme.label_size + 1))
    metrics = QFontMetricsF(painter.font())
    for (x, y), share, color in zip(
        basins.minima.tolist(), basins.shares, basins.colors, strict=True
    ):
        words = f"{100 * share:.0f} %" if share >= 0.01 else "< 1 %"
        width, height = metrics.horizontalAdvance(words) + theme.px(12), metrics.height()
        center = to_pixel((x, y))
        if center.x() < -_FAR:
            continue
        corner = center + QPointF(theme.px(9), -height / 2)
        if corner.x() + width > area.right():
            corner.setX(corner.x() - width - theme.px(18))
        corner.setX(min(max(corner.x(), area.left() + 2), area.right() - width - 2))
        corner.setY(min(max(corner.y(), area.top() + 2), area.bottom() - height - 2))
        _paint_label(painter, QRectF(corner.x(), corner.y(), width, height), words, color, theme)


def _paint_label(
    painter: QPainter, room: QRectF, words: str, color: tuple[int, int, int], theme: Theme
) -> None:
    painter.setPen(outline(QColor(*color), 2.0 * theme.scale))
    painter.setBrush(veil(theme.panel, 0.9))
    painter.drawRoundedRect(room, theme.px(3), theme.px(3))
    painter.setPen(QColor(theme.text))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)


def _paint_scale(painter: QPainter, basins: BasinPicture, area: QRectF, theme: Theme) -> None:
    """A bar with the least and the most of the steps, in the lower left corner."""
    painter.setFont(theme.number_font(theme.label_size + 1))
    metrics = QFontMetricsF(painter.font())
    least, most = (f"{each:,}" for each in basins.span)
    most += " steps"
    gap, height = theme.px(6), metrics.height() + theme.px(4)
    sides = metrics.horizontalAdvance(least), metrics.horizontalAdvance(most)
    bar = min(_BAR * theme.scale, max(area.width() - sum(sides) - 5 * gap, 20.0))
    plate = QRectF(area.left() + gap, area.bottom() - height - gap, bar + sum(sides), height)
    plate.setWidth(plate.width() + 4 * gap)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil(theme.panel, 0.9))
    painter.drawRoundedRect(plate, theme.px(3), theme.px(3))
    painter.setPen(QColor(theme.text))
    painter.drawText(plate.adjusted(gap, 0, 0, 0), _TEXT, least)
    strip = QRectF(plate.left() + 2 * gap + sides[0], plate.center().y() - theme.px(4), bar, 0)
    strip.setHeight(theme.px(8))
    shades = QLinearGradient(strip.topLeft(), strip.topRight())
    for number, color in enumerate(basins.ramp):
        shades.setColorAt(number / (len(basins.ramp) - 1), QColor(*color))
    painter.fillRect(strip, shades)
    painter.drawText(plate.adjusted(strip.right() + gap - plate.left(), 0, 0, 0), _TEXT, most)
