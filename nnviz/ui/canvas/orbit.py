"""How a camera is moved around a landscape: by drag, wheel, pinch and keys.

A drag takes hold of the landscape: it turns with the pointer, and tips toward whoever pulls it
down. What is done in one go is one move: it is over when the button comes up, or when nothing more
comes for a moment.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

LEAST_ZOOM, MOST_ZOOM = 0.5, 8.0

_TURN, _TILT = 0.4, 0.35  # Degrees a pixel.
_KEY_TURN, _KEY_TILT, _KEY_ZOOM = 6.0, 5.0, 1.15
_NOTCH, _NEARER = 120.0, 1.15  # What a wheel turns in one notch, and what that does.
_CLICK = 4.0  # So far the pointer may move between press and release, in pixels.
_REST_MS = 350


class Stand(NamedTuple):
    """Where a camera stands: degrees around, degrees above the floor, and how near."""

    turn: float
    tilt: float
    zoom: float


VIEWS = {
    Qt.Key.Key_X: (0.0, 0.0),
    Qt.Key.Key_Y: (-90.0, 0.0),
    Qt.Key.Key_Z: (0.0, 90.0),
}
"""Where the camera stands, degrees around and above, to look along an axis: y is seen end on from
the front, x from the side; the key names the axis that lies across, or Z for the map."""

_MOVES = {
    Qt.Key.Key_Left: (_KEY_TURN, 0.0),
    Qt.Key.Key_Right: (-_KEY_TURN, 0.0),
    Qt.Key.Key_Up: (0.0, _KEY_TILT),
    Qt.Key.Key_Down: (0.0, -_KEY_TILT),
}
_ZOOMS = {
    Qt.Key.Key_Plus: _KEY_ZOOM,
    Qt.Key.Key_Equal: _KEY_ZOOM,
    Qt.Key.Key_Minus: 1 / _KEY_ZOOM,
}
_HOMES = {Qt.Key.Key_Home, Qt.Key.Key_0}

KEYS = {*VIEWS, *_MOVES, *_ZOOMS, *_HOMES}
"""The keys that move a camera."""


class Orbit(QObject):
    """Holds where the camera stands, and moves it."""

    moved = Signal()
    """The person moves the camera."""

    settled = Signal()
    """The person is done with it."""

    def __init__(self, home: Stand, parent: QObject | None = None) -> None:
        """Stand at home."""
        super().__init__(parent)
        self.home = home
        self._stand = home
        self._pressed: QPointF | None = None
        self._last: QPointF | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._settle)
        self._is_moving = False

    @property
    def stand(self) -> Stand:
        """Where the camera stands."""
        return self._stand

    @property
    def is_moving(self) -> bool:
        """Whether a move is not over yet."""
        return self._is_moving

    def show(self, stand: Stand) -> None:
        """Stand there, silently; who is moving the camera keeps it."""
        if not self._is_moving:
            self._stand = stand

    def go(self, stand: Stand) -> None:
        """Go there at once, as one whole move."""
        self._rest.stop()
        self._move(stand)
        self._settle()

    def press(self, event: QMouseEvent) -> None:
        """A button goes down."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._last = event.position() if is_left else None

    def drag(self, event: QMouseEvent) -> None:
        """The pointer moves, and the landscape with it if it is held."""
        place = event.position()
        if self._pressed is not None and _are_apart(self._pressed, place):
            self._pressed = None
        if self._last is None or self._pressed is not None:
            return
        way, self._last = place - self._last, place
        turn, tilt, zoom = self._stand
        self._move(Stand(turn - _TURN * way.x(), tilt + _TILT * way.y(), zoom))

    def release(self, event: QMouseEvent) -> bool:
        """The button comes up; whether that was a click."""
        pressed, held = self._pressed, self._last
        self._pressed = self._last = None
        if held is not None and pressed is None:
            self._settle()
        return pressed is not None and not _are_apart(pressed, event.position())

    def wheel(self, event: QWheelEvent) -> None:
        """The wheel turns: nearer, or farther."""
        self.zoom(_NEARER ** (event.angleDelta().y() / _NOTCH))

    def zoom(self, factor: float) -> None:
        """So many times as near, until nothing more comes."""
        turn, tilt, zoom = self._stand
        self._move(Stand(turn, tilt, zoom * factor))
        self._rest.start()

    def key(self, key: Qt.Key) -> bool:
        """A key is pressed; whether it moves the camera."""
        turn, tilt, zoom = self._stand
        if key in _MOVES:
            around, above = _MOVES[key]
            self._move(Stand(turn + around, tilt + above, zoom))
            self._rest.start()
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in VIEWS:
            self.go(Stand(*VIEWS[key], zoom))
        elif key in _HOMES:
            self.go(self.home)
        else:
            return False
        return True

    def _move(self, stand: Stand) -> None:
        turn, tilt, zoom = stand
        self._stand = Stand(
            (turn + 180.0) % 360.0 - 180.0,
            min(max(tilt, 0.0), 90.0),
            min(max(zoom, LEAST_ZOOM), MOST_ZOOM),
        )
        self._is_moving = True
        self.moved.emit()

    def _settle(self) -> None:
        if self._is_moving:
            self._is_moving = False
            self.settled.emit()


def _are_apart(one: QPointF, other: QPointF) -> bool:
    return (other - one).manhattanLength() > _CLICK


_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


def is_for_camera(event: QEvent) -> bool:
    """Whether a key is for the camera, and not for the window."""
    return (
        isinstance(event, QKeyEvent)
        and Qt.Key(event.key()) in KEYS
        and not event.modifiers() & _COMMANDING
    )


def is_pinch(event: QEvent) -> bool:
    """Whether two fingers zoom."""
    return (
        isinstance(event, QNativeGestureEvent)
        and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
    )
