from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from nnviz.engine.activations import Activation, PReLU, Tanh
from nnviz.experiment.build import network_of
from nnviz.experiment.edits.whole import whole
from nnviz.experiment.landscape import Landscape
from nnviz.experiment.spec import Architecture, Experiment, Layer
from tests.experiment.strategies import experiments


def with_layers(*activations: Activation, widths: tuple[int, ...] = (4, 2)) -> Experiment:
    """An experiment of which some places are held, cut and looked at."""
    layers = zip(widths, activations, strict=True)
    hidden = tuple(Layer(width, activation) for width, activation in layers)
    return Experiment(
        architecture=Architecture(hidden, held=(0, 12, 24), cut=(13,)),
        landscape=Landscape(axes=(12, 24)),
    )


def test_places_stay_those_of_the_same_parameters() -> None:
    before, now = with_layers(Tanh(), Tanh()), with_layers(PReLU(), PReLU())
    there = whole(now, before)
    assert there.architecture.held == (0, 13, 26)
    assert there.architecture.cut == (14,)
    assert there.landscape.axes == (13, 26)
    names = [network_of(there).place_name(place) for place in there.architecture.held]
    assert names == [network_of(before).place_name(place) for place in before.architecture.held]
    back = whole(replace(before, architecture=_places_of(before, there)), there)
    assert back.architecture == before.architecture


def _places_of(experiment: Experiment, there: Experiment) -> Architecture:
    held, cut = there.architecture.held, there.architecture.cut
    return replace(experiment.architecture, held=held, cut=cut)


def test_an_alpha_that_is_gone_is_held_no_more() -> None:
    before = with_layers(PReLU(), Tanh())
    before = replace(before, architecture=replace(before.architecture, held=(12,), cut=()))
    now = with_layers(Tanh(), Tanh())
    now = replace(now, architecture=replace(now.architecture, held=(12,), cut=()))
    assert whole(now, before).architecture.held == ()


@pytest.mark.parametrize("widths", [(5, 2), (4, 3), (3, 2)])
def test_in_a_network_of_another_shape_nothing_is_held(widths: tuple[int, ...]) -> None:
    before = with_layers(Tanh(), Tanh())
    there = whole(with_layers(Tanh(), Tanh(), widths=widths), before)
    assert there.architecture.held == there.architecture.cut == ()


@given(experiment=experiments, before=experiments)
def test_all_places_are_inside_whatever_was_before(
    experiment: Experiment, before: Experiment
) -> None:
    there = whole(experiment, before)
    size = network_of(there).size
    first, second = there.landscape.axes
    assert first != second
    places = (*there.architecture.held, *there.architecture.cut, first, second)
    assert 0 <= min(places) <= max(places) < size


def test_without_a_before_places_outside_are_dropped() -> None:
    far = Experiment(architecture=Architecture(held=(1, 90), cut=(95,)))
    assert whole(far).architecture == Architecture(held=(1,))
