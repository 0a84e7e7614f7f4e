"""A trail: the way of a run through the space of its weights, thinned as it grows longer.

Rows are written once into a buffer, so that a frame may keep what was written without a copy.
"""

from __future__ import annotations

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network
from nnviz.runtime.tracks import Track

MOST_ROWS, LEAST_ROWS = 256, 8
MOST_BYTES = 16 * 2**20


class Trail:
    """Up to 256 thetas of a run, evenly over its epochs; fewer of a very large network."""

    def __init__(self, network: Network) -> None:
        """Begin with none."""
        self._begin(network)

    def add(self, epoch: int, network: Network, theta: Floats) -> None:
        """Follow the run; a moment close to the one before is left out."""
        if network.size != self._network.size:
            self._carry_over(network)
        if self._count and epoch - self._epochs[self._count - 1] < max(self._apart, 1.0):
            return
        if self._count == len(self._epochs):
            self._thin()
        self._epochs[self._count] = epoch
        self._thetas[self._count] = theta
        self._count += 1

    def cut(self, epoch: int) -> None:
        """Forget what is later than an epoch."""
        count = self._until(epoch)
        if count < self._count:
            self._keep(np.arange(count))

    def track(self, epoch: int, network: Network) -> Track:
        """The way up to an epoch, as a network of the same widths would have gone it."""
        count = self._until(epoch)
        thetas = self._thetas[:count]
        if network.size != self._network.size:
            thetas = network.carried(self._network, thetas)
        return Track(self._epochs[:count], thetas)

    def _begin(self, network: Network) -> None:
        rows = MOST_BYTES // (8 * network.size)
        rows = min(max(rows, LEAST_ROWS), MOST_ROWS)
        self._network = network
        self._epochs = np.empty(rows)
        self._thetas = np.empty((rows, network.size))
        self._count = 0
        self._apart = 0.0

    def _until(self, epoch: int) -> int:
        return int(np.searchsorted(self._epochs[: self._count], epoch, side="right"))

    def _thin(self) -> None:
        """Keep about every second one, evenly."""
        epochs = self._epochs[: self._count]
        self._apart = max(2.0 * self._apart, 2.0 * (epochs[-1] - epochs[0]) / self._count)
        kept = [0]
        for place in range(1, self._count):
            if epochs[place] - epochs[kept[-1]] >= self._apart:
                kept.append(place)
        self._keep(np.array(kept))

    def _keep(self, places: np.ndarray[tuple[int], np.dtype[np.intp]]) -> None:
        """Go on with some of the rows, in buffers of their own."""
        epochs, thetas, apart = self._epochs, self._thetas, self._apart
        self._begin(self._network)
        self._apart, self._count = apart, len(places)
        self._epochs[: self._count] = epochs[places]
        self._thetas[: self._count] = thetas[places]

    def _carry_over(self, network: Network) -> None:
        old, count, apart = self._network, self._count, self._apart
        epochs, thetas = self._epochs[:count], self._thetas[:count]
        self._begin(network)
        self._apart, self._count = apart, min(count, len(self._epochs))
        self._epochs[: self._count] = epochs[: self._count]
        self._thetas[: self._count] = network.carried(old, thetas[: self._count])
