from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import cast

import pytest

from nnviz.runtime.frames import Picture
from nnviz.ui import turns
from nnviz.ui.turns import TURNS, Turns


def pictures() -> Iterator[Picture]:
    return (cast("Picture", f"picture {number}") for number in count())


def told(seconds: float, number: int, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Whose turn it is at each of some pictures, so far apart."""
    now = count()
    monkeypatch.setattr(turns, "monotonic", lambda: next(now) * seconds)
    kept = Turns()
    return [
        [turn for turn in range(TURNS) if kept.is_up(turn, picture)]
        for picture, _ in zip(pictures(), range(number), strict=False)
    ]


def test_turns_go_round_at_twenty_pictures_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.05, 5, monkeypatch) == [[0, 1, 2], [1], [2], [0], [1]]


def test_pictures_in_between_are_nobody_s_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.02, 6, monkeypatch) == [[0, 1, 2], [1], [], [2], [], [0]]


def test_pictures_that_come_seldom_are_everybody_s(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.25, 3, monkeypatch) == [[0, 1, 2]] * 3
