"""The look of the window: the theme of the moment, and a word when it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from nnviz.ui.theme import DARK, LIGHT, apply, dress, tint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from nnviz.ui.theme import Theme


class Look(QObject):
    """The theme of the moment: what was chosen (or the system's), and a word when it changes."""

    changed = Signal(object)
    """There is another theme: the new one."""

    def __init__(self, app: QApplication, choice: str = "system", *, dressed: bool = True) -> None:
        """Apply what was chosen: "light", "dark" or "system".

        Args:
            app: what gets the theme.
            choice: which one.
            dressed: whether it gets the style sheet too; `dress` comes later otherwise. Widgets
                are made faster without one.
        """
        super().__init__()
        self._app = app
        self._choice = choice
        self._scale = 1.0
        self._theme = self._wanted()
        tint(app, self._theme)
        if dressed:
            self.dress()
        app.styleHints().colorSchemeChanged.connect(self._refresh)

    @property
    def theme(self) -> Theme:
        """The theme that is shown."""
        return self._theme

    @property
    def choice(self) -> str:
        """What was chosen: "light", "dark" or "system"."""
        return self._choice

    def dress(self) -> None:
        """Apply the style sheet."""
        dress(self._app, self._theme)

    def choose(self, choice: str) -> None:
        """Show the "light", the "dark" or the "system" theme from now on."""
        self._choice = choice
        self._refresh()

    def enlarge(self, scale: float) -> None:
        """Draw type and lines this many times as large: 1 at the desk, 1.6 before a class."""
        self._scale = scale
        self._refresh()

    def _wanted(self) -> Theme:
        if self._choice == "system":
            is_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            is_dark = self._choice == "dark"
        return replace(DARK if is_dark else LIGHT, scale=self._scale)

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted != self._theme:
            self._theme = wanted
            apply(self._app, wanted)
            self.changed.emit(wanted)
