from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import Adam, Momentum
from nnviz.experiment import edits
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.experiment.spec import RIVAL_LIMIT, Rival
from nnviz.ui.canvas.line import LineCanvas
from nnviz.ui.canvas.relief import ReliefCanvas
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.panels.landscape import LandscapePanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
RIVALS = (Rival("Fast", optimizer=Adam(0.02)), Rival("Slow", optimizer=Momentum(0.0001)))
CURVE = "x^4 - 3*x^2 + x for x in [-2.2, 2.2]"


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> LandscapePanel:
    """A panel of which the racers may be studied."""
    panel = LandscapePanel(bench.parts)
    qtbot.addWidget(panel)
    qtbot.addWidget(panel.head)
    panel.resize(760, 500)
    panel.show()
    bench.store.edit("x", lambda each: edits.with_terrain(each, inside=True, studied=0))
    bench.paint(epochs=9)
    return panel


@pytest.fixture
def whole(panel: LandscapePanel, bench: Bench) -> LandscapePanel:
    """The same with the run and two rivals on the whole network."""
    rivals = replace(bench.experiment, rivals=RIVALS)
    raced = edits.with_terrain(edits.with_race(rivals, "run"), plane="axes", radius=1.0)
    bench.store.change(raced, "race")
    bench.paint(epochs=9)
    return panel


def studied(bench: Bench) -> int:
    return bench.experiment.landscape.studied


def click(widget: QWidget, x: float, y: float) -> None:
    QTest.mouseClick(widget, LEFT, NONE, QPoint(round(x), round(y)))


def pixel_of(panel: LandscapePanel, bench: Bench, row: int) -> QPoint:
    """Where the marker of a row is seen."""
    picture, canvas = bench.player.picture, panel.canvas
    assert picture is not None
    paths = picture.frame.race.paths
    if not len(paths) and picture.ways is not None:
        paths = picture.ways.paths
    if isinstance(canvas, ReliefCanvas):
        race, lens = canvas._race, canvas._lens  # noqa: SLF001
        assert race is not None
        assert lens is not None
        pixel = lens.pixels(race.places(lens, race.paths.shape[1] - 1)[row, -1])
    else:
        place = paths[row, -1, ::2] if isinstance(canvas, LineCanvas) else paths[row, -1, :2]
        pixel = canvas.to_pixels(place)
    return QPoint(*np.rint(pixel).astype(int).tolist())


def one_apart(bench: Bench) -> int:
    """The row of the racer that is farthest from all others."""
    picture = bench.player.picture
    assert picture is not None
    places = picture.frame.race.paths[:, -1, :2]
    far = np.linalg.norm(places[:, None] - places, axis=-1) + 1e9 * np.eye(len(places))
    return int(far.min(axis=1).argmax())


def ground_of(panel: LandscapePanel) -> QWidget:
    canvas = panel.canvas
    return canvas if isinstance(canvas, ReliefCanvas) else canvas.viewport()


def test_a_row_of_the_table_is_studied_by_click_and_its_marker_takes_it_out(
    panel: LandscapePanel, bench: Bench
) -> None:
    line = panel.legend.roster.rows[3].line
    click(line, 70, 10)
    assert studied(bench) == 3
    assert bench.experiment.landscape.racers[3].on
    bench.store.undo()
    assert studied(bench) == 0
    click(line, 10, 10)
    assert not bench.experiment.landscape.racers[3].on
    click(line, 70, 10)
    assert bench.experiment.landscape.racers[3].on, "who sits out is let in again"


def test_a_row_is_studied_by_enter_and_switched_by_space(
    panel: LandscapePanel, bench: Bench
) -> None:
    line = panel.legend.roster.rows[1].line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert studied(bench) == 1
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert not bench.experiment.landscape.racers[1].on
    assert "Look inside" in panel.legend.roster.rows[2].line.toolTip()


