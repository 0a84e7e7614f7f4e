from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from nnviz.runtime.frames import Picture
from nnviz.ui import seat as module
from nnviz.ui.parts import wishes_of
from nnviz.ui.player import Player
from nnviz.ui.seat import Seat
from nnviz.ui.still import StillPlayer
from nnviz.ui.theme import LIGHT
from nnviz.ui.turns import Turns

FIRST, SECOND, THIRD = (cast("Picture", each) for each in ("first", "second", "third"))


@pytest.fixture
def player() -> StillPlayer:
    return StillPlayer(wishes_of(LIGHT))


@pytest.fixture
def panel(qtbot: QtBot) -> QWidget:
    panel = QWidget()
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def seat(player: StillPlayer, panel: QWidget) -> Seat:
    seat = Seat(cast("Player", player))
    seat.seat(panel)
    return seat


def test_a_panel_that_is_seen_is_told_of_every_picture(
    seat: Seat, panel: QWidget, player: StillPlayer
) -> None:
    told: list[object] = []
    seat.pictured.connect(told.append)
    panel.show()
    player.show_picture(FIRST)
    player.show_picture(SECOND)
    assert told == [FIRST, SECOND]


def test_a_hidden_panel_is_told_of_the_newest_picture_once_it_is_seen(
    seat: Seat, panel: QWidget, player: StillPlayer
) -> None:
    told: list[object] = []
    seat.pictured.connect(told.append)
    panel.show()
    panel.hide()
    for each in (FIRST, SECOND, THIRD):
        player.show_picture(each)
    assert told == []
    panel.show()
    assert told == [THIRD]
    panel.hide()
    panel.show()
    assert told == [THIRD]


def test_a_hidden_panel_has_no_beat(seat: Seat, panel: QWidget, player: StillPlayer) -> None:
    beats: list[str] = []
    seat.beat.connect(lambda: beats.append("beat"))
    player.beat.emit()
    panel.show()
    player.beat.emit()
    assert beats == ["beat"]


def test_everything_else_is_the_player_s_own(seat: Seat, player: StillPlayer) -> None:
    player.show_picture(FIRST)
    assert seat.picture is FIRST
    assert seat.state_changed is not None
    seat.set_wishes(neuron_cells=7)
    assert player.wishes.neuron_cells == 7
    with pytest.raises(AttributeError):
        assert seat.nothing_of_the_kind


class Hurried(Turns):
    """It is the turn of nobody."""

    @override
    def is_up(self, turn: int, picture: Picture) -> bool:
        return False


@pytest.fixture
def waiting(player: StillPlayer, panel: QWidget) -> list[object]:
    """What a seat reports whose turn never comes."""
    seat = Seat(cast("Player", player), Hurried())
    seat.seat(panel)
    reports: list[object] = []
    seat.reported.connect(reports.append)
    panel.show()
    return reports


def test_at_rest_everything_is_reported_at_once(waiting: list[object], player: StillPlayer) -> None:
    player.show_picture(FIRST)
    player.show_picture(SECOND)
    assert waiting == [FIRST, SECOND]


def test_the_newest_picture_is_reported_when_playing_ends(
    waiting: list[object], player: StillPlayer
) -> None:
    player.is_playing = True
    for each in (FIRST, SECOND, THIRD):
        player.show_picture(each)
    player.state_changed.emit()
    assert waiting == []
    player.is_playing = False
    player.state_changed.emit()
    player.state_changed.emit()
    assert waiting == [THIRD]


def test_no_report_waits_for_long(
    waiting: list[object], player: StillPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    player.is_playing = True
    monkeypatch.setattr(module, "monotonic", lambda: 10.0)
    player.show_picture(FIRST)
    player.beat.emit()
    assert waiting == []
    player.show_picture(SECOND)
    monkeypatch.setattr(module, "monotonic", lambda: 10.3)
    player.beat.emit()
    assert waiting == [SECOND]


def test_a_hidden_panel_reads_the_newest_report_once_it_is_seen(
    waiting: list[object], panel: QWidget, player: StillPlayer
) -> None:
    panel.hide()
    player.show_picture(FIRST)
    player.show_picture(SECOND)
    assert waiting == []
    panel.show()
    assert waiting == [SECOND]
