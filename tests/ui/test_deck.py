from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from nnviz.ui.columns import ENOUGH
from nnviz.ui.deck import Deck
from nnviz.ui.look import Look
from nnviz.ui.preferences import WindowState
from nnviz.ui.workspaces import WORKSPACES, Workspace

PANELS = ("data", "network", "landscape", "output", "curves")


@pytest.fixture
def deck(qapp: QApplication, qtbot: QtBot) -> Deck:
    deck = Deck(Look(qapp, "light"))
    qtbot.addWidget(deck)
    for key, frame in deck.frames.items():
        frame.hold(QLabel(key), key.title())
    deck.resize(1264, 600)
    deck.show()
    return deck


def sizes(deck: Deck) -> dict[str, tuple[int, int]]:
    QApplication.processEvents()
    return {key: (frame.width(), frame.height()) for key, frame in deck.frames.items()}


def test_every_panel_has_a_place_and_a_title(deck: Deck) -> None:
    assert deck.shown == PANELS
    assert set(deck.frames) >= set(PANELS)
    assert deck.frames["output"].title == "Output"


def test_every_panel_can_be_folded_and_comes_back_as_it_was(deck: Deck) -> None:
    before = sizes(deck)
    for key in PANELS:
        deck.fold(key)
        assert deck.folded == {key}
        panel = deck.frames[key].panel
        assert panel is not None
        assert not panel.isVisible()
        assert sizes(deck) != before
        deck.fold(key)
        assert deck.folded == frozenset()
        assert sizes(deck) == before


def test_a_folded_panel_leaves_its_room_to_the_others(deck: Deck) -> None:
    before = sizes(deck)
    deck.fold("landscape")
    deck.fold("data")
    after = sizes(deck)
    assert after["landscape"][1] < 40
    assert after["data"][0] < 40
    assert after["network"][1] > before["network"][1]
    assert after["network"][0] > before["network"][0]


def test_a_column_always_shows_one_panel(deck: Deck) -> None:
    deck.fold("output")
    deck.fold("curves")
    assert deck.folded == {"curves"}


def test_a_title_folds_by_a_click_and_by_a_key(deck: Deck) -> None:
    bar = deck.frames["curves"].bar
    assert bar.accessibleName() == "Curves: fold this panel"
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert deck.folded == {"curves"}
    assert bar.accessibleName() == "Curves: unfold this panel"
    bar.click()
    assert deck.folded == frozenset()


def test_folds_and_sizes_are_found_again(deck: Deck, qapp: QApplication, qtbot: QtBot) -> None:
    state = WindowState(QSettings())
    deck.fold("landscape")
    deck.keep(state)
    again = Deck(Look(qapp, "light"))
    qtbot.addWidget(again)
    for key, frame in again.frames.items():
        frame.hold(QLabel(key), key.title())
    again.resize(deck.size())
    again.restore(state)
    again.show()
    assert again.folded == {"landscape"}
    assert sizes(again) == sizes(deck)


def test_the_layout_can_be_reset(deck: Deck) -> None:
    before = sizes(deck)
    deck.fold("data")
    deck.fold("output")
    deck.reset()
    assert deck.folded == frozenset()
    assert sizes(deck) == before


def test_folds_are_told(deck: Deck) -> None:
    told: list[frozenset[str]] = []
    deck.folds_changed.connect(lambda: told.append(deck.folded))
    deck.fold("data")
    deck.fold("data")
    assert told == [{"data"}, frozenset()]


@pytest.mark.parametrize("workspace", WORKSPACES, ids=lambda each: each.key)
def test_every_workspace_shows_its_panels_and_no_others(deck: Deck, workspace: Workspace) -> None:
    deck.show_workspace(workspace.key)
    QApplication.processEvents()
    assert deck.workspace is workspace
    visible = {key for key, frame in deck.frames.items() if frame.isVisible()}
    assert visible == set(deck.shown)


def test_a_workspace_that_is_left_asks_for_no_room(deck: Deck) -> None:
    panel = deck.frames["output"].panel
    assert panel is not None
    panel.setMinimumSize(700, 500)
    QApplication.processEvents()
    assert deck.minimumSizeHint().height() > 500
    deck.show_workspace("optimizers")
    QApplication.processEvents()
    assert deck.minimumSizeHint().width() < 700
    assert deck.minimumSizeHint().height() < 500
    deck.show_workspace("playground")
    QApplication.processEvents()
    assert deck.minimumSizeHint().height() > 500


def test_every_workspace_remembers_how_its_panels_lie(deck: Deck) -> None:
    before = sizes(deck)
    deck.fold("curves")
    folded = sizes(deck)
    deck.show_workspace("optimizers")
    assert deck.folded == {"inside"}, "as on the first day"
    there = sizes(deck)
    deck.fold("network")
    deck.show_workspace("playground")
    assert deck.folded == {"curves"}
    assert {key: sizes(deck)[key] for key in PANELS} == {key: folded[key] for key in PANELS}
    deck.fold("curves")
    assert {key: sizes(deck)[key] for key in PANELS} == {key: before[key] for key in PANELS}
    deck.show_workspace("optimizers")
    assert deck.folded == {"inside", "network"}
    deck.fold("network")
    assert {key: sizes(deck)[key] for key in deck.shown} == {key: there[key] for key in deck.shown}


def test_the_workspace_that_was_left_is_found_again(
    deck: Deck, qapp: QApplication, qtbot: QtBot
) -> None:
    state = WindowState(QSettings())
    deck.show_workspace("optimizers")
    deck.fold("curves")
    deck.keep(state)
    again = Deck(Look(qapp, "light"))
    qtbot.addWidget(again)
    again.restore(state)
    assert again.workspace.key == "optimizers"
    assert again.folded == {"inside", "curves"}
    again.show_workspace("playground")
    assert again.folded == frozenset()


def test_a_panel_that_is_asked_for_gets_room(deck: Deck) -> None:
    deck.bring("inside")
    assert deck.folded == frozenset(), "it is none of this workspace"
    deck.show_workspace("optimizers")
    deck.bring("inside")
    assert "inside" not in deck.folded
    assert sizes(deck)["inside"][1] >= ENOUGH
    shown = deck.folded
    deck.bring("inside")
    assert deck.folded == shown, "what is there stays as it is"


def test_resetting_folds_what_was_folded_on_the_first_day(deck: Deck) -> None:
    deck.show_workspace("optimizers")
    deck.bring("inside")
    deck.reset()
    assert deck.folded == {"inside"}


def test_turning_to_a_workspace_is_told_once(deck: Deck) -> None:
    told: list[str] = []
    deck.turned.connect(told.append)
    deck.show_workspace("optimizers")
    deck.show_workspace("optimizers")
    assert told == ["optimizers"]
