"""The log of a run: what every epoch left behind."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np

from nnviz.engine.course import Record
from nnviz.engine.elementary import Floats


class Log:
    """Buffers that only grow, so views of them stay true.

    Each property has shape (records,).
    """

    def __init__(self, capacity: int = 1024) -> None:
        """Start empty, with room for so many records before the first growth."""
        self._rows = np.empty((5, capacity))
        self._count = 0

    def __len__(self) -> int:
        """The number of records."""
        return self._count

    def add(self, record: Record) -> None:
        """Append a record."""
        if self._count == self._rows.shape[1]:
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)], axis=1)
        self._rows[:, self._count] = astuple(record)
        self._count += 1

    @property
    def train_loss(self) -> Floats:
        """The mean loss on the training samples."""
        return self._rows[0, : self._count]

    @property
    def test_loss(self) -> Floats:
        """The mean loss on the test samples."""
        return self._rows[1, : self._count]

    @property
    def train_accuracy(self) -> Floats:
        """The share of training samples answered rightly."""
        return self._rows[2, : self._count]

    @property
    def test_accuracy(self) -> Floats:
        """The share of test samples answered rightly."""
        return self._rows[3, : self._count]

    @property
    def learning_rate(self) -> Floats:
        """The learning rate in force."""
        return self._rows[4, : self._count]
