from __future__ import annotations

from math import nan

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import SGD, Adam, Momentum, Optimizer
from nnviz.engine.rate_range import Heat, rate_range
from nnviz.engine.surfaces import SURFACES
from nnviz.runtime.findings import Studied
from nnviz.ui.racer_settings import RacerSettings, heights_of
from nnviz.ui.theme import LIGHT

BOWL = SURFACES["bowl"]
RANGE = rate_range(Heat(BOWL, BOWL.start, 50), SGD(), np.geomspace(1e-5, 10.0, 31))


@pytest.fixture
def settings(qtbot: QtBot) -> RacerSettings:
    settings = RacerSettings(LIGHT)
    qtbot.addWidget(settings)
    settings.show_optimizer(Momentum(0.02))
    settings.show()
    return settings


def test_the_limit_stands_on_the_slider_and_in_words(settings: RacerSettings) -> None:
    settings.show_studied(Studied(0, 2.0))
    assert settings.rate.limit == pytest.approx(1.9)
    assert settings.limit.text() == "Stable here up to 1.9"
    settings.show_studied(Studied(0, -1.0))
    assert settings.rate.limit is None
    assert settings.limit.text() == "Not bent upwards here: no limit"
    settings.show_studied(Studied(0, nan))
    assert settings.rate.limit is None


def test_who_has_no_limit_has_no_words_for_one(settings: RacerSettings) -> None:
    settings.show_optimizer(Adam())
    settings.show_studied(Studied(0, 2.0))
    assert settings.rate.limit is None
    assert not settings.limit.isVisibleTo(settings)


def test_all_rates_are_shown_and_one_is_taken_in_one_step(settings: RacerSettings) -> None:
    settings.show_studied(Studied(0, 2.0, RANGE))
    assert settings.best.text() == f"Lowest after 50 steps: {RANGE.best:.2g}"
    turned: list[Optimizer] = []
    settled: list[None] = []
    settings.turned.connect(turned.append)
    settings.settled.connect(lambda: settled.append(None))
    settings.strip.picked.emit(0.0123456)
    assert turned == [Momentum(0.012)]
    assert len(settled) == 1
    assert settings.rate.number == 0.012


def test_the_other_knobs_keep_the_rate(settings: RacerSettings) -> None:
    turned: list[Optimizer] = []
    settings.turned.connect(turned.append)
    settings.rate.turned.emit(0.5)
    settings.form.turned.emit(Momentum(0.5, 0.3))
    assert turned == [Momentum(0.5), Momentum(0.5, 0.3)]


def test_another_kind_forgets_what_was_known(settings: RacerSettings) -> None:
    settings.show_studied(Studied(0, 2.0, RANGE))
    settings.show_optimizer(SGD())
    assert settings.best.text() == "Racing at every rate …"
    assert not settings.strip.accessibleDescription()
    assert not settings.form.isVisibleTo(settings)


def test_it_says_when_it_is_seen(settings: RacerSettings) -> None:
    seen: list[bool] = []
    settings.opened.connect(seen.append)
    settings.hide()
    settings.show()
    assert seen == [False, True]


def test_the_lowest_bar_is_the_highest() -> None:
    heights = heights_of(RANGE)
    assert heights.min() >= 0.0
    assert heights.max() <= 1.0
    assert heights[np.argmin(RANGE.losses)] == heights.max()
