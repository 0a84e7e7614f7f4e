from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import cast

import pytest

from nnviz.runtime.frames import Picture
from nnviz.ui import turns
from nnviz.ui.turns import TURNS, Turns


def told(seconds: float, surfaces: str, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Whose turn it is at each picture of some surfaces, so far apart."""
    now = count()
    monkeypatch.setattr(turns, "monotonic", lambda: next(now) * seconds)
    kept = Turns()
    pictures = [cast("Picture", SimpleNamespace(surface=each)) for each in surfaces]
    return [[turn for turn in range(TURNS) if kept.is_up(turn, each)] for each in pictures]


def test_turns_go_round_at_twenty_pictures_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.05, "aaaaa", monkeypatch) == [[0, 1, 2], [1], [2], [0], [1]]


def test_pictures_in_between_are_nobody_s_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.02, "aaaaaa", monkeypatch) == [[0, 1, 2], [1], [], [2], [], [0]]


def test_a_surface_laid_anew_puts_the_turn_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.05, "aabbb", monkeypatch) == [[0, 1, 2], [1], [], [2], [0]]


def test_a_surface_that_always_moves_puts_nothing_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.05, "abcde", monkeypatch) == [[0, 1, 2], [], [1], [2], [0]]


def test_pictures_that_come_seldom_are_everybody_s(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.25, "aaa", monkeypatch) == [[0, 1, 2]] * 3


def test_a_late_picture_of_a_surface_laid_anew_is_nobody_s(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(0.25, "abb", monkeypatch) == [[0, 1, 2], [], [0, 1, 2]]


def test_late_pictures_of_surfaces_that_always_move_go_by_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert told(0.25, "abcd", monkeypatch) == [[0, 1, 2], [], [1], [2]]
