"""How fast training goes: from one epoch a second to as fast as the machine can."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QWidget

from nnviz.knob import Knob
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.numbers import Notation, read_plain, write_plain

FASTEST = 10_000.0
"""The end of the track, which means: as fast as the machine can."""

SPEED_KNOB = Knob(30.0, 1.0, FASTEST, log=True, hint="epochs a second, at the right end flat out")


def write_speed(number: float) -> str:
    """Epochs a second: 30/s, or flat out."""
    return "flat out" if number >= FASTEST else f"{write_plain(float(f'{number:.2g}'))}/s"


def read_speed(text: str) -> float | str:
    """The epochs a second that a text such as 30, 30/s or flat out means."""
    plain = text.strip().lower()
    if plain in {"flat out", "max", "inf"}:
        return FASTEST
    number = read_plain(plain.removesuffix("/s"))
    return min(number, FASTEST) if isinstance(number, float) else number


class SpeedSlider(KnobSlider):
    """Picks a speed in epochs a second; `turned` gives infinity for flat out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show the default speed."""
        super().__init__(
            "Speed",
            SPEED_KNOB,
            hint="Epochs a second; at the right end as fast as the machine can.",
            notation=Notation(write_speed, read_speed),
            parent=parent,
        )

    def show_speed(self, speed: float) -> None:
        """Move to a speed in epochs a second, silently; infinity is flat out."""
        self.show_number(min(speed, FASTEST))


def speed_of(number: float) -> float:
    """The speed that a number of the slider means: infinity at its end."""
    return math.inf if number >= FASTEST else number
