"""What chance decides in an epoch: the order of the samples, and who sits out.

All of it comes from hashes of (seed, epoch, …) by the mixing steps of SplitMix64 (Steele, Lea &
Flood 2014), in int64 arithmetic that wraps around: the same on any machine, from any moment on.
The compiled loop runs this very source.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats

Indices = NDArray[np.int64]

DRAWS = 0x80000000
"""A draw is a whole number from 0 up to but not including this one, 2^31."""


def mixed(key: Indices, part: Indices) -> Indices:
    """A key with one more part mixed into it."""
    key = key + (part + 1) * -7046029254386353131
    key = (key ^ ((key >> 30) & 0x3FFFFFFFF)) * -4658895280553007687
    key = (key ^ ((key >> 27) & 0x1FFFFFFFFF)) * -7723592293110705685
    return key ^ ((key >> 31) & 0x1FFFFFFFF)


def epoch_order(samples: int, seed: int, epoch: int) -> Indices:
    """The order in which an epoch sees its samples: a shuffle that depends on nothing else.

    A Fisher–Yates shuffle whose draws are hashes of (seed, epoch, place).
    """
    place = np.arange(samples)
    zero = place[:1] * 0
    key = mixed(mixed(mixed(zero, zero + seed), zero + epoch), place)
    draws = ((key & 0x7FFFFFFF) * (place + 1)) >> 31
    for last in range(samples - 1, 0, -1):
        other = draws[last]
        kept = place[last]
        place[last] = place[other]
        place[other] = kept
    return place


def layer_key(seed: Indices, epoch: Indices, layer: Indices) -> Indices:
    """What the draws of dropout in a layer begin with, of the shape of the arguments."""
    return mixed(mixed(mixed(seed * 0, seed), epoch), layer)


def dropout_mask(  # noqa: PLR0913 - what chance depends on
    seed: int, epoch: int, layer: int, units: int, places: Indices, dropout: float
) -> Floats:
    """By what the values of a layer are multiplied, of shape (units, places): 0 or 1 / (1 - p).

    Args:
        seed: the start of the random stream.
        epoch: from 0 on.
        layer: the hidden layer, from 0 on.
        units: how many it has.
        places: of the samples in the epoch's order, which tells updates apart as well.
        dropout: p, the chance to sit out.
    """
    key = layer_key(*(np.array([[part]]) for part in (seed, epoch, layer)))
    draws = mixed(mixed(key, np.arange(units)[:, None]), places) & 0x7FFFFFFF
    mask: Floats = (draws >= int(dropout * DRAWS)) / (1.0 - dropout)
    return mask
