"""Addresses of Playground in the window: pasted, dropped, typed, copied, and left again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QClipboard, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.engine.rules import NNVizRules
from nnviz.experiment import edits
from nnviz.experiment.edits import with_rate
from nnviz.experiment.page import from_address
from nnviz.experiment.spec import Data, Experiment
from nnviz.ui.dialogs.address import AddressDialog

if TYPE_CHECKING:
    from tests.ui.conftest import Person

SPIRAL = "https://playground.tensorflow.org/#dataset=spiral&networkShape=3,2&seed=0.5"
EXPERIMENT, _ = from_address(SPIRAL)


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(SPIRAL)
    yield clipboard
    clipboard.clear()


def press(laboratory: Laboratory, key: str) -> None:
    laboratory.window.menus.action(key).trigger()


def test_an_address_on_the_clipboard_is_pasted_into_the_window(
    laboratory: Laboratory, clipboard: QClipboard, qtbot: QtBot
) -> None:
    with qtbot.waitActive(laboratory.window):
        laboratory.window.activateWindow()
    QTest.keyClick(laboratory.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert laboratory.parts.store.experiment == EXPERIMENT
    assert laboratory.window.status.message == "The Playground address is open"
    assert not laboratory.documents.is_modified
    assert not laboratory.window.banner.isVisible()


def test_a_text_field_keeps_what_is_pasted_into_it(
    laboratory: Laboratory, clipboard: QClipboard, qtbot: QtBot
) -> None:
    before = laboratory.parts.store.experiment
    field = QLineEdit(laboratory.window)
    field.show()
    with qtbot.waitActive(laboratory.window):
        laboratory.window.activateWindow()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == SPIRAL
    assert laboratory.parts.store.experiment is before


@pytest.mark.parametrize("text", ["", "a shopping list", "https://www.example.org/"])
def test_anything_else_on_the_clipboard_is_left_there(
    laboratory: Laboratory, clipboard: QClipboard, text: str
) -> None:
    before = laboratory.parts.store.experiment
    clipboard.setText(text)
    press(laboratory, "paste-address")
    assert laboratory.parts.store.experiment is before
    assert laboratory.window.status.message == "The clipboard holds no Playground address"


def test_a_clipboard_without_anything_is_no_error(
    laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = laboratory.parts.store.experiment
    monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)
    press(laboratory, "paste-address")
    assert laboratory.parts.store.experiment is before
    assert laboratory.window.status.message == "The clipboard holds no Playground address"


def test_changes_are_asked_about_before_an_address_opens(
    laboratory: Laboratory, clipboard: QClipboard, person: Person
) -> None:
    laboratory.parts.store.edit("learning rate", lambda old: with_rate(old, 0.25))
    press(laboratory, "paste-address")
    assert person.asked == ["unsaved Untitled"]
    assert laboratory.parts.store.experiment != EXPERIMENT


def test_a_bad_address_is_refused_with_a_sentence(
    laboratory: Laboratory, clipboard: QClipboard
) -> None:
    before = laboratory.parts.store.experiment
    clipboard.setText(SPIRAL + "&noise=much")
    press(laboratory, "paste-address")
    assert laboratory.parts.store.experiment is before
    assert "noise is 'much'" in laboratory.window.banner.text


def test_what_an_address_leaves_open_is_noted(
    laboratory: Laboratory, clipboard: QClipboard
) -> None:
    clipboard.setText(SPIRAL.removesuffix("&seed=0.5") + "&bogus=1")
    press(laboratory, "paste-address")
    said = laboratory.window.banner.text
    assert "bogus" in said
    assert "names no seed" in said
    assert laboratory.window.banner.property("tone") == "calm"


def dropped(laboratory: Laboratory, mime: QMimeData) -> bool:
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, mime, button, none)
    enter.ignore()
    laboratory.window.dragEnterEvent(enter)
    if enter.isAccepted():
        laboratory.window.dropEvent(QDropEvent(QPointF(9, 9), action, mime, button, none))
    return enter.isAccepted()


@pytest.mark.parametrize("is_link", [False, True])
def test_an_address_can_be_dropped_in(laboratory: Laboratory, is_link: bool) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(SPIRAL)]) if is_link else mime.setText(f" {SPIRAL}\n")
    assert dropped(laboratory, mime)
    assert laboratory.parts.store.experiment == EXPERIMENT


def test_other_texts_are_not_taken(laboratory: Laboratory) -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert not dropped(laboratory, mime)


def open_dialog(laboratory: Laboratory) -> AddressDialog:
    press(laboratory, "open-address")
    [dialog] = laboratory.window.findChildren(AddressDialog)
    return dialog


def open_button(dialog: AddressDialog) -> QDialogButtonBox:
    [buttons] = dialog.findChildren(QDialogButtonBox)
    return buttons


def test_the_dialog_begins_with_the_clipboard_and_opens(
    laboratory: Laboratory, clipboard: QClipboard
) -> None:
    dialog = open_dialog(laboratory)
    assert dialog.line.text() == SPIRAL
    assert dialog.verdict == "It will train here exactly as it does there."
    open_button(dialog).button(QDialogButtonBox.StandardButton.Open).click()
    assert laboratory.parts.store.experiment == EXPERIMENT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("hello", "This is not an address of the page."),
        ("#batchSize=x", "batchSize is 'x'"),
        ("#dataset=moon&seed=1", "dataset=moon"),
    ],
)
def test_the_dialog_says_what_it_makes_of_a_text(
    laboratory: Laboratory, clipboard: QClipboard, text: str, said: str
) -> None:
    clipboard.setText("a shopping list")
    dialog = open_dialog(laboratory)
    assert dialog.line.text() == ""
    dialog.line.setText(text)
    assert said in dialog.verdict
    button = open_button(dialog).button(QDialogButtonBox.StandardButton.Open)
    assert button.isEnabled() is (text == "#dataset=moon&seed=1")
    dialog.reject()


def test_the_address_of_an_experiment_of_the_page_is_copied_whole(
    laboratory: Laboratory, clipboard: QClipboard
) -> None:
    laboratory.documents.read(SPIRAL)
    clipboard.clear()
    press(laboratory, "copy-address")
    assert from_address(clipboard.text()) == (EXPERIMENT, "")
    assert laboratory.window.status.message == "The Playground address is on the clipboard"
    assert not laboratory.window.banner.isVisible()


def test_what_the_page_cannot_show_is_named_when_the_address_is_copied(
    laboratory: Laboratory, clipboard: QClipboard, small: Experiment
) -> None:
    laboratory.parts.store.open(replace(small, data=Data("moons")))
    press(laboratory, "copy-address")
    assert clipboard.text().startswith("https://playground.tensorflow.org/#")
    said = laboratory.window.banner.text
    assert said.startswith("The address is on the clipboard, but Playground cannot show")
    assert "moons" in said


def test_playground_rules_are_named_and_left_with_one_click(laboratory: Laboratory) -> None:
    status, store = laboratory.window.status, laboratory.parts.store
    assert not status.leave.isVisible()
    laboratory.documents.read(SPIRAL)
    assert status.leave.isVisible()
    status.leave.linkActivated.emit("leave")
    assert store.experiment == edits.with_training(EXPERIMENT, rules=NNVizRules())
    assert not status.leave.isVisible()
    store.undo()
    assert store.experiment == EXPERIMENT
    assert status.leave.isVisible()


def test_an_address_can_be_named_at_the_start(laboratory: Laboratory) -> None:
    laboratory.furnish(SPIRAL)
    assert laboratory.parts.store.experiment == EXPERIMENT
