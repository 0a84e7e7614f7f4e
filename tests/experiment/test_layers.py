from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import ReLU, Sine, Tanh
from nnviz.experiment import edits
from nnviz.experiment.spec import Architecture, Experiment, Layer
from nnviz.mistake import Mistake

PLACES = st.lists(st.integers(0, 24), unique=True)


@pytest.fixture
def three() -> Experiment:
    hidden = (Layer(4, ReLU()), Layer(3, Sine()), Layer(2, Tanh()))
    return edits.experiment_with_architecture(Experiment(), Architecture(hidden))


def widths(experiment: Experiment) -> list[int]:
    return [layer.width for layer in experiment.architecture.hidden]


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (partial(edits.with_layer_inserted, at=0), [2, 4, 3, 2]),
        (partial(edits.with_layer_inserted, at=2), [4, 3, 2, 2]),
        (partial(edits.with_layer_inserted, at=3), [4, 3, 2, 2]),
        (edits.with_layer_added, [4, 3, 2, 2]),
        (partial(edits.with_layer_removed, at=0), [3, 2]),
        (partial(edits.with_layer_removed, at=1), [4, 2]),
        (edits.with_layer_removed, [4, 3]),
        (partial(edits.with_layer_moved, start=0, end=2), [3, 2, 4]),
        (partial(edits.with_layer_moved, start=2, end=0), [2, 4, 3]),
        (partial(edits.with_neuron_added, layer=1), [4, 4, 2]),
        (partial(edits.with_neuron_removed, layer=1), [4, 2, 2]),
    ],
)
def test_layers_come_go_and_move(
    edit: Callable[[Experiment], Experiment], left: list[int], three: Experiment
) -> None:
    assert widths(edit(three)) == left


@pytest.mark.parametrize(("at", "like"), [(0, ReLU()), (1, Sine()), (3, Tanh())])
def test_a_new_layer_computes_what_its_neighbor_does(
    at: int, like: object, three: Experiment
) -> None:
    assert edits.with_layer_inserted(three, at).architecture.hidden[at].activation == like


def test_what_a_layer_is_asked_the_others_are_not(three: Experiment) -> None:
    changed = edits.with_layer_activation(three, 1, ReLU())
    changed = edits.with_layer_dropout(changed, 1, 0.25)
    changed = edits.with_layer_initializer(changed, 1, "he")
    first, middle, last = changed.architecture.hidden
    assert middle == Layer(3, ReLU(), 0.25, "he")
    assert (first, last) == (three.architecture.hidden[0], three.architecture.hidden[2])


def test_no_more_layers_than_the_editor_makes() -> None:
    full = replace(Experiment(), architecture=Architecture((Layer(1),) * edits.LAYER_LIMIT))
    with pytest.raises(Mistake, match="8 hidden layers"):
        edits.with_layer_inserted(full, 3)


@given(held=PLACES, more=PLACES)
def test_what_is_locked_is_unlocked_again(held: list[int], more: list[int]) -> None:
    locked = edits.with_held(Experiment(), held, held=True)
    assert locked.architecture.held == tuple(sorted(held))
    both = edits.with_held(locked, more, held=True)
    assert set(both.architecture.held) == {*held, *more}
    assert set(edits.with_held(both, more, held=False).architecture.held) == {*held} - {*more}


@given(cut=PLACES, more=PLACES)
def test_a_cut_link_is_mended_again(cut: list[int], more: list[int]) -> None:
    parted = edits.with_cut(edits.with_cut(Experiment(), cut, cut=True), more, cut=True)
    assert parted.architecture.cut == tuple(sorted({*cut, *more}))
    mended = edits.with_cut(parted, more, cut=False)
    assert set(mended.architecture.cut) == {*cut} - {*more}
    assert mended.architecture.held == ()
