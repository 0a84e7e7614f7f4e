"""A step of a whole swarm in compiled code, without a line of Python in between.

It does what `stepping.NumpyStepper` does, in the same order; `compiled_steps` hands it what it
needs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nnviz.engine.machine import address, call, get, put
from nnviz.engine.rows import Array
from nnviz.engine.vectors import called


class Terms(NamedTuple):
    """What is the same for all particles.

    `mover` and `looker` are the addresses of the rows of an optimizer and of a surface, `noise` of
    shape (2,) is added to slopes, `k` are the hyperparameters, and beyond `far` who is there is
    lost.
    """

    mover: int
    looker: int
    noise: Array
    k: Array
    far: float


def stride(now: Array, after: Array, terms: Terms, t: float) -> None:  # pragma: no cover - compiled
    """Take step t from one `stepping.Room` into another."""
    count = len(now.losses)
    for i in range(2 * count):
        put(after.places, i, get(now.places, i))
    for i in range(count):
        put(after.slopes, i, get(now.slopes, i) + terms.noise[0])
    for i in range(count, 2 * count):
        put(after.slopes, i, get(now.slopes, i) + terms.noise[1])
    for i in range(now.memory.size):
        put(after.memory, i, get(now.memory, i))
    places, slopes = address(after.places, 0), address(after.slopes, 0)
    memory, k = address(after.memory, 0), address(terms.k, 0)
    call(terms.mover, (places, slopes, memory, 2 * count, t, k))
    call(terms.looker, (places, count, address(after.losses, 0), slopes))
    settle(now, after, count, terms.far)


@called
def settle(now: Array, after: Array, count: int, far: float) -> None:  # pragma: no cover - compiled
    """Put those who are lost back to where they were; mostly there are none."""
    odd = 0
    for i in range(2 * count):
        odd += not np.abs(get(after.places, i)) <= far
    for i in range(count):
        odd += not np.abs(get(after.losses, i)) < np.inf
        odd += now.lost[i]
    if odd == 0:
        after.lost[:] = False
        return
    for i in range(count):
        x, y = after.places[0, i], after.places[1, i]
        near = np.abs(x) <= far and np.abs(y) <= far and np.abs(after.losses[i]) < np.inf
        after.lost[i] = now.lost[i] or not near
        if after.lost[i]:
            after.places[:, i] = now.places[:, i]
