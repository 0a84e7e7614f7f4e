"""The settings of one racer, as they open beside it: name, knobs and look."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from nnviz.engine.optimizers import Optimizer
from nnviz.experiment import edits
from nnviz.experiment.landscape import DASHES, RACER_LIMIT, SYMBOLS, Racer
from nnviz.runtime.findings import Studied
from nnviz.ui.canvas.markers import marker
from nnviz.ui.controls.glyphs import Glyphs, Look
from nnviz.ui.controls.layout import column, named, row
from nnviz.ui.controls.segments import Segments
from nnviz.ui.player import Player
from nnviz.ui.racer_settings import RacerSettings
from nnviz.ui.racers import dash_of, free_hue, style_of
from nnviz.ui.store import Store
from nnviz.ui.theme import Theme

_MARKER = 11.0
_NAME_LIMIT = 24


_PAGES = (
    ("knobs", "Settings", "The learning rate and the other settings."),
    ("looks", "Name and look", "What the racer is called, how it looks, and whether it stays."),
)


class RacerCard(QWidget):
    """A small form over one of the racers of the store's experiment."""

    closed = Signal()
    """The racer is not there any more."""

    def __init__(self, store: Store, player: Player, theme: Theme) -> None:
        """Nobody is shown yet."""
        super().__init__()
        self._store, self._player, self._theme = store, player, theme
        self._place = -1
        self.page = Segments("Settings or look", _PAGES)
        self.form = RacerSettings(theme)
        self.looks = QWidget()
        self.name = QLineEdit()
        self.name.setMaxLength(_NAME_LIMIT)
        self.name.setAccessibleName("Name of the racer")
        self.name.setToolTip("What the racer is called.")
        self.hues, self.symbols = Glyphs("Color"), Glyphs("Shape")
        self.dashes = Glyphs("Trail")
        self.double = QPushButton("Duplicate")
        self.double.setToolTip("Let another one race with the same settings, in another color.")
        self.remove = QPushButton("Remove")
        self.remove.setToolTip("Take this racer out of the list.")
        self._lay_out()
        self._connect()
        self._show_page("knobs")

    def _lay_out(self) -> None:
        pages = column(
            self.name,
            named("Color", self.hues),
            named("Shape", self.symbols),
            named("Trail", self.dashes),
        )
        pages.addLayout(row(self.double, self.remove))
        self.looks.setLayout(pages)
        whole = column(self.page, self.form, self.looks)
        whole.setAlignment(self.page, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(whole)

    def _show_page(self, key: str) -> None:
        self.page.show_key(key)
        self.form.setVisible(key == "knobs")
        self.looks.setVisible(key == "looks")
        self._fit()

    def _fit(self) -> None:
        """Be as large as the page that is shown, and so whoever holds it."""
        self.adjustSize()
        holder = self.parentWidget()
        if holder is not None:
            holder.adjustSize()

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_named)
        self.form.turned.connect(self._on_form_turned)
        self.form.settled.connect(self._store.settle)
        self.form.opened.connect(self._on_opened)
        self.page.picked.connect(self._show_page)
        self.hues.picked.connect(partial(self._on_look_picked, "hue"))
        self.symbols.picked.connect(partial(self._on_look_picked, "symbol"))
        self.dashes.picked.connect(partial(self._on_look_picked, "dash"))
        self.double.clicked.connect(self._on_double_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    @property
    def place(self) -> int:
        """Whose settings these are, by the place among the racers; -1 for nobody's."""
        return self._place

    def show_racer(self, place: int, theme: Theme) -> None:
        """Show the racer at a place, silently."""
        racers = self._store.experiment.landscape.racers
        self._place, self._theme = place, theme
        if not 0 <= place < len(racers):
            self._place = -1
            self.closed.emit()
            return
        racer = racers[place]
        self.name.setPlaceholderText(racer.optimizer.label)
        if not self.name.hasFocus():
            self.name.setText(racer.name)
        self.form.show_theme(theme)
        self.form.show_optimizer(racer.optimizer)
        self._show_look(racer, theme)
        self.double.setEnabled(len(racers) < RACER_LIMIT)
        self._fit()

    def show_studied(self, studied: Studied | None) -> None:
        """Show what is known of the rate of a racer, if it is this one."""
        if studied is not None and studied.racer == self._place:
            self.form.show_studied(studied)

    def _show_look(self, racer: Racer, theme: Theme) -> None:
        style = style_of(racer, theme)
        path = marker(style.symbol, QPointF(0, 0), _MARKER)
        hues = [Look(f"Color {n + 1}", color, path) for n, color in enumerate(theme.racers)]
        shapes = [
            Look(each.replace("-", " ").capitalize(), style.color, _shape(each)) for each in SYMBOLS
        ]
        dashes = [Look(each.capitalize(), style.color, dash=dash_of(each)) for each in DASHES]
        self.hues.show_looks(hues, theme.racers.index(style.color))
        self.symbols.show_looks(shapes, SYMBOLS.index(style.symbol))
        self.dashes.show_looks(dashes, [dash_of(each) for each in DASHES].index(style.dash))

    def _on_opened(self, is_open: bool) -> None:  # noqa: FBT001 - the state
        """What the rate does is found out while somebody looks at it."""
        self._player.set_wishes(studied=self._place if is_open and self._place >= 0 else None)

    def _on_named(self) -> None:
        name, racers = self.name.text().strip(), self._store.experiment.landscape.racers
        if 0 <= self._place < len(racers) and name != racers[self._place].name:
            self._change("name of a racer", name=name)

    def _on_form_turned(self, optimizer: Optimizer) -> None:
        changed = edits.with_racer(self._store.experiment, self._place, optimizer=optimizer)
        self._store.change(changed, f"settings of {optimizer.label}")

    def _on_look_picked(self, part: str, number: int) -> None:
        names = {"symbol": SYMBOLS, "dash": DASHES}
        value = names[part][number] if part in names else number
        self._change("look of a racer", **{part: value})

    def _change(self, label: str, **changes: Any) -> None:  # noqa: ANN401 - fields
        self._store.edit(label, partial(edits.with_racer, place=self._place, **changes))

    def _on_double_clicked(self) -> None:
        hue = free_hue(self._store.experiment.landscape.racers, self._theme)
        change = partial(edits.with_racer_doubled, place=self._place, hue=hue)
        self._store.edit("racer", change)
        self.show_racer(self._place + 1, self._theme)
        self._on_opened(self.form.isVisible())

    def _on_remove_clicked(self) -> None:
        place, self._place = self._place, -1
        self._store.edit("racer", partial(edits.without_racer, place=place))
        self.closed.emit()


def _shape(symbol: str) -> QPainterPath:
    return marker(symbol, QPointF(0, 0), _MARKER)
