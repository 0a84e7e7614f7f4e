from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.experiment.cells import headings, numbers, with_cell
from nnviz.experiment.points import OwnPoints
from nnviz.mistake import Mistake
from tests.experiment.strategies import own_points

OWN = OwnPoints(
    (0.0, 3.0), (0.0, 1.0), (0.0, 1.0), names=("mm", "g"), offsets=(10.0, 0.0), scales=(2.0, 1.0)
)
VALUES = replace(OWN, class_names=(), value_name="price", value_offset=5.0, value_scale=10.0)


def test_numbers_are_in_real_units() -> None:
    assert headings(OWN) == ("mm", "g", "Class")
    assert numbers(OWN).tolist() == [[10.0, 16.0], [0.0, 1.0], [0.0, 1.0]]
    assert headings(VALUES)[2] == "Price"
    assert numbers(VALUES)[2].tolist() == [5.0, 15.0]


def test_what_is_typed_is_in_real_units_too() -> None:
    assert with_cell(OWN, 0, 0, "20").x1 == (5.0, 3.0)
    assert with_cell(OWN, 1, 1, " \u22122.5 ").x2 == (0.0, -2.5)
    assert with_cell(OWN, 1, 1, "1,5").x2 == (0.0, 1.5)
    assert with_cell(OWN, 0, 2, "blue").labels == (1.0, 1.0)
    assert with_cell(VALUES, 0, 2, "25").labels == (2.0, 1.0)


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        (0, "wide", "mm must be a number; 'wide' is none"),
        (1, "nan", "g must be a number from -1e"),
        (1, "1e13", "g must be a number from -1e"),
        (2, "green", "'green' is no class; there are orange, blue"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(column: int, text: str, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        with_cell(OWN, 0, column, text)


@given(own=own_points, column=st.integers(0, 2), text=st.text(max_size=12))
def test_any_text_makes_points_or_a_mistake(own: OwnPoints, column: int, text: str) -> None:
    with suppress(Mistake):
        assert len(with_cell(own, 0, column, text)) == len(own)
