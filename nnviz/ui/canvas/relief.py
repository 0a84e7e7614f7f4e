"""A loss surface as a lit landscape, and the optimizers that race down into it.

The landscape comes as a finished picture with its depth; here it is only drawn, with a frame around
it and what stands on it. A drag goes around it, a click says where the race starts.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from nnviz.engine.outlook import Outlook
from nnviz.runtime.findings import BasinPicture
from nnviz.ui.brush import painting
from nnviz.ui.canvas.crowd import paint_key
from nnviz.ui.canvas.inner_state import InnerState
from nnviz.ui.canvas.orbit import Orbit, Stand, is_for_camera, is_pinch
from nnviz.ui.canvas.pens import Bytes, Floats, blank, draw_over, focus_ring
from nnviz.ui.canvas.pointing import REACH, Pointing, nearest
from nnviz.ui.canvas.relief_axes import draw_axes, draw_floor
from nnviz.ui.canvas.relief_lens import Lens
from nnviz.ui.canvas.relief_marks import (
    Place,
    draw_cursor,
    draw_minima,
    draw_network,
    draw_racers,
    draw_start,
)
from nnviz.ui.canvas.relief_starts import StartGrip
from nnviz.ui.canvas.relief_trails import Race, ReliefTrails
from nnviz.ui.theme import Theme

_MARGIN = 32.0


class ReliefCanvas(QWidget):
    """A loss surface in three dimensions; a click or Enter says where all optimizers start.

    With Shift it is one more start, or one less where there is one; a start can be dragged.
    """

    start_picked = Signal(float, float)
    """The person picked where all racers start."""

    starts_picked = Signal(object)
    """The person picked several places to start from: a tuple of (x, y)."""

    starts_dragged = Signal(object)
    """The person drags one of the starts: all of them, as they are now."""

    drag_ended = Signal()
    """The person let go of a start."""

    def __init__(self, theme: Theme, home: Stand, parent: QWidget | None = None) -> None:
        """An empty box, seen from home."""
        super().__init__(parent)
        self._theme = theme
        self._outlook: Outlook | None = None
        self._minima: Floats = np.zeros((0, 2))
        self._names = ("x", "y")
        self._race: Race | None = None
        self._spray: Bytes | None = None
        self._basins: BasinPicture | None = None
        self._trails = ReliefTrails()
        self.inner = InnerState()
        self.pointing = Pointing(self, self._racer_at)
        self._own_place: Place | None = None
        self._plate: tuple[object, QPixmap] | None = None
        self.orbit = Orbit(home, self)
        self._grip = StartGrip(self)
        for name in ("start_picked", "starts_picked", "starts_dragged", "drag_ended"):
            getattr(self._grip, name).connect(getattr(self, name))
        self.setMinimumSize(160, 140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName("Loss surface in three dimensions")
        self.setAccessibleDescription(
            "Arrow keys go around, plus and minus zoom, Home resets; Shift with arrow keys moves "
            "a ring: Enter starts the race there, Shift with Enter there too"
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    def show_outlook(self, outlook: Outlook | None, names: tuple[str, str], minima: Floats) -> None:
        """Show a landscape, the names of its axes and its lowest places, of shape (m, 2)."""
        if outlook is not self._outlook or names != self._names or minima is not self._minima:
            if outlook is None or self._outlook is None or outlook.domain != self._outlook.domain:
                self._grip.starts.cursor = None
            self._outlook, self._names, self._minima = outlook, names, minima
            self._plate = None
            self.update()

    def show_race(self, race: Race) -> None:
        """Show the ways of racers."""
        self._race = race
        self.update()

    def show_spray(self, spray: Bytes | None) -> None:
        """Show particles, premultiplied RGBA over the whole picture, row 0 at the top."""
        if spray is not self._spray:
            self._spray = spray
            self.update()

    def show_basins(self, basins: BasinPicture | None) -> None:
        """Show what the colors of basins mean, where they are seen."""
        if basins is not self._basins:
            self._basins = basins
            self.update()

    def show_network_place(self, place: Place | None) -> None:
        """Show where the network itself is, by a star."""
        if place != self._own_place:
            self._own_place = place
            self.update()

    def show_starts(self, starts: tuple[Place, ...]) -> None:
        """Show where every racer starts."""
        if self._grip.starts.show(starts):
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self._plate = None
        self.update()

    @property
    def margin(self) -> float:
        """How many pixels around the landscape are for what is written there."""
        return _MARGIN * self._theme.scale

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        lens = self._lens
        with painting(self) as painter:
            if lens is None:
                painter.fillRect(self.rect(), QColor(self._theme.panel))
            else:
                painter.drawPixmap(QPoint(0, 0), self._plate_of_now(lens))
                self._paint_race(painter, lens)
            if self.hasFocus():
                focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), self._theme)

    def _plate_of_now(self, lens: Lens) -> QPixmap:
        """What stands still while nobody moves the camera."""
        theme, ratio = self._theme, self.devicePixelRatio()
        stamp = (lens.size, ratio)
        if self._plate is None or self._plate[0] != stamp:
            plate = blank(lens.size, ratio, QColor(theme.panel))
            with painting(plate) as painter:
                draw_floor(painter, lens, theme)
                draw_over(painter, lens.outlook.panorama.rgba, lens.size)
                draw_axes(painter, lens, self._names, theme)
                draw_minima(painter, lens, self._minima, theme)
            self._plate = (stamp, plate)
        return self._plate[1]

    def _paint_race(self, painter: QPainter, lens: Lens) -> None:
        theme, race = self._theme, self._race
        if self._spray is not None:
            draw_over(painter, self._spray, lens.size)
        if race is not None and len(race.paths):
            ratio, quick = self.devicePixelRatio(), self.orbit.is_moving
            layer = self._trails.layer(race, lens, theme, ratio, quick=quick)
            painter.drawPixmap(QPoint(0, 0), layer)
        starts = self._grip.starts
        for start in starts.places:
            draw_start(painter, lens, start, theme)
        if starts.cursor is not None:
            draw_cursor(painter, lens, starts.cursor, theme)
        if self._own_place is not None:
            draw_network(painter, lens, self._own_place, theme)
        if race is not None and len(race.paths):
            draw_racers(painter, lens, race, theme)
        whole = QRectF(self.rect())
        self.inner.paint(painter, lens.aim, whole, theme)
        if self._basins is not None:
            paint_key(painter, self._basins, lens.somewhere, whole, theme)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_for_camera(event):
            event.accept()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self.pointing.tell(event, self)
        if is_pinch(event):
            self.orbit.zoom(1.0 + event.value())  # type: ignore[attr-defined]
            return True
        return super().event(event)

    @property
    def _lens(self) -> Lens | None:
        return None if self._outlook is None else Lens(self._outlook, self.size())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        lens = self._lens
        is_for_starts = lens is not None and self._grip.key(event, lens)
        if not is_for_starts and not self.orbit.key(Qt.Key(event.key())):
            super().keyPressEvent(event)
            return
        event.accept()
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        lens = self._lens
        if lens is None or not self._grip.press(event, lens, self._theme.scale):
            self.orbit.press(event)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        lens = self._lens
        if lens is None or not self._grip.drag(event, lens):
            self.orbit.drag(event)
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        lens = self._lens
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        was_pressed = self._grip.is_pressed
        was_held = self._grip.release(event)
        is_click = was_pressed if was_held else self.orbit.release(event)
        is_taken = is_click and self.pointing.tap(event.position())
        if is_click and not (is_taken or was_held) and lens is not None:
            self._grip.click(event, lens)
        event.accept()

    def _racer_at(self, pixel: QPointF) -> int | None:
        """The row of whose marker is at a pixel."""
        race, lens = self._race, self._lens
        if race is None or lens is None or not len(race.paths):
            return None
        places = race.places(lens, race.paths.shape[1] - 1)[:, -1]
        return nearest(lens.pixels(places), pixel, REACH * self._theme.scale)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.orbit.wheel(event)
        event.accept()