def test_while_nobody_is_studied_a_row_only_switches(panel: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("x", lambda each: edits.with_terrain(each, inside=False))
    line = panel.legend.roster.rows[1].line
    click(line, 70, 10)
    assert not bench.experiment.landscape.racers[1].on
    assert studied(bench) == 0


def test_an_entrant_is_studied_by_click_and_by_enter(whole: LandscapePanel, bench: Bench) -> None:
    rows = whole.side.entrants.rows
    QTest.mouseClick(rows[2], LEFT, NONE, QPoint(80, 15))
    assert studied(bench) == 2
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert studied(bench) == 0
    assert "Enter" in rows[1].toolTip()
    bench.store.edit("x", lambda each: edits.with_terrain(each, inside=False))
    QTest.mouseClick(rows[2], LEFT, NONE, QPoint(80, 15))
    assert studied(bench) == 0
    assert rows[1].focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("row", [1, 2])
@pytest.mark.parametrize("picture", ["map", "relief"])
def test_one_who_trains_is_studied_by_a_click_on_its_marker(
    whole: LandscapePanel, bench: Bench, picture: str, row: int
) -> None:
    bench.store.edit("x", lambda each: edits.with_terrain(each, picture=picture))
    bench.paint(epochs=9)
    QTest.mouseClick(ground_of(whole), LEFT, NONE, pixel_of(whole, bench, row))
    assert studied(bench) == row


@pytest.mark.parametrize(("surface", "picture"), [("bowl", "relief"), (CURVE, "map")])
def test_a_racer_is_studied_by_a_click_on_its_marker(
    panel: LandscapePanel, bench: Bench, surface: str, picture: str
) -> None:
    bench.store.edit("x", lambda each: edits.with_surface(each, surface))
    bench.store.edit("x", lambda each: edits.with_terrain(each, picture=picture))
    bench.paint(epochs=2)
    row = one_apart(bench)
    bench.store.edit("x", lambda each: edits.with_terrain(each, studied=(row + 1) % 4))
    bench.paint(epochs=2)
    QTest.mouseClick(ground_of(panel), LEFT, NONE, pixel_of(panel, bench, row))
    assert studied(bench) == row
    assert not bench.experiment.landscape.starts
    other = (row + 1) % 4
    bench.store.edit("x", lambda each: edits.with_terrain(each, inside=False, studied=other))
    bench.paint(epochs=2)
    QTest.qWait(QApplication.doubleClickInterval() + 10)
    QTest.mouseClick(ground_of(panel), LEFT, NONE, pixel_of(panel, bench, row))
    assert studied(bench) == other


@pytest.mark.parametrize("picture", ["map", "relief"])
def test_of_who_is_pointed_at_loss_and_height_are_told(
    whole: LandscapePanel, bench: Bench, picture: str
) -> None:
    bench.store.edit("x", lambda each: edits.with_terrain(each, picture=picture))
    bench.paint(epochs=9)
    ground, there = ground_of(whole), pixel_of(whole, bench, 1)
    event = QHelpEvent(QEvent.Type.ToolTip, there, ground.mapToGlobal(there))
    QApplication.sendEvent(ground, event)
    assert QToolTip.text().startswith("Fast: a true loss of ")
    nowhere = QPoint(2, 2)
    QApplication.sendEvent(
        ground, QHelpEvent(QEvent.Type.ToolTip, nowhere, ground.mapToGlobal(nowhere))
    )
    QToolTip.hideText()


def test_a_racer_tells_its_loss(panel: LandscapePanel, bench: Bench) -> None:
    ground, there = ground_of(panel), pixel_of(panel, bench, 1)
    QApplication.sendEvent(
        ground, QHelpEvent(QEvent.Type.ToolTip, there, ground.mapToGlobal(there))
    )
    assert ": a loss of " in QToolTip.text()
    QToolTip.hideText()


def test_rivals_are_let_in_changed_and_taken_out_beside_the_surface(
    whole: LandscapePanel, bench: Bench
) -> None:
    side = whole.side.entrants
    side.add.menu().aboutToShow.emit()
    first = side.add.menu().actions()[0].menu()
    assert isinstance(first, QMenu)
    first.actions()[0].trigger()
    assert len(bench.experiment.rivals) == 3
    bench.store.undo()
    row = side.rows[2]
    row.menu.aboutToShow.emit()
    names = [each.text() for each in row.menu.actions()]
    assert names[-2:] == ["Make this the main run", "Remove"]
    row.menu.actions()[-1].trigger()
    assert [each.name for each in bench.experiment.rivals] == ["Fast"]
    bench.store.undo()
    assert [each.name for each in bench.experiment.rivals] == ["Fast", "Slow"]
    assert side.rows[0].more.isHidden(), "the main run is changed in the bar"


def test_no_window_flashes_up_when_rivals_are_let_in(
    panel: LandscapePanel, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    flashed: list[str] = []
    visible = QWidget.setVisible

    def watched(widget: QWidget, on: bool) -> None:
        if on and widget.isWindow():
            flashed.append(type(widget).__name__)
        visible(widget, on)

    for name in ("setVisible", "setHidden", "show"):
        change = {"setVisible": watched, "show": lambda it: watched(it, True)}.get(
            name, lambda it, off: watched(it, not off)
        )
        monkeypatch.setattr(IconButton, name, change)
    rivals = replace(bench.experiment, rivals=RIVALS)
    bench.store.change(edits.with_race(rivals, "run"), "race")
    bench.paint(epochs=2)
    assert len(panel.side.entrants.rows) == 3
    assert flashed == []


def test_a_row_that_is_only_looked_at_has_no_menu(whole: LandscapePanel) -> None:
    row = whole.side.entrants.rows[1]
    before = row.grab().toImage()
    row.hide_menu()
    assert not row.more.isVisible()
    assert row.grab().toImage() != before, "its numbers stand where the menu was"


def test_where_there_are_as_many_as_may_be_no_more_are_let_in(
    whole: LandscapePanel, bench: Bench
) -> None:
    many = tuple(Rival(f"R{n}", optimizer=Adam(0.1 + n / 100)) for n in range(RIVAL_LIMIT))
    bench.store.edit("rivals", lambda each: replace(each, rivals=many))
    assert not whole.side.entrants.add.isEnabled()


def test_a_picture_of_the_surface_comes_before_numbers_until_all_are_asked_for(
    panel: LandscapePanel, bench: Bench
) -> None:
    assert panel.display.width() > 430
    assert not panel.legend.captions[2].isVisible()
    QTest.mouseClick(panel.legend.wide, LEFT)
    QTest.qWait(1)
    assert all(each.isVisible() for each in panel.legend.captions)
    QTest.mouseClick(panel.legend.wide, LEFT)
    assert not panel.legend.captions[2].isVisible()
    bench.store.edit("x", lambda each: edits.with_terrain(each, surface=NETWORK_SURFACE))
    QTest.mouseClick(panel.head.standings, LEFT)
    assert not panel.side.isVisible()
    QTest.mouseClick(panel.head.standings, LEFT)
    assert panel.side.isVisible()


def test_arrows_along_a_curve_lie_above_one_another(panel: LandscapePanel, bench: Bench) -> None:
    bench.store.edit("x", lambda each: edits.with_surface(each, CURVE))
    bench.store.edit("x", lambda each: edits.with_terrain(each, arrows="step", studied=3))
    bench.paint(epochs=2)
    canvas = panel.canvas
    assert isinstance(canvas, LineCanvas)
    (bared,) = canvas.inner.bared
    assert len(bared.arrows) > 3
    drawn = canvas.grab().toImage()
    canvas.inner.show(())
    canvas.refresh()
    assert canvas.grab().toImage() != drawn
