"""How fine the large map can be: as fine as there is time for, going by what others took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

MOVING_CELLS = 96
"""The side of the large map that always comes, whatever it takes."""

SIDES = (96, 128, 192, 256)
"""The sides that a map may have while frames keep coming."""

MOVING_S = 0.012
"""How long a large map may take while frames keep coming."""

RESTING_S = 0.25
"""How long a map that is finer than wished may take at rest."""

FINER = 2
"""By how much a map at rest is finer than wished, each way."""

_MEMORY = 0.7


class Fineness:
    """Learns what a cell of the large map costs."""

    def __init__(self) -> None:
        self._cell_s = 0.0

    @property
    def moving(self) -> int:
        """The side of a map while frames keep coming."""
        if not self._cell_s:
            return MOVING_CELLS
        fitting = [side for side in SIDES if side * side * self._cell_s <= MOVING_S]
        return max(fitting, default=MOVING_CELLS)

    def resting(self, wished: int) -> int:
        """The side of a map once frames rest, where so many cells were wished for."""
        fine = FINER * wished
        return fine if fine * fine * self._cell_s <= RESTING_S else wished

    @contextmanager
    def measured(self, cells: int) -> Iterator[None]:
        """Note how long a map of so many cells a side takes."""
        begin = perf_counter()
        yield
        self.note(cells, perf_counter() - begin)

    def note(self, cells: int, took_s: float) -> None:
        """A map of so many cells a side took so long."""
        cell_s = took_s / (cells * cells)
        known = self._cell_s or cell_s
        self._cell_s = _MEMORY * known + (1 - _MEMORY) * cell_s
