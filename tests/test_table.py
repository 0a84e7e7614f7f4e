"""A table finds its entries by key, keeps their order and helps whoever mistypes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from nnviz.mistake import Mistake
from nnviz.table import Table


@dataclass(frozen=True)
class Fruit:
    key: str
    label: str


APPLE, PEAR = Fruit("apple", "Apple"), Fruit("pear", "Pear")
FRUIT: Table[Fruit] = Table("fruit", [PEAR, APPLE])


def test_an_entry_is_found_by_its_key() -> None:
    assert FRUIT["apple"] is APPLE
    assert "apple" in FRUIT
    assert "plum" not in FRUIT


def test_the_order_of_the_literal_is_the_order_of_the_menu() -> None:
    assert list(FRUIT) == [PEAR, APPLE]
    assert FRUIT.keys == ("pear", "apple")
    assert len(FRUIT) == 2


def test_a_wrong_key_says_which_keys_there_are_and_the_nearest() -> None:
    with pytest.raises(Mistake, match=r"no fruit 'aple'; there are pear, apple.*mean 'apple'"):
        FRUIT["aple"]


def test_a_key_unlike_any_other_is_not_guessed_at() -> None:
    with pytest.raises(Mistake) as caught:
        FRUIT["zzz"]
    assert "Did you mean" not in str(caught.value)


def test_two_entries_may_not_share_a_key() -> None:
    with pytest.raises(ValueError, match="share a key"):
        Table("fruit", [APPLE, Fruit("apple", "Another")])
