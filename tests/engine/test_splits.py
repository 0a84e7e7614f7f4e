from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.splits import split, stratified

shares = st.floats(0.1, 0.9)


def queue(points: int, seed: int = 0) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.random.default_rng(seed).permutation(points)


@given(points=st.integers(5, 300), share=shares, seed=st.integers(0, 99))
def test_a_split_uses_every_point_once(points: int, share: float, seed: int) -> None:
    train, test = split(queue(points, seed), share)
    assert sorted([*train, *test]) == list(range(points))
    assert len(train) == max(1, int(points * share))
    assert len(test) > 0


@given(
    labels=st.lists(st.integers(0, 7), min_size=5, max_size=200).map(np.array),
    share=shares,
    seed=st.integers(0, 99),
)
def test_a_stratified_split_keeps_the_share_of_every_class(
    labels: np.ndarray[tuple[int], np.dtype[np.float64]], share: float, seed: int
) -> None:
    train, test = stratified(queue(len(labels), seed), share, labels)
    assert sorted([*train, *test]) == list(range(len(labels)))
    assert len(train) == max(1, int(len(labels) * share))
    for own in np.unique(labels):
        wanted = share * (labels == own).sum()
        assert abs((labels[train] == own).sum() - wanted) <= 1 + 1e-9


@pytest.mark.parametrize("keeps_shares", [False, True])
def test_more_points_to_train_on_keep_those_there_were(keeps_shares: bool) -> None:
    labels = np.arange(40.0) % 3
    parts = [
        stratified(queue(40), share, labels) if keeps_shares else split(queue(40), share)
        for share in (0.3, 0.6)
    ]
    assert set(parts[0][0]) <= set(parts[1][0])


@pytest.mark.parametrize("keeps_shares", [False, True])
def test_a_gate_is_learned_and_tested_whole(keeps_shares: bool) -> None:
    labels = np.array([0.0, 0.0, 0.0, 1.0])
    train, test = stratified(queue(4), 0.5, labels) if keeps_shares else split(queue(4), 0.5)
    assert sorted(train) == sorted(test) == [0, 1, 2, 3]
