"""The fields of the export dialogs: a size, a number, a file, and what was chosen the last time."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from nnviz.export.exporters import EXPORTERS
from nnviz.export.request import ExportRequest
from nnviz.knob import knobs
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.deck import Deck
from nnviz.ui.preferences import settings_file

ONCE, TWICE, CUSTOM = "once", "twice", "custom"
FALLBACK = QSize(800, 600)

PANEL_OF = {
    "boundary": "output",
    "network": "network",
    "surface": "landscape",
    "step": "inside",
    "curves": "curves",
}
"""The panel in which a view is found; a view that is not here is the whole window."""


class Kept:
    """What was chosen the last time, in a file beside the state of the window."""

    def __init__(self, kind: str) -> None:
        """Read and write the choices of one kind of export."""
        self._settings = settings_file("export")
        self._kind = kind

    def choice(self, name: str, first: str, known: Collection[str]) -> str:
        """The key that was chosen, or the first one."""
        kept = str(self._settings.value(f"{self._kind}/{name}", first))
        return kept if kept in known else first

    def number(self, name: str, first: int) -> int:
        """The number that was chosen, or the first one."""
        try:
            return int(str(self._settings.value(f"{self._kind}/{name}", first)))
        except ValueError:
            return first

    def keep(self, name: str, value: str | int | None) -> None:
        """Keep a choice for the next time."""
        self._settings.setValue(f"{self._kind}/{name}", value)


class NumberBox(QSpinBox):
    """A whole number of an export request, in the range that the request allows."""

    def __init__(self, field: str, hint: str, parent: QWidget | None = None) -> None:
        """Show the default of a field of `ExportRequest`."""
        super().__init__(parent)
        knob = knobs(ExportRequest)[field]
        self.first = round(knob.default)
        self.setRange(max(round(knob.low), 1), round(min(knob.high, 1e7)))
        self.setGroupSeparatorShown(True)
        self.setAccelerated(True)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.lineEdit().setTextMargins(6, 0, 6, 0)
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.show_number(self.first)

    def show_number(self, number: int) -> None:
        """Show a number, silently."""
        with QSignalBlocker(self):
            self.setValue(number)


class SizeField(QWidget):
    """How large: as in the window, twice as fine, or any other size."""

    picked = Signal()
    """The person picked another size."""

    def __init__(self) -> None:
        """Start with the size in the window, still unknown."""
        super().__init__()
        self._natural = FALLBACK
        self.choice = Choice("Size", "How large the picture is.")
        self.choice.show_choices(
            [(ONCE, "As in the window"), (TWICE, "Twice as fine"), (CUSTOM, "Other size")]
        )
        self.width_box = NumberBox("width", "Pixels across.")
        self.height_box = NumberBox("height", "Pixels down.")
        layout = row(self.choice, self.width_box, QLabel("×"), self.height_box)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.choice.picked.connect(self._on_picked)
        for each in (self.width_box, self.height_box):
            each.setMinimumWidth(72)
            each.valueChanged.connect(self.picked)

    @property
    def pixels(self) -> tuple[int, int]:
        """Across and down, in pixels of the window."""
        return self.width_box.value(), self.height_box.value()

    @property
    def scale(self) -> float:
        """Dots for each pixel."""
        return 2.0 if self.choice.key == TWICE else 1.0

    def show_natural(self, size: QSize) -> None:
        """Take the size that the view has in the window."""
        self._natural = size
        self._show()

    def recall(self, kept: Kept) -> None:
        """Show what was chosen the last time."""
        self.choice.show_key(kept.choice("size", ONCE, (ONCE, TWICE, CUSTOM)))
        self.width_box.show_number(kept.number("width", FALLBACK.width()))
        self.height_box.show_number(kept.number("height", FALLBACK.height()))

    def remember(self, kept: Kept) -> None:
        """Keep what is chosen for the next time."""
        kept.keep("size", self.choice.key)
        if self.choice.key == CUSTOM:
            width, height = self.pixels
            kept.keep("width", width)
            kept.keep("height", height)

    def _on_picked(self) -> None:
        self._show()
        self.picked.emit()

    def _show(self) -> None:
        is_custom = self.choice.key == CUSTOM
        for each in (self.width_box, self.height_box):
            each.setEnabled(is_custom)
        if not is_custom:
            self.width_box.show_number(self._natural.width())
            self.height_box.show_number(self._natural.height())


class FileField(QWidget):
    """Where the file goes: typed, or found in a dialog."""

    picked = Signal()
    """The person named another file."""

    def __init__(self, title: str, ending: str) -> None:
        """Start empty; `ending` is what names end in when nothing is said."""
        super().__init__()
        self._title, self._ending = title, ending
        self._suggested = ""
        self.line = QLineEdit()
        self.line.setAccessibleName("File")
        self.line.setToolTip("Where the file goes; its ending says the format.")
        self.browse = QPushButton("Browse…")
        self.browse.setToolTip("Find a place for the file.")
        self.setLayout(row(self.line, self.browse))
        self.line.textChanged.connect(self.picked)
        self.browse.clicked.connect(self._on_browse_clicked)

    @property
    def path(self) -> Path:
        """The file that is named."""
        return Path(self.line.text().strip()).expanduser()

    def suggest(self, folder: Path, name: str) -> None:
        """Name a file in a folder, unless the person has named one."""
        if self.line.text() in ("", self._suggested):
            home = folder if folder.is_dir() else Path.home()
            self._suggested = str(home / f"{name}.{self._ending}")
            with QSignalBlocker(self.line):
                self.line.setText(self._suggested)

    def _on_browse_clicked(self) -> None:
        moves = EXPORTERS[self._ending].moves
        kinds = ";;".join(
            f"{each.label} (*.{each.key})" for each in EXPORTERS if each.moves == moves
        )
        name, _ = QFileDialog.getSaveFileName(self, self._title, self.line.text(), kinds)
        if name:
            path = Path(name)
            self.line.setText(str(path if path.suffix else path.with_suffix(f".{self._ending}")))


def natural_size(window: QWidget, view: str) -> QSize:
    """The size that a view has in a window now; a common one where it is folded away."""
    if view not in PANEL_OF:
        return window.size()
    deck: Deck = window.deck  # type: ignore[attr-defined]
    frame = deck.frames.get(PANEL_OF[view])
    if frame is None or frame.is_folded:
        return FALLBACK
    return frame.size().expandedTo(QSize(160, 120))
