"""The card of one entrant: who it is, its map, how good it is, and what can be done with it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.runtime.standings import Standing
from nnviz.ui.canvas.multiple import LineSwatch, MapTile, ShapeGlyph
from nnviz.ui.canvas.pens import Bytes
from nnviz.ui.controls.buttons import IconButton
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.text import Caption, Elided, Figure
from nnviz.ui.racers import RacerStyle
from nnviz.ui.theme import Theme

CHROME = 82
"""How much higher than its map a card is, in pixels."""

GLYPH = 44
"""The least room for the network in small beside the map."""

MARGIN = 8
_BUTTON = 22
_LATE = "at epoch"
_WORDS = {
    "test_loss": "test",
    "train_loss": "train",
    "accuracy": "accuracy",
    "epochs": "goal",
}
_MANY = 3
"""So many words are written briefly: the smallest card has room for them."""

_WHATS = {
    "test_loss": "test loss",
    "train_loss": "train loss",
    "accuracy": "accuracy",
    "epochs": "time to the goal",
}


class EntrantCard(QFrame):
    """Shows the main run, or a rival that can be changed, promoted and removed."""

    def __init__(self, theme: Theme, *, is_main: bool, parent: QWidget | None = None) -> None:
        """Show nobody yet."""
        super().__init__(parent)
        self.swatch = LineSwatch()
        self.name = Elided()
        self.tile = MapTile(theme)
        self.shape = ShapeGlyph(theme)
        self.loss = Figure("0.00000")
        self.loss.setToolTip("The loss on the test data, or on the training data without any.")
        self.accuracy = Figure("100.0 %", align=Qt.AlignmentFlag.AlignRight)
        self.accuracy.setToolTip("The share of points that are classified rightly.")
        self.verdict = Elided()
        self.more = IconButton("menu", "More", "Change this rival.", side=_BUTTON)
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.remove = IconButton("close", "Remove", "Take this rival out.", side=_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.more.setHidden(is_main)
        self.remove.setHidden(is_main)
        self.show_theme(theme)

    def show_entrant(self, name: str, brief: str, style: RacerStyle) -> None:
        """Say who this is, by its name and by what of it is written where there is little room."""
        self.name.show_text(brief)
        self.name.setToolTip(name)
        self.tile.setAccessibleName(f"Map of {name}")
        self.tile.setToolTip(f"What {name} says over the plane.")
        self.swatch.show_style(style)
        self.more.setAccessibleName(f"Change {name}")
        self.remove.setAccessibleName(f"Remove {name}")

    def show_standing(self, standing: Standing | None, rgba: Bytes | None) -> None:
        """Show how it stands and its map; None while they are not known."""
        self.tile.show_map(rgba)
        self.loss.show_text("–" if standing is None else loss_text(_told_loss(standing)))
        self.accuracy.show_text("–" if standing is None else share_text(standing.accuracy))
        verdict = "" if standing is None else _verdict(standing)
        if verdict != self.verdict.text():
            self.verdict.show_text(verdict)
            self.verdict.setToolTip("" if standing is None else _told(standing))
            self._tint()

    def show_size(self, width: int, side: int) -> None:
        """Be so many pixels wide, with a map of so many a side."""
        self.tile.setFixedSize(side, side)
        self.shape.setFixedHeight(side)
        self.setFixedWidth(width)

    def show_theme(self, theme: Theme) -> None:
        """Draw with another theme."""
        self._theme = theme
        self.tile.show_theme(theme)
        self.shape.show_theme(theme)
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._tint()

    def _tint(self) -> None:
        is_bad = self.verdict.text() == "diverged"
        palette = self.verdict.palette()
        is_late = self.verdict.text().startswith(_LATE)
        color = self._theme.bad if is_bad else self._theme.good
        color = self._theme.muted if is_late else color
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.verdict.setPalette(palette)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(MARGIN, 4, MARGIN, 4)
        box.setSpacing(2)
        top = row(self.swatch, self.name, self.remove, spacing=4)
        top.setStretchFactor(self.name, 1)
        top.addStrut(_BUTTON)
        box.addLayout(top)
        middle = row(self.tile, self.shape)
        middle.setStretchFactor(self.shape, 1)
        box.addLayout(middle)
        box.addLayout(row(Caption("Loss"), self.loss, 1, self.accuracy, spacing=4))
        end = row(self.verdict, self.more, spacing=4)
        end.setStretchFactor(self.verdict, 1)
        end.addStrut(_BUTTON)
        box.addLayout(end)


def loss_text(loss: float) -> str:
    """A loss in a few figures."""
    if not math.isfinite(loss):
        return "–"
    return f"{loss:.4f}" if 1e-3 <= abs(loss) < 1e3 or loss == 0 else f"{loss:.2e}"


def share_text(share: float) -> str:
    """A share as a percentage."""
    return f"{100.0 * share:.1f} %" if math.isfinite(share) else "–"


def _told_loss(standing: Standing) -> float:
    return standing.train_loss if math.isnan(standing.test_loss) else standing.test_loss


def _verdict(standing: Standing) -> str:
    if standing.is_out:
        return "diverged"
    if standing.late is not None:
        return f"{_LATE} {standing.late:,}"
    if len(standing.wins) == len(_WORDS):
        return "★ wins everything"
    words = _WORDS if len(standing.wins) < _MANY else _WORDS | {"accuracy": "acc."}
    won = [word for key, word in words.items() if key in standing.wins]
    return f"★ {' · '.join(won)}" if won else ""


def _told(standing: Standing) -> str:
    """The same in a sentence."""
    if standing.is_out:
        return f"The weights of {standing.name} left the range of numbers."
    if standing.late is not None:
        return (
            f"{standing.name} joined on the way and catches up: it is at epoch {standing.late:,}."
        )
    won = [word for key, word in _WHATS.items() if key in standing.wins]
    return f"{standing.name} has the best {', '.join(won)}." if won else ""
