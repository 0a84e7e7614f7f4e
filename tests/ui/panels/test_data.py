from __future__ import annotations

from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.datasets import DATASETS
from nnviz.experiment import edits
from nnviz.ui.panels.data import DataPanel, group_of, hint_of
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> DataPanel:
    panel = DataPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.mark.parametrize("key", DATASETS.keys)
def test_every_data_set_is_one_click_away(key: str, panel: DataPanel, bench: Bench) -> None:
    QTest.mouseClick(panel.grid.button(key), LEFT)
    assert bench.experiment.data.dataset == key
    assert panel.grid.button(key).isChecked()
    assert panel.grid.button(key).pixmap is not None


def test_the_name_of_the_data_set_can_be_read(panel: DataPanel, bench: Bench) -> None:
    for each in DATASETS:
        bench.store.edit("data", partial(edits.with_dataset, key=each.key))
        assert panel.head.text() == each.label


def test_no_two_data_sets_have_the_same_picture(panel: DataPanel) -> None:
    pictures = [panel.grid.button(key).pixmap for key in DATASETS.keys]
    images = [each.toImage() for each in pictures if each is not None]
    assert len(images) == len(DATASETS)
    assert all(one != two for one, two in combinations(images, 2))


def test_data_sets_stand_in_groups() -> None:
    groups = {group: [] for group in ("Classification", "Logic", "Measured", "Regression")}  # type: ignore[var-annotated]
    for each in DATASETS:
        groups[group_of(each)].append(each.key)
    assert groups["Logic"] == ["gate-and", "gate-or", "gate-xor"]
    assert groups["Measured"] == ["iris"]
    assert groups["Regression"] == ["reg-plane", "reg-gauss"]


def test_measured_data_name_their_source() -> None:
    assert "Fisher" in hint_of(DATASETS["iris"])


def test_undo_brings_the_data_back(panel: DataPanel, bench: Bench) -> None:
    QTest.mouseClick(panel.grid.button("spiral"), LEFT)
    bench.store.undo()
    assert panel.grid.button("circle").isChecked()
    assert not panel.grid.button("spiral").isChecked()


@pytest.mark.parametrize(
    ("key", "noise", "share", "points", "again"),
    [
        ("circle", True, True, True, True),
        ("moons", True, True, True, True),
        ("gate-xor", False, False, False, False),
        ("iris", False, True, False, True),
    ],
)
def test_only_what_means_something_can_be_turned(
    key: str,
    noise: bool,
    share: bool,
    points: bool,
    again: bool,
    panel: DataPanel,
    bench: Bench,
) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, key))
    assert panel.noise.isEnabled() == noise
    assert panel.share.isEnabled() == share
    assert panel.samples.isEnabled() == points
    assert panel.regenerate.isEnabled() == again


def test_sliders_change_the_data(panel: DataPanel, bench: Bench) -> None:
    QTest.keyClick(panel.noise.track, Qt.Key.Key_PageUp)
    QTest.keyClick(panel.share.track, Qt.Key.Key_PageUp)
    QTest.keyClick(panel.samples.track, Qt.Key.Key_Home)
    QTest.keyClick(panel.batch.track, Qt.Key.Key_End)
    data = bench.experiment.data
    assert (data.noise, data.share, data.samples) == (0.05, 0.58, 20)
    assert bench.experiment.training.batch == 500


def test_the_batch_size_keeps_the_run(panel: DataPanel, bench: Bench) -> None:
    before = bench.experiment.data
    QTest.keyClick(panel.batch.track, Qt.Key.Key_Right)
    assert bench.experiment.data is before


def test_new_points_have_another_seed_and_undo_brings_the_old_ones(
    panel: DataPanel, bench: Bench
) -> None:
    before = bench.experiment.data.seed
    QTest.mouseClick(panel.regenerate, LEFT)
    assert bench.experiment.data.seed != before
    bench.store.undo()
    assert bench.experiment.data.seed == before


def test_it_says_how_many_points_there_are(panel: DataPanel, bench: Bench) -> None:
    bench.paint()
    assert panel.counts.text() == "20 to train · 20 to test"
    bench.store.edit("data", lambda it: edits.with_dataset(it, "gate-and"))
    bench.paint()
    assert panel.counts.text() == "4 to train · 4 to test"


def test_another_theme_paints_the_thumbnails_anew(panel: DataPanel, bench: Bench) -> None:
    before = panel.grid.button("circle").pixmap
    bench.darken()
    assert panel.grid.button("circle").pixmap is not before
