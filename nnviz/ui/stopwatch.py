"""How long the window's thread works for a picture.

The time is that of the thread, not of the clock: what other threads and programs take is no work
of the window's.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from nnviz.ui.player import Player

PATIENCE_S = 30.0
WAKING_MS = 20


class Stopwatch(QObject):
    """Notes how much this thread has worked whenever there is a picture."""

    def __init__(self, player: Player) -> None:
        """Begin to note."""
        super().__init__()
        self._moments: list[float] = []
        player.pictured.connect(self._on_pictured)

    @property
    def worked_s(self) -> NDArray[np.float64]:
        """The seconds of work from each picture to the next, of shape (pictures - 1,)."""
        return np.diff(self._moments)

    def _on_pictured(self) -> None:
        self._moments.append(time.thread_time())


def wait_until(is_there: Callable[[], bool]) -> None:
    """Let things happen until something is there.

    Raises:
        TimeoutError: if it is not there after a good while.
    """
    until = time.monotonic() + PATIENCE_S
    while not is_there():
        if time.monotonic() > until:
            raise TimeoutError(f"what was waited for was not there in {PATIENCE_S:g} s")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, WAKING_MS)


def wait(seconds: float) -> None:
    """Let things happen for some seconds."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()
