"""What can be done with a selection: add to it, take from it, keep it over a change.

Pure: a selection goes in, a selection comes out. One thing by itself is a selection too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from nnviz.ui.canvas.network_view import FEATURES, NetworkView, Picked

NOTHING = Picked()

_Place = TypeVar("_Place", tuple[int, int], tuple[int, int, int])


def holds(picked: Picked, spot: Picked) -> bool:
    """Whether all of a spot is selected."""
    return joined(picked, spot) == picked


def joined(picked: Picked, other: Picked) -> Picked:
    """Both together, each thing once."""
    return Picked(
        _once((*picked.units, *other.units)),
        _once((*picked.weights, *other.weights)),
        _once((*picked.biases, *other.biases)),
    )


def toggled(picked: Picked, spot: Picked) -> Picked:
    """With a spot that was not selected, without one that was."""
    if not holds(picked, spot):
        return joined(picked, spot)
    return Picked(
        tuple(each for each in picked.units if each not in spot.units),
        tuple(each for each in picked.weights if each not in spot.weights),
        tuple(each for each in picked.biases if each not in spot.biases),
    )


def numbers_of(picked: Picked) -> Picked:
    """What of a selection has numbers; if only units are selected, their biases."""
    if picked.weights or picked.biases:
        return replace(picked, units=())
    return Picked(biases=tuple(each for each in picked.units if each[0] != FEATURES))


def last_of(picked: Picked) -> Picked:
    """The one thing from which to walk on: the last weight, bias or unit that was picked."""
    if picked.weights:
        return Picked(weights=picked.weights[-1:])
    return Picked(biases=picked.biases[-1:]) if picked.biases else Picked(units=picked.units[-1:])


def surviving(picked: Picked, old: NetworkView, new: NetworkView) -> Picked:
    """What is left of a selection in another network: things whose unit is still there.

    Where the number of layers is another, nobody can tell which unit is which.
    """
    if not picked or len(old.widths) != len(new.widths):
        return NOTHING
    counts, moved = new.counts, _moved_inputs(old, new)
    units = [(layer, place) for layer, place in picked.units if place < counts[layer + 1]]
    biases = [(layer, place) for layer, place in picked.biases if place < counts[layer + 1]]
    weights = [
        (layer, unit, moved.get(source, counts[0]) if layer == 0 else source)
        for layer, unit, source in picked.weights
    ]
    weights = [
        (layer, unit, source)
        for layer, unit, source in weights
        if unit < counts[layer + 1] and source < counts[layer]
    ]
    return Picked(tuple(units), tuple(weights), tuple(biases))


def _moved_inputs(old: NetworkView, new: NetworkView) -> dict[int, int]:
    """Where the inputs of a network are among those of another that has them too."""
    before = [each.key for each in old.features if each.is_on]
    after = [each.key for each in new.features if each.is_on]
    return {before.index(key): place for place, key in enumerate(after) if key in before}


def _once(places: Iterable[_Place]) -> tuple[_Place, ...]:
    return tuple(dict.fromkeys(places))
