from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.shuffle import epoch_order


@given(st.integers(1, 300), st.integers(0, 2**31 - 1), st.integers(0, 10**9))
def test_every_sample_is_seen_once(samples: int, seed: int, epoch: int) -> None:
    assert sorted(epoch_order(samples, seed, epoch)) == list(range(samples))


def test_it_depends_on_the_seed_and_the_epoch_alone() -> None:
    np.testing.assert_array_equal(epoch_order(50, 3, 4), epoch_order(50, 3, 4))
    orders = {tuple(epoch_order(50, seed, epoch)) for seed in range(10) for epoch in range(10)}
    assert len(orders) == 100


def test_it_is_the_same_on_every_machine() -> None:
    assert epoch_order(12, 1, 0).tolist() == [7, 10, 6, 11, 3, 2, 5, 9, 1, 4, 8, 0]


@pytest.mark.parametrize("place", [0, 4, 9])
def test_every_sample_comes_to_every_place_equally_often(place: int) -> None:
    counts = np.bincount([epoch_order(10, 5, epoch)[place] for epoch in range(2000)], minlength=10)
    assert counts.min() > 140
    assert counts.max() < 260
