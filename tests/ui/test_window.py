from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.experiment.edits import with_dataset, with_rate, with_terrain, with_view
from nnviz.experiment.files import Document, save
from nnviz.experiment.landscape import PLANES, RACES
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.runtime.frames import Divergence
from nnviz.runtime.orders import Failed
from nnviz.ui.canvas.network_buttons import FeatureTile
from nnviz.ui.commands import MENUS
from nnviz.ui.dialogs.report import ReportDialog
from nnviz.ui.dialogs.shortcuts import ShortcutsDialog
from nnviz.ui.menus import Menus
from nnviz.ui.panels.data import DataPanel
from nnviz.ui.parts import wishes_of
from nnviz.ui.status import describe
from nnviz.ui.tab_order import chain_of
from nnviz.ui.theme import DARK, LIGHT
from nnviz.ui.window import Window
from nnviz.ui.workspaces import WORKSPACES
from tests.ui.conftest import Person


@pytest.fixture
def window(laboratory: Laboratory) -> Window:
    laboratory.window.activateWindow()
    return laboratory.window


@pytest.fixture(scope="module")
def loaded_at_first_picture() -> frozenset[str]:
    """The modules of a program of which the first picture stands."""
    check = "import sys; from nnviz.cli.window import show_first; show_first(); print(*sys.modules)"
    command = [sys.executable, "-c", check]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return frozenset(told.stdout.split())


@pytest.fixture
def menus(window: Window) -> Menus:
    return window.menus


def submenu(menu: QMenu, label: str) -> QMenu:
    inner = next(each for each in menu.actions() if each.text() == label).menu()
    assert isinstance(inner, QMenu)
    inner.aboutToShow.emit()
    return inner


def press(widget: QWidget, key: Qt.Key, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(widget, key, modifier)


def put_in(window: Window, widget: QWidget) -> QWidget:
    widget.setParent(window.centralWidget())
    widget.show()
    widget.setFocus()
    return widget


@pytest.mark.parametrize("kind", [QSlider, QPushButton])
def test_space_plays_wherever_the_focus_is(
    laboratory: Laboratory, window: Window, kind: type[QWidget]
) -> None:
    focused = put_in(window, kind())
    press(focused, Qt.Key.Key_Space)
    assert laboratory.parts.player.is_playing
    press(focused, Qt.Key.Key_Space)
    assert not laboratory.parts.player.is_playing


def test_space_in_a_text_field_is_a_space(laboratory: Laboratory, window: Window) -> None:
    field = QLineEdit()
    put_in(window, field)
    for key in (Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_S):
        press(field, key)
    assert field.text() == "a s"
    assert not laboratory.parts.player.is_playing


def test_enter_presses_the_focused_button(window: Window) -> None:
    button = QPushButton()
    clicks: list[str] = []
    button.clicked.connect(lambda: clicks.append("click"))
    put_in(window, button)
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Space)
    assert len(clicks) == 1


def test_enter_in_a_text_field_belongs_to_the_field(window: Window) -> None:
    field = QLineEdit()
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    put_in(window, field)
    press(field, Qt.Key.Key_Return)
    assert entered == [""]


def test_keys_step_and_reset(laboratory: Laboratory, window: Window, qtbot: QtBot) -> None:
    player = laboratory.parts.player

    def stands_at(epoch: int, batch: int) -> bool:
        assert player.picture is not None
        frame = player.picture.frame
        return (frame.epoch, frame.batch) == (epoch, batch)

    press(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: stands_at(1, 0))
    press(window, Qt.Key.Key_S, shift=True)
    qtbot.waitUntil(lambda: stands_at(1, 1))
    press(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: stands_at(0, 0))


def test_a_new_start_can_be_undone(laboratory: Laboratory, menus: Menus, small: Experiment) -> None:
    menus.action("new-start").trigger()
    store = laboratory.parts.store
    assert store.experiment.training.seed != small.training.seed
    assert menus.action("undo").text() == "Undo new start"
    menus.action("undo").trigger()
    assert store.experiment == small
    assert not menus.action("undo").isEnabled()
    assert menus.action("redo").text() == "Redo new start"


def test_the_speed_goes_up_and_down_in_stops(laboratory: Laboratory, menus: Menus) -> None:
    player = laboratory.parts.player
    player.set_speed(10)
    menus.action("faster").trigger()
    assert player.speed == 20
    menus.action("slower").trigger()
    menus.action("slower").trigger()
    assert player.speed == 5
    for _ in range(20):
        menus.action("faster").trigger()
    assert player.speed == math.inf


