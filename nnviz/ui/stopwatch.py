"""How long the window's thread works for a picture, and for a frame.

A picture's numbers are read a frame later, and what moves by itself moves on in frames between
pictures: a picture's work is that of all frames up to the next one.

The time is that of the thread, not of the clock: what other threads and programs take is no work
of the window's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from nnviz.runtime.frames import Picture
from nnviz.ui.player import Player

PATIENCE_S = 30.0
WAKING_MS = 20


class Stopwatch(QObject):
    """Notes how much this thread has worked whenever there is a picture, and of which step."""

    def __init__(self, player: Player) -> None:
        """Begin to note."""
        super().__init__()
        self._moments: list[float] = []
        self._frames: list[float] = []
        self._steps: list[int] = []
        player.begun.connect(self._on_begun)
        player.pictured.connect(self._on_pictured)

    @property
    def worked_s(self) -> NDArray[np.float64]:
        """The seconds of work from each picture to the next, of shape (pictures - 1,)."""
        return np.diff(self._moments)

    @property
    def frame_s(self) -> NDArray[np.float64]:
        """The seconds of work from each frame to the next, of shape (frames - 1,)."""
        return np.diff(self._frames)

    @property
    def swarm_steps(self) -> int | None:
        """How many steps a swarm has taken from the first picture to the last, None without one."""
        return self._steps[-1] - self._steps[0] if self._steps else None

    def _on_begun(self) -> None:
        self._frames.append(time.thread_time())

    def _on_pictured(self, picture: Picture) -> None:
        self._moments.append(time.thread_time())
        swarm = picture.findings.swarm
        if swarm is not None:
            self._steps.append(swarm.step)


def watched(player: Player, seconds: float) -> dict[str, Any]:
    """What this thread works for a picture while a player plays, and how much is to be seen.

    Args:
        player: whose pictures are counted.
        seconds: how long to look.
    """
    watch = Stopwatch(player)
    wait(seconds)
    p50, p95 = np.percentile(watch.worked_s * 1e3, (50, 95)).tolist()
    figures = {
        "p50_ms": p50,
        "p95_ms": p95,
        "frame_p95_ms": float(np.percentile(watch.frame_s * 1e3, 95)),
        "pictures_per_s": len(watch.worked_s) / seconds,
        "epochs_per_s": player.rate,
    }
    steps = watch.swarm_steps
    return figures if steps is None else {**figures, "swarm_steps_per_s": steps / seconds}


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
