from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.timeline_picture import Flag, Moment
from nnviz.ui.panels.past import PastPanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> PastPanel:
    panel = PastPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(1200, 48)
    panel.show()
    panel.timeline.show_moment(Moment(epoch=50, head=100, best=80, is_past=True))
    return panel


@pytest.fixture
def asked(panel: PastPanel) -> list[int | None]:
    asked: list[int | None] = []
    panel.timeline.looked.connect(asked.append)
    return asked


def test_it_shows_the_newest_picture(bench: Bench, qtbot: QtBot) -> None:
    panel = PastPanel(bench.parts)
    qtbot.addWidget(panel)
    bench.paint(epochs=3)
    assert panel.timeline.moment.epoch == 3
    assert panel.timeline.moment.head == 3
    assert panel.reading.text == "3 of 3"
    assert not panel.branch.isEnabled()
    assert not panel.now.isEnabled()


@pytest.mark.parametrize("epoch", [0, 1, 37, 99])
def test_a_press_on_the_rail_asks_for_the_epoch_there(
    panel: PastPanel, asked: list[int | None], epoch: int
) -> None:
    place = QPoint(round(panel.timeline.picture.x_of(epoch)), panel.timeline.height() - 6)
    QTest.mouseClick(panel.timeline, LEFT, pos=place)
    assert asked == [epoch]


def test_the_right_end_is_the_newest_moment(panel: PastPanel, asked: list[int | None]) -> None:
    QTest.mouseClick(panel.timeline, LEFT, pos=QPoint(panel.timeline.width() - 2, 38))
    assert asked == [None]


@pytest.mark.parametrize(
    ("key", "shift", "epoch"),
    [
        (Qt.Key.Key_Left, False, 49),
        (Qt.Key.Key_Right, False, 51),
        (Qt.Key.Key_Left, True, 40),
        (Qt.Key.Key_Right, True, 60),
        (Qt.Key.Key_PageUp, False, 60),
        (Qt.Key.Key_PageDown, False, 40),
        (Qt.Key.Key_Home, False, 0),
        (Qt.Key.Key_End, False, None),
    ],
)
def test_keys_ask_for_epochs(
    panel: PastPanel, asked: list[int | None], key: Qt.Key, shift: bool, epoch: int | None
) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(panel.timeline, key, modifier)
    assert asked == [epoch]


def test_a_bookmark_is_kept_named_and_removed_and_all_of_it_undone(
    panel: PastPanel, bench: Bench
) -> None:
    panel.mark.click()
    (mark,) = bench.experiment.view.bookmarks
    assert (mark.epoch, mark.name) == (50, "")
    QTest.keyClick(panel.timeline, Qt.Key.Key_F2)
    QTest.keyClicks(panel._name, "two rings")  # noqa: SLF001 - the field that opens
    QTest.keyClick(panel._name, Qt.Key.Key_Return)  # noqa: SLF001 - the same
    assert bench.experiment.view.bookmarks[0].name == "two rings"
    QTest.keyClick(panel.timeline, Qt.Key.Key_Delete)
    assert not bench.experiment.view.bookmarks
    bench.store.undo()
    bench.store.undo()
    (again,) = bench.experiment.view.bookmarks
    assert again == mark


def test_a_flag_is_jumped_to(panel: PastPanel, asked: list[int | None], bench: Bench) -> None:
    panel.mark.click()
    x = round(panel.timeline.picture.x_of(50)) + 3
    QTest.mouseClick(panel.timeline, LEFT, pos=QPoint(x, 5))
    assert asked == [50]
    panel.grab()
    bench.darken()
    panel.grab()


def test_a_bookmark_that_is_kept_no_more_says_so(
    panel: PastPanel, asked: list[int | None], qtbot: QtBot
) -> None:
    panel.timeline.show_moment(Moment(epoch=90, head=100, first=40))
    panel.timeline.show_flags((Flag(20, ""),))
    told: list[str] = []
    panel.told.connect(told.append)
    place = QPoint(round(panel.timeline.picture.x_of(20)) + 3, 5)
    QTest.mouseClick(panel.timeline, LEFT, pos=place)
    assert told == ["Epoch 20 is kept no more; the first to be looked at is 40"]
    assert not asked
