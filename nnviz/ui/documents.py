"""The document that is open: its file, whether it is saved, and the ways in and out.

The one idea: nothing that was open is lost. A file is read whole before anything is replaced, and
what was changed is asked about before it goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from nnviz.experiment.address import is_address
from nnviz.experiment.files import SUFFIX, Document, load, save
from nnviz.experiment.page import from_address, to_address
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake
from nnviz.ui.player import Player
from nnviz.ui.preferences import Preferences
from nnviz.ui.store import Store

Answer = Literal["save", "discard", "cancel"]
UNTITLED = "Untitled"

TABLES = (".csv", ".tsv", ".txt")
"""How the names of tables end."""

Source = Path | str
"""What can be opened: a file, or the address of a Playground page."""


def source_in(mime: QMimeData) -> Source | None:
    """What can be opened among what is dropped or pasted."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    documents = (path for path in files if path.suffix == SUFFIX)
    text = mime.text().strip()
    return next(documents, text if not files and is_address(text) else None)


def table_in(mime: QMimeData) -> Path | None:
    """The table of points among what is dropped, None where there is none."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return next((path for path in files if path.suffix.lower() in TABLES), None)


class Asker(Protocol):
    """Whoever asks the person about files: dialogs in the window, scripts in a test."""

    def ask_unsaved(self, name: str) -> Answer:
        """What to do with changes that are not saved."""
        ...

    def ask_open(self, folder: Path) -> Path | None:
        """Which file to open, None for none after all."""
        ...

    def ask_save(self, suggestion: Path) -> Path | None:
        """Where to save, None for nowhere after all."""
        ...


class Documents(QObject):
    """Opens, saves and replaces the document in the store."""

    changed = Signal()
    """The name of the document or whether it is saved was changed."""

    told = Signal(str)
    """Something was done: a short sentence."""

    noted = Signal(str)
    """Something was done that is not quite what it seems: a sentence or two."""

    refused = Signal(str)
    """Something could not be done: one sentence that says why."""

    def __init__(
        self,
        store: Store,
        player: Player,
        preferences: Preferences,
        asker: Asker,
        parent: QObject | None = None,
    ) -> None:
        """Begin with a document without a file."""
        super().__init__(parent)
        self._store, self._player = store, player
        self._preferences, self._asker = preferences, asker
        self._path: Path | None = None
        store.undo_changed.connect(self.changed)

    @property
    def path(self) -> Path | None:
        """The file of the document, None while it has none."""
        return self._path

    @property
    def name(self) -> str:
        """What the document is called."""
        return self._path.stem if self._path else UNTITLED

    @property
    def is_modified(self) -> bool:
        """Whether a setting differs from the file; training alone changes no setting."""
        return not self._store.is_saved

    def new(self) -> bool:
        """Begin with the first experiment again; False when the person would rather stay."""
        if not self.may_leave():
            return False
        self._show(Document(Experiment()), None)
        self.told.emit("A new experiment is open")
        return True

    def open(self, source: Source | None = None) -> bool:
        """Open something, asking for a file when none is given; False when nothing was opened."""
        if not self.may_leave():
            return False
        source = source or self._asker.ask_open(self._preferences.last_folder)
        return source is not None and self.read(source)

    def read(self, source: Source) -> bool:
        """Open a file or an address in place of the document, whatever became of that."""
        return self._read(source) if isinstance(source, Path) else self._read_address(source)

    def paste(self) -> bool:
        """Open the address or the file on the clipboard; False when nothing was opened."""
        # None where nothing lies there: bindings and some platforms give no empty value.
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        source = source_in(mime) if mime is not None else None
        if source is None:
            self.told.emit("The clipboard holds no Playground address")
            return False
        return self.open(source)

    def copy_address(self) -> None:
        """Put the Playground address of the experiment on the clipboard."""
        address, lost = to_address(self._store.experiment)
        QGuiApplication.clipboard().setText(address)
        self.told.emit("The Playground address is on the clipboard")
        if lost:
            self.noted.emit(f"The address is on the clipboard, but {lost}")

    def recover(self, document: Document) -> None:
        """Open what was rescued; it has no file, and wants one."""
        self._path = None
        self._store.open(Experiment())
        self._store.edit("rescued work", lambda _: document.experiment)
        self._stand(document)

    def save(self) -> bool:
        """Save to the document's file, asking for one while it has none."""
        return self._write(self._path) if self._path else self.save_as()

    def save_as(self) -> bool:
        """Save under a name that is asked for."""
        suggestion = self._path or self._preferences.last_folder / f"{UNTITLED}{SUFFIX}"
        path = self._asker.ask_save(suggestion)
        if path is None:
            return False
        return self._write(path if path.suffix else path.with_suffix(SUFFIX))

    def may_leave(self) -> bool:
        """Whether the document may be replaced: it is saved, or the person does not mind."""
        if not self.is_modified:
            return True
        match self._asker.ask_unsaved(self.name):
            case "save":
                return self.save()
            case "discard":
                return True
            case _:
                return False

    def now(self) -> Document:
        """The document with the run as it stands."""
        experiment = self._store.experiment
        return Document(experiment, self._player.run(experiment))

    def _read(self, path: Path) -> bool:
        try:
            document = load(path)
        except Mistake as mistake:
            if not path.exists():
                self._preferences.forget(path)
            self.refused.emit(str(mistake))
            return False
        self._show(document, path)
        self._preferences.remember(path)
        self.told.emit(f"{path.name} is open")
        return True

    def _read_address(self, address: str) -> bool:
        try:
            experiment, remark = from_address(address)
        except Mistake as mistake:
            self.refused.emit(str(mistake))
            return False
        self._show(Document(experiment), None)
        self.told.emit("The Playground address is open")
        if remark:
            self.noted.emit(remark)
        return True

    def _write(self, path: Path) -> bool:
        try:
            save(path, self.now())
        except Mistake as mistake:
            self.refused.emit(str(mistake))
            return False
        self._path = path
        self._preferences.remember(path)
        self._store.mark_saved()
        self.told.emit(f"Saved {path.name}")
        return True

    def _show(self, document: Document, path: Path | None) -> None:
        self._path = path
        self._store.open(document.experiment)
        self._stand(document)

    def _stand(self, document: Document) -> None:
        if document.run is None:
            self._player.reset()
        else:
            self._player.restore(document.run, document.experiment)
