"""The deck: a frame for every panel, and the workspaces that lay them out, one at a time.

A panel exists once, from when a workspace with it is first shown; its frame moves into the
workspace that is shown, and stays in one that is left until another wants it.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from nnviz.ui.columns import Columns
from nnviz.ui.frame import PanelFrame
from nnviz.ui.look import Look
from nnviz.ui.preferences import WindowState
from nnviz.ui.workspaces import WORKSPACES, Workspace

_ROOM = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
_NO_ROOM = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
"""What nobody sees asks for no room."""


class Deck(QWidget):
    """The workspaces on top of one another, the frames in the one that is shown."""

    folds_changed = Signal()
    """A panel was folded or came back."""

    turned = Signal(str)
    """Another workspace is shown: its key."""

    def __init__(self, look: Look) -> None:
        """Lay out empty frames as the first workspace says."""
        super().__init__()
        self.frames: dict[str, PanelFrame] = {}
        for key in _panels():
            self.frames[key] = PanelFrame(key, look)
            self.frames[key].setParent(self)
            self.frames[key].hide()
            self.frames[key].fold_asked.connect(self.fold)
        self._columns: dict[str, Columns] = {}
        self._stack = QStackedLayout(self)
        self._state: WindowState | None = None
        self._workspace = WORKSPACES[WORKSPACES.keys[0]]
        self._move_in()

    @property
    def workspace(self) -> Workspace:
        """The workspace that is shown."""
        return self._workspace

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the panels that are folded in this workspace."""
        return self._shown.folded

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys of the panels of this workspace."""
        return tuple(key for each in self._workspace.columns for key in each.panels)

    @property
    def tops(self) -> tuple[str, ...]:
        """The keys of the panels at the top of the columns of this workspace."""
        return tuple(each.panels[0] for each in self._workspace.columns)

    def fill(self, keys: Iterable[str]) -> None:
        """Make those of these panels that were only promised, but for the folded."""
        for key in keys:
            self.frames[key].fill()

    def show_workspace(self, key: str) -> None:
        """Show a workspace, its panels as they lay there before."""
        if key == self._workspace.key:
            return
        self._shown.leave()
        self._shown.hide()  # Else it would be laid out anew for every frame that it gives away.
        self._shown.setSizePolicy(_NO_ROOM)
        self._workspace = WORKSPACES[key]
        self._move_in()
        self.fill(self.shown)
        self.turned.emit(key)

    def fold(self, key: str) -> None:
        """Fold a panel of this workspace to its title, or bring it back as it was."""
        self._shown.fold(key)
        self.fill(self.shown)

    def bring(self, key: str) -> None:
        """Show a panel whole, if it is one of this workspace."""
        if key in self.shown:
            self._shown.bring(key)
            self.fill(self.shown)

    def reset(self) -> None:
        """Lay everything in this workspace as on the first day."""
        self._shown.reset()
        self.fill(self.shown)

    def keep(self, state: WindowState) -> None:
        """Write down how the panels lie."""
        state.workspace = self._workspace.key
        for each in self._columns.values():
            each.keep(state)

    def restore(self, state: WindowState) -> None:
        """Lay the panels as they were left, in the workspace that was left."""
        self._state = state
        for each in self._columns.values():
            each.restore(state)
        if state.workspace in WORKSPACES.keys:
            self.show_workspace(state.workspace)

    @property
    def _shown(self) -> Columns:
        return self._columns[self._workspace.key]

    def _move_in(self) -> None:
        key = self._workspace.key
        if key not in self._columns:
            made = self._columns[key] = Columns(self._workspace, self.frames)
            if self._state is not None:
                made.restore(self._state)
            made.folds_changed.connect(self.folds_changed)
            self._stack.addWidget(made)
        self._shown.setSizePolicy(_ROOM)
        self._shown.take_in()
        self._stack.setCurrentWidget(self._shown)


def _panels() -> tuple[str, ...]:
    """Every panel of every workspace, once, in the order in which they are met."""
    keys = (key for space in WORKSPACES for column in space.columns for key in column.panels)
    return tuple(dict.fromkeys(keys))
