"""Beside the surface, while the whole network races: the run and its rivals, line by line."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.experiment import edits
from nnviz.experiment.spec import RIVAL_LIMIT, Experiment
from nnviz.runtime.frames import Picture
from nnviz.runtime.inside import names_of_runs, studied_run
from nnviz.ui.canvas.walkers import SMALLEST, share_of_heights, written_off
from nnviz.ui.controls.layout import column, row
from nnviz.ui.controls.text import Caption, Figure
from nnviz.ui.panels.landscape.entrant_row import EntrantRow
from nnviz.ui.panels.landscape.wayside import walker_styles
from nnviz.ui.player import Player
from nnviz.ui.rival_menus import RivalMenus
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

MAP_CELLS = 48


class Entrants(QWidget):
    """The run and its rivals with their maps, their true losses, and how far they are off."""

    studied = Signal(int)
    """The person wants to look inside a run: 0 is the main one."""

    def __init__(self, store: Store, player: Player) -> None:
        """Nobody is shown yet."""
        super().__init__()
        self._store, self._player = store, player
        self.rows: list[EntrantRow] = []
        self.epoch = Figure("000,000")
        self.menus = RivalMenus(store, player, self)
        self.add = QPushButton("Add…")
        self.add.setAccessibleName("Add a rival")
        self.add.setToolTip("Choose in what one more rival differs.")
        self.add.setMenu(QMenu(self.add))
        self.fill = QPushButton("Race all")
        self.fill.setAccessibleName("Race all optimizers")
        self.fill.setToolTip(
            "Let every optimizer that is on for the surface race on the whole network instead."
        )
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._lay_out()
        self.fill.clicked.connect(self._on_fill_clicked)
        self.add.menu().aboutToShow.connect(partial(self.menus.fill_add, self.add.menu()))

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidget(self._inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        head = row(Caption("Epoch"), self.epoch, 1, Caption("Loss"), spacing=6)
        head.setContentsMargins(4, 0, 2, 2)
        layout = column(spacing=4)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        layout.addLayout(row(self.add, 1, self.fill))
        self.setLayout(layout)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wish(seen=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wish(seen=False)

    def _wish(self, *, seen: bool) -> None:
        """Maps are wished for while somebody looks at them; another panel may see to that too."""
        cells = self._player.wishes.multiples
        if seen and not cells:
            self._player.set_wishes(multiples=MAP_CELLS)
        elif not seen and cells == MAP_CELLS:
            self._player.set_wishes(multiples=0)

    def show_experiment(self, experiment: Experiment, theme: Theme) -> None:
        """Show who trains, silently."""
        names, landscape = names_of_runs(experiment), experiment.landscape
        styles = walker_styles(experiment, theme)
        while len(self.rows) < len(names):
            self._add_row()
        for place, line in enumerate(self.rows):
            line.setVisible(place < len(names))
        for line, name, style in zip(self.rows, names, styles, strict=False):
            line.show_entrant(name, style)
        for run, line in enumerate(self.rows):
            is_studied = run == studied_run(experiment)
            line.show_studied(may=landscape.inside, on=is_studied)
        self.add.setEnabled(len(experiment.rivals) < RIVAL_LIMIT)

    def _add_row(self) -> None:
        run = len(self.rows)
        line = EntrantRow(is_main=run == 0)
        line.studied.connect(partial(self.studied.emit, run))
        line.menu.aboutToShow.connect(partial(self._on_more_asked, line.menu, run - 1))
        self._lines.insertWidget(run, line)
        self.rows.append(line)

    def _on_more_asked(self, menu: QMenu, index: int) -> None:
        self.menus.fill_more(menu, index)
        menu.addAction("Remove", partial(self.menus.take_out, index))

    def show_picture(self, picture: Picture) -> None:
        """Show how everybody is doing at a moment."""
        frame, ways = picture.frame, picture.ways
        self.epoch.show_text(f"{frame.epoch:,}")
        if self.isVisible():
            self._wish(seen=True)
        maps = picture.multiples or (None,) * len(self.rows)
        for line, rgba in zip(self.rows, maps, strict=False):
            line.show_map(rgba)
        if ways is None:
            return
        shares = share_of_heights(picture.surface.levels, ways.losses, ways.heights)
        for at, run in enumerate(ways.runs):
            if run < len(self.rows):
                loss, height = float(ways.losses[at]), float(ways.heights[at])
                off = written_off(loss - height) if abs(shares[at]) >= SMALLEST else ""
                self.rows[run].show_numbers(_written(loss), off, is_out=ways.diverged[at])
        for run in set(range(1, len(frame.rivals) + 1)) - set(ways.runs):
            if run < len(self.rows):
                self.rows[run].show_numbers("elsewhere", "", is_out=False)

    def _on_fill_clicked(self) -> None:
        self._store.edit("rivals", edits.with_racers_as_rivals)


def _written(loss: float) -> str:
    if not math.isfinite(loss):
        return "left"
    if loss != 0 and (abs(loss) < 1e-3 or abs(loss) >= 1e4):
        return f"{loss:.1e}".replace("-", "−")
    return f"{loss:.4f}"[:7].replace("-", "−")
