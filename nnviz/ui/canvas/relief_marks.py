"""What stands on a landscape: minima, starts, the network's own place, and the racers.

What is behind a hill is drawn faintly. From every racer a line drops to its place on the map below;
where its true height is not that of the ground, a firm line joins the two.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QTransform

from nnviz.ui.brush import aside
from nnviz.ui.canvas.markers import marker, unit_marker
from nnviz.ui.canvas.pens import Floats, outline, polygon, veil
from nnviz.ui.canvas.relief_lens import Lens, is_somewhere
from nnviz.ui.canvas.relief_trails import Race, parted
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme

Place = tuple[float, float]

_FAINT = 0.38
_SIZE = 13.0
_DROPS = 24
_OFF = 0.02  # Of the box: what is nearer to the ground stands on it.


def draw_minima(painter: QPainter, lens: Lens, minima: Floats, theme: Theme) -> None:
    """Cross the lowest places, on the landscape and on the floor."""
    for x, y in minima.tolist():
        for place, size in ((lens.floor(x, y), 3.5), (lens.ground(x, y), 4.5)):
            if is_somewhere(place):
                with aside(painter):
                    painter.setOpacity(_opacity(lens, place))
                    _cross(painter, lens.pixel(place), size * theme.scale, theme)


def _cross(painter: QPainter, center: QPointF, size: float, theme: Theme) -> None:
    for color, width in ((theme.panel, 4.5), (theme.text, 2.0)):
        painter.setPen(outline(color, width * theme.scale))
        arm = QPointF(size, size)
        painter.drawLine(center - arm, center + arm)
        arm.setY(-arm.y())
        painter.drawLine(center - arm, center + arm)


def draw_start(painter: QPainter, lens: Lens, point: Place, theme: Theme) -> None:
    """Ring where a race starts."""
    _ring(painter, lens, point, 6.0 * theme.scale, (theme.panel, theme.text))


def draw_cursor(painter: QPainter, lens: Lens, point: Place, theme: Theme) -> None:
    """Ring where the keys would let a race start."""
    _ring(painter, lens, point, 8.0 * theme.scale, (theme.panel, theme.focus))


def _ring(
    painter: QPainter, lens: Lens, point: Place, radius: float, colors: tuple[str, str]
) -> None:
    """Ring a point on the landscape; over a hole, on the floor."""
    place = lens.ground(*point)
    if not is_somewhere(place):
        place = lens.floor(*point)
    if not is_somewhere(place):
        return
    center = lens.pixel(place)
    with aside(painter):
        painter.setOpacity(_opacity(lens, place))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for each, width in zip(colors, (0.66 * radius, 0.3 * radius), strict=True):
            painter.setPen(outline(each, width))
            painter.drawEllipse(center, radius, radius)


def draw_network(painter: QPainter, lens: Lens, point: Place, theme: Theme) -> None:
    """A star where the network itself is."""
    place = lens.ground(*point)
    if is_somewhere(place):
        with aside(painter):
            painter.setOpacity(_opacity(lens, place))
            painter.setPen(outline(theme.panel, 2.0 * theme.scale))
            painter.setBrush(QColor(theme.text))
            painter.drawPath(marker("star", lens.pixel(place), 15.0 * theme.scale))


def draw_racers(painter: QPainter, lens: Lens, race: Race, theme: Theme) -> None:
    """The racers where they are, the farthest first; those that left as arrows where they did."""
    places = race.places(lens, race.paths.shape[1] - 1)[:, -1]
    is_there = np.isfinite(places).all(axis=-1) & ~np.array(race.diverged, dtype=bool)
    foot = places * (1.0, 1.0, 0.0)
    drops = foot[:, None] + np.linspace(0, 1, _DROPS)[:, None] * (places - foot)[:, None]
    pixels, hidden = lens.pixels(drops), lens.is_hidden(drops)
    depth = lens.outlook.vantage.project(places)[:, 2]
    order = np.argsort(np.where(is_there, -depth, -np.inf)).tolist()
    for racer in (each for each in order if is_there[each]):
        _draw_drop(painter, pixels[racer], hidden[racer], race.styles[racer], theme)
        _draw_foot(painter, lens, pixels[racer, 0], race.styles[racer], theme)
    if race.honest:
        _draw_gaps(painter, lens, places, race, theme)
    for racer in order:
        style = race.styles[racer]
        if is_there[racer]:
            center = QPointF(*pixels[racer, -1].tolist())
            shape = marker(style.symbol, center, _SIZE * theme.scale)
            _draw_racer(painter, shape, style, _FAINT if hidden[racer, -1] else 1.0, theme)
        else:
            _draw_leaver(painter, lens, race, racer, theme)


def _draw_racer(
    painter: QPainter, shape: QPainterPath, style: RacerStyle, opacity: float, theme: Theme
) -> None:
    with aside(painter):
        painter.setOpacity(opacity)
        painter.setPen(outline(theme.panel, 1.6 * theme.scale))
        painter.setBrush(QColor(style.color))
        painter.drawPath(shape)


def _draw_leaver(painter: QPainter, lens: Lens, race: Race, racer: int, theme: Theme) -> None:
    """An arrow where a racer was last seen, pointing to where it went."""
    way = race.places(lens)[racer]
    there = np.flatnonzero(np.isfinite(way).all(axis=-1))
    if not len(there):
        return
    step = int(there[-1])
    path = race.paths[racer, :, :2]
    after = np.nan_to_num(path[min(step + 1, len(path) - 1)] - path[step])
    if not after.any() and step > 0:
        after = path[step] - path[step - 1]
    x_min, x_max, y_min, y_max = lens.outlook.domain
    ahead = after / np.array([x_max - x_min, y_max - y_min])
    ahead = 0.1 * ahead / max(float(np.linalg.norm(ahead)), 1e-12)
    here, there_px = lens.pixel(way[step]), lens.pixel(way[step] + np.array([*ahead, 0.0]))
    turn = math.degrees(math.atan2(there_px.y() - here.y(), there_px.x() - here.x())) + 90.0
    size = _SIZE * theme.scale
    move = QTransform().translate(here.x(), here.y()).rotate(turn).scale(size, size)
    shape = move.map(unit_marker("triangle"))
    _draw_racer(painter, shape, race.styles[racer], _opacity(lens, way[step]), theme)


def _draw_drop(
    painter: QPainter, line: Floats, hidden: NDArray[np.bool_], style: RacerStyle, theme: Theme
) -> None:
    """A thin line down to the floor."""
    for part, is_hidden in parted(line, hidden):
        painter.setPen(outline(veil(style.color, 0.16 if is_hidden else 0.6), theme.scale))
        painter.drawPolyline(polygon(part))


def _draw_foot(
    painter: QPainter, lens: Lens, pixel: Floats, style: RacerStyle, theme: Theme
) -> None:
    """A dot that lies on the floor."""
    wide = 3.4 * theme.scale
    painter.setPen(outline(theme.panel, theme.scale))
    painter.setBrush(QColor(style.color))
    tall = wide * max(lens.outlook.vantage.rise[0], 0.3)
    painter.drawEllipse(QPointF(*pixel.tolist()), wide, tall)


def _draw_gaps(painter: QPainter, lens: Lens, places: Floats, race: Race, theme: Theme) -> None:
    """A firm line from everyone who is not on the ground to the ground."""
    ground = lens.outlook.on_ground(race.paths[:, -1, :2])
    for racer in np.flatnonzero(np.abs(ground[:, 2] - places[:, 2]) > _OFF).tolist():
        painter.setPen(outline(race.styles[racer].color, 2.0 * theme.scale))
        painter.drawPolyline(polygon(lens.pixels(np.stack([places[racer], ground[racer]]))))


def _opacity(lens: Lens, place: Floats) -> float:
    return _FAINT if lens.is_hidden(place) else 1.0
