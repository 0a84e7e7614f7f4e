"""The tabs above the panels: one for each workspace."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar

from nnviz.ui.workspaces import WORKSPACES


class WorkspaceTabs(QTabBar):
    """The workspaces by name, the one that is shown underlined."""

    picked = Signal(str)
    """The person picked another workspace: its key."""

    def __init__(self) -> None:
        """Show the first workspace."""
        super().__init__()
        self.setAccessibleName("Workspaces")
        self.setExpanding(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for place, each in enumerate(WORKSPACES):
            self.addTab(each.label)
            self.setTabToolTip(place, f"{each.hint} ({place + 1})")
        self.currentChanged.connect(self._on_current_changed)

    def show_key(self, key: str) -> None:
        """Underline a workspace, silently."""
        with QSignalBlocker(self):
            self.setCurrentIndex(WORKSPACES.keys.index(key))

    def _on_current_changed(self, place: int) -> None:
        self.picked.emit(WORKSPACES.keys[place])
