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
        self._before: dict[int, tuple[list[int], list[int]]] = {}
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
        if self.frames[key].is_folded:
            self._unfold(place, self.frames[key])
        else:
            self._fold(place, self.frames[key])
        self.folds_changed.emit()

    def reset(self) -> None:
        """Lay everything as on the first day."""
        for place, column in enumerate(self._workspace.columns):
            for key in column.panels:
                self._show_folded(place, self.frames[key], folded=False)
        self._before.clear()
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
        if not any(each.is_folded for each in others):
            self._before[place] = self._row.sizes(), self._columns[place].sizes()
        widths = self._row.sizes()
        self._show_folded(place, frame, folded=True)
        if self._workspace.columns[place].is_narrow:
            self._row.setSizes(self._shared(widths, place, frame.maximumWidth()))
        if others and all(each.is_folded for each in others):
            self._show_folded(place, others[0], folded=False)

    def _unfold(self, place: int, frame: PanelFrame) -> None:
        self._show_folded(place, frame, folded=False)
        column = self._workspace.columns[place]
        if self.folded & set(column.panels):
            return
        row, heights = self._before.pop(place, (None, [10 * each for each in column.heights]))
        self._columns[place].setSizes(heights)
        if column.is_narrow:
            self._row.setSizes(row or [each.width for each in self._workspace.columns])

    def _shared(self, widths: list[int], place: int, width: int) -> list[int]:
        """Widths of the columns when one becomes narrower and the others share what it leaves."""
        freed, rest = widths[place] - width, sum(widths) - widths[place]
        shared = [each + round(freed * each / max(rest, 1)) for each in widths]
        shared[place] = width
        return shared

    def _show_folded(self, place: int, frame: PanelFrame, *, folded: bool) -> None:
        frame.show_folded(folded=folded)
        if self._workspace.columns[place].is_narrow:
            self._columns[place].setMaximumWidth(frame.maximumWidth())

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
