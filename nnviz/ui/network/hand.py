"""The hand that sets numbers of the run: every turn can be undone, and cut links remember.

A number is no part of the document, so what it was is kept here, for as long as its run lasts.
"""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QObject

from nnviz.experiment.spec import Experiment, same_start
from nnviz.runtime.frames import Picture
from nnviz.ui.player import Player
from nnviz.ui.store import Move, Store
from nnviz.value import dataclass

SETTLED_S = 0.3
"""How long what was just set counts more than pictures that may be older."""

TURN_S = 1.0
"""What is set within such a time of the last turn of the same numbers belongs to it."""

Places = tuple[int, ...]
Values = tuple[float, ...]


@dataclass(slots=True)
class _Turn:
    """Numbers that were turned, from what to what; it grows while the person is at it."""

    run: int
    places: Places
    before: Values
    after: Values


class Hand(QObject):
    """Sets numbers of the run that a player plays, as steps of the store's undo."""

    def __init__(self, store: Store, player: Player, parent: QObject) -> None:
        """Begin with nothing in the hand."""
        super().__init__(parent)
        self._store, self._player = store, player
        self._picture: Picture | None = None
        self._turn: _Turn | None = None
        self._sent: dict[int, float] = {}
        self._sent_s = 0.0
        self._severed: dict[int, float] = {}
        store.changed.connect(self._on_changed)

    def show_picture(self, picture: Picture) -> None:
        """Take the numbers of the moment."""
        if self._picture is not None and picture.frame.run != self._picture.frame.run:
            self._severed.clear()
            self._sent.clear()
        self._picture = picture

    def values(self, places: Places) -> Values:
        """The numbers of now: those just set, which pictures may not show yet, or the shown."""
        if self._picture is None:
            return ()
        theta = self._picture.frame.theta
        is_new = time.monotonic() - self._sent_s < SETTLED_S
        return tuple(
            self._sent[each] if is_new and each in self._sent else float(theta[each])
            for each in places
        )

    def put(self, places: Places, values: Values, label: str) -> None:
        """Set numbers; those of the turn under way go on with it."""
        run, turn = self._run, self._turn
        is_same = turn is not None and (turn.run, turn.places) == (run, places)
        is_soon = time.monotonic() - self._sent_s < TURN_S
        if turn is not None and is_same and is_soon and self._store.is_open(label):
            turn.after = values
        elif run is not None:
            self._turn = turn = _Turn(run, places, self.values(places), values)
            self._store.note(self._move(turn), label)
        self._send(places, values)

    def _move(self, turn: _Turn) -> Move:
        return Move(
            lambda: self._send(turn.places, turn.before),
            lambda: self._send(turn.places, turn.after),
            partial(self._is_of_now, turn),
        )

    def _is_of_now(self, turn: _Turn) -> bool:
        return turn.run == self._run

    @property
    def _run(self) -> int | None:
        return None if self._picture is None else self._picture.frame.run

    def _send(self, places: Places, values: Values) -> None:
        self._sent.update(zip(places, values, strict=True))
        self._sent_s = time.monotonic()
        self._player.set_weights(places, values)

    def _on_changed(self, old: Experiment, new: Experiment) -> None:
        """Keep what links were that are cut, and give it back to those that are mended."""
        was, now = set(old.architecture.cut), set(new.architecture.cut)
        if was == now or self._picture is None or not same_start(old, new):
            return
        cut, mended = tuple(now - was), tuple(was - now)
        if max(cut, default=-1) < self._picture.frame.theta.size:
            self._severed.update(zip(cut, self.values(cut), strict=True))
        self._sent.clear()
        back = tuple(each for each in mended if each in self._severed)
        if back:
            self._send(back, tuple(self._severed.pop(each) for each in back))
