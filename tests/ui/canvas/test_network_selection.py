"""Selections of a network: what they keep, how the keyboard walks, how they are said."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.ui.canvas.network_layout import lay_out
from nnviz.ui.canvas.network_links import nice
from nnviz.ui.canvas.network_selection import (
    NOTHING,
    holds,
    joined,
    numbers_of,
    surviving,
    toggled,
)
from nnviz.ui.canvas.network_view import FEATURES, Badge, FeatureView, NetworkView, Picked
from nnviz.ui.canvas.network_walk import Walk
from nnviz.ui.canvas.network_words import AT_REST, plain, rows_of, signed, spoken, title_of


def view_of(widths: tuple[int, ...], on: tuple[int, ...] = (0, 1)) -> NetworkView:
    labels = ("x₁", "x₂", "x₁²")
    pairs = list(pairwise((len(on), *widths, 1)))
    return NetworkView(
        features=tuple(FeatureView(each, each, i in on) for i, each in enumerate(labels)),
        widths=widths,
        outputs=1,
        activations=("tanh",) * (len(widths) + 1),
        weights=tuple(np.full((after, before), 0.43) for before, after in pairs),
        biases=tuple(np.full(after, -0.1) for _, after in pairs),
    )


units = st.tuples(st.integers(0, 2), st.integers(0, 3))
weights = st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 3))
selections = st.builds(
    Picked,
    st.lists(units, unique=True).map(tuple),
    st.lists(weights, unique=True).map(tuple),
    st.lists(units, unique=True).map(tuple),
)


@given(selections, weights)
def test_what_is_toggled_twice_is_as_it_was(picked: Picked, weight: tuple[int, int, int]) -> None:
    spot = Picked(weights=(weight,))
    once = toggled(picked, spot)
    assert holds(once, spot) is not holds(picked, spot)
    assert set(toggled(once, spot).weights) == set(picked.weights)


@given(selections, selections)
def test_both_together_hold_each(one: Picked, other: Picked) -> None:
    both = joined(one, other)
    assert holds(both, one)
    assert holds(both, other)
    assert len(set(both.weights)) == len(both.weights)


def test_units_alone_stand_for_their_biases() -> None:
    assert numbers_of(Picked(units=((0, 1), (FEATURES, 0)))) == Picked(biases=((0, 1),))
    mixed = Picked(units=((0, 1),), weights=((0, 0, 0),))
    assert numbers_of(mixed) == Picked(weights=((0, 0, 0),))


@pytest.mark.parametrize(
    ("picked", "after", "left"),
    [
        (Picked(units=((0, 3),)), view_of((3, 2)), NOTHING),
        (Picked(units=((0, 2),)), view_of((3, 2)), Picked(units=((0, 2),))),
        (Picked(weights=((1, 0, 3),)), view_of((3, 2)), NOTHING),
        (Picked(weights=((0, 0, 1),)), view_of((4, 2), (1, 2)), Picked(weights=((0, 0, 0),))),
        (Picked(weights=((0, 0, 0),)), view_of((4, 2), (1, 2)), NOTHING),
        (Picked(biases=((0, 0),)), view_of((4,)), NOTHING),
    ],
)
def test_a_selection_dies_with_its_unit(picked: Picked, after: NetworkView, left: Picked) -> None:
    assert surviving(picked, view_of((4, 2)), after) == left


LEFT, RIGHT, UP, DOWN = (-1, 0), (1, 0), (0, -1), (0, 1)


@pytest.mark.parametrize(
    ("way", "here", "step", "there"),
    [
        ("along", NOTHING, LEFT, Picked(units=((2, 0),))),
        ("along", Picked(units=((1, 1),)), LEFT, Picked(units=((0, 1),))),
        ("along", Picked(units=((0, 3),)), DOWN, Picked(units=((0, 3),))),
        ("along", Picked(units=((0, 3),)), LEFT, Picked(units=((FEATURES, 2),))),
        ("along", Picked(weights=((0, 3, 1),)), LEFT, Picked(units=((FEATURES, 2),))),
        ("along", Picked(weights=((0, 3, 1),)), RIGHT, Picked(units=((0, 3),))),
        ("along", Picked(weights=((0, 3, 1),)), UP, Picked(weights=((0, 3, 0),))),
        ("across", Picked(weights=((0, 3, 1),)), UP, Picked(weights=((0, 2, 1),))),
        ("across", Picked(units=((0, 3),)), LEFT, Picked(weights=((0, 3, 1),))),
        ("across", Picked(units=((0, 3),)), RIGHT, Picked(weights=((1, 1, 3),))),
        ("across", Picked(units=((FEATURES, 2),)), RIGHT, Picked(weights=((0, 2, 1),))),
        ("across", Picked(units=((FEATURES, 1),)), RIGHT, Picked(units=((FEATURES, 1),))),
        ("across", Picked(units=((0, 3),)), DOWN, Picked(biases=((0, 3),))),
        ("across", Picked(biases=((0, 3),)), UP, Picked(units=((0, 3),))),
    ],
)
def test_the_keyboard_walks_through_the_graph(
    way: str, here: Picked, step: tuple[int, int], there: Picked
) -> None:
    walk = Walk(lay_out((800, 480), (3, 4, 2, 1), 1.0), (0, 2))
    assert getattr(walk, way)(here, step) == there


@pytest.mark.parametrize(
    ("picked", "said"),
    [
        (NOTHING, AT_REST),
        (Picked(weights=((0, 1, 0),)), "weight from x₁ to neuron 2 of layer 1, 0.43"),
        (Picked(weights=((0, 0, 1),)), "weight from x₂ to neuron 1 of layer 1, 0.43, cut"),
        (Picked(biases=((1, 0),)), "bias of output, −0.10, locked"),
        (Picked(units=((0, 0), (0, 1)), biases=((0, 0),)), "2 units and 1 bias selected"),
    ],
)
def test_a_screen_reader_hears_what_is_selected(picked: Picked, said: str) -> None:
    view = replace(
        view_of((2,)),
        cut=(np.array([[False, True], [False, False]]), np.zeros((1, 2), bool)),
        held_biases=(np.zeros(2, bool), np.ones(1, bool)),
    )
    assert spoken(view, picked) == said


def test_a_card_says_all_that_is_known() -> None:
    view = view_of((2,))
    full = replace(
        view,
        gradients=tuple(0.5 * each for each in view.weights),
        updates=tuple(-0.01 * each for each in view.weights),
        activity=(np.array([2.0, 1.0]), np.array([0.5, 0.25]), np.array([1.0])),
        badges=((Badge(1.0, 0.0), Badge(0.0, 0.5)), (None,)),
    )
    weight = Picked(weights=((0, 1, 0),))
    assert title_of(full, weight) == "x₁ → neuron 2"
    assert dict(rows_of(full, weight)) == {
        "Weight": "+0.430",
        "Gradient": "+0.215",
        "Last change": "−4.30e−03",
        "Carries": "+0.860",
    }
    assert dict(rows_of(full, Picked(units=((0, 0),))))["Dead"] == "at 100% of points"
    assert dict(rows_of(full, Picked(units=((0, 1),))))["Saturated"] == "at 50% of points"
    assert dict(rows_of(full, Picked(units=((FEATURES, 1),)))) == {"Input": "on", "Value": "+1.000"}


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_any_number_fits_on_a_card(number: float) -> None:
    for text in (signed(number), plain(number)):
        assert len(text) < 320
        assert "-" not in text


@given(st.floats(1e-12, 1e9))
def test_a_round_number_is_not_below_and_near(number: float) -> None:
    assert number <= nice(number) * (1 + 1e-12)
    assert nice(number) <= 1.7 * number
