from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import SimpleQueue
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment.edits import with_rate
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime.frames import Picture, Wishes
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.orders import Failed
from nnviz.ui.player import Player
from nnviz.ui.theme import LIGHT

SMALL = Experiment(data=Data(samples=40))


@pytest.fixture
def player(qapp: QApplication) -> Iterator[Player]:
    wishes = Wishes(
        stops=LIGHT.stops,
        classes=LIGHT.class_colors,
        ground=LIGHT.rgb("panel"),
        boundary_cells=8,
        neuron_cells=4,
        surface_cells=8,
    )
    player = Player(SMALL, wishes)
    yield player
    player.close()


def shown(player: Player) -> Picture:
    assert player.picture is not None
    return player.picture


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=5000)


def at_epoch(player: Player, epoch: int) -> Callable[[], bool]:
    return lambda: player.picture is not None and player.picture.frame.epoch >= epoch


def test_the_first_picture_comes_by_itself(player: Player, qtbot: QtBot) -> None:
    until(qtbot, at_epoch(player, 0))
    assert not player.is_playing
    assert player.run(SMALL) is None


def test_playing_moves_on_and_pausing_stops(player: Player, qtbot: QtBot) -> None:
    player.set_speed(math.inf)
    player.play()
    assert player.is_playing
    until(qtbot, at_epoch(player, 20))
    assert player.rate > 0
    player.toggle()
    assert not player.is_playing
    assert player.rate == 0


def test_state_is_told_when_it_changes(player: Player, qtbot: QtBot) -> None:
    told: list[tuple[bool, float]] = []
    player.state_changed.connect(lambda: told.append((player.is_playing, player.speed)))
    player.set_speed(5)
    player.set_speed(5)
    player.play()
    player.play()
    player.step_epoch()
    assert told == [(False, 5), (True, 5), (False, 5)]


def test_steps_are_single(player: Player, qtbot: QtBot) -> None:
    player.step_epoch()
    until(qtbot, at_epoch(player, 1))
    player.step_batch()
    until(qtbot, lambda: shown(player).frame.batch == 1)
    assert shown(player).frame.epoch == 1


def test_reset_brings_the_same_start_again(player: Player, qtbot: QtBot) -> None:
    until(qtbot, at_epoch(player, 0))
    start = shown(player).frame.theta
    player.step_epoch()
    until(qtbot, at_epoch(player, 1))
    player.reset()
    until(qtbot, lambda: shown(player).frame.epoch == 0)
    assert np.array_equal(shown(player).frame.theta, start)


def test_a_new_rate_keeps_the_weights(player: Player, qtbot: QtBot) -> None:
    player.step_epoch()
    until(qtbot, at_epoch(player, 1))
    theta = shown(player).frame.theta
    faster = with_rate(SMALL, 0.5)
    player.adopt(faster)
    until(qtbot, lambda: shown(player).frame.experiment is faster)
    assert np.array_equal(shown(player).frame.theta, theta)


def test_another_unit_is_painted_without_training(player: Player, qtbot: QtBot) -> None:
    until(qtbot, at_epoch(player, 0))
    player.show_unit((1, 0))
    until(qtbot, lambda: shown(player).wishes.unit == (1, 0))
    player.show_unit(None)
    until(qtbot, lambda: shown(player).wishes.unit is None)


def test_a_run_goes_on_where_it_was_saved(player: Player, qtbot: QtBot) -> None:
    player.step_epoch()
    until(qtbot, at_epoch(player, 1))
    run, theta = player.run(SMALL), shown(player).frame.theta
    assert run is not None
    assert player.run(replace(SMALL, features=("x1",))) is None
    player.reset()
    until(qtbot, lambda: shown(player).frame.epoch == 0)
    player.restore(run)
    until(qtbot, at_epoch(player, 1))
    assert np.array_equal(shown(player).frame.theta, theta)


def test_what_fails_is_told_and_training_can_go_on(player: Player, qtbot: QtBot) -> None:
    failures: list[object] = []
    player.failed.connect(failures.append)
    player.play()
    player.adopt(replace(SMALL, data=replace(SMALL.data, dataset="no-such")))
    until(qtbot, lambda: bool(failures))
    assert not player.is_playing
    player.step_epoch()
    until(qtbot, at_epoch(player, 1))


def test_closing_ends_both_threads_even_while_playing(qapp: QApplication, player: Player) -> None:
    player.set_speed(math.inf)
    player.play()
    player.close()
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"trainer", "painter"}


def test_looking_back_is_told_when_it_begins_and_ends(player: Player, qtbot: QtBot) -> None:
    player.step_epoch()
    player.step_epoch()
    until(qtbot, at_epoch(player, 2))
    told: list[int | None] = []
    player.state_changed.connect(lambda: told.append(player.looked))
    player.look(1)
    player.look(0)
    player.look(None)
    assert told == [1, None]


def test_a_picture_is_read_in_a_frame_of_its_own_unless_pictures_leave_none(
    player: Player, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(qtbot, at_epoch(player, 0))
    player._timer.stop()  # noqa: SLF001 - ticks come when the test says so
    player.tick()
    painted: Mailbox[Picture] = Mailbox()
    none: SimpleQueue[Failed] = SimpleQueue()
    still = SimpleNamespace(pictures=painted, failures=none, stop=player._painter.stop)  # noqa: SLF001
    monkeypatch.setattr(player, "_painter", still)
    monkeypatch.setattr(player, "_take_frame", lambda: False)
    player.tick()
    player._show_playing(playing=True)  # noqa: SLF001
    told: list[str] = []
    player.begun.connect(lambda: told.append("begun"))
    player.pictured.connect(lambda _: told.append("pictured"))
    player.reported.connect(lambda _: told.append("reported"))
    for comes in (True, False, False, True, True, False):
        if comes:
            painted.post(shown(player))
        player.tick()
        told.append("|")
    assert " ".join(told) == (
        "begun pictured | begun reported | | begun pictured | begun pictured reported | |"
    )
    player._show_playing(playing=False)  # noqa: SLF001
    told.clear()
    painted.post(shown(player))
    player.tick()
    assert told == ["begun", "pictured", "reported"]


def test_beats_come_between_pictures_and_only_while_playing(player: Player) -> None:
    beats: list[str] = []
    player.beat.connect(lambda: beats.append("beat"))
    for _ in range(8):
        player.tick()
    assert beats == []
    player._show_playing(playing=True)  # noqa: SLF001 - without a thread that brings pictures
    player._keep_time(is_pictured=True)  # noqa: SLF001
    for _ in range(6):
        player._keep_time(is_pictured=False)  # noqa: SLF001
    assert beats == ["beat", "beat"]
    for _ in range(4):
        player._keep_time(is_pictured=True)  # noqa: SLF001
    assert beats == ["beat", "beat"]
