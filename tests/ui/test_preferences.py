from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from nnviz.ui.preferences import RECENT_LIMIT, Preferences, WindowState


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "test.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def preferences(settings: QSettings) -> Preferences:
    return Preferences(settings)


def again(settings: QSettings) -> QSettings:
    """The same file as another start of the program reads it."""
    settings.sync()
    return QSettings(settings.fileName(), QSettings.Format.IniFormat)


def test_the_first_day_follows_the_system_and_moves(preferences: Preferences) -> None:
    assert preferences.theme == "system"
    assert not preferences.reduced_motion
    assert preferences.recent == ()


def test_preferences_outlive_the_program(preferences: Preferences, settings: QSettings) -> None:
    preferences.theme = "dark"
    preferences.reduced_motion = True
    later = Preferences(again(settings))
    assert later.theme == "dark"
    assert later.reduced_motion


def test_a_spoilt_theme_is_the_systems(settings: QSettings) -> None:
    settings.setValue("theme", "purple")
    assert Preferences(settings).theme == "system"


def test_a_preference_is_told_only_when_it_changes(preferences: Preferences) -> None:
    told: list[str] = []
    preferences.changed.connect(lambda: told.append(preferences.theme))
    preferences.theme = "dark"
    preferences.theme = "dark"
    assert told == ["dark"]


def test_recent_files_stand_newest_first_and_once(
    preferences: Preferences, settings: QSettings, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.nnviz", tmp_path / "other.nnviz"
    for path in (one, other, one):
        preferences.remember(path)
    assert preferences.recent == (one, other)
    assert Preferences(again(settings)).recent == (one, other)
    assert preferences.last_folder == tmp_path


def test_a_single_recent_file_is_read_back(settings: QSettings, tmp_path: Path) -> None:
    Preferences(settings).remember(tmp_path / "one.nnviz")
    assert Preferences(again(settings)).recent == (tmp_path / "one.nnviz",)


def test_old_recent_files_fall_off(preferences: Preferences, tmp_path: Path) -> None:
    for number in range(RECENT_LIMIT + 5):
        preferences.remember(tmp_path / f"{number}.nnviz")
    assert len(preferences.recent) == RECENT_LIMIT


def test_recent_files_can_be_forgotten(preferences: Preferences, tmp_path: Path) -> None:
    for name in ("one", "other"):
        preferences.remember(tmp_path / name)
    preferences.forget(tmp_path / "one")
    assert preferences.recent == (tmp_path / "other",)
    preferences.clear_recent()
    assert len(preferences.recent) == 0


def test_a_folder_that_is_gone_is_not_offered(preferences: Preferences, tmp_path: Path) -> None:
    preferences.remember(tmp_path / "gone" / "one.nnviz")
    assert preferences.last_folder != tmp_path / "gone"


def test_the_window_is_found_as_it_was_left(settings: QSettings) -> None:
    state = WindowState(settings)
    assert state.bytes_of("geometry").isEmpty()
    state.keep("geometry", QByteArray(b"here"))
    state.keep_folded("playground", frozenset({"data", "curves"}))
    state.workspace = "compare"
    later = WindowState(again(settings))
    assert later.bytes_of("geometry") == QByteArray(b"here")
    assert later.folded_in("playground") == frozenset({"data", "curves"})
    assert later.folded_in("compare") is None, "it was never left"
    assert later.workspace == "compare"
    later.clear()
    assert later.folded_in("playground") is None
    assert later.workspace == ""