@pytest.mark.parametrize(("key", "field"), [("show-test", "show_test"), ("discretize",) * 2])
def test_switches_of_the_view_follow_the_experiment(
    laboratory: Laboratory, menus: Menus, key: str, field: str
) -> None:
    action = menus.action(key)
    assert not action.isChecked()
    action.trigger()
    assert getattr(laboratory.parts.store.experiment.view, field)
    assert action.isChecked()
    laboratory.parts.store.undo()
    assert not action.isChecked()


def test_every_action_has_a_name_and_a_sentence(menus: Menus, window: Window) -> None:
    actions = [each for each in window.actions() if each.text()]
    assert len(actions) > 20
    assert all(each.toolTip().endswith(".") for each in actions)
    keys = [key.toString() for each in window.actions() for key in each.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_whole_menu_opens_with_all_menus(menus: Menus, window: Window) -> None:
    whole = menus.whole()
    assert [each.text() for each in whole.actions()] == [each.label for each in MENUS]


def test_recent_files_stand_in_the_menu(
    laboratory: Laboratory, menus: Menus, small: Experiment, tmp_path: Path
) -> None:
    path = tmp_path / "one.nnviz"
    save(path, Document(with_view(small, show_test=True)))
    laboratory.documents.open(path)
    recent = submenu(submenu(menus.whole(), "File"), "Open recent")
    assert [each.text() for each in recent.actions()] == ["one.nnviz", "", "Clear this list"]
    recent.actions()[-1].trigger()
    assert laboratory.parts.preferences.recent == ()


def test_the_title_says_what_is_open_and_whether_it_is_saved(
    laboratory: Laboratory, window: Window
) -> None:
    assert window.windowTitle() == "Untitled[*] – NNViz"
    laboratory.parts.store.edit("learning rate", lambda old: with_rate(old, 0.5))
    assert window.isWindowModified()
    laboratory.parts.store.undo()
    assert not window.isWindowModified()


def test_a_theme_is_worn_and_remembered(laboratory: Laboratory, window: Window) -> None:
    themes = submenu(submenu(window.menus.whole(), "View"), "Theme")
    dark = next(each for each in themes.actions() if each.text() == "Dark")
    dark.trigger()
    assert laboratory.parts.look.theme == DARK
    assert laboratory.parts.preferences.theme == "dark"
    assert (laboratory.parts.player.wishes.stops == wishes_of(DARK).stops).all()
    laboratory.parts.look.choose("light")
    assert laboratory.parts.look.theme == LIGHT


def test_the_window_comes_back_as_it_was_left(
    laboratory: Laboratory, window: Window, qapp: QApplication
) -> None:
    window.resize(790, 640)
    window.fold("data")
    window.fold("curves")
    assert window.close()
    again = Laboratory(qapp)
    try:
        assert again.window.folded == {"data", "curves"}
        assert again.window.size() == window.size()
    finally:
        again.window.close()
        again.window.deleteLater()
        again.close()


def test_closing_asks_about_changes_and_stays_if_told(
    laboratory: Laboratory, window: Window
) -> None:
    laboratory.parts.store.edit("learning rate", lambda old: with_rate(old, 0.5))
    assert not window.close()
    assert window.isVisible()


def test_closing_while_training_ends_everything(laboratory: Laboratory, window: Window) -> None:
    laboratory.parts.player.set_speed(math.inf)
    laboratory.parts.player.play()
    assert window.close()


def drop(window: Window, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, data, button, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(9, 9), action, data, button, none))
    return enter.isAccepted()


def test_a_document_can_be_dropped_in(
    laboratory: Laboratory, window: Window, small: Experiment, tmp_path: Path
) -> None:
    path = tmp_path / "dropped.nnviz"
    save(path, Document(with_view(small, discretize=True)))
    assert drop(window, path)
    assert laboratory.parts.store.experiment.view.discretize
    assert not drop(window, tmp_path / "picture.png")


def test_a_divergence_is_told_with_a_way_back(
    laboratory: Laboratory, window: Window, small: Experiment
) -> None:
    player = laboratory.parts.player
    assert player.picture is not None
    why = "In epoch 3, update 2, the loss of the output left the range of numbers."
    frame = replace(player.picture.frame, diverged=Divergence(3, why))
    player.pictured.emit(replace(player.picture, frame=frame))
    assert window.banner.isVisible()
    assert window.banner.text == why
    button = next(each for each in window.banner.findChildren(QPushButton) if each.isVisible())
    assert button.text() == "Go back with a tenth of the rate"
    button.click()
    rate = laboratory.parts.store.experiment.training.optimizer.rate
    assert rate == pytest.approx(small.training.optimizer.rate / 10)
    assert not window.banner.isVisible()
    assert window.focusWidget() is window.centralWidget()


