"""By turns: while a run plays, numbers and curves are shown of one picture here, of the next there.

Nobody reads what changes more than ten times a second, and drawn with one and the same picture all
of it would make that picture late. What lies still, and what comes seldom, is shown everywhere.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnviz.runtime.frames import Picture

TURNS = 3
"""How many there are: all that is read has one of them."""

PAUSE_S = 0.030
"""From one turn to the next at the least: with three, each comes about ten times a second."""

SELDOM_S = 0.2
"""Pictures that are as far apart as that are shown everywhere, and no report waits for longer.

One with a surface laid anew is often late for that very reason, and has enough to draw: what is to
be read follows.
"""


class Turns:
    """Whose turn it is at a picture."""

    def __init__(self) -> None:
        self._picture: Picture | None = None
        self._was_other = False
        self._came = self._turned = -SELDOM_S
        self._turn = 0
        self._up: range = range(TURNS)

    def is_up(self, turn: int, picture: Picture) -> bool:
        """Whether those that have a turn show a picture, which has just come."""
        if picture is not self._picture:
            last, self._picture = self._picture, picture
            is_other = last is not None and last.surface is not picture.surface
            self._go_on(monotonic(), is_other=is_other)
            self._was_other = is_other
        return turn in self._up

    def _go_on(self, now: float, *, is_other: bool) -> None:
        """Take the next turn if it is time; the first of surfaces laid anew puts it off."""
        is_seldom, self._came = now - self._came >= SELDOM_S, now
        if is_other and not self._was_other:
            self._up = range(0)
        elif is_seldom and not is_other:
            self._up = range(TURNS)
        elif now - self._turned >= PAUSE_S:
            self._turn, self._turned = (self._turn + 1) % TURNS, now
            self._up = range(self._turn, self._turn + 1)
        else:
            self._up = range(0)
