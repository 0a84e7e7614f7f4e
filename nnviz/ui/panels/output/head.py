"""What stands beside the output's title: whose map it is, and the buttons of the picture."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nnviz.experiment.spec import Experiment
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.popover import Popover
from nnviz.ui.controls.text import Caption
from nnviz.ui.panels.output.options import Options
from nnviz.ui.store import Store

_SIDE = 26


class OutputHead(QWidget):
    """A title and small buttons; the last opens the options of the picture."""

    told = Signal(str)
    """What could not be taken, in a sentence."""

    def __init__(self, store: Store) -> None:
        """Begin without a title; the options are those of the store's experiment."""
        super().__init__()
        self._store = store
        self.title = Caption()
        self.title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title.setToolTip("Which moment this is, and whose map.")
        self.pin = IconButton("pin", "Unpin", "Show the output again (Shift+P).", side=_SIDE)
        self.compare = IconButton(
            "compare", "Compare with now", "Show what changes from now on (C).", side=_SIDE
        )
        self.more = IconButton(
            "figures", "More figures", "Show more figures of the network (F).", side=_SIDE
        )
        self.view = IconButton("eye", "View", "Choose what the picture shows.", side=_SIDE)
        for each in (self.compare, self.more):
            each.setCheckable(True)
        box = row(self.title, self.pin, self.compare, self.more, self.view, spacing=2)
        box.setStretchFactor(self.title, 1)
        self.setLayout(box)
        self.pin.hide()
        self.view.clicked.connect(self._on_view_clicked)

    @property
    def options(self) -> Options:
        """What the eye opens; made when somebody first wants it."""
        return self._opened[1]

    @cached_property
    def _opened(self) -> tuple[Popover, Options]:
        options = Options(self._store)
        options.told.connect(self.told)
        return Popover("View", options, self), options

    def show_view(self, experiment: Experiment) -> None:
        """Offer to unpin what is pinned."""
        self.pin.setVisible(experiment.view.pinned is not None)

    def show_compared(self, *, compared: bool) -> None:
        """Show whether the map is one of changes."""
        self.compare.setChecked(compared)
        self.compare.setToolTip(
            "Show the map itself again (C)." if compared else "Show what changes from now on (C)."
        )

    def _on_view_clicked(self) -> None:
        popover, _ = self._opened
        popover.open_below(self.view)