def test_a_mistake_in_a_thread_is_one_sentence(laboratory: Laboratory, window: Window) -> None:
    laboratory.parts.player.failed.emit(Failed(Mistake("That cannot be.")))
    assert window.banner.text == "That cannot be."


def test_a_fault_in_a_thread_is_one_dialog(laboratory: Laboratory, window: Window) -> None:
    for _ in range(2):
        laboratory.parts.player.failed.emit(Failed(ZeroDivisionError("ours")))
    [dialog] = window.findChildren(ReportDialog)
    assert "ours" in dialog.report
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.report
    dialog.close()


def test_rescued_work_is_offered_at_the_next_start(
    laboratory: Laboratory, window: Window, qapp: QApplication
) -> None:
    changed = with_rate(laboratory.parts.store.experiment, 0.125)
    laboratory.parts.store.edit("learning rate", lambda _: changed)
    laboratory.crash.report(ZeroDivisionError())
    rescued = laboratory.crash.rescued()
    assert rescued is not None
    assert rescued.experiment == changed


def test_rescued_work_is_forgotten_once_the_work_is_saved(
    laboratory: Laboratory, person: Person, tmp_path: Path
) -> None:
    person.path = tmp_path / "saved.nnviz"
    laboratory.parts.store.edit("learning rate", lambda it: with_rate(it, 0.125))
    laboratory.crash.report(ZeroDivisionError())
    assert laboratory.crash.recovery.exists()
    assert laboratory.documents.save()
    assert not laboratory.crash.recovery.exists()


def test_the_banner_says_when_the_work_was_rescued(laboratory: Laboratory, window: Window) -> None:
    laboratory.parts.store.edit("learning rate", lambda it: with_rate(it, 0.125))
    laboratory.crash.report(ZeroDivisionError())
    laboratory.furnish()
    assert re.search(r"a problem at \d\d:\d\d; your work", window.banner.text)


def test_a_message_of_trouble_goes_with_the_document(
    laboratory: Laboratory, window: Window, tmp_path: Path
) -> None:
    laboratory.documents.read(tmp_path / "nothing.nnviz")
    assert window.banner.isVisible()
    laboratory.documents.new()
    assert not window.banner.isVisible()


@pytest.mark.parametrize(
    "name", ["about", "shortcuts", "report", "export-picture", "export-animation"]
)
def test_dialogs_open_and_close(window: Window, name: str) -> None:
    window.open_dialog(name)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.close()


def test_play_is_drawn_as_what_it_would_do(laboratory: Laboratory, menus: Menus) -> None:
    play = menus.action("play")
    for menu in laboratory.window.findChildren(QMenu):
        menu.aboutToShow.emit()
    drawn = play.icon().pixmap(16).toImage()
    laboratory.parts.player.play()
    assert play.text() == "Pause"
    assert play.icon().pixmap(16).toImage() != drawn
    laboratory.parts.player.pause()
    assert play.icon().pixmap(16).toImage() == drawn


def test_the_sheet_of_shortcuts_names_every_key(window: Window) -> None:
    window.open_dialog("shortcuts")
    [dialog] = window.findChildren(ShortcutsDialog)
    texts = {label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Space", "Play or pause", "Ctrl+S", "F11"} <= texts
    assert {"Ctrl+arrows", "To weights and biases", "Move what is seen"} <= texts
    assert dialog.sizeHint().width() < 1280
    assert dialog.sizeHint().height() < 680
    dialog.close()


def test_the_picture_goes_to_the_clipboard(window: Window) -> None:
    window.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()
    assert window.status.message


def test_the_status_line_says_how_things_stand(laboratory: Laboratory, window: Window) -> None:
    assert window.status.state == "Epoch 0 · ready"
    picture = laboratory.parts.player.picture
    assert picture is not None
    later = replace(picture.frame, epoch=1234, batch=2)
    assert describe(later, 59.7, True) == "Epoch 1,234 · batch 2 · training, 60 epochs a second"
    assert describe(later, 2.5, True).endswith("2.5 epochs a second")
    assert describe(later, 0.0, False).endswith("paused")


def test_full_screen_goes_there_and_back(window: Window, menus: Menus) -> None:
    menus.action("full-screen").trigger()
    assert window.is_full_screen
    menus.action("full-screen").trigger()
    assert not window.is_full_screen


def test_the_window_can_be_on_the_screen_before_the_panels_are_loaded() -> None:
    check = "import nnviz.app, sys; sys.exit('nnviz.ui.panels.network' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.mark.parametrize(
    "late",
    [
        *("pyqtgraph", "numba", "PIL", "ziamath", "msgspec", "subprocess"),
        *(f"nnviz.ui.panels.{key}" for key in ("landscape", "curves", "inside", "compare")),
        *("nnviz.ui.panels.winners", "nnviz.ui.openers"),
    ],
)
def test_the_first_picture_stands_before_what_comes_late_is_loaded(
    late: str, loaded_at_first_picture: frozenset[str]
) -> None:
    assert "nnviz.ui.panels.network" in loaded_at_first_picture
    assert late not in loaded_at_first_picture


