"""The past bar: the whole run on a timeline, to look at any epoch and to go on from there."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from nnviz.experiment import edits
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Floats, History, Picture
from nnviz.ui.canvas.timeline import Timeline
from nnviz.ui.canvas.timeline_picture import Flag, Moment
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.text import Figure
from nnviz.ui.parts import Parts
from nnviz.ui.theme import Theme

_NAME_WIDTH = 160
_NAME_LENGTH = 40


class PastPanel(QWidget):
    """Rewinds everything at once, keeps bookmarks, and branches off."""

    key: ClassVar[str] = "past"

    told = Signal(str)
    """What was just done to the past, in a short sentence."""

    def __init__(self, parts: Parts) -> None:
        """Show the run of the newest picture."""
        super().__init__()
        self._store, self._player = parts.store, parts.player
        self.timeline = Timeline(parts.look.theme)
        self.back = IconButton("step-back", "One epoch back", "Look one epoch further back (,).")
        self.forward = IconButton("step-epoch", "One epoch on", "Look one epoch further on (.).")
        self.mark = IconButton("flag", "Bookmark", "Mark the epoch that is shown (B).")
        self.branch = QPushButton("Branch here")
        self.branch.setToolTip("Train on from the epoch that is shown; the rest stays, pale (K).")
        self.now = QPushButton("Now")
        self.now.setToolTip("Back to the newest moment (L).")
        self.reading = Figure("000,000 of 000,000")
        self.reading.setToolTip("The epoch that is shown, of all that were trained.")
        self._name = QLineEdit(self)
        self._name.setAccessibleName("Name of the bookmark")
        self._name.setToolTip("What to call the bookmark; Return takes it.")
        self._name.setMaxLength(_NAME_LENGTH)
        self._name.hide()
        self._named = 0
        self._lay_out()
        self._connect(parts)
        self._show_flags(parts.store.experiment)
        self._show_moment(Moment())
        if parts.player.picture is not None:
            self._on_pictured(parts.player.picture)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.back)
        layout.addWidget(self.forward)
        layout.addWidget(self.timeline, 1)
        for each in (self.reading, self.mark, self.branch, self.now):
            layout.addWidget(each)

    def _connect(self, parts: Parts) -> None:
        parts.store.changed.connect(self._on_changed)
        parts.player.reported.connect(self._on_pictured)
        parts.look.changed.connect(self._on_look_changed)
        self.timeline.looked.connect(self._player.look)
        self.timeline.missed.connect(self._on_missed)
        self.timeline.renaming_asked.connect(self._on_renaming_asked)
        self.timeline.removing_asked.connect(self._on_removing_asked)
        self.timeline.menu_asked.connect(self._on_menu_asked)
        self.back.clicked.connect(partial(self._step, -1))
        self.forward.clicked.connect(partial(self._step, 1))
        self.mark.clicked.connect(self._on_mark_clicked)
        self.branch.clicked.connect(self._player.branch)
        self.now.clicked.connect(partial(self._player.look, None))
        self._name.returnPressed.connect(self._on_named)
        self._name.editingFinished.connect(self._name.hide)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        if old.view is not new.view:
            self._show_flags(new)

    def _show_flags(self, experiment: Experiment) -> None:
        marks = experiment.view.bookmarks
        self.timeline.show_flags(tuple(Flag(each.epoch, each.name) for each in marks))

    def _on_pictured(self, picture: Picture) -> None:
        frame = picture.frame
        head = max(frame.head, frame.epoch)
        moment = Moment(frame.epoch, head, frame.first, frame.best_epoch, frame.is_past)
        self._show_moment(moment)
        ghosts = tuple((each.epochs, _told_losses(each.history)) for each in frame.ghosts)
        self.timeline.show_losses(_told_losses(frame.history), ghosts)

    def _show_moment(self, moment: Moment) -> None:
        self.timeline.show_moment(moment)
        self.reading.show_text(f"{moment.epoch:,} of {moment.head:,}", tinted=moment.is_past)
        for each in (self.branch, self.now, self.forward):
            each.setEnabled(moment.is_past)
        self.back.setEnabled(moment.epoch > moment.first)

    def _on_look_changed(self, theme: Theme) -> None:
        self.timeline.show_theme(theme)

    def _step(self, stride: int) -> None:
        self.timeline.ask(self.timeline.moment.epoch + stride)

    def _on_mark_clicked(self) -> None:
        epoch = self.timeline.moment.epoch
        self._store.edit("bookmark", partial(edits.with_bookmark, epoch=epoch))
        self.told.emit(f"Epoch {epoch:,} is marked; a double click on its flag names it")

    def _on_missed(self, epoch: int) -> None:
        first = self.timeline.moment.first
        self.told.emit(f"Epoch {epoch:,} is kept no more; the first to be looked at is {first:,}")

    def _on_renaming_asked(self, epoch: int, place: QRect) -> None:
        marks = self._store.experiment.view.bookmarks
        self._named = epoch
        self._name.setPlaceholderText(f"Epoch {epoch:,}")
        self._name.setText(next((each.name for each in marks if each.epoch == epoch), ""))
        corner = self.timeline.mapTo(self, place.topLeft())
        left = min(corner.x(), self.width() - _NAME_WIDTH)
        self._name.setGeometry(left, 8, _NAME_WIDTH, 28)
        self._name.show()
        self._name.raise_()
        self._name.selectAll()
        self._name.setFocus()

    def _on_named(self) -> None:
        name = self._name.text().strip()
        rename = partial(edits.with_bookmark, epoch=self._named, name=name)
        self._store.edit("name of a bookmark", rename)
        self.timeline.setFocus()

    def _on_removing_asked(self, epoch: int) -> None:
        self._store.edit("bookmark removed", partial(edits.without_bookmark, epoch=epoch))

    def _on_menu_asked(self, epoch: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        x = round(self.timeline.picture.x_of(epoch))
        rename = partial(self._on_renaming_asked, epoch, QRect(x, 0, 12, 14))
        menu.addAction("Rename…", rename)
        menu.addAction("Remove", partial(self._on_removing_asked, epoch))
        menu.popup(place)


def _told_losses(history: History) -> Floats:
    """The losses on the test data, or on the training data where nothing is tested."""
    is_tested = len(history) > 0 and bool(np.isfinite(history.test_loss[0]))
    return history.test_loss if is_tested else history.train_loss
