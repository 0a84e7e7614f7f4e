"""What stands beside the output's title: whose map it is, and the buttons of the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnviz.experiment.spec import Experiment
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.text import Caption

_SIDE = 26


class OutputHead(QWidget):
    """A title and small buttons."""

    def __init__(self) -> None:
        """Begin without a title."""
        super().__init__()
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

    def show_view(self, experiment: Experiment) -> None:
        """Offer to unpin what is pinned."""
        self.pin.setVisible(experiment.view.pinned is not None)

    def show_compared(self, *, compared: bool) -> None:
        """Show whether the map is one of changes."""
        self.compare.setChecked(compared)
        self.compare.setToolTip(
            "Show the map itself again (C)." if compared else "Show what changes from now on (C)."
        )
