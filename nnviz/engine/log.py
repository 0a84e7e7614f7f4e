"""The log of a run: what every epoch left behind, none left out.

A row of numbers costs nothing while they are all the same, as learning rates often are, and as
accuracies are where there are none; after that it takes 8 bytes an epoch, and in a compact log, but
for the rate, 4: six million epochs of a compact one, an hour flat out, are then 96 MB, and 144 MB
when the rate has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import DTypeLike

from nnviz.engine.course import Record
from nnviz.engine.elementary import Floats

NAMES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy", "learning_rate")
SINGLES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
"""What a compact log keeps in single precision."""

CAPACITY = 1024


class Column:
    """Numbers that only grow more, so views of them stay true."""

    def __init__(self, dtype: DTypeLike) -> None:
        """Start empty."""
        self._rows = np.empty(0, dtype)
        self._same = np.empty(1, dtype)
        self._count = 0

    @property
    def numbers(self) -> Floats:
        """All of them, of shape (count,); not to be written to."""
        if self._is_same:
            return np.broadcast_to(self._same, (self._count,))
        return self._rows[: self._count]

    def extend(self, numbers: Floats) -> None:
        """Append numbers of shape (n,); those too large to be told stay finite, the largest."""
        limit = np.finfo(self._same.dtype).max
        numbers = np.where(np.isfinite(numbers), np.clip(numbers, -limit, limit), numbers)
        if not self._count:
            self._same = numbers[:1].astype(self._same.dtype)
        count = self._count + len(numbers)
        if not (self._is_same and self._are_same(numbers)):
            self._make_room(count)
            self._rows[self._count : count] = numbers
        self._count = count

    @property
    def _is_same(self) -> bool:
        return not len(self._rows)

    def _are_same(self, numbers: Floats) -> bool:
        same = np.broadcast_to(self._same, numbers.shape)
        return np.array_equal(numbers.astype(same.dtype), same, equal_nan=True)

    def _make_room(self, count: int) -> None:
        """See to it that there is a buffer for so many; the old one stays with its views."""
        if count > len(self._rows):
            rows = np.empty(max(2 * count, CAPACITY), self._rows.dtype)
            rows[: self._count] = self.numbers
            self._rows = rows


class Log:
    """What every epoch left behind.

    Each property has shape (records,).
    """

    def __init__(self, *, compact: bool = False) -> None:
        """Start empty; a compact log keeps all but rates in single precision."""
        self._compact = compact
        self._columns = {
            name: Column(np.float32 if compact and name in SINGLES else np.float64)
            for name in NAMES
        }

    def __len__(self) -> int:
        """The number of records."""
        return len(self.train_loss)

    def add(self, record: Record) -> None:
        """Append a record."""
        self.extend([record])

    def extend(self, records: Sequence[Record]) -> None:
        """Append records in their order."""
        if records:
            table = np.array(records)
            self.append(dict(zip(NAMES, table.T, strict=True)))

    def append(self, numbers: Mapping[str, Floats]) -> None:
        """Append an array of shape (n,) for each name."""
        for name, column in self._columns.items():
            column.extend(numbers[name])

    def first(self, count: int) -> Log:
        """A log of its own of the first so many records."""
        log = Log(compact=self._compact)
        log.append({name: each.numbers[:count] for name, each in self._columns.items()})
        return log

    @property
    def train_loss(self) -> Floats:
        """The mean loss on the training samples."""
        return self._columns["train_loss"].numbers

    @property
    def test_loss(self) -> Floats:
        """The mean loss on the test samples."""
        return self._columns["test_loss"].numbers

    @property
    def train_accuracy(self) -> Floats:
        """The share of training samples answered rightly."""
        return self._columns["train_accuracy"].numbers

    @property
    def test_accuracy(self) -> Floats:
        """The share of test samples answered rightly."""
        return self._columns["test_accuracy"].numbers

    @property
    def learning_rate(self) -> Floats:
        """The learning rate in force."""
        return self._columns["learning_rate"].numbers
