"""The columns of one workspace: panels above one another, with splitters between.

Frames belong to the deck and move from workspace to workspace; how they lay here, and which of them
were folded here, is kept while they are away.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nnviz.ui.frame import BAR, PanelFrame
from nnviz.ui.preferences import WindowState
from nnviz.ui.workspaces import Workspace

GAP = 8

ENOUGH = 400
"""The height from which on a panel that was asked for has room enough, in pixels."""


class Columns(QWidget):
    """Frames in columns, as a workspace says and as the person has moved and folded them."""

    folds_changed = Signal()
    """A panel was folded or came back."""

    def __init__(self, workspace: Workspace, frames: Mapping[str, PanelFrame]) -> None:
        """Stand empty until `take_in`.

        Args:
            workspace: which panels stand where.
            frames: the frame of every panel, by its key.
        """
        super().__init__()
        self._workspace = workspace
        self._frames = {key: frames[key] for each in workspace.columns for key in each.panels}
        self._folded = set(self._first_folded)
        self._kept: dict[str, QByteArray] = {}
        self._before: dict[tuple[int, frozenset[str]], tuple[list[int], list[int]]] = {}
        self._is_taken_in = False
        self._columns = [_splitter(Qt.Orientation.Vertical) for _ in workspace.columns]
        self._row = _splitter(Qt.Orientation.Horizontal)
        for place, column in enumerate(workspace.columns):
            self._row.addWidget(self._columns[place])
            self._row.setStretchFactor(place, 0 if column.is_narrow else column.width)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._row)

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the panels that are folded here."""
        return frozenset(self._folded)

    def take_in(self) -> None:
        """Let the frames move in, and lie as they did when they left."""
        self._is_taken_in = True
        for place, column in enumerate(self._workspace.columns):
            for line, (key, height) in enumerate(zip(column.panels, column.heights, strict=True)):
                frame = self._frames[key]
                self._columns[place].insertWidget(line, frame)
                self._columns[place].setStretchFactor(line, height)
                frame.show()
                self._show_folded(place, key, folded=key in self._folded)
        self._lie_as_kept()

    def leave(self) -> None:
        """Keep how the frames lie, as they are about to move out."""
        self._note()
        self._is_taken_in = False

    def fold(self, key: str) -> None:
        """Fold a panel to its title, or bring it back as it was.

        A column always shows one panel: folding the last one brings the one before back.
        """
        place = next(i for i, each in enumerate(self._workspace.columns) if key in each.panels)
        if key in self._folded:
            self._unfold(place, key)
        else:
            self._fold(place, key)
        self.folds_changed.emit()

    def bring(self, key: str) -> None:
        """Show a panel whole; those below make room, the last first, until it has enough."""
        if key in self._folded:
            self.fold(key)
        place, column = next(
            (place, each)
            for place, each in enumerate(self._workspace.columns)
            if key in each.panels
        )
        shares = dict(zip(column.panels, column.heights, strict=True))
        while len(whole := [each for each in column.panels if each not in self._folded]) > 1:
            height = self._columns[place].height() - BAR * (len(column.panels) - len(whole))
            if height * shares[key] >= ENOUGH * sum(shares[each] for each in whole):
                break
            self.fold(next(each for each in reversed(whole) if each != key))
        self._columns[place].setSizes([10 * each for each in column.heights])

    def reset(self) -> None:
        """Lay everything as on the first day."""
        for place, column in enumerate(self._workspace.columns):
            for key in column.panels:
                self._show_folded(place, key, folded=key in column.folded)
        self._before.clear()
        self._spread()
        self.folds_changed.emit()

    def keep(self, state: WindowState) -> None:
        """Write down how the panels lie."""
        if self._is_taken_in:
            self._note()
        state.keep_folded(self._workspace.key, self.folded)
        for name, lay in self._kept.items():
            state.keep(name, lay)

    def restore(self, state: WindowState) -> None:
        """Lay the panels as they were left."""
        kept = state.folded_in(self._workspace.key)
        self._folded = set(self._first_folded if kept is None else kept & self._frames.keys())
        names = [name for name, _ in self._named()]
        self._kept = {name: state.bytes_of(name) for name in names}
        if self._is_taken_in:
            self.take_in()

    @property
    def _first_folded(self) -> tuple[str, ...]:
        return tuple(key for each in self._workspace.columns for key in each.folded)

    def _note(self) -> None:
        self._kept = {name: splitter.saveState() for name, splitter in self._named()}

    def _lie_as_kept(self) -> None:
        if not all(not self._kept.get(name, QByteArray()).isEmpty() for name, _ in self._named()):
            self._spread()
            return
        for name, splitter in self._named():
            splitter.restoreState(self._kept[name])

    def _fold(self, place: int, key: str) -> None:
        frame = self._frames[key]
        others = [each for each in self._workspace.columns[place].panels if each != key]
        now = place, self._folded_of(place)
        self._before[now] = self._row.sizes(), self._columns[place].sizes()
        widths = self._row.sizes()
        self._show_folded(place, key, folded=True)
        if self._workspace.columns[place].is_narrow:
            self._row.setSizes(self._shared(widths, place, frame.maximumWidth()))
        if others and self._folded.issuperset(others):
            self._show_folded(place, others[0], folded=False)

    def _unfold(self, place: int, key: str) -> None:
        self._show_folded(place, key, folded=False)
        column = self._workspace.columns[place]
        first = None, [10 * each for each in column.heights]
        row, heights = self._before.pop((place, self._folded_of(place)), first)
        self._columns[place].setSizes(heights)
        if column.is_narrow:
            self._row.setSizes(row or [each.width for each in self._workspace.columns])

    def _folded_of(self, place: int) -> frozenset[str]:
        return self.folded.intersection(self._workspace.columns[place].panels)

    def _shared(self, widths: list[int], place: int, width: int) -> list[int]:
        """Widths of the columns when one becomes narrower and the others share what it leaves."""
        freed, rest = widths[place] - width, sum(widths) - widths[place]
        shared = [each + round(freed * each / max(rest, 1)) for each in widths]
        shared[place] = width
        return shared

    def _show_folded(self, place: int, key: str, *, folded: bool) -> None:
        frame, is_narrow = self._frames[key], self._workspace.columns[place].is_narrow
        (self._folded.add if folded else self._folded.discard)(key)
        frame.show_folded(folded=folded, sideways=is_narrow)
        if is_narrow:
            self._columns[place].setMaximumWidth(frame.maximumWidth())

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
