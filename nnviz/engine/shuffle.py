"""The order of the samples: every epoch its own, the same for the same seed on any machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


def epoch_order(samples: int, seed: int, epoch: int) -> Indices:
    """The order in which an epoch sees its samples: a shuffle that depends on nothing else.

    A Fisher–Yates shuffle whose draws are hashes of (seed, epoch, place) by the mixing steps of
    SplitMix64 (Steele, Lea & Flood 2014), in int64 arithmetic that wraps around. The compiled
    loop runs this very source.
    """
    place = np.arange(samples)
    key = np.zeros(samples, dtype=np.int64)
    for part in (place * 0 + seed, place * 0 + epoch, place):
        key = key + (part + 1) * -7046029254386353131
        key = (key ^ ((key >> 30) & 0x3FFFFFFFF)) * -4658895280553007687
        key = (key ^ ((key >> 27) & 0x1FFFFFFFFF)) * -7723592293110705685
        key = key ^ ((key >> 31) & 0x1FFFFFFFF)
    draws = ((key & 0x7FFFFFFF) * (place + 1)) >> 31
    for last in range(samples - 1, 0, -1):
        other = draws[last]
        kept = place[last]
        place[last] = place[other]
        place[other] = kept
    return place
