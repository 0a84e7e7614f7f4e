from __future__ import annotations

from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.engine.datasets import DATASETS
from nnviz.experiment import edits
from nnviz.ui.panels.data import DataPanel, group_of, hint_of, noise_said, pictured
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> DataPanel:
    panel = DataPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.mark.parametrize("key", [each.key for each in pictured()])
def test_every_data_set_is_one_click_away(key: str, panel: DataPanel, bench: Bench) -> None:
    QTest.mouseClick(panel.grid.button(key), LEFT)
    assert bench.experiment.data.dataset == key
    assert panel.grid.button(key).isChecked()
    assert panel.grid.button(key).pixmap is not None


@pytest.mark.parametrize(("family", "most"), [("blobs-3", 8), ("rings-3", 5)])
def test_a_family_is_offered_by_the_number_of_its_classes(
    family: str, most: int, panel: DataPanel, bench: Bench
) -> None:
    assert panel.classes_row.isHidden()
    QTest.mouseClick(panel.grid.button(family), LEFT)
    segments = panel.classes.segments
    shown = [key for key, each in segments.items() if not each.isHidden()]
    assert shown == [str(each) for each in range(3, most + 1)]
    QTest.mouseClick(segments[str(most)], LEFT)
    assert bench.experiment.data.dataset == f"{family[:-1]}{most}"
    assert panel.grid.button(family).isChecked()


def test_the_name_of_the_data_set_can_be_read(panel: DataPanel, bench: Bench) -> None:
    for each in DATASETS:
        bench.store.edit("data", partial(edits.with_dataset, key=each.key))
        assert panel.head.text() == each.label


def test_no_two_data_sets_have_the_same_picture(panel: DataPanel) -> None:
    pictures = [panel.grid.button(key).pixmap for key in panel.grid.keys]
    images = [each.toImage() for each in pictures if each is not None]
    assert len(images) == len(pictured())
    assert all(one != two for one, two in combinations(images, 2))


def test_data_sets_stand_in_groups() -> None:
    groups = {group: [] for group in ("Classification", "Logic", "Measured", "Regression")}  # type: ignore[var-annotated]
    for each in DATASETS:
        groups[group_of(each)].append(each.key)
    assert groups["Logic"] == ["gate-and", "gate-or", "gate-xor"]
    assert groups["Measured"] == ["iris", "penguins"]
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
    assert panel.bars.balance.text.startswith("20 to train · 20 to test\norange: ")
    bench.store.edit("data", lambda it: edits.with_dataset(it, "gate-and"))
    bench.paint()
    assert panel.bars.balance.train == panel.bars.balance.test == (3, 1)


def test_another_theme_paints_the_thumbnails_anew(panel: DataPanel, bench: Bench) -> None:
    before = panel.grid.button("circle").pixmap
    bench.darken()
    assert panel.grid.button("circle").pixmap is not before


def test_a_formula_counts_as_soon_as_it_can_be_read(panel: DataPanel, bench: Bench) -> None:
    QTest.mouseClick(panel.grid.button("formula"), LEFT)
    line = panel.formula.line
    line.selectAll()
    QTest.keyClicks(line, "x1^2-")
    assert bench.experiment.data.formula == "x1^2"
    assert panel.formula.verdict.text()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "x1^2"
    assert panel.formula.verdict.isHidden()
    bench.store.undo()
    assert bench.experiment.data.formula == "2*sin(x1)"


def test_more_noise_than_usual_widens_the_slider(panel: DataPanel, bench: Bench) -> None:
    bench.store.edit("noise", partial(edits.with_data, noise=0.7))
    assert panel.noise.number == 0.7
    assert panel.noise.field.text() == "70 %"


def test_what_noise_moves_stands_at_its_slider(panel: DataPanel, bench: Bench) -> None:
    for key, said in (("circle", "Noise on labels"), ("moons", "Noise on points")):
        bench.store.edit("data", partial(edits.with_dataset, key=key))
        assert panel.noise.track.accessibleName() == said
    assert "Noise moves the points" in hint_of(DATASETS["moons"])


def test_noise_on_values_speaks_of_no_border() -> None:
    assert "border" in noise_said(DATASETS["circle"])
    assert "value" in noise_said(DATASETS["reg-plane"])
    assert "border" not in noise_said(DATASETS["reg-plane"])


def test_the_split_is_stratified_by_a_switch(panel: DataPanel, bench: Bench) -> None:
    bench.store.edit("data", partial(edits.with_dataset, key="penguins"))
    QTest.mouseClick(panel.stratified, LEFT)
    assert bench.experiment.data.stratified
    bench.paint()
    train, test = panel.bars.balance.train, panel.bars.balance.test
    assert all(abs(one - other) <= 2 for one, other in zip(train, test, strict=True))
    bench.store.edit("data", partial(edits.with_dataset, key="reg-plane"))
    assert not panel.stratified.isEnabled()


def test_points_of_ones_own_are_named_and_counted(panel: DataPanel, bench: Bench) -> None:
    bench.store.edit("own", lambda it: edits.with_own(it, edits.own_of(it)))
    bench.paint()
    assert panel.head.text() == "Circle, painted on"
    assert panel.samples.number == 40
    assert not panel.samples.isEnabled()
    assert panel.regenerate.text() == "New split"


def test_its_doors_ask_for_the_dialogs(panel: DataPanel) -> None:
    asked: list[str] = []
    panel.asked.connect(asked.append)
    for door in panel.doors.values():
        QTest.mouseClick(door, LEFT)
    assert asked == ["paint-data", "import-data", "export-data"]
