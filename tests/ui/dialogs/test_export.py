"""The export dialogs: they say what would come of it, work beside the window, and remember."""

from __future__ import annotations

from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest
from PIL import Image, ImageSequence
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from nnviz.app import Laboratory
from nnviz.export.request import SHOTS
from nnviz.ui.dialogs.export import (
    AnimationDialog,
    PictureDialog,
    export_animation,
    export_picture,
)
from nnviz.ui.dialogs.export_dialog import ExportDialog
from nnviz.ui.dialogs.export_fields import CUSTOM, ONCE, PANEL_OF, TWICE
from nnviz.ui.sheet import SHEETS

PATIENCE_MS = 30_000


@pytest.fixture
def animation(furnished: Laboratory, tmp_path: Path) -> AnimationDialog:
    dialog = export_animation(furnished.parts, furnished.window)
    dialog.file.line.setText(str(tmp_path / "out.gif"))
    dialog.size_field.choice.show_key(CUSTOM)
    dialog.size_field.choice.picked.emit(CUSTOM)
    dialog.size_field.width_box.setValue(320)
    dialog.size_field.height_box.setValue(240)
    return dialog


@pytest.fixture
def picture(furnished: Laboratory, tmp_path: Path) -> PictureDialog:
    dialog = export_picture(furnished.parts, furnished.window)
    dialog.file.line.setText(str(tmp_path / "out.png"))
    return dialog


def choose(dialog: ExportDialog, view: str) -> None:
    dialog.view.show_key(view)
    dialog.view.picked.emit(view)


def export(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.begin.click()
    qtbot.waitUntil(lambda: not dialog.is_working, timeout=PATIENCE_MS)


def test_a_view_is_found_in_its_panel(furnished: Laboratory) -> None:
    assert set(PANEL_OF) == set(SHEETS)
    assert set(PANEL_OF.values()) <= set(furnished.window.deck.frames)


def test_it_tells_how_many_frames_and_seconds(animation: AnimationDialog) -> None:
    animation.epochs.setValue(100)
    animation.every.setValue(10)
    animation.fps.setValue(5)
    assert animation.summary.text() == "11 frames, 2.2 seconds."


def test_an_animation_is_written_beside_the_work(
    animation: AnimationDialog, furnished: Laboratory, qtbot: QtBot, tmp_path: Path
) -> None:
    before = furnished.parts.player.run(furnished.parts.store.experiment)
    animation.epochs.setValue(20)
    animation.every.setValue(10)
    export(animation, qtbot)
    with Image.open(tmp_path / "out.gif") as image:
        assert image.size == (320, 240)
        assert sum(1 for _ in ImageSequence.Iterator(image)) == 3
    assert animation.folder.isVisible()
    assert "is written" in animation.summary.text()
    assert furnished.parts.player.run(furnished.parts.store.experiment) == before


def test_closing_the_window_gives_up_the_film_and_leaves_no_file(
    furnished: Laboratory, animation: AnimationDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    animation.epochs.setValue(9_999)
    animation.begin.click()
    qtbot.waitUntil(lambda: animation.bar.value() > 0, timeout=PATIENCE_MS)
    furnished.window.close()
    assert not any(each.name == "filming" for each in enumerate_threads())
    assert not list(tmp_path.iterdir())


def test_cancelling_stops_the_film_and_leaves_no_file(
    animation: AnimationDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    animation.epochs.setValue(9_999)
    animation.begin.click()
    qtbot.waitUntil(lambda: animation.bar.value() > 0, timeout=PATIENCE_MS)
    animation.cancel.click()
    qtbot.waitUntil(lambda: not animation.is_working, timeout=PATIENCE_MS)
    assert animation.isVisible()
    assert not list(tmp_path.glob("*out*"))
    assert "nothing was written" in animation.summary.text()


def test_closing_the_dialog_ends_the_work(animation: AnimationDialog, tmp_path: Path) -> None:
    animation.epochs.setValue(9_999)
    animation.begin.click()
    animation.close()
    assert not list(tmp_path.glob("*out*"))


@pytest.mark.parametrize("view", SHOTS.keys)
def test_a_picture_of_this_moment(
    picture: PictureDialog, qtbot: QtBot, view: str, tmp_path: Path
) -> None:
    choose(picture, view)
    export(picture, qtbot)
    with Image.open(tmp_path / "out.png") as image:
        assert image.size == picture.size_field.pixels


def test_a_picture_twice_as_fine(picture: PictureDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(picture, "boundary")
    width, height = picture.size_field.pixels
    picture.size_field.choice.show_key(TWICE)
    picture.size_field.choice.picked.emit(TWICE)
    export(picture, qtbot)
    with Image.open(tmp_path / "out.png") as image:
        assert image.size == (2 * width, 2 * height)


def test_the_window_is_its_own_size(picture: PictureDialog, furnished: Laboratory) -> None:
    choose(picture, "window")
    size = furnished.window.size()
    assert picture.size_field.choice.key == ONCE
    assert picture.size_field.pixels == (size.width(), size.height())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("out.bmp", "ends in .bmp"),
        ("out", "does not say its format"),
        ("nowhere/out.gif", "there is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_at_once(
    animation: AnimationDialog, tmp_path: Path, name: str, words: str
) -> None:
    animation.file.line.setText(str(tmp_path / name))
    assert words in animation.message.text()
    assert not animation.begin.isEnabled()
    animation.file.line.setText(str(tmp_path / "out.gif"))
    assert animation.message.isHidden()
    assert animation.begin.isEnabled()


def test_too_many_frames_are_refused(animation: AnimationDialog) -> None:
    animation.epochs.setValue(1_000_000)
    assert "there may be up to" in animation.message.text()


def test_a_file_that_is_there_is_told(animation: AnimationDialog, tmp_path: Path) -> None:
    (tmp_path / "there.gif").write_bytes(b"old")
    animation.file.line.setText(str(tmp_path / "there.gif"))
    assert "replaces the file" in animation.summary.text()


def test_it_remembers_what_was_chosen(
    animation: AnimationDialog, furnished: Laboratory, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(animation, "curves")
    animation.epochs.setValue(6)
    animation.every.setValue(3)
    animation.fps.setValue(7)
    export(animation, qtbot)
    animation.close()
    again = export_animation(furnished.parts, furnished.window)
    assert again.view.key == "curves"
    assert (again.epochs.value(), again.every.value(), again.fps.value()) == (6, 3, 7)
    assert again.size_field.pixels == (320, 240)
    assert again.file.path == tmp_path / "curves.gif"


def test_the_folder_can_be_opened(
    picture: PictureDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    choose(picture, "curves")
    export(picture, qtbot)
    picture.folder.click()
    assert opened == [str(tmp_path)]
