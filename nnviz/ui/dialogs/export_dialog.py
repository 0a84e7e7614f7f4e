"""What every export asks for: what, how large, where; then how far it has come.

What a person chose is kept for the next time. What cannot be done is said in one sentence, in the
dialog, before any work begins.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from nnviz.export.request import SHOTS, ExportRequest
from nnviz.mistake import Mistake
from nnviz.ui.controls.choice import Choice
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.message import MessageLine
from nnviz.ui.controls.text import Caption
from nnviz.ui.dialogs.export_fields import FileField, Kept, SizeField, natural_size
from nnviz.ui.parts import Parts

if TYPE_CHECKING:
    from nnviz.experiment.run import Run
    from nnviz.ui.filming import Filming
    from nnviz.ui.twin import Original

AS_NOW = "now"
THEME_LABELS = ((AS_NOW, "As now"), ("light", "Light"), ("dark", "Dark"))


class ExportDialog(QDialog):
    """What pictures and animations have in common: view, size, theme, file, and the work itself."""

    kind = "picture"
    ending = "png"
    title = "Export picture"
    first_view = "window"

    def __init__(self, parts: Parts, window: QWidget) -> None:
        """Show what was chosen the last time."""
        super().__init__(window)
        self.setWindowTitle(self.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._parts, self._window = parts, window
        self._kept = Kept(self.kind)
        self._filming: Filming | None = None
        self._written: Path | None = None
        self._form = QGridLayout()
        self._make()
        self._make_more()
        self._lay_out()
        self._recall()
        self._refresh()
        QApplication.instance().aboutToQuit.connect(self._stop)  # type: ignore[union-attr]

    def _make(self) -> None:
        self.view = Choice("View", "What the picture shows.")
        self.view.show_choices((each.key, each.label) for each in SHOTS)
        self.theme = Choice("Theme", "In which colors.")
        self.theme.show_choices(THEME_LABELS)
        self.size_field = SizeField()
        self.file = FileField(self.title, self.ending)
        self.summary = QLabel()
        self.summary.setProperty("tone", "muted")
        self.message = MessageLine()
        self.message.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Progress")
        self.bar.hide()
        self.folder = QPushButton("Open folder")
        self.folder.setToolTip("Show the folder with the new file.")
        self.folder.hide()
        self.cancel = QPushButton("Cancel")
        self.begin = QPushButton("Export")
        self.begin.setDefault(True)

    def _make_more(self) -> None:
        """Make the fields of this kind alone."""

    def _more_rows(self) -> tuple[tuple[str, QWidget], ...]:
        return ()

    def _lay_out(self) -> None:
        rows = (
            ("View", self.view),
            *self._more_rows(),
            ("Size", self.size_field),
            ("Theme", self.theme),
            ("File", self.file),
        )
        self._form.setHorizontalSpacing(20)
        self._form.setVerticalSpacing(10)
        self._form.setColumnMinimumWidth(1, 400)
        self._fields = tuple(field for _, field in rows)
        for place, (name, field) in enumerate(rows):
            self._form.addWidget(Caption(name), place, 0)
            self._form.addWidget(field, place, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(14)
        box.addLayout(self._form)
        for each in (self.summary, self.message, self.bar):
            box.addWidget(each)
        box.addLayout(row(self.folder, 1, self.cancel, self.begin))
        self.view.picked.connect(self._on_view_picked)
        self.size_field.picked.connect(self._refresh)
        self.file.picked.connect(self._refresh)
        self.theme.picked.connect(self._refresh)
        self.cancel.clicked.connect(self.reject)
        self.begin.clicked.connect(self._on_begin_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)

    @property
    def is_working(self) -> bool:
        """Whether an export is under way."""
        return self._filming is not None

    def request(self) -> ExportRequest:
        """What the fields ask for.

        Raises:
            Mistake: if it cannot be done.
        """
        theme = self.theme.key
        width, height = self.size_field.pixels
        return ExportRequest(
            experiment=self._parts.store.experiment,
            path=self.file.path,
            view=self.view.key or self.first_view,
            width=width,
            height=height,
            theme=self._parts.look.theme.key if theme in (None, AS_NOW) else str(theme),
            **self._more(),
        )

    def _more(self) -> dict[str, Any]:
        """Further fields of the request: a picture shows this very moment."""
        looked = self._parts.player.looked
        return {"run": run_of_now(self._parts), "epochs": 0, "looked": looked}

    def _summed_up(self, request: ExportRequest) -> str:
        scale = self.size_field.scale
        return f"{request.width * scale:,.0f} × {request.height * scale:,.0f} dots."

    @override
    def reject(self) -> None:
        """Give up the work that is under way; else close."""
        if self._filming is None:
            super().reject()
            return
        self._filming.cancel()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    @override
    def done(self, result: int) -> None:
        self._stop()
        super().done(result)

    def _refresh(self) -> None:
        """Say what would come of it, or why nothing would."""
        try:
            request = self.request()
        except Mistake as mistake:
            self._show_trouble(str(mistake))
            return
        self.message.show_sentence("")
        there = " It replaces the file that is there." if request.path.exists() else ""
        self._tell(self._summed_up(request) + there)
        self.begin.setEnabled(True)

    def _tell(self, text: str) -> None:
        self.summary.setText(text)
        self.summary.show()

    def _show_trouble(self, sentence: str) -> None:
        self.summary.hide()
        self.message.show_sentence(sentence, stays=True)
        self.begin.setEnabled(False)
        layout = self.layout()
        if self.isVisible() and layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), needed))

    def _recall(self) -> None:
        self.view.show_key(self._kept.choice("view", self.first_view, SHOTS.keys))
        self.theme.show_key(self._kept.choice("theme", AS_NOW, [key for key, _ in THEME_LABELS]))
        self.size_field.recall(self._kept)
        self._on_view_picked()

    def _remember(self) -> None:
        self._kept.keep("view", self.view.key)
        self._kept.keep("theme", self.theme.key)
        self.size_field.remember(self._kept)
        self._parts.preferences.last_folder = self.file.path.parent

    def _on_view_picked(self) -> None:
        view = self.view.key or self.first_view
        self.size_field.show_natural(natural_size(self._window, view))
        self.file.suggest(self._parts.preferences.last_folder, view)
        self._refresh()

    def _on_begin_clicked(self) -> None:
        try:
            request = self.request()
        except Mistake as mistake:
            self._show_trouble(str(mistake))
            return
        self._remember()
        # Heavy: this is what loads the panels and their plots, long after the first picture.
        from nnviz.ui.filming import film_beside

        original = cast("Original", self._window)
        self._filming = film_beside(original, self._parts, request, self.size_field.scale)
        self._filming.progressed.connect(self._on_progressed)
        self._filming.ended.connect(self._on_ended)
        self._show_working(request)
        self._filming.start()

    def _show_working(self, request: ExportRequest) -> None:
        self.bar.setRange(0, request.frames if request.frames > 1 else 0)
        self.bar.setValue(0)
        self._enable_fields(on=False)
        self.bar.show()
        self.folder.hide()
        self._tell(f"Writing {request.path.name} …")

    def _enable_fields(self, *, on: bool) -> None:
        for each in self._fields:
            each.setEnabled(on)
        self.begin.setEnabled(on)

    def _on_progressed(self, done: int, total: int) -> None:
        if total > 1:
            self.bar.setValue(done)
            self._tell(f"Frame {done:,} of {total:,}.")

    def _on_ended(self, outcome: bool | Exception) -> None:  # noqa: FBT001 - a value, not a switch
        path = self.file.path
        self._stop()
        self.bar.hide()
        self._enable_fields(on=True)
        if outcome is True:
            self._written = path
            self.folder.show()
            self.cancel.setText("Close")
            self._tell(f"{path.name} is written.")
        elif outcome is False:
            self._tell("Given up; nothing was written.")
        elif isinstance(outcome, Mistake):
            self._show_trouble(str(outcome))
        else:
            raise outcome

    def _stop(self) -> None:
        filming, self._filming = self._filming, None
        if filming is not None:
            filming.close()

    def _on_folder_clicked(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))


def run_of_now(parts: Parts) -> Run | None:
    """Where the run stands at this moment."""
    return parts.player.run(parts.store.experiment)
