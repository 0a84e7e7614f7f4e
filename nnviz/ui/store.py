"""The store: holds the experiment, remembers what it was, and tells when it changes.

One signal, old and new value; whoever listens compares the part it shows by identity.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from nnviz.experiment.spec import Experiment
from nnviz.value import dataclass

UNDO_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Move:
    """Something that was done to the run and not to the document, with the way back.

    `is_possible` says whether it still means something: a run that has ended has no way back.
    """

    back: Callable[[], None]
    again: Callable[[], None]
    is_possible: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Step:
    label: str
    turn: Experiment | Move

    @property
    def is_possible(self) -> bool:
        return not isinstance(self.turn, Move) or self.turn.is_possible()


class Store(QObject):
    """The one place that holds the current experiment."""

    changed = Signal(object, object)
    """The experiment was changed: the old value and the new."""

    undo_changed = Signal()
    """What can be undone or redone, or whether there is anything to save, was changed."""

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        """Start from an experiment, with nothing to undo."""
        super().__init__(parent)
        self._experiment = experiment
        self._saved = experiment
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._open_label: str | None = None

    @property
    def experiment(self) -> Experiment:
        """The experiment as it is now."""
        return self._experiment

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, None when there is nothing."""
        return _last_label(self._undo)

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, None when there is nothing."""
        return _last_label(self._redo)

    @property
    def is_saved(self) -> bool:
        """Whether the experiment is what was last opened or saved."""
        return self._experiment == self._saved

    def change(self, new: Experiment, label: str) -> None:
        """Take a new experiment, to be undone in one step under a label such as "learning rate".

        Changes under one label that follow one another without `settle` are one step: a drag.
        """
        if new == self._experiment:
            return
        if self._open_label != label or not self._undo:
            self._undo.append(_Step(label, self._experiment))
            del self._undo[:-UNDO_LIMIT]
        self._open_label = label
        self._redo.clear()
        self._become(new)

    def edit(self, label: str, change: Callable[[Experiment], Experiment]) -> None:
        """Change the experiment by a function of it, as a whole step of its own."""
        self.settle()
        self.change(change(self._experiment), label)
        self.settle()

    def note(self, move: Move, label: str) -> None:
        """Remember a move of the run as a step; `is_open` says how long it can still grow."""
        self._undo.append(_Step(label, move))
        del self._undo[:-UNDO_LIMIT]
        self._open_label = label
        self._redo.clear()
        self.undo_changed.emit()

    def is_open(self, label: str) -> bool:
        """Whether the last step has this label, and nobody has settled it."""
        return self._open_label == label and bool(self._undo)

    def settle(self) -> None:
        """End the step: the person let go of what they dragged."""
        self._open_label = None

    def undo(self) -> None:
        """Go back one step, if there is one."""
        self._travel(self._undo, self._redo)

    def redo(self) -> None:
        """Go forward one step again, if there is one."""
        self._travel(self._redo, self._undo)

    def open(self, experiment: Experiment) -> None:
        """Begin with another document: nothing to undo, nothing to save."""
        self._undo.clear()
        self._redo.clear()
        self.settle()
        self._saved = experiment
        self._become(experiment)

    def mark_saved(self) -> None:
        """The experiment as it is now is safe in a file."""
        self._saved = self._experiment
        self.undo_changed.emit()

    def _travel(self, here: list[_Step], there: list[_Step]) -> None:
        self.settle()
        while here and not here[-1].is_possible:
            here.pop()
        if not here:
            self.undo_changed.emit()
            return
        step = here.pop()
        if isinstance(step.turn, Move):
            there.append(step)
            (step.turn.back if here is self._undo else step.turn.again)()
            self.undo_changed.emit()
        else:
            there.append(_Step(step.label, self._experiment))
            self._become(step.turn)

    def _become(self, new: Experiment) -> None:
        old, self._experiment = self._experiment, new
        self.changed.emit(old, new)
        self.undo_changed.emit()


def _last_label(steps: list[_Step]) -> str | None:
    return next((step.label for step in reversed(steps) if step.is_possible), None)
