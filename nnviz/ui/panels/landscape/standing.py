"""The columns of the table of racers: what is told of how each fares."""

from __future__ import annotations

import math
from collections.abc import Callable

from nnviz.runtime.findings import Placing
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One number of a racer: its caption, how wide it is, and how it is written."""

    name: str
    hint: str
    width: int
    write: Callable[[Placing], str]


_WIDEST = 6
"""So many letters fit in a column."""


def _brief(text: str) -> str:
    return text.replace("-", "−").replace("e−0", "e−").replace("e+0", "e").replace("e+", "e")


def written(number: float) -> str:
    """A number in the width of a column, "–" where there is none."""
    if not math.isfinite(number):
        return "–"
    if number != 0 and (abs(number) < 1e-3 or abs(number) >= 1e4):
        brief = [_brief(f"{number:.{digits}e}") for digits in (1, 0)]
        return brief[0] if len(brief[0]) <= _WIDEST else brief[1]
    return f"{number:.4f}"[:6].rstrip(".").replace("-", "−")


def _loss(placing: Placing) -> str:
    return "left" if placing.is_out else written(placing.loss)


def _arrived(placing: Placing) -> str:
    return "–" if math.isnan(placing.arrived) else f"{placing.arrived:,.0f}"


COLUMNS = (
    Column("Loss", "The loss where the racer is, by the best of its starts.", 52, _loss),
    Column(
        "Off",
        "How far the racer is from the nearest of the marked minima.",
        56,
        lambda each: written(each.distance),
    ),
    Column(
        "Arrived",
        "At which step it came closer to one than a fiftieth of the picture, to stay.",
        56,
        _arrived,
    ),
    Column("Speed", "How far its last step went.", 54, lambda each: written(each.speed)),
    Column(
        "#",
        "Its place: who arrived first, and before that who has the lower loss.",
        20,
        lambda each: str(each.place),
    ),
)

ROOMS = ((0, 1, 2, 3, 4), (0, 1, 2, 4), (0, 1, 4), (0, 4))
"""The columns that are shown, the more the more room there is."""


def told(placing: Placing) -> str:
    """All of it in words."""
    if placing.is_out:
        return f"left for good, place {placing.place}"
    words = [f"loss {_loss(placing)}", f"place {placing.place}"]
    if math.isfinite(placing.distance):
        words.append(f"{written(placing.distance)} from the nearest minimum")
    if not math.isnan(placing.arrived):
        words.append(f"arrived at step {_arrived(placing)}")
    return ", ".join([*words, f"speed {written(placing.speed)}"])