def test_panels_move_in_when_their_workspace_is_first_shown(furnished: Laboratory) -> None:
    deck = furnished.window.deck
    assert all(frame.title for frame in deck.frames.values())
    assert {key for key, frame in deck.frames.items() if frame.panel} == set(deck.tops)
    for key in (*WORKSPACES.keys[1:], WORKSPACES.keys[0]):
        furnished.window.show_workspace(key)
        assert all(deck.frames[key].panel for key in deck.shown if key not in deck.folded)
        assert furnished.window.minimumSizeHint().width() <= 1280
        assert furnished.window.minimumSizeHint().height() <= 720
    assert deck.frames["inside"].panel is None
    furnished.window.show_workspace("optimizers")
    furnished.window.fold("inside")
    assert deck.frames["inside"].panel is not None


@pytest.mark.parametrize("workspace", WORKSPACES.keys)
def test_a_message_makes_no_small_window_grow(furnished: Laboratory, workspace: str) -> None:
    window = furnished.window
    window.show_workspace(workspace)
    window.resize(1280, 720)
    window.banner.show_message("One has to say so many words. " * 6, action="Go back to the start")
    QApplication.processEvents()
    assert window.minimumSizeHint().height() <= 720
    assert (window.width(), window.height()) == (1280, 720)


def test_what_is_wrong_with_a_curve_makes_no_small_window_grow(
    furnished: Laboratory, qtbot: QtBot
) -> None:
    window, store = furnished.window, furnished.parts.store
    qtbot.waitUntil(lambda: window.findChild(DataPanel) is not None)
    panel = window.findChild(DataPanel)
    assert isinstance(panel, DataPanel)
    window.resize(1280, 720)
    store.edit("data set", lambda experiment: with_dataset(experiment, "formula"))
    panel.formula.line.setFocus()
    QTest.keyClicks(panel.formula.line, " +* 2")
    QApplication.processEvents()
    assert panel.formula.verdict.text()
    assert window.minimumSizeHint().height() <= 720


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("race", RACES)
def test_every_cut_of_the_network_has_its_line_in_a_small_window(
    furnished: Laboratory, qtbot: QtBot, plane: str, race: str
) -> None:
    deck, store = furnished.window.deck, furnished.parts.store
    qtbot.waitUntil(lambda: deck.frames["landscape"].panel is not None)
    store.change(with_terrain(store.experiment, surface="network", plane=plane, race=race), "cut")
    QApplication.processEvents()
    assert furnished.window.minimumSizeHint().width() <= 1280


def test_tab_goes_through_the_panels_as_they_stand(furnished: Laboratory, qtbot: QtBot) -> None:
    window, deck = furnished.window, furnished.window.deck
    qtbot.waitUntil(lambda: all(deck.frames[key].panel for key in deck.shown))
    qtbot.waitUntil(lambda: window.findChild(FeatureTile) is not None)
    met: list[QWidget] = []
    for each in chain_of(window):
        part = next((part for part in deck.frames.values() if part.isAncestorOf(each)), window)
        if each.isVisible() and met[-1:] != [part]:
            met.append(part)
    assert met == [window, *(deck.frames[key] for key in deck.shown), window]


def test_the_inner_state_is_brought_when_it_is_asked_for(furnished: Laboratory) -> None:
    frame, store = furnished.window.deck.frames["inside"], furnished.parts.store
    furnished.window.show_workspace("optimizers")
    store.change(with_terrain(store.experiment, inside=True), "inner state")
    assert not frame.is_folded
    assert frame.panel is not None
    furnished.window.fold("inside")
    store.change(with_terrain(store.experiment, arrows="step"), "arrows")
    assert frame.is_folded


def test_what_lies_below_moves_in_once_the_first_picture_stands(
    furnished: Laboratory, qtbot: QtBot
) -> None:
    deck = furnished.window.deck
    qtbot.waitUntil(lambda: all(deck.frames[key].panel for key in deck.shown))
    assert deck.frames["compare"].panel is None
