"""What outlives a document: preferences, and apart from them the state of the window.

Two stores that are never mixed: what a person prefers, and how the window was left. Both are handed
their `QSettings`, so tests bring files of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, Signal

RECENT_LIMIT = 10
THEME_CHOICES = ("system", "light", "dark")


def settings_file(name: str) -> QSettings:
    """The settings file of a name in the folder where this system keeps them."""
    place = QStandardPaths.StandardLocation.AppConfigLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return QSettings(str(folder / f"{name}.ini"), QSettings.Format.IniFormat)


class Preferences(QObject):
    """What a person prefers, whatever the document."""

    changed = Signal()
    """A preference has another value."""

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        """Read and write the preferences in these settings."""
        super().__init__(parent)
        self._settings = settings

    @property
    def theme(self) -> str:
        """One of THEME_CHOICES."""
        choice = str(self._settings.value("theme", "system"))
        return choice if choice in THEME_CHOICES else "system"

    @theme.setter
    def theme(self, choice: str) -> None:
        self._put("theme", choice)

    @property
    def reduced_motion(self) -> bool:
        """Whether what moves only for beauty stands still."""
        return str(self._settings.value("reduced-motion", "false")).lower() == "true"

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._put("reduced-motion", "true" if reduced else "false")

    @property
    def last_folder(self) -> Path:
        """Where a file dialog begins: where the last one ended, else the documents."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        kept = Path(str(self._settings.value("last-folder", "")))
        usable = kept.is_absolute() and kept.is_dir()
        return kept if usable else Path(QStandardPaths.writableLocation(place))

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._put("last-folder", str(folder))

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files last opened or saved, the newest first."""
        kept = self._settings.value("recent", [])
        names = [kept] if isinstance(kept, str) else cast("list[str]", kept or [])
        return tuple(Path(name) for name in names if name)

    def remember(self, path: Path) -> None:
        """Put a file at the top of the recent ones, and begin the next dialog beside it."""
        path = path.absolute()
        rest = [each for each in self.recent if each != path]
        self._settings.setValue("last-folder", str(path.parent))
        self._put("recent", [str(each) for each in (path, *rest)[:RECENT_LIMIT]])

    def forget(self, path: Path) -> None:
        """Take a file that is gone off the recent ones."""
        self._put("recent", [str(each) for each in self.recent if each != path.absolute()])

    def clear_recent(self) -> None:
        """Forget all recent files."""
        self._put("recent", [])

    def _put(self, key: str, value: object) -> None:
        if self._settings.value(key) != value:
            self._settings.setValue(key, value)
            self.changed.emit()


class WindowState:
    """How the window was left: where it stood, how its splitters lay, what was folded."""

    def __init__(self, settings: QSettings) -> None:
        """Read and write the state in these settings."""
        self._settings = settings

    def bytes_of(self, key: str) -> QByteArray:
        """What was kept under a key, empty when nothing was."""
        kept = self._settings.value(key)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep(self, key: str, value: QByteArray) -> None:
        """Keep the state of a part of the window."""
        self._settings.setValue(key, value)

    def folded_in(self, workspace: str) -> frozenset[str] | None:
        """The keys of the panels that were folded in a workspace, None if it was never left."""
        kept = self._settings.value(f"{workspace}/folded")
        return None if kept is None else frozenset(str(kept).split())

    def keep_folded(self, workspace: str, keys: frozenset[str]) -> None:
        """Keep which panels are folded in a workspace."""
        self._settings.setValue(f"{workspace}/folded", " ".join(sorted(keys)))

    @property
    def workspace(self) -> str:
        """The key of the workspace that was shown, "" when none was."""
        return str(self._settings.value("workspace", ""))

    @workspace.setter
    def workspace(self, key: str) -> None:
        self._settings.setValue("workspace", key)

    def clear(self) -> None:
        """Forget everything: the window stands as on its first day."""
        self._settings.clear()
