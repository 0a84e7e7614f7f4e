"""The deck: the panels of a workspace in columns, with splitters between and titles to fold to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nnviz.ui.frame import PanelFrame
from nnviz.ui.preferences import WindowState
from nnviz.ui.theme import Look
from nnviz.ui.workspaces import Column, Workspace

GAP = 8


class Deck(QWidget):
    """Frames in columns; panels move into them."""

    folds_changed = Signal()
    """A panel was folded or came back."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        """Lay out empty frames as a workspace says."""
        super().__init__()
        self._workspace, self._look = workspace, look
        self.frames: dict[str, PanelFrame] = {}
        self._heights: dict[int, list[int]] = {}
        self._columns = [self._column(each) for each in workspace.columns]
        self._row = _splitter(Qt.Orientation.Horizontal)
        for place, column in enumerate(workspace.columns):
            self._row.addWidget(self._columns[place])
            self._row.setStretchFactor(place, 0 if column.is_narrow else column.width)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._row)
        self._spread()

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the panels that are folded."""
        return frozenset(key for key, frame in self.frames.items() if frame.is_folded)

    def fold(self, key: str) -> None:
        """Fold a panel to its title, or bring it back as it was.

        A column always shows one panel: folding the last one brings the one before back.
        """
        place = next(i for i, each in enumerate(self._workspace.columns) if key in each.panels)
        frame = self.frames[key]
        if frame.is_folded:
            frame.show_folded(folded=False)
        else:
            self._fold(place, frame)
        if not self.folded & set(self._workspace.columns[place].panels):
            self._columns[place].setSizes(
                self._heights.pop(place, list(self._workspace.columns[place].heights))
            )
        self.folds_changed.emit()

    def reset(self) -> None:
        """Lay everything as on the first day."""
        for frame in self.frames.values():
            frame.show_folded(folded=False)
        self._heights.clear()
        self._spread()
        self.folds_changed.emit()

    def keep(self, state: WindowState) -> None:
        """Write down how the panels lie."""
        state.folded = self.folded
        for name, splitter in self._named():
            state.keep(name, splitter.saveState())

    def restore(self, state: WindowState) -> None:
        """Lay the panels as they were left."""
        for name, splitter in self._named():
            kept = state.bytes_of(name)
            if not kept.isEmpty():
                splitter.restoreState(kept)
        for key in sorted(state.folded & self.frames.keys()):
            self.fold(key)

    def _fold(self, place: int, frame: PanelFrame) -> None:
        panels = self._workspace.columns[place].panels
        others = [self.frames[each] for each in panels if each != frame.key]
        if all(not each.is_folded for each in others):
            self._heights[place] = self._columns[place].sizes()
        frame.show_folded(folded=True)
        if others and all(each.is_folded for each in others):
            others[0].show_folded(folded=False)

    def _column(self, column: Column) -> QSplitter:
        splitter = _splitter(Qt.Orientation.Vertical)
        for key, height in zip(column.panels, column.heights, strict=True):
            frame = PanelFrame(key, self._look, sideways=column.is_narrow)
            frame.fold_asked.connect(self.fold)
            self.frames[key] = frame
            splitter.addWidget(frame)
            splitter.setStretchFactor(splitter.count() - 1, height)
        return splitter

    def _spread(self) -> None:
        """Share out the room as the workspace says; Qt scales the shares to what there is."""
        self._row.setSizes([each.width for each in self._workspace.columns])
        for splitter, column in zip(self._columns, self._workspace.columns, strict=True):
            splitter.setSizes([10 * each for each in column.heights])

    def _named(self) -> list[tuple[str, QSplitter]]:
        key = self._workspace.key
        columns = [(f"{key}/column-{i}", each) for i, each in enumerate(self._columns)]
        return [(f"{key}/row", self._row), *columns]


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(GAP)
    splitter.setChildrenCollapsible(False)
    return splitter
