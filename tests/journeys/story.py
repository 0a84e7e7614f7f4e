"""What stories are told with: a person before the window, and what they see there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from nnviz.app import Laboratory
from nnviz.runtime.frames import Frame
from nnviz.ui.controls.track import Track
from nnviz.ui.documents import Answer

PATIENCE_MS = 60_000
"""How long a condition may take to come true on a busy machine."""

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton

Part = TypeVar("Part", bound=QWidget)


class Person:
    """Sits before the window: clicks, drags, types, and answers the questions about files."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self._qtbot = qtbot
        self.path = path
        self.unsaved: Answer = "discard"

    def ask_unsaved(self, _name: str) -> Answer:
        return self.unsaved

    def ask_open(self, _folder: Path) -> Path | None:
        return self.path

    def ask_save(self, _suggestion: Path) -> Path | None:
        return self.path

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is true."""
        self._qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        QTest.mouseClick(widget, LEFT, NONE, widget.rect().center())

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key."""
        QTest.keyClick(widget, key, modifier)

    def drag(self, track: Track, turns: tuple[float, ...]) -> None:
        """Press on a slider, move the thumb from turn to turn, and let go."""
        places = [QPoint(round(turn * track.width()), track.height() // 2) for turn in turns]
        QTest.mousePress(track, LEFT, NONE, places[0])
        for place in places[1:]:
            spot = QPointF(place)
            moved = QMouseEvent(
                QMouseEvent.Type.MouseMove, spot, track.mapToGlobal(spot), LEFT, LEFT, NONE
            )
            QApplication.sendEvent(track, moved)
        QTest.mouseRelease(track, LEFT, NONE, places[-1])


def frame_of(laboratory: Laboratory) -> Frame:
    """The moment that the window shows."""
    picture = laboratory.parts.player.picture
    assert picture is not None
    return picture.frame


def part(laboratory: Laboratory, kind: type[Part]) -> Part:
    """The one widget of a kind in the window."""
    found = laboratory.window.findChild(kind)
    assert isinstance(found, kind)
    return found


def leave(laboratory: Laboratory) -> None:
    """Close the window and all behind it, as `nnviz.app.run` does; once is enough."""
    laboratory.close()
    if isValid(laboratory.window):
        laboratory.window.close()
        laboratory.window.deleteLater()
