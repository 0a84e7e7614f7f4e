"""The pace of training: how many epochs are due by now at a chosen speed, and how many go by.

Time is handed in, so that a test needs no clock. A stall is forgiven: what was missed by more than
a tenth of a second is not caught up with, or a pause of the machine would become a leap.
"""

from __future__ import annotations

import math
from collections import deque

FLAT_OUT = math.inf
"""The speed at which there is always one more epoch due."""

PATIENCE_S = 0.1
"""How much time may be caught up with."""

WINDOW_S = 1.0
"""Over how long a speed is measured."""


class Pace:
    """Epochs that fall due as time passes, at a speed that may change at any moment."""

    def __init__(self, speed: float, now: float) -> None:
        """Begin with one epoch due.

        Args:
            speed: epochs per second, above 0, or FLAT_OUT.
            now: the time in seconds, of any clock that only goes forward.
        """
        self._speed = speed
        self._seen = now
        self._credit = 1.0

    @property
    def speed(self) -> float:
        """Epochs per second, or FLAT_OUT."""
        return self._speed

    def turn(self, speed: float, now: float) -> None:
        """Go on at another speed; what was due stays due."""
        self._settle(now)
        self._speed = speed
        self._credit = min(self._credit, self._most)

    def restart(self, now: float) -> None:
        """One epoch is due at once, whatever was due before: play was pressed."""
        self._seen = now
        self._credit = 1.0

    def due(self, now: float) -> float:
        """How many whole epochs are due, infinite when flat out."""
        self._settle(now)
        return FLAT_OUT if self._speed == FLAT_OUT else math.floor(self._credit)

    def spend(self, epochs: int) -> None:
        """These epochs are done."""
        self._credit = max(self._credit - epochs, 0.0)

    def wait_s(self, now: float) -> float:
        """Seconds until an epoch is due, 0 when one is."""
        if self.due(now) >= 1:
            return 0.0
        return (1.0 - self._credit) / self._speed

    @property
    def _most(self) -> float:
        return 1.0 if self._speed == FLAT_OUT else max(1.0, self._speed * PATIENCE_S)

    def _settle(self, now: float) -> None:
        passed, self._seen = max(now - self._seen, 0.0), now
        if self._speed != FLAT_OUT:
            self._credit = min(self._credit + passed * self._speed, self._most)


class Speedometer:
    """How many epochs a second go by, over the last second."""

    def __init__(self) -> None:
        """Nothing has gone by."""
        self._seen: deque[tuple[float, int]] = deque()

    @property
    def rate(self) -> float:
        """Epochs per second, 0 where none were seen."""
        if not self._seen:
            return 0.0
        (begin, first), (end, last) = self._seen[0], self._seen[-1]
        return (last - first) / (end - begin) if end > begin else 0.0

    def note(self, now: float, epoch: int) -> None:
        """An epoch was reached by now, in seconds."""
        self._seen.append((now, epoch))
        while now - self._seen[0][0] > WINDOW_S and len(self._seen) > 2:
            self._seen.popleft()

    def forget(self) -> None:
        """What comes next has nothing to do with what was."""
        self._seen.clear()
