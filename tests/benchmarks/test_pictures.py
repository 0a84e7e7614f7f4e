"""Milliseconds a picture: painted by the painter's thread, drawn by the window's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from nnviz.engine.features import FEATURES
from nnviz.engine.landscape import Slice
from nnviz.engine.raster import plane
from nnviz.experiment.build import build
from nnviz.experiment.spec import Architecture, Experiment, Layer
from nnviz.runtime.frames import Frame, Picture
from nnviz.runtime.painter import Studio
from nnviz.runtime.trainer import Trainer
from nnviz.ui.camera import photograph, settle
from nnviz.ui.parts import wishes_of
from nnviz.ui.preferences import Preferences
from nnviz.ui.still import StillPlayer, still_parts
from nnviz.ui.theme import LIGHT, apply, load_fonts
from nnviz.ui.twin import window_maker
from nnviz.ui.window import Window

FULL = replace(
    Experiment(),
    features=FEATURES.keys,
    architecture=Architecture(hidden=tuple(Layer(8) for _ in range(6))),
)
"""Everything that there is to draw at once."""


def frames(experiment: Experiment, epochs: int = 3) -> list[Frame]:
    trainer = Trainer(experiment)
    made = [trainer.frame()]
    for _ in range(epochs):
        trainer.work(1, float("inf"))
        made.append(trainer.frame())
    return made


@pytest.mark.parametrize("experiment", [Experiment(), FULL], ids=["2-4-2-1", "7-8-8-8-8-8-8-1"])
def test_paint(benchmark: BenchmarkFixture, experiment: Experiment) -> None:
    studio, moments = Studio(), cycle(frames(experiment))
    benchmark(lambda: studio.paint(next(moments), wishes_of(LIGHT)))


@pytest.mark.parametrize("cells", [32, 128])
def test_loss_surface_of_a_network(benchmark: BenchmarkFixture, cells: int) -> None:
    hidden = (Layer(8), Layer(8))
    setup = build(replace(Experiment(), architecture=Architecture(hidden=hidden)))
    course = setup.course
    cut = Slice(course.network, course.train_inputs, course.train_targets, setup.theta, (0, 1))
    losses = benchmark(lambda: cut.sketch(plane(cut.domain, cells)))
    assert np.isfinite(losses).all()


@pytest.fixture
def scene(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Window, StillPlayer]]:
    load_fonts()
    apply(qapp, LIGHT)
    preferences = Preferences(QSettings(str(tmp_path / "p.ini"), QSettings.Format.IniFormat))
    parts, player = still_parts(FULL, LIGHT, wishes_of(LIGHT), preferences)
    window = window_maker(Window)(parts)
    assert isinstance(window, Window)
    window.resize(1600, 1000)
    window.show()
    settle(window)
    yield window, player
    window.hide()
    window.deleteLater()


def test_frame_of_the_window(
    benchmark: BenchmarkFixture, qapp: QApplication, scene: tuple[Window, StillPlayer]
) -> None:
    _, player = scene
    studio = Studio()
    pictures: Iterator[Picture] = cycle(
        [studio.paint(each, player.wishes) for each in frames(FULL)]
    )

    def draw() -> None:
        player.show_picture(next(pictures))
        qapp.processEvents()

    benchmark(draw)


def test_photograph_of_the_window(
    benchmark: BenchmarkFixture, scene: tuple[Window, StillPlayer]
) -> None:
    window, player = scene
    player.show_picture(Studio().paint(frames(FULL, 0)[0], player.wishes))
    image = benchmark(lambda: photograph(window, LIGHT, window.size()))
    assert image.shape == (1000, 1600, 4)
