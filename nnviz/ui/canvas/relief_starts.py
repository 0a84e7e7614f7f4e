"""How starts are picked on a landscape: by click and by drag of a ring, by keys as it is seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from nnviz.experiment.landscape import Place
from nnviz.ui.canvas.relief_lens import Lens
from nnviz.ui.canvas.starts import Starts

_GRID_STEPS = 40
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StartGrip(QObject):
    """The hold of pointer and keys on the starts of a landscape."""

    start_picked = Signal(float, float)
    """The person picked where all racers start."""

    starts_picked = Signal(object)
    """The person picked several places to start from: a tuple of (x, y)."""

    starts_dragged = Signal(object)
    """The person drags one of the starts: all of them, as they are now."""

    drag_ended = Signal()
    """The person let go of a start."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nobody starts anywhere yet."""
        super().__init__(parent)
        self.starts = Starts()
        self._was_moved = False

    @property
    def is_pressed(self) -> bool:
        """Whether a start is held that was not moved yet."""
        return self.starts.held is not None and not self._was_moved

    def press(self, event: QMouseEvent, lens: Lens, scale: float) -> bool:
        """A button goes down; whether it took hold of a start."""
        pixels = [lens.somewhere(place) for place in self.starts.places]
        number = self.starts.near(event.position(), pixels, scale)
        if event.button() == Qt.MouseButton.LeftButton:
            self.starts.held = number
        return self.starts.held is not None

    def drag(self, event: QMouseEvent, lens: Lens) -> bool:
        """The pointer moves, and the start that is held; whether there is one."""
        if self.starts.held is None:
            return False
        place = lens.pick(event.position())
        if place is not None:
            self._was_moved = True
            self.starts_dragged.emit(self.starts.moved(place))
        return True

    def release(self, event: QMouseEvent) -> bool:
        """The button comes up; whether a start was held."""
        held, self.starts.held = self.starts.held, None
        was_moved, self._was_moved = self._was_moved, False
        if was_moved:
            self.drag_ended.emit()
        elif held is not None and _is_shifted(event):
            self.starts_picked.emit(self.starts.without(held))
        return held is not None

    def click(self, event: QMouseEvent, lens: Lens) -> None:
        """Start where the pointer is; with Shift, there too."""
        place = lens.pick(event.position())
        if place is not None:
            self._pick(place, more=_is_shifted(event))

    def key(self, event: QKeyEvent, lens: Lens) -> bool:
        """Shift and arrows move a ring, Enter starts there, with Shift there too."""
        key, cursor = Qt.Key(event.key()), self.starts.cursor
        if _is_shifted(event) and key in _STEPS:
            self.starts.cursor = self._beside(lens, *_STEPS[key])
        elif key in _ENTERS and cursor is not None:
            self.starts.cursor = None
            self._pick(cursor, more=_is_shifted(event))
        elif key == Qt.Key.Key_Escape and cursor is not None:
            self.starts.cursor = None
        else:
            return False
        return True

    def _pick(self, place: Place, *, more: bool) -> None:
        if more:
            self.starts_picked.emit(self.starts.with_one_more(place))
        else:
            self.start_picked.emit(*place)

    def _beside(self, lens: Lens, right: int, ahead: int) -> Place:
        """The place beside the cursor, as it is seen from here."""
        x0, x1, y0, y1 = lens.outlook.domain
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        x, y = self.starts.cursor or next(iter(self.starts.places), middle)
        east, north = lens.outlook.vantage.ahead
        across, up = right * north + ahead * east, ahead * north - right * east
        x = min(max(x + across * (x1 - x0) / _GRID_STEPS, x0), x1)
        y = min(max(y + up * (y1 - y0) / _GRID_STEPS, y0), y1)
        return x, y


def _is_shifted(event: QMouseEvent | QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
