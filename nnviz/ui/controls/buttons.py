"""Buttons with a drawing of ours, tinted by the palette of the moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from nnviz.ui.icons import icon

_SIDE = 30
_DRAWING = 18


class IconButton(QToolButton):
    """A flat button with a drawing; `clicked` is the person's."""

    def __init__(
        self,
        drawing: str,
        name: str,
        hint: str,
        *,
        side: int = _SIDE,
        parent: QWidget | None = None,
    ) -> None:
        """Show a drawing by its name among the icons; `name` is for screen readers."""
        super().__init__(parent)
        self._drawing = drawing
        self._shown: tuple[object, ...] = ()
        self.setAutoRaise(True)
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(min(_DRAWING, side - 8), min(_DRAWING, side - 8)))
        self._tint()

    def show_drawing(self, drawing: str) -> None:
        """Take another drawing."""
        if drawing != self._drawing:
            self._drawing = drawing
            self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._tint()

    def _tint(self) -> None:
        color = self.palette().color(self._role()).name()
        wanted = (self._drawing, color, self.iconSize().width())
        if wanted != self._shown:
            self._shown = wanted
            self.setIcon(icon(*wanted))

    def _role(self) -> QPalette.ColorRole:
        return QPalette.ColorRole.WindowText


class PlayButton(IconButton):
    """The large button that plays or pauses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start as paused."""
        super().__init__("play", "Play", "", side=42, parent=parent)
        self.setAutoRaise(False)
        self.setProperty("primary", "true")
        self.setIconSize(QSize(24, 24))
        self._tint()
        self.show_playing(playing=False)

    def show_playing(self, *, playing: bool) -> None:
        """Show whether training goes on."""
        self.show_drawing("pause" if playing else "play")
        self.setAccessibleName("Pause" if playing else "Play")
        self.setToolTip("Pause training (Space)." if playing else "Train the network (Space).")

    @override
    def _role(self) -> QPalette.ColorRole:
        return QPalette.ColorRole.HighlightedText
