from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.schedules import Constant, Cosine, Drawn, Schedule
from nnviz.ui.canvas.schedule_pad import COLUMNS
from nnviz.ui.schedule_settings import ScheduleSettings
from nnviz.ui.theme import LIGHT


@pytest.fixture
def settings(qtbot: QtBot) -> ScheduleSettings:
    settings = ScheduleSettings(LIGHT, over="steps")
    qtbot.addWidget(settings)
    return settings


def test_time_is_counted_in_what_it_is_said_to_be(settings: ScheduleSettings) -> None:
    settings.show_schedule(Cosine())
    slider = settings.form.sliders["epochs"]
    assert slider.toolTip() == "Steps: steps until the end."
    assert "over the steps" in settings.choice.toolTip()


def test_what_is_drawn_becomes_the_points_of_the_schedule(settings: ScheduleSettings) -> None:
    turned: list[Schedule] = []
    settings.turned.connect(turned.append)
    settings.show_schedule(Drawn(40))
    settings.pad.drawn.emit(np.linspace(1.0, 0.0, COLUMNS))
    (schedule,) = turned
    assert isinstance(schedule, Drawn)
    assert schedule.epochs == 40
    assert len(schedule.points) == COLUMNS
    assert schedule.rate(1.0, 10) == pytest.approx(0.75)


def test_one_goes_on_drawing_where_any_drawing_was_left(settings: ScheduleSettings) -> None:
    settings.show_schedule(Drawn(40, ((0.0, 1.0), (1.0, 0.0))))
    assert settings.pad.accessibleDescription().startswith("from 100% to 0% of the rate")


def test_another_choice_comes_back_as_it_was(settings: ScheduleSettings) -> None:
    picked: list[Schedule] = []
    settings.picked.connect(picked.append)
    for schedule in (Drawn(77), Constant()):
        settings.show_schedule(schedule)
    settings.choice.picked.emit("drawn")
    settings.choice.picked.emit("cosine")
    assert picked == [Drawn(77), Cosine()]
